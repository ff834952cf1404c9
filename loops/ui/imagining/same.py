"""Ideas that may be the same: proposed as groups, put together with one press, and taken apart again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape

import streamlit as st

from loops.store.records import Idea, Item
from loops.ui import saving, workspace
from loops.ui.imagining import keeping
from loops.ui.imagining.sitting import Sitting
from loops.ui.imagining.wall import line
from loops.ui.text import md, unique
from loops.wishes.alike import duplicates

_APART, _DONE = "utopia_apart", "utopia_together"
_MOST = 20
"""Groups that are asked about at once."""
Group = tuple[Item | None, tuple[Idea, ...]]
"""Ideas that may be the same, and the item of the list that they may be, if it is there already."""


def show(sitting: Sitting, waiting: Sequence[Idea], items: Sequence[Item]) -> Collection[int]:
    """Ask about each group; returns the ids of the ideas that are asked about."""
    _undo(sitting)
    groups = list(_groups(sitting, waiting, items))
    if groups:
        st.subheader("Are these the same?", anchor=False)
        if len(groups) > _MOST:
            st.caption(
                f"{_MOST} of {len(groups)} are shown; the next ones come up when these are dealt with."
            )
    for item, ideas in groups[:_MOST]:
        _ask(sitting, item, ideas)
    return {idea.id for _, ideas in groups for idea in ideas}


def _groups(sitting: Sitting, waiting: Sequence[Idea], items: Sequence[Item]) -> Iterator[Group]:
    """Groups that nobody here has called different things, each with at most one item that there is."""
    members: list[Idea | Item] = [*items, *waiting]
    said: set[frozenset[str]] = st.session_state.setdefault(sitting.key(_APART), set())
    for group in duplicates([one.label if isinstance(one, Item) else one.text for one in members]):
        ideas = tuple(one for one in (members[place] for place in group) if isinstance(one, Idea))
        there = next((one for one in (members[place] for place in group) if isinstance(one, Item)), None)
        names = _names(there, ideas)
        if ideas and len(names) > 1 and not any(names <= different for different in said):
            yield there, ideas


def _names(item: Item | None, ideas: Sequence[Idea]) -> frozenset[str]:
    """What a group is known by."""
    return frozenset([*(f"idea {idea.id}" for idea in ideas), *([f"item {item.id}"] if item else [])])


def _ask(sitting: Sitting, item: Item | None, ideas: tuple[Idea, ...]) -> None:
    key = ideas[0].id
    with st.container(border=True, key=f"same:{key}"):
        lines = [line(idea) for idea in ideas]
        if item:
            lines.insert(0, f'{escape(item.label)} <span class="who">on the list already</span>')
        st.html(
            f'<div class="wall"><ul class="ideas">{"".join(f"<li>{each}</li>" for each in lines)}</ul></div>'
        )
        if len(lines) > 2:
            titles = unique({idea.id: idea.text[:90] for idea in ideas})
            st.multiselect(
                "Leave out what is something else",
                list(titles),
                format_func=titles.__getitem__,
                key=_other(key),
                placeholder="Nothing is left out",
            )
        with st.container(horizontal=True):
            about = (sitting, item, ideas)
            st.button(
                "These are the same", key=f"same:yes:{key}", type="primary", on_click=_together, args=about
            )
            words = "No, two things" if len(lines) == 2 else "No, different things"
            st.button(words, key=f"same:no:{key}", on_click=_different, args=about)


def _other(key: int) -> str:
    return f"same:other:{key}"


def _together(sitting: Sitting, item: Item | None, ideas: tuple[Idea, ...]) -> None:
    left_out = st.session_state.get(_other(ideas[0].id)) or ()
    ours = [idea for idea in ideas if idea.id not in left_out]
    if not ours:
        _different(sitting, item, ideas)
        return
    with saving.noting(keeping.PLACE):
        whole = item or keeping.put(sitting, ours)
        if item:
            workspace.store().gather(sitting.space.token, item.id, [idea.id for idea in ours])
        st.session_state[sitting.key(_DONE)] = (whole.label, None if item else whole, ours)
        _different(sitting, whole, tuple(idea for idea in ideas if idea.id in left_out))


def _different(sitting: Sitting, item: Item | None, ideas: tuple[Idea, ...]) -> None:
    st.session_state[sitting.key(_APART)].add(_names(item, ideas))


def _undo(sitting: Sitting) -> None:
    """What was put together last, and the way back."""
    label, made, ideas = st.session_state.get(sitting.key(_DONE), ("", None, ()))
    if ideas:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Put together as “{md(label)}”.", width="content")
            st.button("Undo", key="same:undo", on_click=_take_apart, args=(sitting, made, ideas))


def _take_apart(sitting: Sitting, made: Item | None, ideas: Sequence[Idea]) -> None:
    with saving.noting(keeping.PLACE):
        if made:
            workspace.store().delete(sitting.space.token, made)
        else:
            for idea in ideas:
                workspace.store().apart(sitting.space.token, idea.id)
        del st.session_state[sitting.key(_DONE)]
