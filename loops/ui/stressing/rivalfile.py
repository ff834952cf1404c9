"""Other theories and what was seen: those beside the model, or a file that somebody opened here."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.complaints import BadFile
from loops.files import RIVALS
from loops.library import shipped_models
from loops.theory.rivals import Rivals, parse_rivals, rivals_of
from loops.ui import choose
from loops.ui.catalogue import Shelf
from loops.ui.text import md

_KEPT = "stressing:rivals"
"""Files that were opened in this session, by the key of the model: the name of each, and what is in it."""


def held(shelf: Shelf) -> Rivals | None:
    """What there is for a model; None, and a word why, when there is nothing or it is broken."""
    opened: dict[str, tuple[str, bytes]] = st.session_state.setdefault(_KEPT, {})
    field = f"{_KEPT}:file:{shelf.key}"
    with st.popover("Open a file of theories"):
        st.markdown(
            "Other theories of this model and what was seen, for you alone and as long as this page is open."
        )
        choose.opener("Other theories (.toml)", field, partial(_take, shelf))
    choose.complaint(field)
    try:
        if shelf.key in opened:
            name, data = opened[shelf.key]
            st.caption(f"From the file “{md(name)}”.")
            return parse_rivals(data, name, shelf.model, shelf.by_id)
        found = rivals_of(shelf.model, shelf.by_id, shipped_models().get(shelf.key))
    except BadFile as problem:
        st.error(md(str(problem)))
        return None
    if found is None:
        st.markdown(
            "Theories are held against what was seen, and nobody has written that down for this model, in a "
            f"file “{RIVALS}” beside the plans."
        )
    return found


def _take(shelf: Shelf, name: str, data: bytes) -> None:
    """Keep a file that fits; raises :class:`BadFile`, and all stays as it was."""
    parse_rivals(data, name, shelf.model, shelf.by_id)
    st.session_state[_KEPT][shelf.key] = name, data
