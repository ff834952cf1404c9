"""The diagrams that came in during this visit, and what buttons do to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import streamlit as st

from loops.complaints import BadFile
from loops.interchange.detect import import_file
from loops.merge import fresh
from loops.ui import catalogue, going
from loops.ui.bringing.brought import Brought, Made, changed, without
from loops.ui.bringing.words import subject
from loops.ui.text import listed, md

PAGE = "bring"
"""The address of the page that shows what came in."""
OPEN = "bring:open"
"""In the session: the key of the diagram that is shown."""
_KEPT, _SAID = "bring:kept", "bring:said"
_MOST = 5
"""Diagrams kept in one session, the newest."""
_SLOW = 20_000
"""Changes times arrows from which on taking a change back takes about a second."""


def take(name: str, data: bytes) -> None:
    """Bring a diagram in and show it; raises :class:`BadFile`, and all stays as it was.

    A file that is here already is shown with the changes that were made to it.
    """
    key = hashlib.sha256(data).hexdigest()[:16]
    if key not in every():
        every()[key] = Brought.of(name, import_file(data, name))
    elif every()[key].made:
        _say("This diagram was here already: it is shown with your changes.")
    while len(every()) > _MOST:
        every().pop(next(iter(every())))
    st.session_state[OPEN] = key
    going.to(PAGE)


def every() -> dict[str, Brought]:
    """The diagrams by key, the newest last."""
    found: dict[str, Brought] = st.session_state.setdefault(_KEPT, {})
    return found


def mend(key: str, at: int, choice: int) -> None:
    """Make one of the changes that a note offers, unless the note is no longer open."""
    brought = every()[key]
    if at in brought.notes:
        chosen = brought.notes[at].mends[choice]
        about = subject(brought.model, chosen.change)
        change(key, Made(f"{about}: {chosen.label}", chosen.change))


def change(key: str, made: Made) -> None:
    """Make a change; one that cannot be made is one sentence."""
    try:
        every()[key] = changed(every()[key], made)
    except ValueError as problem:
        _say(f"This cannot be done: {problem}.")


def undo(key: str, at: Iterable[int]) -> None:
    """Take some changes back, and say which others no longer fit and went with them."""
    brought = every()[key]
    if len(brought.made) * len(brought.model.links) > _SLOW:
        with st.spinner("The other changes are made again."):
            every()[key], lost = without(brought, at)
    else:
        every()[key], lost = without(brought, at)
    if lost:
        _say(f"What followed from it was taken back too: {listed([f'“{one.says}”' for one in lost[:5]])}.")


def use(key: str, page: str = going.FIRST) -> None:
    """Make the diagram the open model of every page, and go to one: where it runs, if none is said."""
    model = every()[key].model
    try:
        with st.spinner("The diagram is opened on every page."):
            opened = catalogue.open_model(f"{model.id}.toml", fresh(model).encode())
    except BadFile as problem:
        _say(str(problem))
        return
    st.session_state[catalogue.CHOSEN] = opened
    going.to(page)
    st.toast(md(f"“{model.title}” is open on every page."))


def said() -> None:
    """Say, once, what there is to say about the last button."""
    if words := st.session_state.pop(_SAID, ""):
        st.warning(md(words))


def _say(words: str) -> None:
    st.session_state[_SAID] = words
