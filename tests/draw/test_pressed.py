"""What is said of a lasting push, on counts chosen for it."""

from __future__ import annotations

import numpy as np
import pytest
from clinic import CALM, MODEL_FILE

from loops.draw import pressed
from loops.draw.diagram import draw
from loops.draw.palette import LIGHT
from loops.files import parse_model
from loops.theory.press import WAYS, Presses

MODEL = parse_model((MODEL_FILE + CALM.format(sign="?")).encode(), "clinic.toml")


def presses(
    *rows: tuple[int, int, int], left_out: dict[str, int] | None = None, stopped: str = ""
) -> Presses:
    """Telling, then noise, pushed: in how many versions what is known, then calm, is higher, lower, alike."""
    counts = np.array(rows).T.reshape(3, -1, 2)
    used, left = sum(rows[0]), left_out or {}
    return Presses(
        ("tell", "noise"), ("known", "calm"), *counts, used, used + sum(left.values()), left, stopped
    )


SURE = presses((200, 0, 0), (0, 150, 50), (0, 200, 0), (80, 100, 20))


def test_a_push_is_told_by_the_box_that_is_looked_at_and_then_all():
    assert pressed.does(SURE, "tell", "known", MODEL) == (
        "If “Tell them” is pushed for good, “Known” ends higher in at least 9 of 10 versions. "
        "Of all boxes, 1 ends higher (“Known”) and 1 ends lower or the same (“Calm”)."
    )
    assert "“Calm” ends one way or the other: which one depends on numbers we do not know." in pressed.does(
        SURE, "noise", "calm", MODEL
    )


def test_of_many_boxes_some_are_named():
    boxes = "".join(f'[variable.x{n}]\nlabel = "X {n}"\nstart = 0.5\n' for n in range(5))
    model = parse_model(f'format = 1\nid = "five"\ntitle = "Five"\n{boxes}'.encode(), "five.toml")
    names = tuple(node.id for node in model.variables)
    none, all_ = np.zeros((5, 5), dtype=np.int64), np.full((5, 5), 100)
    said = pressed.does(Presses(names, names, all_, none, none, 100, 100, {}), "x0", "x4", model)
    assert said.endswith("Of all boxes, 5 end higher (“X 0”, “X 1”, “X 2” and 2 more).")


def test_ways_are_grouped_in_one_order():
    pairs = [("noise", "calm"), ("tell", "calm"), ("noise", "known"), ("tell", "known")]
    assert list(pressed.grouped(SURE, pairs).items()) == [
        ("more", [("tell", "known")]),
        ("less", [("noise", "known")]),
        ("less or alike", [("tell", "calm")]),
        ("either", [("noise", "calm")]),
    ]
    assert set(pressed.ENDS) == set(WAYS)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (SURE, "200 versions were tried, and all were used."),
        (
            presses((100, 0, 0), (100, 0, 0), left_out={"still moving": 2, "not stable": 1_000}),
            "1,102 versions were tried, and 100 were used. The others were left out: in 2 something still "
            "moves 150 years after the last change and in 1,000 a small push would not die out.",
        ),
        (
            presses((99, 0, 0), (99, 0, 0), stopped="this model is large: 99 of 200 versions were tried"),
            "99 versions were tried, and all were used. This model is large: 99 of 200 versions were tried. "
            "That is too few to say anything: 100 are needed.",
        ),
        (
            presses((0, 0, 0), (0, 0, 0), stopped="this model is too large, and nothing was run"),
            "This model is too large, and nothing was run.",
        ),
    ],
)
def test_how_many_versions_were_used_and_why_not_all(found, said):
    assert pressed.counted(found) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (SURE, "200 random versions were drawn, and 200 of them (100%) come back to rest after a push."),
        (
            presses(
                (8, 0, 0), (8, 0, 0), left_out={"not stable": 85_725}, stopped="only 8 of 85,733 were stable"
            ),
            "85,733 random versions were drawn, and 8 of them (1 in 11,000) come back to rest after a push. "
            "That is too few to say anything: 100 are needed.",
        ),
        (
            presses(
                (100, 0, 0), (0, 0, 100), left_out={"not stable": 300}, stopped="stopped after 400 draws"
            ),
            "400 random versions were drawn, and 100 of them (25%) come back to rest after a push. "
            "Stopped after 400 draws.",
        ),
        (presses((0, 0, 0), (0, 0, 0), left_out={"not stable": 9}), "0 of them (0%)"),
        (presses((0, 0, 0), (0, 0, 0), stopped="this diagram is too large"), "This diagram is too large."),
    ],
)
def test_how_many_random_versions_come_back_to_rest(found, said):
    assert said in pressed.drawn(found)


def test_arrows_without_a_sign_are_counted():
    assert pressed.unsigned(MODEL) == "1 arrow has no sign yet: in each version it is + or −, each as likely."
    assert pressed.unsigned(parse_model(MODEL_FILE.encode(), "clinic.toml")) == ""


def test_the_diagram_is_marked_with_where_boxes_end_and_what_is_pushed():
    view = pressed.view(SURE, "noise", MODEL)
    assert view.changes == {"known": -0.5}
    assert view.marks == {"calm": "either", "noise": "pushed"}
    assert view.shown == ["known", "calm", "noise"]
    drawing = draw(MODEL, LIGHT, view)
    assert "Known, less" in drawing
    assert "Calm, no different" not in drawing
    assert pressed.view(SURE, "tell", MODEL).changes == {"known": 0.5, "calm": -0.2}
