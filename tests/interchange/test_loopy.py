"""Loopy's links and JSON. What is expected is read off the small diagrams written here."""

from __future__ import annotations

import contextlib
import json
import math
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.draw.arcs import arc
from loops.interchange import loopy
from loops.interchange.complete import complete
from loops.interchange.draft import DELAYED, Draft

BOXES: list[list[Any]] = [
    [1, 100, 300, 0.5, "our%20own%20caf%C3%A9", 0],
    [2, 500, 300, 0.2, "doing%2520things", 4],
    [3, 300, 100, 0, "100% sure", 9],
]
ARROWS: list[list[Any]] = [[1, 2, 80, 1, 0], [2, 1, -120, -1, 0], [2, 3, 0, 0, 0]]
WHERE = "https://loopy.example/v1.1/"


def diagram(boxes: Any = BOXES, arrows: Any = ARROWS, texts: Any = ()) -> str:
    return json.dumps([boxes, arrows, list(texts), 4])


def link(text: str) -> str:
    """As Loopy writes it: quotes and the last bracket are encoded, labels twice."""
    return f"{WHERE}?data=" + text.replace('"', "%22").replace(" ", "")[:-1] + "%5D"


def read(text: str) -> Draft:
    return loopy.read(text.encode(), "link")


ENCODED = [
    [*box[:4], quote(quote(name)), box[5]]
    for box, name in zip(BOXES, ("our café", "things", "100% sure"), strict=True)
]


@pytest.mark.parametrize(
    "text",
    [
        link(diagram(ENCODED)),
        link(diagram(ENCODED)).replace("?data=", "?embed=1&data="),
        link(diagram(ENCODED)).replace("?data=", "#"),
        f"{WHERE}?data=" + quote(diagram(ENCODED)),
        f"{WHERE}#" + quote(diagram(ENCODED)) + "\n",
        "Our diagram: " + link(diagram(ENCODED)),
        diagram(ENCODED),
    ],
)
def test_links_of_any_encoding(text):
    draft = read(text)
    assert [node.label for node in draft.nodes] == ["our café", "things", "100% sure"]
    assert [(arrow.source, arrow.target, arrow.sign) for arrow in draft.arrows] == [
        ("1", "2", "+"),
        ("2", "1", "-"),
        ("2", "3", "?"),
    ]


def test_places_colours_and_starts():
    draft = read(diagram())
    assert [(node.position, node.group, node.level) for node in draft.nodes] == [
        ((100, 300), "red", 0.5),
        ((500, 300), "blue", 0.2),
        ((300, 100), "", 0),
    ]


def test_a_file_whose_boxes_are_all_empty_starts_half_way_and_says_so():
    draft = read(diagram([[*box[:3], 0, *box[4:]] for box in BOXES]))
    assert {node.level for node in draft.nodes} == {None}
    assert [note.kind for note in draft.notes] == ["assumed"]


def test_an_arc_bows_to_the_same_side_as_in_loopy():
    """Loopy puts the middle of an arrow that leads to the right `arc` above it (y points down)."""
    (first, second, _) = read(diagram()).arrows
    assert (first.bend, second.bend) == (80 / 400, -120 / 400)
    middle = arc(np.array([100.0, 300.0]), np.array([500.0, 300.0]), 80 / 400, np.array([0.5]))[0]
    # exact but for rounding: coordinates of hundreds, a few operations of 1e-16 each
    assert middle == pytest.approx([300, 220], abs=1e-9)


@given(st.floats(0.001, 3))
def test_how_long_an_arc_is_against_its_drawn_length(bend):
    """Oracle: the polygon of n sides through the arc, short of it by a share of (angle / n)^2 / 24."""
    points = arc(np.array([0.0, 0.0]), np.array([1.0, 0.0]), bend, np.linspace(0, 1, 4001))
    drawn = float(np.hypot(*np.diff(points, axis=0).T).sum())
    assert loopy.stretch(bend) == pytest.approx(drawn, rel=(2 * math.pi / 4000) ** 2 / 24 + 1e-9)


