"""Choose what is open, a model that is shipped or from a file, and one of several things. For every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loops.complaints import BadFile, NotAModel
from loops.interchange.detect import is_own
from loops.ui import catalogue
from loops.ui.bringing import kept
from loops.ui.catalogue import Shelf
from loops.ui.text import md, unique

_Key = TypeVar("_Key")
_A_PLAN = (
    "this is a plan, not a model. Choose the model it is for, and open it on “What if”, under “Open a file”, "
    "in the second box."
)


def row() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where a page that needs no more than the model has its choice, and the files behind it."""
    chosen, files = st.columns([4, 1], vertical_alignment="bottom")
    return chosen, files.popover("Open a file", width="stretch")


def model(place: DeltaGenerator, files: DeltaGenerator) -> Shelf:
    """Show the choice of model and return what is open; a file broken on disk ends the page in a message."""
    options = catalogue.keys()
    chosen = st.session_state.get(catalogue.CHOSEN)
    # said anew on every page: what a program chose, and no hand, is not kept from one page to the next
    st.session_state[catalogue.CHOSEN] = chosen if chosen in options else options[0]
    titles = unique({key: catalogue.title(key) for key in options})
    with place:
        key = st.selectbox(
            "Model",
            options,
            format_func=titles.__getitem__,
            key=catalogue.CHOSEN,
            persist_state="session",
        )
    with files:
        opener("A model (.toml), or a diagram from Kumu, Loopy and others", "model_file", take, kind=None)
    complaint("model_file")
    try:
        return catalogue.shelf(key)
    except BadFile as problem:
        st.error(md(str(problem)))
        st.stop()


def one(label: str, titles: Mapping[str, str], key: str, first: str | None = None) -> str:
    """A choice by key among titles that can be told apart; `first`, or the first one, until one is made."""
    if st.session_state.get(key) not in titles:
        st.session_state[key] = next(iter(titles)) if first is None else first
    return str(
        st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key, persist_state="session")
    )


def if_any(label: str, titles: Mapping[_Key, str], key: str) -> _Key | None:
    """The same where nothing is chosen at first, nor once what was chosen is there no more."""
    if st.session_state.get(key) not in titles:
        st.session_state[key] = None
    return st.selectbox(label, list(titles), None, titles.__getitem__, key=key, placeholder="Choose one")


def opener(
    label: str, key: str, take: Callable[[str, bytes], None], *, kind: str | None = "toml", largest: int = 6
) -> None:
    """A place to drop a file; `take` raises :class:`BadFile` for a bad one, which leaves all as it was.

    Its name ends in `kind`, or in anything if that is none. The browser sends up to `largest` MB: more than
    `take` lets be, so that it is `take` that says so.
    """
    st.file_uploader(
        label, type=kind, key=key, on_change=_received, args=(key, take), max_upload_size=largest
    )


def complaint(key: str) -> None:
    """The one message about the last file, if it was not right."""
    problem = st.session_state.get(f"{key}_problem")
    if problem and st.session_state.get(key) is not None:
        st.error(md(problem))


def _received(key: str, take: Callable[[str, bytes], None]) -> None:
    file = st.session_state[key]
    st.session_state[f"{key}_problem"] = ""
    if file is None:
        return
    try:
        take(file.name, file.getvalue())
        st.toast(md(f"{file.name} is open."))
    except BadFile as problem:
        st.session_state[f"{key}_problem"] = str(problem)


def take(name: str, data: bytes) -> None:
    """Open a model of this program, or bring a diagram in; raises :class:`BadFile` and changes nothing."""
    if not is_own(data):
        kept.take(name, data)
        return
    try:
        st.session_state[catalogue.CHOSEN] = catalogue.open_model(name, data)
    except NotAModel:
        raise BadFile(name, "", _A_PLAN) from None
