"""What the diagram component is sent, and what comes back from it."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.layout import place
from loops.draw.palette import DARK, LIGHT
from loops.model import Model
from loops.ui import look
from loops.ui.components import canvas
from loops.ui.components.canvas import Frames, Picked
from loops.ui.reading import reveal


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the component was called with last."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(canvas, "_component", lambda **more: given.update(more) or {})
    monkeypatch.setattr(look, "palette", lambda: LIGHT)
    return given


@pytest.mark.parametrize("part", ["node:trust", "link:a|b|2", "loop:it:self"])
def test_a_picked_part_is_one_string_and_back(part: str) -> None:
    assert Picked.of(part).part == part


@pytest.mark.parametrize("part", ["", "node", "box:trust", ":trust"])
def test_what_is_no_part_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="no part of a diagram"):
        Picked.of(part)


def test_what_was_picked_comes_back_and_an_empty_pick_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "palette", lambda: LIGHT)
    for answer, picked in (({"part": "node:a"}, Picked("node", "a")), ({"part": ""}, None), (None, None)):
        monkeypatch.setattr(canvas, "_component", lambda answer=answer, **_: {"picked": answer})
        assert canvas.show("<svg/>", key="x") == picked


@pytest.mark.parametrize(
    "message",
    ["x", 7, True, [], ["part"], {"x": 1}, *({"part": one} for one in (None, 7, [], {}, "x", "a:b"))],
)
def test_any_other_message_picks_nothing(message: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas, "_component", lambda **_: {"picked": message})
    monkeypatch.setattr(look, "palette", lambda: LIGHT)
    assert canvas.show("<svg/>", key="k") is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.booleans())
def test_levels_arrive_within_half_a_step_and_no_change_is_exact(levels: list[float], change: bool) -> None:
    values = np.array([levels]) * 2 - 1 if change else np.array([levels])
    made = canvas._frames(Frames(tuple("n" * len(levels)), values, ("Now",), change), LIGHT)
    there = np.frombuffer(base64.b64decode(made["levels"]), np.uint8).reshape(values.shape) / 254
    back = 2 * there - 1 if change else there
    assert np.abs(back - values).max() <= (1 if change else 0.5) / 254 + 1e-12
    assert np.array_equal(back[values == 0], values[values == 0])


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_scale_runs_from_one_end_to_the_other_in_words_and_fills(palette: Any) -> None:
    levels = canvas._scale(palette, change=False)
    assert [levels[0]["word"], levels[20]["word"], levels[-1]["word"]] == ["not yet", "partly", "fully"]
    assert [levels[0]["fill"], levels[-1]["fill"]] == [palette.mid.lower(), palette.high.lower()]
    changes = canvas._scale(palette, change=True)
    assert [one["word"] for one in (changes[0], changes[20], changes[-1])] == [
        "far less",
        "no different",
        "far more",
    ]
    assert changes[0]["fill"] == palette.low.lower()
    assert changes[20]["fill"] == palette.mid.lower()


def test_every_named_loop_brings_its_path_and_one_step(common_purpose: Model, sent: dict[str, Any]) -> None:
    words = reveal.loop_words(common_purpose, place(common_purpose))
    canvas.show("<svg/>", key="x", loops=words, steps=reveal.one_by_one(words))
    assert list(words) == [loop.id for loop in common_purpose.loops]
    for loop, step in zip(common_purpose.loops, sent["data"]["steps"], strict=True):
        path = {f"node:{name}" for name in loop.path} | {f"link:{a}|{b}" for a, b in loop.pairs}
        assert set(step["parts"]) == path | {f"loop:{loop.id}"}
        assert sent["data"]["loops"][f"loop:{loop.id}"]["story"] == loop.story


def test_a_partial_view_speaks_only_of_the_loops_in_it(common_purpose: Model) -> None:
    words = reveal.loop_words(common_purpose, place(common_purpose, common_purpose.core))
    assert [loop.title for loop in words.values()] == [
        "R1 The right information (snowball)",
        "R2 Seeing is believing (snowball)",
    ]


def test_the_hub_is_the_box_most_loops_pass(common_purpose: Model) -> None:
    assert reveal.hub(common_purpose) == "buy_in"
