"""Slow work: done when somebody asks for it, with progress and a way to stop, and kept for this visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loops.simulate import DidNotFinish
from loops.ui.exports import Progress
from loops.ui.text import md

_MADE = "asked:made"
_MOST = 30
"""Answers kept in one session, the newest."""
_Answer = TypeVar("_Answer")


def asked(
    label: str, *, key: str, of: str, make: Callable[[Progress], _Answer], at_once: bool = False
) -> _Answer | None:
    """The answer about `of` if it was asked for before or is now; else a button that asks, and None.

    What is quick is made `at_once`, without being asked for. Not in a fragment: what is pressed inside one
    waits for its end, and "Stop" must not.
    """
    made = st.session_state.setdefault(_MADE, {})
    place = f"{key} {of}"
    slot = st.empty()
    if place not in made and (at_once or slot.button(label, key=f"ask:{key}", type="primary")):
        slot.empty()
        _make(place, key, make, at_once)
    return cast(_Answer | None, made.get(place))


def forget() -> None:
    """Forget every answer of this visit."""
    st.session_state.pop(_MADE, None)


def _make(place: str, key: str, make: Callable[[Progress], _Answer], at_once: bool) -> None:
    """Do the work now. Whatever else is pressed meanwhile ends it at its next word of progress."""
    work = st.empty()
    try:
        answer = make(_unheard if at_once else _bar(work, key))
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This cannot be worked out: {problem}"))
    else:
        made = st.session_state[_MADE]
        made[place] = answer
        while len(made) > _MOST:
            made.pop(next(iter(made)))
    work.empty()


def _bar(work: DeltaGenerator, key: str) -> Progress:
    with work.container():
        bar = st.progress(0.0, text="Begun")
        st.button("Stop", key=f"stop:{key}")

    def progress(share: float, text: str) -> None:
        bar.progress(min(share, 1.0), text=md(text))

    return progress


def _unheard(share: float, text: str) -> None:
    """Progress of what is quick: nobody needs to see it."""
