"""What is a lever's alone, as fields: what it asks for, when it can begin, what it needs, where it acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from loops.draw.spheres import cell_words
from loops.influence import Influence
from loops.matrix import PLACES, Place
from loops.model import Lever, Model
from loops.ui.editing import form, knowing
from loops.ui.text import md, unique

MOST_HOURS, MOST_POUNDS = 10_000.0, 10_000_000.0
"""As much as a model's file may say."""


def fields(model: Model, lever: Lever, place: str) -> dict[str, Any]:
    """Hours, pounds, months and needs; and in a fold where it acts and the other words for it."""
    values = _asks(lever, place) | {"needs": _needs(model, lever, place)}
    with st.expander("Where it acts, and other words for it"):
        values["influence"] = _influence(model, lever, place)
        words = form.lines(
            "Other words that people have for it, one a line", "\n".join(lever.also), f"{place}:also"
        )
        values["also"] = tuple(line.strip() for line in words.splitlines() if line.strip())
    return values


def _asks(lever: Lever, place: str) -> dict[str, Any]:
    ours, theirs = st.columns(2)
    with ours:
        us = _number("Our hours a month, at full effort", lever.hours_us, f"{place}:us")
    with theirs:
        partner = _number("The partner’s hours a month", lever.hours_partner, f"{place}:partner")
    pounds, months = st.columns(2)
    with pounds:
        cost = _number("Pounds, once", lever.cost, f"{place}:cost", most=MOST_POUNDS, step=50.0)
    with months:
        first = st.number_input(
            "First month it can be done", 0, 1_200, lever.earliest, key=f"{place}:earliest"
        )
    return {"hours_us": us, "hours_partner": partner, "cost": cost, "earliest": int(first)}


def _number(label: str, value: float, key: str, *, most: float = MOST_HOURS, step: float = 1.0) -> float:
    return float(st.number_input(label, 0.0, most, value, step=step, format="%g", key=key))


def _needs(model: Model, lever: Lever, place: str) -> tuple[str, ...]:
    others = unique({one.id: one.label for one in model.levers if one.id != lever.id})
    if not others:
        return lever.needs
    chosen = st.multiselect(
        "What must have begun before it",
        list(others),
        list(dict.fromkeys(lever.needs)),
        others.__getitem__,
        key=f"{place}:needs",
        placeholder="Nothing",
    )
    return lever.needs if set(chosen) == set(lever.needs) else tuple(chosen)


def _influence(model: Model, lever: Lever, place: str) -> tuple[Influence | dict[str, Any], ...]:
    """Where it acts, and how we know that of each place."""
    chosen = st.multiselect(
        "Where it acts: the influencer matrix",
        PLACES,
        [(cell.at, cell.on) for cell in lever.influence],
        lambda cell: cell_words(*cell),
        key=f"{place}:cells",
        placeholder="Nobody has said yet",
    )
    return tuple(
        _cell(model, cell, f"{place}:{cell.at}:{cell.on}") for cell in placed(lever.influence, chosen)
    )


def _cell(model: Model, cell: Influence, place: str) -> Influence | dict[str, Any]:
    """A cell as it was, or what was typed: whether it can be so is for the button to say."""
    st.markdown(f"**{md(cell_words(cell.at, cell.on))}**")
    values = knowing.fields(cell, model.sources, place)
    if all(getattr(cell, field) == value for field, value in values.items()):
        return cell
    return {**cell.model_dump(), **values}


def placed(now: Iterable[Influence], chosen: Iterable[Place]) -> tuple[Influence, ...]:
    """The cells that are chosen, those that were there before as they were, the others as our assumption."""
    known = {(cell.at, cell.on): cell for cell in now}
    kept = [place for place in known if place in set(chosen)]
    return tuple(known.get((at, on)) or Influence(at=at, on=on) for at, on in dict.fromkeys((*kept, *chosen)))
