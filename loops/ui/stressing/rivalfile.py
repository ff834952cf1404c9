"""Other theories and what was seen: those beside the model, or a file that somebody opened here."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from loops.complaints import BadFile
from loops.files import RIVALS, read_bytes
from loops.library import beside_scenarios, shipped_models
from loops.theory.rivals import Rivals, parse_rivals
from loops.ui import choose
from loops.ui.catalogue import Shelf
from loops.ui.planning.share import digest
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
        if (file := opened.get(shelf.key) or _beside(shelf)) is None:
            st.markdown(
                "Theories are held against what was seen, and nobody has written that down for this model, "
                f"in a file “{RIVALS}” beside the plans."
            )
            return None
        if shelf.key in opened:
            st.caption(f"From the file “{md(file[0])}”.")
        return _parsed(_stamp(shelf, *file), shelf, *file)
    except BadFile as problem:
        st.error(md(str(problem)))
        return None


def _beside(shelf: Shelf) -> tuple[str, bytes] | None:
    path = beside_scenarios(shelf.model, RIVALS, shipped_models().get(shelf.key))
    return (path.name, read_bytes(path)) if path else None


def _stamp(shelf: Shelf, name: str, data: bytes) -> str:
    return hashlib.sha256(repr((digest(shelf.model), shelf.by_id, name, data)).encode()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=20)
def _parsed(stamp: str, _shelf: Shelf, _name: str, _data: bytes) -> Rivals:
    """What a file holds: of a large model each theory in it takes a while to check."""
    return parse_rivals(_data, _name, _shelf.model, _shelf.by_id)


def _take(shelf: Shelf, name: str, data: bytes) -> None:
    """Keep a file that fits; raises :class:`BadFile`, and all stays as it was."""
    parse_rivals(data, name, shelf.model, shelf.by_id)
    st.session_state[_KEPT][shelf.key] = name, data
