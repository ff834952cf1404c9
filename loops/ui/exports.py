"""Files to take away: made when somebody asks, with progress and a way to stop, then ready to be saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from loops.simulate import DidNotFinish
from loops.ui.text import md

Progress: TypeAlias = Callable[[float, str], None]
"""Called by whoever makes a file with the share that is done (0 to 1) and what comes next."""
_MADE = "files_made"


@dataclass(frozen=True)
class Export:
    """A kind of file: what it is called on screen, its name when saved, and how it is made."""

    label: str
    about: str
    file_name: str
    mime: str
    make: Callable[[Progress], bytes]


def offer(exports: Sequence[Export], *, of: str) -> None:
    """A row for each file. What was made is kept until `of`, the name of what it was made from, changes.

    Not a fragment: what is pressed inside one waits for its end, and "Stop" must not.
    """
    made = st.session_state.get(_MADE)
    if made is None or made[0] != of:
        made = st.session_state[_MADE] = (of, {})
    for export in exports:
        _row(export, made[1])


def _row(export: Export, made: dict[str, bytes]) -> None:
    words, place = st.columns([3, 1], vertical_alignment="center")
    words.markdown(f"**{md(export.label)}**  \n{md(export.about)}")
    slot = place.empty()
    if export.label not in made and slot.button(
        "Make", key=f"make:{export.label}", help=export.label, width="stretch"
    ):
        _make(export, made)
    if export.label in made:
        slot.download_button(
            "Save",
            made[export.label],
            export.file_name,
            export.mime,
            key=f"save:{export.label}",
            help=export.label,
            on_click="ignore",
            type="primary",
            width="stretch",
        )


def _make(export: Export, made: dict[str, bytes]) -> None:
    """Make the file now. Whatever else is pressed meanwhile ends it at its next word of progress."""
    work = st.empty()
    with work.container():
        bar = st.progress(0.0, text="Begun")
        st.button("Stop", key=f"stop:{export.label}")

    def progress(share: float, text: str) -> None:
        bar.progress(share, text=md(text))

    try:
        made[export.label] = export.make(progress)
    except (DidNotFinish, ValueError, OSError) as problem:
        st.error(md(f"This file could not be made: {problem}"))
    work.empty()
