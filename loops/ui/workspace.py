"""The shared space that is open: what is saved goes there, and those who have its link share it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import streamlit as st

from loops.store import Store, StoreProblem
from loops.store.bounds import LABEL
from loops.store.problems import NO_SUCH_SPACE
from loops.store.records import Workspace
from loops.ui.text import md

_PARAMETER = "workspace"
"""The token's name in the address."""
_OPENED, _PROBLEM = "workspace_opened", "workspace_problem"
_LARGEST = 50
"""MB of a space that is opened from a file here; a larger one is moved with :class:`loops.store.Store`."""
_AGAIN = 20
"""Seconds before a database that could not be opened is tried again: a page must not wait at every click."""


class _Door:
    """The database of this server, opened when it is first needed, and again after it was not there."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._problem = StoreProblem()
        self._tried = -float(_AGAIN)

    def store(self) -> Store:
        with self._lock:
            if self._store is None:
                self._try()
            if self._store is None:
                raise StoreProblem(str(self._problem))
            return self._store

    def _try(self) -> None:
        if time.monotonic() - self._tried < _AGAIN:
            return
        try:
            self._store = Store.open(self._url)
        except StoreProblem as problem:
            self._problem, self._tried = problem, time.monotonic()

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()


@st.cache_resource(show_spinner=False, on_release=_Door.close)
def _door(url: str | None) -> _Door:
    return _Door(url)


def store() -> Store:
    """The store of this server; raises :class:`StoreProblem` when it cannot be opened."""
    return _door(os.environ.get("LOOPS_STORE")).store()


@contextmanager
def telling() -> Iterator[None]:
    """Say it in one sentence when saved work cannot be read or kept inside the block, and go on after it."""
    try:
        yield
    except StoreProblem as problem:
        st.warning(md(str(problem)))


def current() -> Workspace | None:
    """The shared space that is open, if any. Call it where a page begins: it keeps the address."""
    token = st.query_params.get(_PARAMETER)
    opened: Workspace | None = st.session_state.get(_OPENED)
    if token and (opened is None or opened.token != token):
        opened = _open(token) or opened
    if opened is not None and st.query_params.get(_PARAMETER) != opened.token:
        st.query_params[_PARAMETER] = opened.token
    return opened


def bar() -> Workspace | None:
    """A row at the top of a page: the space that is open, or the ways into one; returns what is open."""
    opened = current()
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="workspace_bar")
    with row:
        if opened is None:
            st.caption("What you do here is not kept.", width="content")
            with st.popover("Keep it in a shared space", key="workspace_in"):
                _ways_in()
        else:
            st.markdown(f"Shared space: **{md(opened.name)}**", width="content")
            with st.popover("Share or leave", key="workspace_out"):
                _ways_out(opened)
    complaint()
    return opened


def complaint() -> bool:
    """Say, once, why a space could not be opened; return whether there was anything to say."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        st.warning(md(problem))
    return bool(problem)


def _ways_in() -> None:
    st.markdown(
        "A shared space keeps notes, votes, decisions and partners. Only those who have its link can open it."
    )
    with st.form("workspace_new", border=False):
        st.text_input("A name for a new space", key="workspace_name", max_chars=LABEL)
        st.form_submit_button("Start a new space", on_click=_create)
    with st.form("workspace_join", border=False):
        st.text_input("The link of a space you were given", key="workspace_link")
        st.form_submit_button("Open it", on_click=_join)
    st.file_uploader(
        "A space that was saved as a file (.json)",
        type="json",
        key="workspace_file",
        on_change=_import,
        max_upload_size=_LARGEST,
    )


def alone(link: str) -> bool:
    """Whether a link leads to this computer alone.

    >>> alone("http://localhost:8501/workshop?join=1"), alone("http://192.168.1.20:8501/workshop?join=1")
    (True, False)
    """
    return urlsplit(link).hostname in ("localhost", "127.0.0.1", "::1")


def _ways_out(opened: Workspace) -> None:
    st.markdown(
        "Whoever has this link can read and change what is kept here. Save the link: spaces are listed "
        "nowhere, so it is the only way back."
    )
    link = _link(opened)
    st.code(link, language=None, wrap_lines=True)
    if alone(link):
        st.caption("The app runs on this computer for itself, so this link works on no other one.")
    words = st.checkbox(
        "Put names, notes, observations, decisions, plans, lists and partners into the file, too",
        key="workspace_words",
    )
    if st.button("Prepare this space as a file", key="workspace_prepare"):
        with telling():
            text = store().export(opened.token, with_words=words)
            st.download_button(
                "Save the file", text, "shared_space.json", "application/json", on_click="ignore"
            )
    st.button("Leave this space", key="workspace_leave", on_click=_leave)


def _create() -> None:
    with _noting():
        _enter(store().create_workspace(st.session_state["workspace_name"]))


def _join() -> None:
    _open(_token(st.session_state["workspace_link"]))


def _import() -> None:
    file = st.session_state["workspace_file"]
    if file is not None:
        with _noting():
            _enter(store().import_workspace(file.getvalue().decode("utf-8", "replace")))


def _leave() -> None:
    st.session_state.pop(_OPENED, None)
    st.query_params.pop(_PARAMETER, None)


def _open(token: str) -> Workspace | None:
    """Open what a token opens; one that opens nothing leaves the address, so that it is said once."""
    with _noting():
        if (found := store().workspace(token)) is not None:
            return _enter(found)
        st.query_params.pop(_PARAMETER, None)
        raise StoreProblem(NO_SUCH_SPACE)
    return None


def _enter(found: Workspace) -> Workspace:
    st.session_state[_OPENED] = found
    st.query_params[_PARAMETER] = found.token
    return found


@contextmanager
def _noting() -> Iterator[None]:
    """Keep the sentence for the bar: what happens here comes before the page is drawn."""
    try:
        yield
    except StoreProblem as problem:
        st.session_state[_PROBLEM] = str(problem)


def _token(pasted: str) -> str:
    """The token in what somebody pasted: a whole link, or the token alone.

    >>> _token(" http://localhost:8501/meeting?plan=x&workspace=abc "), _token("abc")
    ('abc', 'abc')
    """
    pasted = pasted.strip()
    return parse_qs(pasted.partition("?")[2]).get(_PARAMETER, [pasted])[0]


def _link(opened: Workspace) -> str:
    """The address that opens the space: this page's, with the token and nothing else behind it."""
    scheme, host, path, _, _ = urlsplit(st.context.url or "")
    return urlunsplit((scheme, host, path, urlencode({_PARAMETER: opened.token}), ""))
