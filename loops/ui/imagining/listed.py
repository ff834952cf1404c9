"""The list: each item with what it is of, whether the model has it, and what is still to be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil

import streamlit as st

from loops.model import Lever, Model
from loops.store.records import Idea, Item
from loops.ui import taken
from loops.ui.imagining import item, keeping, matching
from loops.ui.imagining.sitting import Sitting
from loops.ui.imagining.words import numbers, takes, where
from loops.ui.text import listed, md

_ROWS = 30
"""Items on one page of a long list."""
_TAKEN_OFF = "utopia_taken_off"


def show(sitting: Sitting, items: Sequence[Item], ideas: Sequence[Idea]) -> None:
    """Draw the list, what nobody has looked at yet first, and the way back for what was taken off."""
    if items:
        _rows(sitting, items, ideas)
    key = sitting.key(_TAKEN_OFF)
    if off := st.session_state.get(key):
        taken.way_back(sitting.space, key, keeping.PLACE, f"Bring “{md(off.label)}” back")


def _rows(sitting: Sitting, items: Sequence[Item], ideas: Sequence[Idea]) -> None:
    st.subheader(f"Our list: {len(items)} item{'s' * (len(items) != 1)}", anchor=False)
    order = sorted(items, key=lambda one: (not is_open(sitting.model, one), one.id))
    pages = ceil(len(order) / _ROWS)
    page = (
        st.number_input(f"Page (1 to {pages})", 1, pages, key=sitting.key("utopia_page")) if pages > 1 else 1
    )
    shown = order[(page - 1) * _ROWS : page * _ROWS]
    _all_alike(sitting, [one for one in shown if is_open(sitting.model, one)])
    for one in shown:
        _row(sitting, one, [idea for idea in ideas if idea.item_id == one.id])


def _all_alike(sitting: Sitting, waiting: Sequence[Item]) -> None:
    """One press for all that is like something in the model, where that is more than one item."""
    like = {one: best for one in waiting if (best := matching.like(sitting, one))}
    if len(like) > 1:
        st.button(
            f"Yes to all {len(like)} that are like something in the model",
            on_click=_are,
            args=(sitting, like),
            help="Each becomes what it says below that it is like. “Change” puts a wrong one right.",
        )


def is_open(model: Model, one: Item) -> bool:
    """Whether it is not known yet what an item is in the model, or what it helps."""
    known = one.lever in (lever.id for lever in model.levers)
    return not known and one.helps not in (variable.id for variable in model.variables)


def _row(sitting: Sitting, one: Item, ideas: Sequence[Idea]) -> None:
    model = sitting.model
    with st.container(border=True, key=f"item:{one.id}"):
        what, buttons = st.columns([5, 1.5], vertical_alignment="center")
        what.html(_told(model, one, ideas))
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            if not item.opened(sitting, one):
                st.button(
                    "Change",
                    key=f"item:open:{one.id}",
                    help=md(one.label),
                    on_click=item.open_up,
                    args=(sitting, one),
                )
            st.button(
                "Take off",
                key=f"item:off:{one.id}",
                help=md(one.label),
                on_click=taken.take_out,
                args=(sitting.space, one, sitting.key(_TAKEN_OFF), keeping.PLACE),
            )
        if item.opened(sitting, one):
            item.form(sitting, one, ideas)
        elif is_open(model, one):
            _like(sitting, one)


def _told(model: Model, one: Item, ideas: Sequence[Idea]) -> str:
    """The item in large type, who named it, and what is known of it."""
    tables = list(dict.fromkeys(idea.at_table for idea in ideas if idea.at_table))
    who = f' <span class="who">{escape(listed(tables))}</span>' if tables else ""
    if one.lever in model.nodes:
        what = f"In the model as “{model.nodes[one.lever].label}”"
    elif one.helps in model.nodes:
        what = f"New; it helps “{model.nodes[one.helps].label}”"
    else:
        what = ""
    facts = ". ".join(
        part
        for part in (
            what,
            where(one),
            takes(numbers(model, [one])),
            one.owner and f"Looks after it: {one.owner}",
        )
        if part
    )
    return f'<div class="wall item"><p>{escape(one.label)}{who}</p>{escape(facts)}</div>'


def _like(sitting: Sitting, one: Item) -> None:
    """What the model has that this may be, with one press; or the fields to say what it is."""
    best = matching.like(sitting, one)
    with st.container(horizontal=True, vertical_alignment="center"):
        if best:
            st.markdown(f"This is like: **{md(best.label)}** (already in the model)", width="content")
            st.button(
                "Yes, that is it",
                key=f"item:yes:{one.id}",
                help=md(one.label),
                type="primary",
                on_click=_is,
                args=(sitting, one, best),
            )
        else:
            st.markdown("The model has nothing that is called so.", width="content")
        st.button(
            "No, something else" if best else "Say what it is",
            key=f"item:else:{one.id}",
            help=md(one.label),
            on_click=item.open_up,
            args=(sitting, one),
        )


def _is(sitting: Sitting, one: Item, lever: Lever) -> None:
    keeping.change(sitting, one, keeping.of_lever(lever, one))


def _are(sitting: Sitting, like: Mapping[Item, Lever]) -> None:
    for one, lever in like.items():
        _is(sitting, one, lever)