def test_an_arrow_that_bows_far_out_is_delayed():
    far, near = 0.8 * 400, 0.5 * 400
    draft = read(diagram(arrows=[[1, 2, far, 1, 0], [2, 1, near, 1, 0]]))
    assert [(arrow.delay, arrow.delay_marked) for arrow in draft.arrows] == [(DELAYED, True), (None, False)]
    assert "delay" in {note.kind for note in complete(draft).notes}


def test_an_arrow_drawn_three_times_is_three_times_as_strong():
    model = complete(
        read(diagram(arrows=[[1, 2, 80, 1, 0], [2, 3, 10, 1, 0], [3, 1, 10, 1, 0], *[[1, 2, 90, 1, 0]] * 2]))
    ).model
    assert [link.strength for link in model.links] == [pytest.approx(0.06), 0.02, 0.02]
    assert len(model.links) == 3


def test_opposite_arrows_stay_two_until_they_are_one_with_a_question():
    draft = read(diagram(arrows=[[1, 2, 80, 1, 0], [1, 2, 20, -1, 0]]))
    assert [arrow.sign for arrow in draft.arrows] == ["+", "-"]
    imported = complete(draft)
    assert [link.polarity for link in imported.model.links] == ["?"]
    assert "opposite" in {note.kind for note in imported.notes}


def test_filters_texts_and_further_links_are_told_of():
    arrows = [[1, 2, 80, 8, 0], [2, 1, 80, -9, 0]]
    draft = read(link(diagram(ENCODED, arrows, [[1, 2, "a%20text"]])) + "\n" + link(diagram(ENCODED)))
    assert [arrow.sign for arrow in draft.arrows] == ["+", "-"]
    assert [note.kind for note in draft.notes] == ["left out"] * 3
    assert any("a text" in note.says for note in draft.notes)


def test_the_older_layout_with_names():
    nodes = [
        {"id": 1, "x": 0, "y": 0, "init": 1, "label": "a"},
        {"id": 2, "x": 9, "y": 0, "init": 1, "label": "b"},
    ]
    draft = read(
        json.dumps(
            {
                "nodes": nodes,
                "edges": [{"from": 1, "to": 2, "arc": 3, "rotation": 0, "strength": -2}],
                "UID": 3,
            }
        )
    )
    assert [(arrow.source, arrow.target, arrow.sign, arrow.bend) for arrow in draft.arrows] == [
        ("1", "2", "-", 3 / 9)
    ]


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("https://loopy.example/", "", "no link or file of Loopy"),
        ("[[], [], [], 1]", "", "no boxes"),
        ("[[[1,", "line 1", "not valid JSON"),
        ("[3, [], [], 1]", "nodes", "a list"),
        ("[[3], [], [], 1]", "nodes, number 1", "a list"),
        ("[[" + "[1]," * 500 + "[1]], [], [], 1]", "nodes", "501: at most 500"),
        ("[" * 100_000 + "]", "", "nested too deeply"),
        ("[" + " " * 3_000_000 + "]", "", "at most 3,000,000"),
        (f"{WHERE}?data=" + "%25" * 100_000, "", "no link or file of Loopy"),
    ],
)
def test_what_does_not_fit_is_one_message_with_its_place(text, place, says):
    with pytest.raises(BadFile) as caught:
        read(text)
    assert caught.value.place == place
    assert says in caught.value.says


@given(st.data())
def test_a_link_with_some_bytes_changed_gives_a_model_or_one_message(data):
    whole = bytearray(link(diagram(ENCODED)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.binary(max_size=2) | st.sampled_from([b"[", b"]", b"%", b"1e999"])
        )
    with contextlib.suppress(BadFile):
        complete(loopy.read(bytes(whole), "link"))
