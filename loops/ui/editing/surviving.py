"""Drafts that outlive a reload: the address names a file for each, in which every change is kept.

The token in the address is the only way to it: drafts are listed nowhere, and no link to a view holds it.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from loops.files import put
from loops.library import saved_folder
from loops.merge import fresh
from loops.ui import catalogue
from loops.ui.editing import drafts, remembered
from loops.ui.editing.drafts import Draft
from loops.ui.editing.remembered import Recalled
from loops.ui.text import listed, md

PARAMETER = "draft"
"""The token's name in the address."""
MOST = 200
"""Drafts kept, of all readers: those changed last."""
_LARGEST = 40_000_000
"""Bytes of a draft's file: two models and five hundred steps are less."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_SHOWN = 5
_KEPT, _MUTE = "editing:kept", "editing:kept:mute"


@dataclass(frozen=True)
class _Kept:
    """A draft as it was written last: where, when by the clock of the disk, and the text of its base."""

    token: str
    draft: Draft
    base: str
    stamp: tuple[int, int]


def folder() -> Path:
    """Where drafts are kept: beside the folder of saved models."""
    return saved_folder().parent / "drafts"


def follow() -> None:
    """Bring the drafts of the address back, keep what has changed, and have the address name every draft.

    Called once in every run, before the page.
    """
    kept = _kept()
    here = {one.token for one in kept.values()}
    tokens = dict.fromkeys(st.query_params.get_all(PARAMETER)[: drafts.MOST])
    for token in reversed(tokens):  # the first is chosen in the end
        if token not in here:
            _come_back(token)
    for key in kept.keys() - drafts.every().keys():
        kept.pop(key)
    for draft in drafts.every().values():
        _keep(draft)
    _address(kept)


def _kept() -> dict[str, _Kept]:
    found: dict[str, _Kept] = st.session_state.setdefault(_KEPT, {})
    return found


def _address(kept: Mapping[str, _Kept]) -> None:
    """The tokens of all drafts, that of the chosen one first."""
    chosen = st.session_state.get(catalogue.CHOSEN)
    tokens = [kept[key].token for key in sorted(kept, key=lambda key: key != chosen)]
    if st.query_params.get_all(PARAMETER) != tokens:
        st.query_params[PARAMETER] = tokens


def _keep(draft: Draft) -> None:
    """Write a draft that has changed, without waiting for the disk: a reload needs no more.

    A file that somebody else has written since, from another tab with the same address, is left to them.
    """
    before = _kept().get(draft.key)
    if before and before.draft is draft:
        return
    base = before.base if before and before.draft.history.base is draft.history.base else _text(draft)
    own = before is not None and _stamp(before.token) in (before.stamp, _NO_FILE)
    token = before.token if before and own else secrets.token_urlsafe(16)
    try:
        _write(token, remembered.text_of(draft, base))
    except OSError as error:
        _cannot(str(error.strerror))
        return
    except ValueError:  # more than a model's file may hold
        _cannot("the diagram is too large")
        return
    _kept()[draft.key] = _Kept(token, draft, base, _stamp(token))


def _text(draft: Draft) -> str:
    with st.spinner("The draft is kept, so that it is still there after a reload."):
        return fresh(draft.history.base)


def _cannot(why: str) -> None:
    """Say, once in a visit, that drafts cannot be kept."""
    if not st.session_state.get(_MUTE):
        st.session_state[_MUTE] = True
        st.warning(md(f"Drafts cannot be kept on this computer ({why}): save or download before you reload."))


def _come_back(token: str) -> None:
    """Open the draft of a token that is new to this visit; one that opens nothing is one sentence."""
    try:
        back = _opened(token)
    except (OSError, ValueError) as problem:
        st.warning(md(f"No draft was opened: {problem}"))
        return
    draft = back.draft
    drafts.keep(draft)
    st.session_state[catalogue.CHOSEN] = draft.key
    _kept()[draft.key] = _Kept(token, draft, back.base, _stamp(token))
    st.toast(md(f"Your draft of “{draft.model.title}” is back, as you left it. {_unsaved(draft)}"))
    if back.lost:
        names = listed([f"“{step.says}”" for step in back.lost[:_SHOWN]])
        st.warning(md(f"{len(back.lost)} of its changes could not be made again: {names}."))


def _unsaved(draft: Draft) -> str:
    return "It is not saved yet." if draft.unsaved else "It is saved."


def _opened(token: str) -> Recalled:
    """Raises :class:`ValueError` with one sentence when a token opens nothing, and :class:`OSError`."""
    if not _TOKEN.fullmatch(token):
        raise ValueError("the address names none that could be from here.")
    if len(drafts.every()) >= drafts.MOST:
        raise ValueError(f"{drafts.MOST} drafts are open already. Save one of them, close it, and try again.")
    try:
        with _file(token).open("rb") as file:
            text = file.read(_LARGEST)
    except FileNotFoundError:
        raise ValueError(
            f"the one in this address is no longer kept: only the {MOST} changed last are."
        ) from None
    with st.spinner("Your draft is opened: its changes are made again, one by one."):
        return remembered.recall(text, f"draft-{secrets.token_hex(8)}")


def _file(token: str) -> Path:
    return folder() / f"{token}.json"


_NO_FILE = (0, 0)


def _stamp(token: str) -> tuple[int, int]:
    """Which writing of a draft's file this is, or that there is no such file."""
    try:
        found = _file(token).stat()
    except OSError:
        return _NO_FILE
    return (found.st_ino, found.st_mtime_ns)


def _write(token: str, text: str) -> None:
    """Put a draft's file in its place; a new one makes the oldest go. Raises :class:`OSError`."""
    file = _file(token)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = not file.exists()
    put(file, text.encode(), flush=False)
    if new:
        _clear(keep=file)


def _clear(*, keep: Path) -> None:
    """Remove the drafts that were changed longest ago, beyond as many as are kept; never `keep`."""
    others = []
    for file in folder().glob("[!.]*.json"):
        with contextlib.suppress(OSError):  # another reader's visit has just removed it
            if file != keep:
                others.append((file.stat().st_mtime_ns, file))
    for _, file in sorted(others, reverse=True)[MOST - 1 :]:
        with contextlib.suppress(OSError):
            file.unlink()
