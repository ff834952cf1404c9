"""What the file did not say: each note with its place and what can be done about it, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from loops.draw.layout import link_keys
from loops.interchange.draft import KINDS, Note
from loops.model import Model
from loops.ui.bringing import kept, picture
from loops.ui.bringing.brought import Brought, about
from loops.ui.components.canvas import Picked
from loops.ui.text import md

_SHOWN = 8
"""Notes of a kind that are shown, and how many more come with each press."""


def show(key: str, brought: Brought) -> None:
    """What can be mended, kind by kind; of a part that is picked in the diagram only what is about it."""
    part = picture.picked(key, brought.model)
    notes = brought.notes
    if part is not None and part.kind != "loop":
        notes = dict(about(notes.items(), _ids(brought.model, part)))
        many = "Nothing about it is open." if not notes else ""
        st.markdown(f"Only what is about {md(_name(brought.model, part))} is shown. {many}")
        st.button("Show all", key=f"bring:all:{key}", on_click=picture.clear, args=(key,))
    elif not notes:
        st.info("Nothing is left to be asked about this diagram.")
    for kind, group in groupby(notes.items(), key=lambda item: item[1].kind):
        _group(key, kind, dict(group))


def done(key: str, brought: Brought) -> None:
    """What was changed here, each with a way back; the latest first."""
    if not brought.made:
        return
    with st.expander(f"What you changed ({len(brought.made)})", key=f"bring:made:{key}"):
        with st.container(horizontal=True):
            last = len(brought.made) - 1
            st.button(
                "Undo the last one", key=f"bring:last:{key}:{last}", on_click=kept.undo, args=(key, [last])
            )
            st.button("Undo all", key=f"bring:none:{key}", on_click=kept.undo, args=(key, range(last + 1)))
        shown = _shown(f"bring:undos:{key}")
        for at in reversed(range(len(brought.made))[-shown:]):
            words, way = st.columns([3, 1], vertical_alignment="center")
            words.markdown(md(brought.made[at].says))
            # named by what it takes back, not by where that stands: a second press finds another button
            name = f"bring:undo:{key}:{at}:{brought.made[at].change}"
            way.button("Undo", key=name, on_click=kept.undo, args=(key, [at]), width="stretch")
        _more(f"bring:undos:{key}", len(brought.made))


def told(brought: Brought) -> None:
    """What was assumed or left out, and cannot be mended by a press."""
    if not brought.told:
        return
    with st.expander(f"What was assumed, and what was left out ({len(brought.told)})"):
        shown = _shown("bring:told")
        for kind, group in groupby(brought.told[:shown], key=lambda note: note.kind):
            st.markdown(f"#### {md(KINDS[kind])}")
            st.markdown("\n".join(f"- {md(note.says)}{_place(note)}" for note in group))
        _more("bring:told", len(brought.told))


def _group(key: str, kind: str, notes: Mapping[int, Note]) -> None:
    st.markdown(f"#### {md(KINDS[kind])} ({len(notes):,})")
    turn = f"bring:more:{key}:{kind}"
    for at, note in list(notes.items())[: _shown(turn)]:
        with st.container(gap="xsmall"):
            st.markdown(f"{md(note.says)}{_place(note)}")
            with st.container(horizontal=True, gap="xsmall"):
                for choice, mend in enumerate(note.mends):
                    name = f"bring:mend:{key}:{at}:{choice}"
                    st.button(md(mend.label), key=name, on_click=kept.mend, args=(key, at, choice))
    _more(turn, len(notes))


def _place(note: Note) -> str:
    return f" *({md(note.place)})*" if note.place else ""


def _shown(turn: str) -> int:
    return int(st.session_state.get(turn, _SHOWN))


def _more(turn: str, every: int) -> None:
    if (left := every - _shown(turn)) > 0:
        st.button(f"Show more ({left:,} left)", key=f"press:{turn}", on_click=_further, args=(turn,))


def _further(turn: str) -> None:
    st.session_state[turn] = _shown(turn) + _SHOWN


def _ids(model: Model, part: Picked) -> set[str]:
    if part.kind == "node":
        return {part.id}
    link = link_keys(model)[part.id]
    return {link.source, link.target}


def _name(model: Model, part: Picked) -> str:
    if part.kind == "node":
        return f"“{model.nodes[part.id].label}”"
    link = link_keys(model)[part.id]
    return f"“{model.nodes[link.source].label}” → “{model.nodes[link.target].label}”"
