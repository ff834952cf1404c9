"""Work that is stopped keeps what is done, and what was pressed then happens."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loops.ensemble.simulate import Cancelled
from loops.ui import stoppable


class Pressed(BaseException):
    """What Streamlit raises in a page in which something was pressed."""


class Bar:
    """A bar that is shown a few times; then something is pressed."""

    def __init__(self, shown: int) -> None:
        self.left, self.texts = shown, list[str]()

    def progress(self, share: float, text: str) -> None:
        if not self.left:
            raise Pressed
        self.left -= 1
        self.texts.append(text)


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Bar:
    made = Bar(shown=2)
    monkeypatch.setattr(st, "progress", lambda *_, **__: made)
    return made


def many_steps(kept: list[int], steps: int) -> Any:
    """Work that keeps each step, and goes on to its end unless it is told to stop."""

    def make(progress: stoppable.Progress) -> None:
        for step in range(steps):
            progress(step / steps, f"step *{step}*")
            kept.append(step)

    return make


def test_what_is_done_by_then_is_kept_and_what_was_pressed_goes_on(bar: Bar) -> None:
    kept: list[int] = []
    with pytest.raises(Pressed):
        stoppable.work(many_steps(kept, 9), key="mine")
    assert kept == [0, 1]
    assert bar.texts[0] == r"step \*0\*"


def test_work_that_still_tells_after_it_was_stopped_is_told_again(bar: Bar) -> None:
    told: list[str] = []

    def make(progress: stoppable.Progress) -> None:
        for _ in range(4):
            try:
                progress(0.5, "on")
            except Cancelled:
                told.append("stop")

    with pytest.raises(Pressed):
        stoppable.work(make, key="mine")
    assert told == ["stop", "stop"]


def test_what_ends_by_itself_goes_on_and_what_fails_says_so(bar: Bar) -> None:
    kept: list[int] = []
    stoppable.work(many_steps(kept, 2), key="mine")
    assert kept == [0, 1]

    def fail(progress: stoppable.Progress) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        stoppable.work(fail, key="mine")


def test_a_page_that_is_drawn_anew_waits_until_what_was_stopped_is_kept() -> None:
    def show() -> None:
        from loops.ui import stoppable

        stoppable.let_it_end()

    at = AppTest.from_function(show, default_timeout=60)
    under_way = threading.Event()
    at.session_state["stoppable:under_way"] = under_way
    threading.Timer(0.3, under_way.set).start()
    at.run()
    assert under_way.is_set()
    assert not at.exception
