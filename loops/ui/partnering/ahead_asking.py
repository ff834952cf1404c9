"""What is asked of the time to come: for how long, of which box, from when, and within which hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from loops.draw.scale import years
from loops.model import Model
from loops.store.bounds import HOURS
from loops.ui import choose
from loops.ui.partnering.opened import Opened
from loops.ui.text import unique

_SPANS = (3, 6, 12, 24, 36, 60)
_USUAL = 12
"""Months to look ahead."""


@dataclass(frozen=True)
class Ahead:
    """A question about a partner; hours are a month's, None where nobody has said how many there are."""

    which: Opened
    begin: date
    """The day from which something is done: what was said last is how it is then."""
    months: int
    outcome: str
    us: float | None
    partner: float | None

    @property
    def label(self) -> str:
        """The box that is looked at, as it stands on screen."""
        return self.which.model.nodes[self.outcome].label


def ask(which: Opened) -> Ahead:
    """Show the question as it stands, to be changed, about a partner that somebody has rated."""
    model, profile = which.model, which.profile
    spans = [span for span in _SPANS if span <= model.horizon] or [model.horizon]
    box, time = st.columns([1, 1.25], vertical_alignment="bottom")
    with box:
        outcome = choose.one("What we want more of", labels(model), f"ahead:outcome:{which.shelf.key}")
    with time:
        months = st.segmented_control(
            "How far ahead",
            spans,
            default=_USUAL if _USUAL in spans else spans[-1],
            format_func=years,
            required=True,
            wrap=True,
            key=f"ahead:months:{which.shelf.key}",
            persist_state="session",
        )
    ours, theirs, day = st.columns(3, vertical_alignment="bottom")
    with ours:
        us = _hours(which, "Hours a month that we have for them", "us", profile.hours_us)
    with theirs:
        partner = _hours(which, "Hours a month that they have", "partner", profile.hours_partner)
    last = max(mark.day for mark in which.history.marks)
    with day:
        begin = st.date_input(
            "We begin on",
            last,
            last,
            max(last, date.today()),
            key=which.key(f"ahead:begin:{last}"),
            format="DD/MM/YYYY",
            persist_state="session",
        )
    return Ahead(which, begin, months or spans[-1], outcome, us, partner)


def labels(model: Model) -> dict[str, str]:
    """The boxes that can be looked at, by labels that differ: what the model is judged by comes first."""
    ordered = dict.fromkeys([*model.headlines, *(node.id for node in model.variables)])
    return unique({name: model.nodes[name].label for name in ordered})


def _hours(which: Opened, label: str, name: str, known: float) -> float | None:
    """The hours of one side, at first as they are known of the partner; it may be left empty."""
    return st.number_input(
        label,
        0.0,
        float(HOURS),
        known or None,
        step=1.0,
        format="%g",
        key=which.key(f"ahead:{name}"),
        persist_state="session",
        placeholder="not said",
    )
