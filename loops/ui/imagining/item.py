"""One item, opened: what it is called, what it helps, what it takes, who looks after it, and how we know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.store.bounds import HOURS, LABEL, POUNDS, TEXT
from loops.store.records import Idea, Item, ItemFields
from loops.ui import saving, workspace
from loops.ui.imagining import keeping
from loops.ui.imagining.adding import one_of
from loops.ui.imagining.sitting import Sitting
from loops.ui.imagining.words import AMOUNTS, GRADES, STRENGTHS, numbers, usual
from loops.ui.text import md, unique

_OPEN, _SEEN = "utopia_item", "utopia_item_seen"
_AMOUNTS = (("Our hours a month", HOURS), ("Their hours a month", HOURS), ("Pounds, once", POUNDS))
_ONE_OF = ("strength", "evidence")
"""What is always one of a few: with none of them pressed it stays what it was."""


def opened(sitting: Sitting, one: Item) -> bool:
    """Whether its fields are on the page."""
    return bool(st.session_state.get(sitting.key(_OPEN)) == one.id)


def open_up(sitting: Sitting, one: Item) -> None:
    """Show the fields of an item; what was typed and not kept is still there."""
    st.session_state[sitting.key(_OPEN)] = one.id
    _seen(sitting).setdefault(one.id, one.version)


def form(sitting: Sitting, one: Item, ideas: Sequence[Idea]) -> None:
    """The fields that matter: of what the model has already, who looks after it and what it takes."""
    if _seen(sitting)[one.id] is None:  # it was refused: who presses again has seen how it reads now
        _seen(sitting)[one.id] = one.version
    fields = ["label", "lever", "owner", *AMOUNTS]
    _line("What it is called", one, "label", LABEL)
    lever = _in_the_model(sitting, one)
    if not lever:
        fields += _acts(sitting, one)
    amounts = numbers(sitting.model, [replace(one, lever=lever)])
    for place, name, (label, most) in zip(st.columns(3), AMOUNTS, _AMOUNTS, strict=True):
        place.number_input(
            label,
            0.0,
            float(most),
            amounts[name],
            step=0.5,
            format="%g",
            key=f"{_field(one, name)}:{lever}",
            persist_state="session",
        )
    _line("Who looks after it?", one, "owner", LABEL)
    with st.container(horizontal=True):
        about = (sitting, one, fields)
        st.button("Keep it", key=f"item:keep:{one.id}", type="primary", on_click=_keep, args=about)
        st.button("Leave it as it was", key=f"item:leave:{one.id}", on_click=_close, args=(sitting, one))
    for idea in ideas if len(ideas) > 1 else ():
        _part(sitting, idea)


def _in_the_model(sitting: Sitting, one: Item) -> str:
    """Which lever of the model it is; none when it is new."""
    labels = unique({"": "Something new", **{lever.id: lever.label for lever in sitting.model.levers}})
    first = list(labels).index(one.lever) if one.lever in labels else 0
    return str(
        st.selectbox(
            "What it is in the model",
            list(labels),
            first,
            labels.__getitem__,
            key=_field(one, "lever"),
            persist_state="session",
        )
    )


def _line(label: str, one: Item, name: str, most: int) -> None:
    key = _field(one, name)
    st.text_input(label, getattr(one, name), max_chars=most, key=key, persist_state="session")


def _part(sitting: Sitting, idea: Idea) -> None:
    """One of the ideas that it is made of, and a way to take it apart."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Made of: {md(idea.text)}", width="content")
        st.button(
            "Take apart",
            key=f"item:apart:{idea.id}",
            help=md(idea.text[:90]),
            on_click=_apart,
            args=(sitting, idea),
        )


def _acts(sitting: Sitting, one: Item) -> list[str]:
    """What is new says what it helps and how anybody knows, and where it acts; returns the fields' names."""
    labels = unique({variable.id: variable.label for variable in sitting.model.variables})
    st.selectbox(
        "What does it help first?",
        list(labels),
        list(labels).index(one.helps) if one.helps in labels else None,
        labels.__getitem__,
        key=_field(one, "helps"),
        placeholder="Choose one: without it nothing follows from this item",
        persist_state="session",
    )
    one_of("How much does it help?", STRENGTHS, _field(one, "strength"), one.strength)
    one_of("How do you know?", GRADES, _field(one, "evidence"), one.evidence)
    one_of("How does it act?", SPHERE_WORDS, _field(one, "at"), one.at or None)
    one_of("Who is it for?", AUDIENCE_WORDS, _field(one, "on"), one.on or None)
    _line("What makes you think so? (or the source’s words)", one, "why", TEXT)
    return ["helps", "strength", "evidence", "at", "on", "why"]


def _keep(sitting: Sitting, one: Item, fields: Sequence[str]) -> None:
    """Keep what is in the fields; where somebody else was quicker it stays there, for the next press."""
    lever = st.session_state[_field(one, "lever")] or ""
    said = {
        name: st.session_state[f"{_field(one, name)}:{lever}" if name in AMOUNTS else _field(one, name)]
        for name in fields
    }
    said |= {name: getattr(one, name) for name in _ONE_OF if name in said and said[name] is None}
    said = {name: "" if value is None else value for name, value in said.items()}
    if lever and {name: said[name] for name in AMOUNTS} == usual(sitting.model, lever):
        said |= dict.fromkeys(AMOUNTS, 0.0)  # it takes what the model says, whatever that will be
    if lever and lever != one.lever:
        said |= keeping.of_lever(next(each for each in sitting.model.levers if each.id == lever), one)
    version = _seen(sitting)[one.id] or one.version
    _seen(sitting)[one.id] = None
    with saving.noting(keeping.PLACE):
        workspace.store().edit_item(sitting.space.token, one.id, version=version, **cast(ItemFields, said))
        _close(sitting, one)


def _apart(sitting: Sitting, idea: Idea) -> None:
    with saving.noting(keeping.PLACE):
        workspace.store().apart(sitting.space.token, idea.id)


def _close(sitting: Sitting, one: Item) -> None:
    st.session_state.pop(sitting.key(_OPEN), None)
    _seen(sitting).pop(one.id, None)
    saving.empty(_draft(one))


def _seen(sitting: Sitting) -> dict[int, int | None]:
    """The version of each item that is being changed, as it was when that began; None after a refusal."""
    found: dict[int, int | None] = st.session_state.setdefault(sitting.key(_SEEN), {})
    return found


def _draft(one: Item) -> str:
    return f"item:{one.id}"


def _field(one: Item, name: str) -> str:
    return f"{saving.field(_draft(one))}:{name}"
