"""What follows from the plan: curves, what they say in words, hours, and the figures behind them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.draw import charts
from loops.draw.charts import Line
from loops.draw.scale import figure, in_words
from loops.scenario import Scenario, hours
from loops.simulate import DidNotFinish, Trajectory, simulate
from loops.ui import look, plan, story
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.text import csv_text, listed, md, table, unique, years

_PANELS = 4
Spans = dict[str, tuple[tuple[float, float], ...]]
"""When levers are on, for each line."""
_OUTCOMES = ("buy_in", "embedded")
_TABLE_YEARS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20)


def show(shelf: Shelf, chosen: dict[str, Scenario]) -> None:
    """Run the chosen scenarios and show what they do; a run that cannot be made is one message."""
    try:
        runs = dict(zip(chosen, simulate(shelf.model, list(chosen.values())), strict=True))
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"These plans cannot be run: {problem}"))
        return
    names = {key: scenario.title for key, scenario in chosen.items()}
    wanted = _choose(shelf)
    figures = st.session_state.get(f"figures:{shelf.key}", False)
    st.html(charts.key([(name, place) for place, name in enumerate(names.values())], look.palette()))
    st.caption("Each line is one plan. The bars under the lines show when its levers are on.")
    _panels(shelf, runs, wanted, figures)
    st.markdown(md(story.drift(shelf.model, runs[NOTHING_NEW])))
    _hours(shelf, chosen)
    _figures(shelf, runs, wanted, figures)


def _choose(shelf: Shelf) -> list[str]:
    labels = unique({variable.id: variable.label for variable in shelf.model.variables})
    first = [name for name in _OUTCOMES if name in labels] or list(labels)[:2]
    key = f"shown:{shelf.key}"
    st.session_state.setdefault(key, first)
    wanted: list[str] = st.multiselect(
        f"What to look at (up to {_PANELS})",
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        max_selections=_PANELS,
        persist_state="session",
    )
    return wanted or first


def _panels(shelf: Shelf, runs: dict[str, Trajectory], wanted: list[str], figures: bool) -> None:
    months = shelf.model.horizon
    spans = {key: plan.on_spans(shelf.model, run.scenario, months) for key, run in runs.items()}
    columns = [column for _ in range(0, len(wanted), 2) for column in st.columns(2)]
    for variable, column in zip(wanted, columns, strict=False):
        node = shelf.model.nodes[variable]
        lines = [
            Line(run.scenario.title, run[variable], spans[key], place)
            for place, (key, run) in enumerate(runs.items())
        ]
        with column:
            st.markdown(f"**{md(node.label)}**", help=md(_meaning(node.not_yet, node.fully)) or None)
            st.plotly_chart(
                charts.panel(lines, look.palette(), figures=figures),
                key=f"panel:{shelf.key}:{variable}",
                theme=None,
                config={"displayModeBar": False},
                alt=_alt(node.label, lines),
            )
            _in_words(shelf, runs, variable, spans)


def _meaning(not_yet: str, fully: str) -> str:
    said = [f"Not yet: {not_yet}" if not_yet else "", f"Fully: {fully}" if fully else ""]
    return " ".join(part for part in said if part)


def _alt(label: str, lines: list[Line]) -> str:
    told = [f"{line.name} from {in_words(line.levels[0])} to {in_words(line.levels[-1])}" for line in lines]
    return f"{label} over {years(lines[0].levels.size - 1)}: {listed(told)}."


def _in_words(shelf: Shelf, runs: dict[str, Trajectory], variable: str, spans: Spans) -> None:
    """One or two sentences a plan: what happens while the work is on, after it, and beside nothing new."""
    label = shelf.model.nodes[variable].short or shelf.model.nodes[variable].label
    quiet = runs[NOTHING_NEW][variable]
    told = []
    for key, run in runs.items():
        if key == NOTHING_NEW:
            says = story.quiet_journey(label, quiet)
        else:
            on = spans[key]
            stops = on[-1][1] if on and on[-1][1] < shelf.model.horizon else None
            says = story.journey(label, run[variable], quiet, stops)
        told.append(f"- **{md(run.scenario.title)}:** {md(says)}")
    st.markdown("\n".join(told))


def _hours(shelf: Shelf, chosen: dict[str, Scenario]) -> None:
    """What each plan asks of us and of the partner, a month and in all."""
    rows = []
    for key, scenario in chosen.items():
        if key == NOTHING_NEW:
            continue
        ours, theirs = hours(shelf.model, scenario, shelf.model.horizon)
        rows.append(
            (
                scenario.title,
                f"{ours.max():,.0f}",
                f"{ours.sum():,.0f}",
                f"{theirs.max():,.0f}",
                f"{theirs.sum():,.0f}",
                years(float(np.count_nonzero((ours > 0) | (theirs > 0))))
                if ours.any() or theirs.any()
                else "no time",
            )
        )
    head = (
        "Plan",
        "Us: busiest month",
        "Us: in all",
        "Partner: busiest month",
        "Partner: in all",
        "Work goes on for",
    )
    st.html(
        table(
            head,
            rows,
            caption="Hours that the levers ask for, with one partner. The hours are our assumptions.",
        )
    )


def _figures(shelf: Shelf, runs: dict[str, Trajectory], wanted: list[str], figures: bool) -> None:
    with st.expander("Table and figures"):
        st.toggle(
            "Show figures beside the words",
            key=f"figures:{shelf.key}",
            help="0 is “not yet” and 1 is “fully”. Rounded to 0.05: finer would promise too much.",
        )
        shown = [year for year in _TABLE_YEARS if year * 12 <= shelf.model.horizon]
        for variable in wanted:
            rows = [
                (run.scenario.title, *(_cell(run.at(variable, year * 12), figures) for year in shown))
                for run in runs.values()
            ]
            head = ("Plan", "start", *(f"year {year}" for year in shown[1:]))
            st.html(table(head, rows, caption=shelf.model.nodes[variable].label, least=44))
        st.download_button(
            "Download every month as a table (CSV)",
            data=lambda: _csv(shelf, runs, wanted),
            file_name="what-if-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _cell(level: float, figures: bool) -> str:
    return f"{in_words(level)} {figure(level)}" if figures else in_words(level)


def _csv(shelf: Shelf, runs: dict[str, Trajectory], wanted: list[str]) -> str:
    head = ("plan", "month", *(f"{shelf.model.nodes[name].label} (0 not yet, 1 fully)" for name in wanted))
    rows = (
        # unlike the page, a table to work on holds the levels as they were computed
        (run.scenario.title, f"{month:.0f}", *(f"{max(run[name][row], 0):.4f}" for name in wanted))
        for run in runs.values()
        for row, month in enumerate(run.months)
    )
    return csv_text(head, rows)
