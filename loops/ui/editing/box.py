"""The card of a box, as a form."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from loops.draw.layout import link_keys
from loops.editing.changes import Become, Remove
from loops.editing.kinds import Kind, Node, kind_of, level_of, turned
from loops.model import Lever, Model, Variable
from loops.ui.bringing.words import KINDS
from loops.ui.components.canvas import Picked
from loops.ui.editing import drafts, effort, form, picking
from loops.ui.editing.drafts import Draft
from loops.ui.reading.card import SIGNED
from loops.ui.text import md


def show(draft: Draft, name: str) -> None:
    """Draw the form of a box, and the arrows at it as buttons."""
    model, part = draft.model, f"node:{name}"
    node: Node = model.nodes[name]
    st.subheader(md(node.label), anchor=False)
    place = form.place(part, node)
    label = form.line("Name", node.label, f"{place}:label")
    kind: Kind = st.selectbox(
        "What it is",
        list(get_args(Kind)),
        get_args(Kind).index(kind_of(node)),
        KINDS.__getitem__,
        key=f"{place}:kind",
    )
    new = turned(node, kind)  # the fields of the kind that is chosen, with what it would begin from
    place = f"{place}:{kind}"
    values = {"label": label, **_numbers(model, new, place), **_words(new, place)}
    says, changes = form.asked(model, part, new, values)
    if new is not node:
        says, changes = f"“{node.label}”: {KINDS[kind].casefold()}", (Become(name, kind), *changes)
    form.keep(draft, (says, changes), place)
    st.button(
        "Remove this box",
        key=f"change:remove:{name}",
        on_click=drafts.do,
        args=(draft.key, f"“{node.label}” is removed", Remove(part)),
        help="Its arrows go with it. “Undo” brings them back.",
    )
    _arrows(model, name)


def _numbers(model: Model, node: Node, place: str) -> dict[str, Any]:
    """Where it starts, and what is its kind's alone."""
    if isinstance(node, Variable):
        return {
            "start": form.level("Where it starts", node.start, f"{place}:start"),
            "gain": form.pace("What it wins by itself", node.gain, f"{place}:gain", "what is missing"),
            "fade": form.pace("What it loses by itself", node.fade, f"{place}:fade", "what is there"),
        }
    usual = {"level": form.level("How much, if no plan says otherwise", level_of(node), f"{place}:level")}
    return usual | effort.fields(model, node, place) if isinstance(node, Lever) else usual


def _words(node: Node, place: str) -> dict[str, Any]:
    return {
        "not_yet": form.lines("What “not yet” looks like", node.not_yet, f"{place}:not_yet"),
        "fully": form.lines("What “fully” looks like", node.fully, f"{place}:fully"),
        "description": form.lines("Description", node.description, f"{place}:description"),
    }


def _arrows(model: Model, name: str) -> None:
    """The arrows that lead here and away, each a way to its own form."""
    every = link_keys(model).items()
    for heading, ends in (
        ("What feeds it", {key: link.source for key, link in every if link.target == name}),
        ("What it drives", {key: link.target for key, link in every if link.source == name}),
    ):
        if ends:
            st.markdown(f"**{heading}**")
        for key, end in ends.items():
            words = f"{model.nodes[end].label}: {SIGNED[link_keys(model)[key].polarity]}"
            st.button(
                md(words),
                key=f"change:to:{heading}:{key}",
                type="tertiary",
                on_click=picking.pick,
                args=(Picked("link", key),),
            )
