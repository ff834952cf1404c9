"""Slow work: done when somebody asks for it, with progress and a way to stop, and kept for this visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from loops.simulate import DidNotFinish
from loops.ui.exports import Progress
from loops.ui.text import md

_MADE = "keeping:made"
_MOST = 30
"""Answers kept in one session, the newest."""
_Answer = TypeVar("_Answer")


def asked(label: str, *, key: str, of: str, make: Callable[[Progress], _Answer]) -> _Answer | None:
    """The answer about `of` if it was asked for before or is now; else a button that asks, and None.

    Not in a fragment: what is pressed inside one waits for its end, and "Stop" must not.
    """
    made = st.session_state.setdefault(_MADE, {})
    place = f"{key} {of}"
    slot = st.empty()
    if place not in made and slot.button(label, key=f"ask:{key}", type="primary"):
        slot.empty()
        _make(place, key, make)
    return cast(_Answer | None, made.get(place))


def _make(place: str, key: str, make: Callable[[Progress], _Answer]) -> None:
    """Do the work now. Whatever else is pressed meanwhile ends it at its next word of progress."""
    work = st.empty()
    with work.container():
        bar = st.progress(0.0, text="Begun")
        st.button("Stop", key=f"stop:{key}")

    def progress(share: float, text: str) -> None:
        bar.progress(min(share, 1.0), text=md(text))

    try:
        answer = make(progress)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This could not be worked out: {problem}"))
    else:
        made = st.session_state[_MADE]
        made[place] = answer
        while len(made) > _MOST:
            made.pop(next(iter(made)))
    work.empty()
