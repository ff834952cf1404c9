"""What follows from the plan: curves, what they say in words, and the figures behind them."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from loops.draw.charts import Line
from loops.draw.scale import figure, in_words, years
from loops.scenario import Scenario
from loops.simulate import DidNotFinish, Trajectory, simulate
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.components import timechart
from loops.ui.components.timechart import Panel
from loops.ui.planning import difference, enlarged, history, looking, plan, story
from loops.ui.planning.board import Board
from loops.ui.text import csv_text, listed, md, table, year_heads, years_shown

Runs = dict[str, Trajectory]
"""What is run, by the key of its line; nothing new first, then the plan."""


def run(shelf: Shelf, chosen: dict[str, Scenario]) -> Runs:
    """Run the chosen plans side by side; raises what :func:`loops.simulate.simulate` raises."""
    return dict(zip(chosen, simulate(shelf.model, list(chosen.values())), strict=True))


def show(shelf: Shelf, board: Board, runs: Runs) -> None:
    """Draw the curves of the boxes that are looked at."""
    st.caption("Each line is one plan. The bars under the lines show when its levers are on.")
    against = board.against if board.against in runs else None
    timechart.show(
        [_panel(shelf, runs, name, against) for name in looking.wanted(shelf, board)],
        key=f"curves:{shelf.key}",
        figures=board.figures,
        against=list(runs).index(against) if against else None,
    )


def behind(shelf: Shelf, board: Board, chosen: dict[str, Scenario]) -> None:
    """How far things move by themselves, and the figures behind the curves, where there are any."""
    with suppress(DidNotFinish, ValueError):  # the curves have said so
        runs = run(shelf, chosen)
        st.markdown(md(story.drift(shelf.model, runs[NOTHING_NEW])))
        _table(shelf, runs, looking.wanted(shelf, board), board)


def _panel(shelf: Shelf, runs: Runs, variable: str, against: str | None) -> Panel:
    """The curves of one box, and each of them in a sentence."""
    node, months = shelf.model.nodes[variable], shelf.model.horizon
    label = node.short or node.label
    spans = {key: plan.on_spans(shelf.model, run.scenario, months) for key, run in runs.items()}
    drawn = [
        Line(run.scenario.title, run[variable], spans[key], place)
        for place, (key, run) in enumerate(runs.items())
    ]
    meaning = _meaning(node.not_yet, node.fully)
    if against:
        base = runs[against]
        says = [
            (run.scenario.title, difference.told(label, run[variable], base[variable], base.scenario.title))
            for run in runs.values()
            if run is not base
        ]
        alt = " ".join(sentence for _, sentence in says)
        return Panel(node.label, drawn, f"{_caption(node.label, base)}. {alt}", meaning, says)
    stops = {key: on[-1][1] if on and on[-1][1] < months else None for key, on in spans.items()}
    says = [
        (run.scenario.title, _journey(label, runs, key, variable, stops[key])) for key, run in runs.items()
    ]
    return Panel(node.label, drawn, _alt(node.label, drawn), meaning, says)


def _journey(label: str, runs: Runs, key: str, variable: str, stops: float | None) -> str:
    """What happens to one box in one plan: while the work is on, after it, and beside nothing new."""
    quiet = runs[NOTHING_NEW][variable]
    if key == NOTHING_NEW:
        return story.quiet_journey(label, quiet)
    return story.journey(label, runs[key][variable], quiet, stops)


def _meaning(not_yet: str, fully: str) -> str:
    said = [f"Not yet: {not_yet}" if not_yet else "", f"Fully: {fully}" if fully else ""]
    return " ".join(part for part in said if part)


def _alt(label: str, lines: list[Line]) -> str:
    told = [f"{line.name} from {in_words(line.levels[0])} to {in_words(line.levels[-1])}" for line in lines]
    return f"{label} over {years(lines[0].levels.size - 1)}: {listed(told)}."


def _table(shelf: Shelf, runs: Runs, wanted: list[str], board: Board) -> None:
    with st.expander("Table and figures"):
        st.toggle(
            "Show figures beside the words",
            help="0 is “not yet” and 1 is “fully”. Rounded to 0.05: finer would promise too much.",
            **history.bind(shelf, "figures"),
        )
        enlarged.button(
            [_panel(shelf, runs, variable, None) for variable in wanted],
            key=f"enlarge:{shelf.key}",
            figures=board.figures,
        )
        shown = years_shown(shelf.model.horizon)
        base = runs.get(board.against) if board.against else None
        for variable in wanted:
            rows = [
                (run.scenario.title, *_cells(run, base, variable, shown, board.figures))
                for run in runs.values()
                if run is not base
            ]
            label = shelf.model.nodes[variable].label
            head = ("Plan", *year_heads(shown))
            st.html(table(head, rows, caption=_caption(label, base), least=44))
        st.download_button(
            "Download every month as a table (CSV)",
            data=lambda: _csv(shelf, runs, wanted),
            file_name="what-if-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _caption(label: str, base: Trajectory | None) -> str:
    return f"{label}, against “{base.scenario.title}”" if base else label


def _cells(
    run: Trajectory, base: Trajectory | None, variable: str, shown: list[int], figures: bool
) -> list[str]:
    """A row of the table: levels in words, or how they are beside another plan."""
    cells = []
    for year in shown:
        level, other = run.at(variable, year * 12), base.at(variable, year * 12) if base else None
        word = in_words(level) if other is None else difference.beside(level, other)
        number = figure(level) if other is None else difference.figure(level - other)
        cells.append(f"{word} {number}" if figures else word)
    return cells


def _csv(shelf: Shelf, runs: Runs, wanted: list[str]) -> str:
    head = ("plan", "month", *(f"{shelf.model.nodes[name].label} (0 not yet, 1 fully)" for name in wanted))
    rows = (
        # unlike the page, a table to work on holds the levels as they were computed
        (run.scenario.title, f"{month:.0f}", *(f"{max(run[name][row], 0):.4f}" for name in wanted))
        for run in runs.values()
        for row, month in enumerate(run.months)
    )
    return csv_text(head, rows)
