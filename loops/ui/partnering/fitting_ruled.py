"""How much each thing that was said ruled out: box by box, and each observation behind a fold."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.journey.matched import Matched, NoneFits
from loops.journey.observed import Observation
from loops.journey.ruling import Ruled
from loops.model import Model
from loops.narrate import on_day
from loops.theory.told import in_ten
from loops.ui.partnering.opened import Opened
from loops.ui.text import csv_text, md, table

_ROWS = 60
"""Rows of a table on screen: the file has all."""
_BOXES = ("Box", "It rules out by itself", "Nothing else rules these out", "What was said")
_EACH = ("Box", "Day", "What was said", "It speaks against", "Nothing else rules these out")
_WAY = ("Box", "It rules out by itself", "Left if this had not been said", "What was said")
_MOST_SAID = 4
"""Observations of a box that are said one by one."""


def show(which: Opened, found: Matched | NoneFits) -> None:
    """Draw what ruled out how much, or, where nothing is left, what is in the way."""
    if isinstance(found, NoneFits):
        st.subheader("What is in the way", anchor=False)
        st.markdown(md(found.doubt))
        st.html(_by_box(which.model, found.in_the_way, _WAY))
        return
    st.subheader("What ruled out how much", anchor=False)
    most = [ruled for ruled in found.boxes if ruled.alone > 0]
    if not most:
        st.markdown("Nothing that was said rules any version out by itself.")
        return
    st.html(_by_box(which.model, most, _BOXES))
    quiet = len(found.boxes) - len(most)
    if quiet:
        st.caption(f"What was said of {quiet} other boxes rules nothing out by itself.")
    each = st.expander("Each observation", key="fitting:each", on_change="rerun")
    if each.open:
        with each:
            _each(which.model, found.singles)


def _by_box(model: Model, found: Sequence[Ruled], head: tuple[str, ...]) -> str:
    rows = [
        (model.nodes[ruled.box].label, *_shares(ruled), said(ruled.observations)) for ruled in found[:_ROWS]
    ]
    return table(head, rows, caption="Of the versions that were tried", least=40)


def _each(model: Model, singles: Sequence[Ruled]) -> None:
    """Every observation by itself, ratings first, each in the order of days."""
    rows = [
        (model.nodes[ruled.box].label, _day(each), _words(each), *_shares(ruled))
        for ruled in singles
        for each in ruled.observations
    ]
    st.html(table(_EACH, rows[:_ROWS], caption="Of the versions that were tried", least=44))
    if len(rows) > _ROWS:
        st.caption(f"The first {_ROWS} of {len(rows):,} are shown; the file holds them all.")
    st.download_button(
        "Download what ruled out how much (CSV)",
        data=lambda: csv_text(_EACH, rows),
        file_name="what-ruled-out-how-much.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _shares(ruled: Ruled) -> tuple[str, str]:
    return in_ten(ruled.alone), in_ten(ruled.only)


def said(observations: Sequence[Observation]) -> str:
    """What was said of a box, day by day; of much the latest."""
    by_day = sorted(observations, key=lambda each: each.day)
    told = [f"{_words(each)}, {_day(each)}" for each in by_day[-_MOST_SAID:]]
    more = len(observations) - len(told)
    return "; ".join(told) + (f"; and {more} more before" if more else "")


def _words(each: Observation) -> str:
    return f"{each.words} ({each.role})" if each.role else each.words


def _day(each: Observation) -> str:
    return f"{on_day(each.since)} to {on_day(each.day)}" if each.since else on_day(each.day)
