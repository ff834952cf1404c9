"""What follows from here: the box that is looked at as a chart and a sentence, and every box in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from loops.draw import fans, happened
from loops.draw.fans import Fan
from loops.draw.scale import figure, from_to, in_versions, in_words, years
from loops.journey.ahead import Course
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.ui import look
from loops.ui.partnering.ahead_asking import Ahead
from loops.ui.partnering.ahead_run import Follows
from loops.ui.planning import difference
from loops.ui.stressing import apart
from loops.ui.text import csv_text, md, table

_CONFIG = {"displayModeBar": False}
_HEAD = ("Box", "It starts at", "If nothing new is done", "With what we do")
_ROWS = 60
"""Boxes in the table on screen: the file has all."""


def show(ahead: Ahead, found: Follows, begin: date) -> None:
    """Both bands in words and as a chart over the days from `begin` on, and the table behind."""
    told = list(bands(found, ahead.outcome))
    said = sentence(ahead, found, told)
    st.markdown(md(said))
    drawn = fans.levels(told, found.planned.months, look.palette())
    st.plotly_chart(
        happened.dated(drawn, begin, ahead.months),
        key=f"ahead:course:chart:{ahead.which.shelf.key}",
        theme=None,
        config=_CONFIG,
        alt=f"“{ahead.label}” over {years(ahead.months)}. {said}",
    )
    st.caption(apart.READ)
    if found.begun.cut:
        st.caption(md(found.begun.cut))
    _boxes(ahead, found)


def bands(found: Follows, box: str) -> Iterator[Fan]:
    """The bands of one box: nothing new, and what we do where that is something else."""
    courses = [found.quiet, found.planned]
    for place, course in enumerate(courses if _something(found.planned.plan) else courses[:1]):
        yield Fan(course.plan.title, *course.of(box), place)


def sentence(ahead: Ahead, found: Follows, told: Sequence[Fan]) -> str:
    """Where the bands end, one beside the other, and in how many versions it rises at all."""
    ends = [apart.reach(fan) for fan in told]
    after = f"After {years(ahead.months)}, in 8 of 10 versions"
    said = f"{after}, “{ahead.label}” is {ends[0]} if nothing new is done"
    if len(told) == 1:
        return f"{said}."
    beside = difference.beside(*(float(fan.middle[-1]) for fan in told[::-1]))
    then = f"{ends[1]} with what we do" if ends[1] != ends[0] else "so it is with what we do"
    said = f"{said}, and {then}: {beside} in the middle."
    rises = found.planned.rises.get(ahead.outcome)
    return said if rises is None else f"{said} It then ends above where it starts {in_versions(rises)}."


def _something(plan: Scenario) -> bool:
    return bool(plan.levers)


def _boxes(ahead: Ahead, found: Follows) -> None:
    """Where every box goes, as words on screen and as figures in a file."""
    model = ahead.which.model
    with st.expander("Every box, and figures"):
        names = found.planned.variables
        rows = [_row(model, found, name) for name in names[:_ROWS]]
        about = f"Where each box is after {years(ahead.months)}, in 8 of 10 versions"
        st.html(table(_HEAD, rows, caption=about, least=40))
        if len(names) > _ROWS:
            st.caption(f"The first {_ROWS} of {len(names)} boxes are shown; the file holds them all.")
        st.download_button(
            "Download what follows (CSV)",
            data=lambda: _csv(model, found),
            file_name="what-follows-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _row(model: Model, found: Follows, name: str) -> tuple[str, ...]:
    low, middle, high = found.quiet.of(name)
    return (
        model.nodes[name].label,
        between(low, middle, high, 0),
        *(between(*course.of(name), -1) for course in (found.quiet, found.planned)),
    )


def between(low: Floats, middle: Floats, high: Floats, at: int) -> str:
    """A band at one moment, in words: from where to where, and its middle where they differ."""
    return from_to(*(in_words(float(each[at])) for each in (low, middle, high)))


def _csv(model: Model, found: Follows) -> str:
    head = ("box", "plan", "month", "10%", "50%", "90%")
    rows = [
        (model.nodes[name].label, course.plan.title, f"{month:g}", *(figure(float(end)) for end in ends))
        for name in found.planned.variables
        for course in _courses(found)
        for month, *ends in zip(course.months, *course.of(name), strict=True)
    ]
    return csv_text(head, rows)


def _courses(found: Follows) -> tuple[Course, Course]:
    return found.quiet, found.planned
