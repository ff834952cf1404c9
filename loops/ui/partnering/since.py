"""What changed since a chosen day: what went up, what went down, what is known now, and what stayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from loops.journey.standing import Changed, Way, changes
from loops.model import Model
from loops.narrate import on_day
from loops.ui.partnering import voices
from loops.ui.partnering.opened import Opened
from loops.ui.text import csv_text, listed, md, table

WAYS: dict[Way, str] = {
    "went up": "went up",
    "went down": "went down",
    "known now": "became known",
    "not known now": "is not known any more",
    "first time": "was said for the first time",
    "same": "stayed the same",
}
"""In the order in which they are told. More is not always better: of what is in the way, less is."""
_MOST = 200
"""Rows of the table."""
HEAD = ("What", "Which way", "Before", "Now", "Who spoke", "On", "Why")


def show(which: Opened) -> None:
    """Draw the part: choose a day, and read what was said differently after it."""
    days = sorted({mark.day for mark in which.history.marks})
    if len(days) < 2:
        st.markdown(f"All was said on {on_day(days[0])}. What changes shows here after the next time.")
        return
    since = st.date_input(
        "Since which day",
        days[-2],
        min_value=days[0],
        max_value=max(date.today(), days[-1]),
        format="DD/MM/YYYY",
        key=which.key(f"since_{days[-2]:%Y%m%d}"),
        persist_state="session",
        width=220,
    )
    found = ordered(changes(which.model, which.history.marks, since=since))
    st.markdown(md(sentence(found, since)))
    if not found:
        return
    lines = rows(which.model, found)
    st.html(table(HEAD, lines[:_MOST], caption=f"Said since {on_day(since)}", least=52))
    if len(lines) > _MOST:
        st.caption(f"The first {_MOST} of {len(lines):,} are shown; the file holds them all.")
    st.download_button(
        "Download what changed (CSV)",
        data=lambda: csv_text(HEAD, lines),
        file_name="what_changed.csv",
        mime="text/csv",
        on_click="ignore",
    )


def ordered(found: Sequence[Changed]) -> list[Changed]:
    """The changes by which way they went, and within that in the order of the diagram's file."""
    return sorted(found, key=lambda each: list(WAYS).index(each.way))


def sentence(found: Sequence[Changed], since: date) -> str:
    """How many answers went which way.

    >>> sentence([], date(2026, 3, 1))
    'Nobody has said anything since 1 March 2026.'
    """
    if not found:
        return f"Nobody has said anything since {on_day(since)}."
    counts = Counter(each.way for each in found)
    told = [f"{counts[way]} {_many(words, counts[way])}" for way, words in WAYS.items() if counts[way]]
    return f"Of the answers given since {on_day(since)}, {listed(told)}."


def rows(model: Model, found: Sequence[Changed]) -> list[tuple[str, ...]]:
    """The changes as lines of a table with :data:`HEAD`."""
    return [
        (
            model.nodes[each.box].label,
            WAYS[each.way],
            each.was or "",
            each.now,
            voices.speakers([each.role]),
            on_day(each.day),
            each.reason,
        )
        for each in found
    ]


def _many(words: str, count: int) -> str:
    """The words for one, or for several.

    >>> _many("was said for the first time", 2), _many("is not known any more", 1)
    ('were said for the first time', 'is not known any more')
    """
    first, _, rest = words.partition(" ")
    several = {"was": "were", "is": "are"}.get(first, first)
    return words if count == 1 else f"{several} {rest}".strip()
