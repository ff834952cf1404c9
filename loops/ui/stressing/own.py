"""Whose sentences are tried: those that come with the model, or a file of somebody's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from loops.complaints import BadFile
from loops.files import read_bytes, said_of
from loops.library import shipped_models
from loops.theory.claims import Claim, claims_file, claims_of, parse_claims
from loops.theory.stress import ask
from loops.ui import catalogue, choose
from loops.ui.catalogue import Shelf
from loops.ui.text import md

_KEPT = "stressing:own"
"""Files that were opened in this session, by the key of the model: the name of each, and what is in it."""
_LARGEST = 1_000_000
_WHOSE = {"own": "Those of the file “{}”", "shipped": "Those that come with the model"}


def claims(shelf: Shelf) -> tuple[Claim, ...]:
    """Show whose sentences there are, and return those to try.

    Where there are none that is said; of a file that is broken, or names what is gone, one message.
    """
    kept: dict[str, tuple[str, bytes]] = st.session_state.setdefault(_KEPT, {})
    with st.popover("Open sentences of your own"):
        _opener(shelf)
    choose.complaint(_field(shelf))
    try:
        if shelf.key in kept and _whose(shelf, kept[shelf.key][0]) == "own":
            name, data = kept[shelf.key]
            found = parse_claims(data, name, shelf.model, shelf.by_id)
        else:
            found = claims_of(shelf.model, shelf.by_id, shipped_models().get(shelf.key))
    except BadFile as problem:
        where = f"{problem.place}: " if problem.place else ""
        st.error(md(f"{Path(problem.file).name}: {where}{problem.says}"))
        return ()
    if not found:
        st.info(
            "Nobody has written down what we think happens here, in a file “claims.toml” beside the plans. "
            "You can open sentences of your own above."
        )
    return found


def _whose(shelf: Shelf, name: str) -> str:
    """What is chosen where there is a file of somebody's own: that file, until somebody goes back."""
    return str(
        st.segmented_control(
            "Which sentences are tried",
            list(_WHOSE),
            format_func=lambda whose: md(_WHOSE[whose].format(name)),
            required=True,
            key=f"{_KEPT}:whose:{shelf.key}",
            persist_state="session",
        )
    )


def _opener(shelf: Shelf) -> None:
    st.markdown(
        "Sentences of your own about this model, each with what is run for it. They are tried instead of "
        "those that come with it, for you alone and as long as this page is open. Where you only reword a "
        "sentence keep its id: what was seen of it is kept under that."
    )
    choose.opener("Your own sentences (.toml)", _field(shelf), partial(_take, shelf), largest=2)
    if (pattern := _pattern(shelf)) is not None:
        st.download_button(
            "Save those that come with the product, as a pattern",
            data=lambda: read_bytes(pattern),
            file_name=pattern.name,
            mime="application/toml",
            on_click="ignore",
        )


def _pattern(shelf: Shelf) -> Path | None:
    """The file beside the model, or else that of a model that comes with the product."""
    shipped = shipped_models()
    for key in (shelf.key, *shipped):
        model = shelf.model if key == shelf.key else catalogue.shelf(key).model
        if found := claims_file(model, shipped.get(key)):
            return found
    return None


def _field(shelf: Shelf) -> str:
    return f"{_KEPT}:file:{shelf.key}"


def _take(shelf: Shelf, name: str, data: bytes) -> None:
    """Keep a file whose sentences can be tried; raises :class:`BadFile`, and all stays as it was."""
    if len(data) > _LARGEST:
        raise BadFile(
            name, "", f"the file is larger than {_LARGEST // 1_000_000} MB. Take out what is not needed."
        )
    found = parse_claims(data, name, shelf.model, shelf.by_id)
    with said_of(name):
        ask(shelf.model, shelf.by_id, found)
    st.session_state[_KEPT][shelf.key] = name, data
    st.session_state[f"{_KEPT}:whose:{shelf.key}"] = "own"
