"""Who leads: the answer for each plan in sentences, what each loop gives back as a chart, and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from loops.dominance.lead import Lead
from loops.draw import gains
from loops.draw.gains import Course, comes_back
from loops.ui import look
from loops.ui.catalogue import Shelf
from loops.ui.driving import telling
from loops.ui.driving.driven import Driven, Names
from loops.ui.planning.plan import on_spans
from loops.ui.text import md, table

_COLOURS = 6
_MATTERS = 0.1
"""A loop whose strength never comes to this share of the strongest one's is drawn pale."""
_MOST_PALE = 30
_TABLE_YEARS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20)
_NAMED, _ALL = "Loops with a name", "All loops"


@dataclass(frozen=True)
class Contest:
    """The loops that are compared, by their places among those found, and who leads in each plan."""

    places: tuple[int, ...]
    leads: tuple[tuple[Lead, ...], ...]


def compared(shelf: Shelf, plans: Sequence[Driven]) -> Contest:
    """Choose between the loops with a name and all of them, where there are both."""
    found = plans[0].found.loops
    named = [place for place, loop in enumerate(found) if loop.named]
    places = named or list(range(len(found)))
    if 0 < len(named) < len(found):
        wish = st.segmented_control(
            "Compare",
            [_NAMED, _ALL],
            default=_NAMED,
            required=True,
            key=f"leading:compared:{shelf.key}",
            help=f"{len(named)} loops have a name. {len(found)} were found in all.",
        )
        places = named if wish == _NAMED else list(range(len(found)))
    return Contest(tuple(places), tuple(plan.leads(places) for plan in plans))


def show(shelf: Shelf, plans: Sequence[Driven], contest: Contest, names: Names) -> None:
    """The answer, the chart of each plan on one axis, and one key to all of them."""
    drawn, styles = _drawn(plans, contest)
    courses = [
        [Course(names.tags[k], names.full[k], plan.gains[:, k], styles.get(k)) for k in drawn]
        for plan in plans
    ]
    ends = gains.reach([course for one in courses for course in one])
    for place, (plan, column) in enumerate(zip(plans, st.columns(len(plans), gap="medium"), strict=True)):
        with column:
            if len(plans) > 1:
                st.subheader(md(plan.title), anchor=False)
            said = _said(plan, contest, contest.leads[place], names)
            st.markdown(f"**{md(said[0])}** {md(said[1])}")
            moved = [
                Lead(None if lead.place is None else drawn.index(lead.place), lead.since, lead.until)
                for lead in contest.leads[place]
            ]
            spans = on_spans(shelf.model, plan.moments.scenario, len(plan.gains) - 1)
            st.plotly_chart(
                gains.figure(courses[place], moved, look.palette(), ends=ends, spans=spans),
                key=f"lead:{shelf.key}:{place}",
                theme=None,
                config={"displayModeBar": False},
                alt=f"What each loop gives back under “{plan.title}”. {said[0]} {said[1]}",
            )
    st.html(f'<div class="loops-key">{gains.key(courses[0], look.palette())}</div>')
    st.caption(
        "How high a line is: how much of a small push comes back after one time round the loop. What comes "
        "back below “nothing” is turned round: those are brakes. The broad line leads; thin grey lines are "
        "the other loops compared."
    )


def _said(plan: Driven, contest: Contest, leads: Sequence[Lead], names: Names) -> tuple[str, str]:
    """Who leads, and what that means."""
    rivals = telling.without_a_name(plan.gains, contest.places, names.full)
    last = leads[-1]
    end = (
        ""
        if last.place is None
        else telling.in_the_end(last, names.full[last.place], float(plan.gains[-1, last.place]))
    )
    return telling.story(leads, names.full), " ".join(
        filter(None, (end, telling.stillness(plan.moments.resting), rivals))
    )


def _drawn(plans: Sequence[Driven], contest: Contest) -> tuple[list[int], dict[int, int]]:
    """Which loops are drawn, and where in the palette those that matter are: leaders, then the strongest."""
    places = list(contest.places)
    peaks = np.max([np.abs(plan.gains[:, places]).max(axis=0) for plan in plans], axis=0)
    by_peak = [places[k] for k in np.argsort(-peaks, kind="stable")]
    strong = [places[k] for k in np.flatnonzero(peaks >= _MATTERS * peaks.max())]
    leaders = dict.fromkeys(lead.place for leads in contest.leads for lead in leads if lead.place is not None)
    wanted = list(dict.fromkeys([*leaders, *(place for place in by_peak if place in strong)]))
    styles = {place: (rank + 1) % _COLOURS for rank, place in enumerate(wanted[:_COLOURS])}
    drawn = dict.fromkeys([*leaders, *styles, *by_peak[:_MOST_PALE]])
    return sorted(drawn), styles


def behind(plans: Sequence[Driven], contest: Contest, names: Names) -> None:
    """The leads and what comes back in figures, as tables and for a spreadsheet."""
    with st.expander("Table and figures"):
        for plan, leads in zip(plans, contest.leads, strict=True):
            st.html(
                table(
                    ("Leads", "From", "Until", "Comes back at first", "And at last"),
                    [_reign(plan, lead, names) for lead in leads],
                    caption=f"Who leads, {plan.title}",
                    least=36,
                )
            )
            years = [year for year in _TABLE_YEARS if year * 12 < len(plan.gains)]
            st.html(
                table(
                    ("Loop", "start", *(f"year {year}" for year in years[1:])),
                    [
                        (names.full[k], *(comes_back(plan.gains[year * 12, k]) for year in years))
                        for k in contest.places[:_MOST_PALE]
                    ],
                    caption=f"How much of a small push comes back, {plan.title}",
                    least=60,
                )
            )


def _reign(plan: Driven, lead: Lead, names: Names) -> tuple[str, ...]:
    span = telling.when(lead.since), telling.when(lead.until)
    if lead.place is None:
        return ("no loop", *span, "nothing", "nothing")
    first, last = (plan.gains[round(month), lead.place] for month in (lead.since, lead.until))
    return (names.full[lead.place], *span, comes_back(first), comes_back(last))
