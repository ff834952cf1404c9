"""The plan that was looked at last in an open model, in words: for what other pages hand out."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from loops.draw import calendar
from loops.draw.scale import ASSUMPTIONS, in_words, years
from loops.narrate import in_hours
from loops.ui.backcasting import saying
from loops.ui.backcasting.asking import Goal
from loops.ui.catalogue import Shelf
from loops.utopia.found import Backcast, Found
from loops.utopia.plan import Plan

_TOLD = "goal:told"


@dataclass(frozen=True)
class Told:
    """A plan in sentences, and when each of its levers is on and what it takes."""

    says: tuple[str, ...] = ()
    when: dict[str, str] = field(default_factory=dict)
    """By the ids of the levers."""


def keep(goal: Goal, got: Backcast, found: Found) -> None:
    """This is the plan that is looked at now."""
    said = Told(
        (
            _wanted(goal),
            f"{saying.headline(got, found)} It takes {saying.takes(found.cost)}. {ASSUMPTIONS}",
        ),
        {
            spell.lever: calendar.told(row)
            for spell in found.plan.spells
            for row in calendar.rows(got.model, Plan((spell,)))
        },
    )
    st.session_state.setdefault(_TOLD, {})[goal.shelf.key] = (goal.shelf.version, said)


def _wanted(goal: Goal) -> str:
    """What the plan is for, as it was asked."""
    target, hours = goal.target, goal.limits.budget
    later = f", and still {years(target.keep)} after we stop" if target.keep else ""
    within = f", with at most {in_hours(hours)} a month" if hours is not None else ""
    far = f"at least {in_words(target.level)} there within {years(target.by)}"
    return f"We want “{goal.label}” to be {far}{later}{within}."


def of(shelf: Shelf) -> Told:
    """What was said of the last plan; nothing where none was looked at since the model was changed."""
    said: Told
    version, said = st.session_state.get(_TOLD, {}).get(shelf.key, ("", Told()))
    return said if version == shelf.version else Told()
