"""Work that keeps what is done by then, however it ends: by "Stop", or by anything else that is pressed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from loops.ensemble.simulate import Cancelled
from loops.ui.text import md

Progress = Callable[[float, str], None]
"""Told the share that is done and in words what is going on; raises :class:`Cancelled` to end the work."""
_UNDER_WAY = "stoppable:under_way"
_PATIENCE = 60
"""Seconds to wait for the end of what was stopped: a large model has few words of progress."""


def let_it_end() -> None:
    """Wait until what was stopped has been kept: whatever is pressed draws the page anew at once."""
    under_way: threading.Event | None = st.session_state.get(_UNDER_WAY)
    if under_way and not under_way.is_set():
        with st.spinner("Stopping, and keeping what is done"):
            under_way.wait(_PATIENCE)


def work(make: Callable[[Progress], None], *, key: str) -> None:
    """Do the work now, with a bar and a way to stop; `make` puts what it has made where it is kept.

    It is told that it is to end by :class:`Cancelled`, and may then still keep what is done. Not in a
    fragment: what is pressed inside one waits for its end.
    """
    under_way = st.session_state[_UNDER_WAY] = threading.Event()
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text="Begun")
        st.button("Stop", key=f"{key}:stop")
    ended: list[BaseException] = []

    def progress(share: float, words: str) -> None:
        if ended:  # it has been told so, and what comes next is not to begin
            raise Cancelled
        try:
            bar.progress(min(share, 1.0), text=md(words))
        except BaseException as end:  # this is how Streamlit ends a page in which something was pressed
            ended.append(end)
            raise Cancelled from end

    try:
        with suppress(Cancelled):
            make(progress)
    finally:
        under_way.set()
        if not ended:
            place.empty()
    if ended:
        raise ended[0]
