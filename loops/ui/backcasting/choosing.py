"""Which of the plans that were found: a chart to click, and the same as a list for the keyboard."""

from __future__ import annotations

from typing import Any

import streamlit as st

from loops.draw import frontier
from loops.ui import look
from loops.ui.backcasting import saying
from loops.ui.backcasting.asking import Goal
from loops.ui.text import csv_text, md, table
from loops.utopia.found import Backcast, Found

_CONFIG = {"displayModeBar": False}


def plans(got: Backcast) -> list[Found]:
    """The plans to choose from, the cheapest first."""
    every = {each.plan: each for each in (*got.frontier, got.shown, got.likeliest)}
    return sorted(every.values(), key=lambda each: each.cost.total)


def chosen(goal: Goal, got: Backcast) -> Found:
    """The plan that is looked at: at first the cheapest that is sure enough, or what comes nearest."""
    offered, key = plans(got), _key(goal, got)
    first = next(place for place, each in enumerate(offered) if each.plan == got.shown.plan)
    if st.session_state.get(key) not in range(len(offered)):
        st.session_state[key] = first
    place: int = st.session_state[key]
    return offered[place]


def show(goal: Goal, got: Backcast) -> None:
    """The chart and the list; both choose the plan that the page is about."""
    offered, key = plans(got), _key(goal, got)
    place, model = offered.index(chosen(goal, got)), goal.shelf.model
    words, picture = st.columns([1, 1.3], gap="large")
    with words:
        st.radio(
            "Plans, the cheapest first, and in how many versions each gets there",
            range(len(offered)),
            format_func=lambda place: md(saying.in_short(place + 1, offered[place])),
            captions=[md(saying.called(got, each)) for each in offered],
            key=key,
            persist_state="session",
        )
    with picture:
        said = frontier.sentence(got)
        chart = f"{key}:{place}"  # another one for each plan: or else a click that came before would be none
        st.plotly_chart(
            frontier.figure(model, offered, look.palette(), picked=place, sure=got.sure),
            key=chart,
            theme=None,
            config=_CONFIG,
            on_select=lambda: _clicked(key, chart, len(offered)),
            selection_mode="points",
            alt=f"Plans by what they take and how sure they are. {said}",
        )
        st.caption("Click on a plan, or choose it in the list. A line through it: how sure that is itself.")
    with st.expander("Table and figures"):
        rows = list(frontier.rows(model, offered))
        st.html(table(frontier.HEAD, rows, caption="Plans, the cheapest first", least=48))
        st.download_button(
            "Download the plans as a table (CSV)",
            data=lambda: csv_text(frontier.HEAD, rows),
            file_name="plans-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
            key="goal:plans:csv",
        )


def _clicked(key: str, chart: str, many: int) -> None:
    """The plan of the point that was clicked is chosen, as by the list."""
    place = point(st.session_state.get(chart))
    if place is not None and place < many:
        st.session_state[key] = place


def point(event: Any) -> int | None:
    """The place of the plan that a click on the chart means; None where it hit no plan."""
    points = event["selection"]["points"] if event else []
    return next((int(each["point_index"]) for each in points if each["curve_number"] == 0), None)


def _key(goal: Goal, got: Backcast) -> str:
    """Of the list of one answer: what is looked for again after it was cut short begins with its own plan."""
    return f"goal:plan:{goal.shelf.key}:{goal.name[:8]}:{got.tried}"
