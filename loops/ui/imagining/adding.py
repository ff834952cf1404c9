"""Write ideas down, one a line: what could be done, for whom and where, or what one sees, hears and feels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.store.bounds import TEXT
from loops.store.records import Sense, Utopia, Workspace
from loops.ui import saving, workspace
from loops.ui.text import md

PLACE = "utopia_adding"
ASKS: dict[Sense, str] = {
    "do": "What could be done? One idea a line.",
    "see": "What do you see? One thing a line.",
    "hear": "What do you hear? One thing a line.",
    "feel": "What do you feel? One thing a line.",
}
_BULLET = re.compile(r"^[-\u2013\u2022*\u00b7]\s+")
_Name = TypeVar("_Name", bound=str)
_AT, _ON = "utopia_at", "utopia_on"


def form(space: Workspace, utopia: Utopia, sense: Sense, table: str) -> None:
    """Fields for ideas of one kind. What was typed stays until it has been kept."""
    if sense == "do":
        cells()
    draft = f"idea:{space.token}:{utopia.id}:{sense}"
    st.text_area(ASKS[sense], key=saving.field(draft), max_chars=TEXT, height=120, persist_state="session")
    st.button("Put it up", type="primary", on_click=_add, args=(space, utopia, sense, table, draft))
    saving.complaint(PLACE)


def cells() -> None:
    """How an idea acts, and for whom: neither has to be said."""
    one_of("How does it act?", SPHERE_WORDS, _AT)
    one_of("Who is it for?", AUDIENCE_WORDS, _ON)


def one_of(label: str, words: Mapping[_Name, str], key: str, default: _Name | None = None) -> None:
    """One of a few, or none of them, by its words."""
    st.pills(
        label,
        list(words),
        default=default,
        format_func=lambda name: md(words[name]),
        key=key,
        wrap=True,
        persist_state="session",
    )


def each_line(text: str) -> list[str]:
    """The ideas in what was typed or pasted: a line each, without bullets.

    >>> each_line("- bike racks\\n\\n \u2022 signs ")
    ['bike racks', 'signs']
    """
    return [_BULLET.sub("", line.strip()) for line in text.splitlines() if line.strip()]


def _add(space: Workspace, utopia: Utopia, sense: Sense, table: str, draft: str) -> None:
    field = saving.field(draft)
    waiting = each_line(st.session_state[field] or "")
    if not waiting:
        saving.complain(PLACE, "Write something first.")
        return
    at: Any
    on: Any
    at, on = (st.session_state.get(key) or "" for key in (_AT, _ON)) if sense == "do" else ("", "")
    up = 0
    with saving.noting(PLACE):
        for text in waiting:
            workspace.store().add_idea(
                space.token, utopia.id, sense=sense, text=text, at_table=table, at=at, on=on
            )
            up += 1
        saving.empty(draft)
    if up < len(waiting):
        st.session_state[field] = "\n".join(waiting[up:])
    if up:
        st.toast("It is up." if up == 1 else f"{up} ideas are up.")
