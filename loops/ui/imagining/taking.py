"""Step 4: what the list takes and where it acts, and the way from it to a plan that reaches a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import streamlit as st

from loops.complaints import BadFile
from loops.editing.changes import apply
from loops.model import Model
from loops.store.records import Item
from loops.ui import catalogue, going, influence, saving
from loops.ui.backcasting import asking, telling
from loops.ui.editing import drafts
from loops.ui.imagining import keeping
from loops.ui.imagining.essentials import needs
from loops.ui.imagining.listed import is_open
from loops.ui.imagining.sitting import Sitting, called
from loops.ui.imagining.words import AMOUNTS, numbers, takes
from loops.ui.text import listed, md
from loops.utopia.plan import Plan, Spell
from loops.wishes.listed import by_lever, changes, chosen

_PUTTING = "Putting your list into the model"
_FOUR_YEARS = 48
"""Months for which the list is drawn into the matrix: where it acts does not hang on how long."""


def show(sitting: Sitting) -> None:
    """Draw the step."""
    every = sitting.items()
    items = [one for one in every if not is_open(sitting.model, one)]
    saving.complaint(keeping.PLACE)
    drafts.said()
    if not items:
        st.info("Nothing on your list is ready yet. Go back to step 3 and say what each item is.")
        return
    total = takes(_total(sitting.model, items))
    asks = f"All of it at once takes {total}. " if total else ""
    st.html(f'<p class="asks">{asks}What would be enough, and what comes first?</p>')
    if left := len(every) - len(items):
        waits = "it still waits" if left == 1 else "they still wait"
        st.caption(f"{left} more on the list cannot be tried yet: in step 3 {waits} for an answer.")
    st.button(
        "Find a plan that is enough",
        type="primary",
        on_click=_work_back,
        args=(sitting, items),
        disabled=not any(one.chosen for one in items),
    )
    st.caption(
        "It opens “Work back from the goal” with this list. Say there what you want and by when, then come "
        "back here: the plan that you looked at last goes onto the charter."
    )
    if plan := telling.of(sitting.shelf).says:
        st.subheader("The plan that you looked at last", anchor=False)
        st.markdown(md(" ".join(plan)))
    with st.container(key="utopia_ticks_may"):
        _may_be_used(sitting, items)
    _where(sitting, items)


def _total(model: Model, items: Sequence[Item]) -> dict[str, float]:
    """What all that a plan may use takes at once: of items that are one lever their sum, or what it takes."""
    told = [
        numbers(model, [replace(one, lever=name) for one in same])
        for name, same in by_lever(model, items).items()
        if any(one.chosen for one in same)
    ]
    return {name: sum(each[name] for each in told) for name in AMOUNTS}


def _may_be_used(sitting: Sitting, items: Sequence[Item]) -> None:
    """Each item with a tick: what a plan may use. What cannot begin without another thing is said."""
    st.subheader("What a plan may use", anchor=False)
    labels = {lever.id: lever.label for lever in sitting.model.levers}
    for name, wanting in needs(sitting.model, [one for one in items if one.chosen]).items():
        told = listed([f"“{label}”" for label in wanting])
        first = f"“{labels[name]}” has to begin first: add it in step 3, or tick it."
        st.warning(md(f"No plan can use {told}, for {first}"))
    for same in by_lever(sitting.model, items).values():
        if len(same) > 1:
            names = listed([f"“{one.label}”" for one in same])
            st.caption(md(f"{names} are one thing in the model, and count as one."))
    for one in items:
        told = takes(numbers(sitting.model, [one]))
        st.checkbox(
            md(f"{one.label} ({told})" if told else one.label),
            one.chosen,
            key=f"utopia_may:{one.id}:{one.version}",
            on_change=_tick,
            args=(sitting, one),
        )


def _tick(sitting: Sitting, one: Item) -> None:
    keeping.change(sitting, one, {"chosen": not one.chosen})


def _where(sitting: Sitting, items: Sequence[Item]) -> None:
    """The influencer matrix of the list, once somebody opens it."""
    opened = st.expander(
        "Where your list acts, and where nothing is done yet", key="utopia_where", on_change="rerun"
    )
    if opened.open:
        with opened:
            _matrix(sitting, items)


def _matrix(sitting: Sitting, items: Sequence[Item]) -> None:
    try:
        model = _with(sitting.shelf.version, tuple(items), _model=sitting.model)
    except ValueError as problem:
        st.error(md(f"Your list cannot be put into the model: {problem}"))
        return
    months = min(_FOUR_YEARS, model.horizon)
    plan = Plan(tuple(Spell(name, 0, months) for name in chosen(model, items)))
    shelf = replace(sitting.shelf, model=model, version=f"{sitting.shelf.version}:{items}")
    influence.show(shelf, plan.scenario(model, title="Your list"), key="utopia")


@st.cache_resource(show_spinner=_PUTTING, max_entries=20)
def _with(version: str, items: tuple[Item, ...], _model: Model) -> Model:
    """The model with the list in it."""
    return reduce(apply, changes(_model, items), _model)


def _work_back(sitting: Sitting, items: Sequence[Item]) -> None:
    """What is new on the list goes into a draft of the model; the next page may use what is ticked."""
    try:
        if made := changes(sitting.model, items):
            with st.spinner(_PUTTING):
                drafts.do(sitting.shelf.key, f"The list of “{called(sitting.utopia)}”", *made)
        shelf = catalogue.shelf(st.session_state[catalogue.CHOSEN])
        if changes(shelf.model, items):
            return  # it could not be done: the page says why
        asking.hand_over(shelf, chosen(shelf.model, items))
    except (BadFile, ValueError) as problem:
        saving.complain(keeping.PLACE, str(problem))
        return
    going.to("goal")
