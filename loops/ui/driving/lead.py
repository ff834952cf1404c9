"""Who leads: the answer for each plan in sentences, what each loop gives back as a chart, and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from loops.dominance.lead import Lead
from loops.draw import courses, gains
from loops.draw.courses import Course
from loops.draw.push import comes_back, height
from loops.ui import look
from loops.ui.catalogue import Shelf
from loops.ui.driving import telling
from loops.ui.driving.driven import Driven, Names
from loops.ui.planning.plan import on_spans
from loops.ui.text import csv_text, md, table, year_heads, years_shown

COLOURS = 6
_MATTERS = 0.1
"""A loop whose line never comes to this share of the highest one's is drawn pale."""
_MOST_PALE = 30
_REIGNS = ("Leads", "From", "Until", "Comes back at first", "And at last")
_NAMED, _ALL = "Loops with a name", "All loops"


@dataclass(frozen=True)
class Contest:
    """The loops that are compared, by their places among those found, who leads, and what is drawn."""

    places: tuple[int, ...]
    leads: tuple[tuple[Lead, ...], ...]
    """For each plan."""
    drawn: tuple[int, ...]
    styles: dict[int, int]
    """Where in the palette the loops that matter are: leaders, then the strongest."""


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
    return contest(plans, places)


def contest(plans: Sequence[Driven], places: Sequence[int]) -> Contest:
    """Who leads among the loops at these places, and which of them are drawn, and how."""
    leads = tuple(plan.leads(places) for plan in plans)
    peaks = np.max([height(np.abs(plan.gains[:, list(places)])).max(axis=0) for plan in plans], axis=0)
    by_peak = [places[k] for k in np.argsort(-peaks, kind="stable")]
    strong = [place for place, peak in zip(places, peaks, strict=True) if peak >= _MATTERS * peaks.max()]
    leaders = [lead.place for one in leads for lead in one if lead.place is not None]
    wanted = list(dict.fromkeys([*leaders, *(place for place in by_peak if place in strong)]))
    styles = {place: (rank + 1) % COLOURS for rank, place in enumerate(wanted[:COLOURS])}
    return Contest(tuple(places), leads, tuple(sorted({*leaders, *styles, *by_peak[:_MOST_PALE]})), styles)


def show(shelf: Shelf, plans: Sequence[Driven], contest: Contest, names: Names) -> None:
    """The answer, the chart of each plan on one axis, and one key to all of them."""
    drawn = [
        [Course(names.tags[k], names.full[k], plan.gains[:, k], contest.styles.get(k)) for k in contest.drawn]
        for plan in plans
    ]
    ends = courses.reach([course for one in drawn for course in one])
    columns = st.columns(len(plans), gap="medium", vertical_alignment="bottom")  # so that charts are level
    for place, (plan, column) in enumerate(zip(plans, columns, strict=True)):
        with column:
            if len(plans) > 1:
                st.subheader(md(plan.title), anchor=False)
            first, then = _said(plan, contest, contest.leads[place], names)
            st.markdown(f"**{md(first)}**")
            st.markdown(md(then))
            moved = [
                Lead(None if lead.place is None else contest.drawn.index(lead.place), lead.since, lead.until)
                for lead in contest.leads[place]
            ]
            spans = on_spans(shelf.model, plan.moments.scenario, len(plan.gains) - 1)
            st.plotly_chart(
                gains.figure(drawn[place], moved, look.palette(), ends=ends, spans=spans),
                key=f"lead:{shelf.key}:{place}",
                theme=None,
                config={"displayModeBar": False},
                alt=f"What each loop gives back under “{plan.title}”. {first} {then}",
            )
    st.html(f"<div>{courses.key(drawn[0], look.palette())}</div>")
    st.caption(
        "How high a line is: how much of a small push comes back after one time round the loop. What comes "
        "back below “nothing” is turned round: those are brakes. The broad line leads; thin grey lines are "
        "the other loops compared."
    )


def _said(plan: Driven, contest: Contest, leads: Sequence[Lead], names: Names) -> tuple[str, str]:
    """Who leads, and what that means."""
    last, found = leads[-1].place, [loop.letter for loop in plan.found.loops]
    then = [
        telling.undecided(
            [names.full[k] for k in {lead.place: None for lead in leads} if k is not None and found[k] == "?"]
        ),
        telling.in_the_end(names.full[last], float(plan.gains[-1, last]), found[last])
        if last is not None
        else "",
        telling.stillness(plan.moments.resting),
        telling.without_a_name(plan.gains, contest.places, names.chains),
    ]
    some = len(contest.places) < plan.gains.shape[1]
    among = f"Of the {len(contest.places)} loops with a name" if some else ""
    return telling.story(leads, names.full, among=among), " ".join(filter(None, then))


def behind(plans: Sequence[Driven], contest: Contest, names: Names) -> None:
    """The leads and what comes back in figures, as tables and for a spreadsheet."""
    with st.expander("Table and figures"):
        for plan, leads in zip(plans, contest.leads, strict=True):
            reigns = [_reign(plan, lead, names) for lead in leads]
            st.html(table(_REIGNS, reigns, caption=f"Who leads under “{plan.title}”", least=36))
            years = years_shown(len(plan.gains) - 1)
            rows = [
                (names.full[k], *(comes_back(plan.gains[year * 12, k]) for year in years))
                for k in contest.drawn
            ]
            head = ("Loop", *year_heads(years))
            caption = f"How much of a small push comes back under “{plan.title}”"
            st.html(table(head, rows, caption=caption, least=60))
        if len(contest.drawn) < len(contest.places):
            said = f"The strongest {len(contest.drawn)} of {len(contest.places):,} loops."
            st.caption(f"{said} The file below has all of them.")
        st.download_button(
            "Download every month as a table (CSV)",
            data=lambda: _csv(plans, contest, names),
            file_name="which-loop-leads-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _reign(plan: Driven, lead: Lead, names: Names) -> tuple[str, ...]:
    span = telling.when(lead.since), telling.when(lead.until)
    if lead.place is None:
        return ("no loop", *span, "nothing", "nothing")
    first, last = (plan.gains[round(month), lead.place] for month in (lead.since, lead.until))
    return (names.full[lead.place], *span, comes_back(first), comes_back(last))


def _csv(plans: Sequence[Driven], contest: Contest, names: Names) -> str:
    """What comes back each month as it was computed: a column for each loop compared."""
    rows = (
        (plan.title, f"{month:.0f}", *(f"{gain:.6f}" for gain in plan.gains[row, list(contest.places)]))
        for plan in plans
        for row, month in enumerate(plan.moments.months)
    )
    return csv_text(("plan", "month", *(names.full[k] for k in contest.places)), rows)
