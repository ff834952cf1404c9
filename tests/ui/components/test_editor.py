"""What the editor is sent, and what it hears from a browser that nobody can trust."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.draw.palette import LIGHT
from loops.ui import look
from loops.ui.components import editor
from loops.ui.components.canvas import Picked
from loops.ui.components.editor import FARTHEST, MOST_BOWED, Gesture, gesture, news

MOVE = {"do": "move", "part": "node:a", "x": 1, "y": 2}
UNDO = {"do": "undo"}
GESTURES = [
    ({"do": "move", "part": "node:a", "x": 12.6, "y": -3}, Gesture("move", "node:a", 13, -3)),
    ({"do": "bend", "part": "link:a|b|2", "bend": -0.254}, Gesture("bend", "link:a|b|2", bend=-0.25)),
    ({"do": "node", "x": 0, "y": 7}, Gesture("node", y=7)),
    ({"do": "link", "source": "a", "target": "a"}, Gesture("link", source="a", target="a")),
    ({"do": "remove", "part": "loop:round"}, Gesture("remove", "loop:round")),
    ({"do": "sign", "part": "link:a|b"}, Gesture("sign", "link:a|b")),
    ({"do": "undo"}, Gesture("undo")),
    ({"do": "redo"}, Gesture("redo")),
]
REFUSED = [
    None,
    "undo",
    {"do": ["undo"]},
    {"do": "explode"},
    {"do": "move", "part": "link:a|b"},
    {"do": "move", "part": "node:"},
    {"do": "sign", "part": "node:a"},
    {"do": "remove", "part": "model"},
    {"do": "move", "part": "node:a", "x": float("nan")},
    {"do": "node", "x": 10**400},
    {"do": "node", "y": "12"},
    {"do": "bend", "part": "link:a|b", "bend": 2.1},
    {"do": "link", "source": "a"},
    {"do": "link", "source": "a", "target": "b" * 300},
]


@pytest.mark.parametrize(("said", "meant"), GESTURES)
def test_a_gesture_comes_in_whole_units_and_its_bow_in_hundredths(
    said: dict[str, Any], meant: Gesture
) -> None:
    assert gesture(said) == meant


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_no_gesture_is_none(said: object) -> None:
    assert gesture(said) is None


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
FIELDS = {"part": st.sampled_from(["node:a", "link:a|b", "loop:x"]) | ANY, "x": ANY, "y": ANY, "bend": ANY}


@settings(derandomize=True, max_examples=200)
@given(
    st.fixed_dictionaries({"do": st.sampled_from(["move", "bend", "node", "sign", "undo"])}, optional=FIELDS)
)
def test_whatever_is_sent_no_gesture_leaves_its_bounds(said: dict[str, Any]) -> None:
    one = gesture(said)
    assert one is None or (max(abs(one.x), abs(one.y)) <= FARTHEST and abs(one.bend) <= MOST_BOWED)


def test_only_what_is_new_is_done_and_in_order() -> None:
    message = {"visit": "v", "last": 7, "gestures": [MOVE, {"do": "x"}, UNDO]}
    assert news(message, "v", 0) == [(5, Gesture("move", "node:a", 1, 2)), (6, None), (7, Gesture("undo"))]
    assert news(message, "v", 6) == [(7, Gesture("undo"))]
    assert news(message, "v", 7) == []
    assert news(message, "another", 0) == []


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        {},
        {"visit": "v"},
        {"visit": "v", "last": 2},
        {"visit": "v", "last": "2", "gestures": [UNDO]},
        {"visit": "v", "last": 2_000, "gestures": [UNDO] * 1_001},
        {"visit": "v", "last": 1, "gestures": "undo"},
    ],
)
def test_any_other_message_holds_no_gestures(message: object) -> None:
    assert news(message, "v", 0) == []


class Browser:
    """A browser that says what it likes, and a page that is shown again after each message."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, on_gesture: Callable[[Gesture], None]) -> None:
        self.state: dict[str, Any] = {"k": {}}
        self.sent: dict[str, Any] = {}
        self.on_gesture = on_gesture
        monkeypatch.setattr("streamlit.session_state", self.state)
        monkeypatch.setattr(editor, "_component", lambda **given: self.sent.update(given) or self.state["k"])
        monkeypatch.setattr(look, "palette", lambda: LIGHT)
        self.picked: list[Picked | None] = []
        self.show()

    def show(self) -> Picked | None:
        return editor.show("<svg/>", key="k", on_gesture=self.on_gesture, on_pick=self.picked.append)

    def says(self, *gestures: Any, last: int) -> None:
        message = {"visit": self.sent["data"]["visit"], "last": last, "gestures": list(gestures)}
        self.state["k"] = {"gestures": message}
        try:
            self.sent["on_gestures_change"]()
        finally:
            self.show()


def test_each_gesture_is_done_once_and_answered_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Gesture] = []
    browser = Browser(monkeypatch, done.append)
    assert browser.sent["data"]["number"] == 0
    browser.says(MOVE, last=1)
    browser.says(MOVE, UNDO, {"do": "nonsense"}, last=3)
    browser.says(MOVE, UNDO, {"do": "nonsense"}, last=3)
    assert done == [Gesture("move", "node:a", 1, 2), Gesture("undo")]
    assert browser.sent["data"]["number"] == 3


def test_a_run_cut_short_is_asked_for_again_and_a_fault_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class CutShort(BaseException):
        pass

    tried: list[Gesture] = []

    def fails(one: Gesture) -> None:
        tried.append(one)
        if len(tried) < 3:
            raise (CutShort, ZeroDivisionError)[len(tried) - 1]

    browser = Browser(monkeypatch, fails)
    for problem in (CutShort, ZeroDivisionError):
        with pytest.raises(problem):
            browser.says(UNDO, last=1)
    assert browser.sent["data"]["number"] == 1
    browser.says(UNDO, last=1)
    assert len(tried) == 2


def test_what_is_picked_comes_back_as_on_every_canvas(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, lambda _: None)
    browser.state["k"] = {"picked": {"part": "link:a|b"}}
    browser.sent["on_picked_change"]()
    assert browser.picked == [Picked("link", "a|b")]
    assert browser.show() == Picked("link", "a|b")
