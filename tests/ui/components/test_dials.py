from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.ui.components import dials
from loops.ui.components.dials import Dial

TWO = (Dial("training", "Training", 40, "What it is", "What we do"), Dial("pressure", "Pressure", 33, step=1))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["training", "values"]), inner)
    ),
)


class Browser:
    """Stands for the browser: takes what it is sent, and sends messages back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.state: dict[str, Any] = {}
        self.data: dict[str, Any] = {}
        self.answer: Callable[[], None] = lambda: None
        self.moved: list[tuple[dict[str, int], bool]] = []
        monkeypatch.setattr(dials, "st", SimpleNamespace(session_state=self.state))
        monkeypatch.setattr(dials, "_component", self._take)

    def _take(self, *, key: str, data: dict[str, Any], on_moved_change: Callable[[], None]) -> None:
        self.data, self.answer = data, on_moved_change

    def show(self) -> None:
        dials.show(TWO, key="here", moved=lambda values, rests: self.moved.append((values, rests)))

    def say(self, message: Any) -> None:
        self.state["here"] = {"moved": message}
        self.answer()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser(monkeypatch)


def test_the_browser_is_told_where_each_dial_stands(browser: Browser) -> None:
    browser.show()
    first, second = browser.data["dials"]
    assert first == {
        "id": "training",
        "label": "Training",
        "value": 40,
        "help": "What it is",
        "group": "What we do",
        "step": 5,
    }
    assert (second["step"], second["value"], second["help"]) == (1, 33, "")
    assert browser.data["heard"] == 0


def test_a_message_is_passed_on_and_answered_by_its_number(browser: Browser) -> None:
    browser.show()
    browser.say({"number": 7, "values": {"training": 65, "pressure": 33}, "rest": False})
    browser.say({"number": 8, "values": {"training": 65, "pressure": 33}, "rest": True})
    assert browser.moved == [
        ({"training": 65, "pressure": 33}, False),
        ({"training": 65, "pressure": 33}, True),
    ]
    browser.show()
    assert browser.data["heard"] == 8


def test_dials_that_are_not_there_and_places_off_the_scale_are_left_aside(browser: Browser) -> None:
    browser.show()
    browser.say({"number": 1, "values": {"training": 101, "pressure": -1, "__class__": 5}})
    assert browser.moved == []
    browser.say({"number": 2, "values": {"training": math.nan, "pressure": 12.6, "other": 5}})
    assert browser.moved == [({"pressure": 13}, False)]


@given(ANYTHING)
def test_whatever_the_browser_says_is_places_on_the_scale_or_nothing(message: Any) -> None:
    for said in (message, {"values": message}, {"values": {"training": message}, "number": message}):
        values = dials._values(said, ["training"])
        assert all(name == "training" and 0 <= value <= 100 for name, value in values.items())
        assert isinstance(dials._number(said), int)


def test_labels_reach_the_page_as_text_only() -> None:
    assert "innerHTML" not in dials.SCRIPT
    assert "insertAdjacentHTML" not in dials.SCRIPT
