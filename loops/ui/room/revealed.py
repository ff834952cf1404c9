"""What a change does: the curves with and without it, words beside the hands of the room, and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from loops.draw.charts import Line
from loops.draw.document import Tried
from loops.draw.scale import in_words
from loops.model import Model
from loops.simulate import Trajectory, simulate
from loops.ui.catalogue import Shelf
from loops.ui.components import timechart
from loops.ui.components.timechart import Panel
from loops.ui.planning import plan
from loops.ui.room import hands
from loops.ui.room.hands import Question
from loops.ui.room.trial import CHANGED, Trial
from loops.ui.text import csv_text, table

_BEFORE = "Without the change"
_TABLE_YEARS = (0, 1, 2, 3, 5, 10, 15, 20)


@dataclass(frozen=True)
class Asked:
    """A change, the boxes to look at, the question about them if there is one, and the hands it got.

    `kept` is the id of its hands in the shared space, once they are there.
    """

    trial: Trial
    watched: tuple[str, ...]
    question: Question | None = None
    counts: tuple[int, ...] = ()
    kept: int | None = None


def run(shelf: Shelf, trial: Trial) -> tuple[Trajectory, Trajectory]:
    """The plan without the change and with it; raises what :func:`loops.simulate.simulate` raises."""
    before, after = simulate(shelf.model, [trial.before, trial.after])
    return before, after


def told(model: Model, asked: Asked, before: Trajectory, after: Trajectory) -> Tried:
    """The change, what was asked, how hands went and what follows, each as text for a record."""
    lines = tuple(hands.moved(model, name, before, after) for name in asked.watched)
    if asked.question is None:
        return Tried(asked.trial.words, follows=lines)
    answer = hands.answer(asked.question, model, before, after)
    compared = hands.compared(asked.question, answer, asked.counts)
    follows = tuple(dict.fromkeys([answer.says, *lines]))
    return Tried(asked.trial.words, asked.question.asks, compared, follows)


def show(shelf: Shelf, asked: Asked, before: Trajectory, after: Trajectory) -> None:
    """The verdict in large type, the curves, and the figures behind them."""
    found = told(shelf.model, asked, before, after)
    large = [f"We tried: {found.change}.", found.hands, found.follows[0] if asked.question else ""]
    st.html("".join(f'<p class="verdict">{escape(line)}</p>' for line in large if line))
    timechart.show(
        [_panel(shelf.model, name, after, CHANGED, other=before) for name in asked.watched],
        key=f"revealed:{shelf.key}",
        before=[_panel(shelf.model, name, before, CHANGED) for name in asked.watched],
    )
    st.caption(
        "The pale line is the plan without the change. The bar under the lines shows when levers are on."
    )
    _table(shelf.model, asked.watched, before, after)


def _panel(model: Model, name: str, run: Trajectory, title: str, other: Trajectory | None = None) -> Panel:
    """One box; beside `other` it says what is different."""
    node = model.nodes[name]
    spans = plan.on_spans(model, run.scenario, model.horizon)
    says = hands.moved(model, name, other, run) if other else ""
    return Panel(node.label, [Line(title, run[name], spans, 1)], says, says=[(title, says)] if says else ())


def _table(model: Model, watched: Sequence[str], before: Trajectory, after: Trajectory) -> None:
    with st.expander("Table and figures"):
        shown = [year for year in _TABLE_YEARS if year * 12 <= model.horizon]
        head = ("Plan", "start", *(f"year {year}" for year in shown[1:]))
        for name in watched:
            rows = [
                (title, *(in_words(each.at(name, 12 * year)) for year in shown))
                for title, each in ((_BEFORE, before), (CHANGED, after))
            ]
            st.html(table(head, rows, caption=model.nodes[name].label, least=40))
        st.download_button(
            "Download every month as a table (CSV)",
            data=lambda: _csv(model, watched, before, after),
            file_name="change-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _csv(model: Model, watched: Sequence[str], before: Trajectory, after: Trajectory) -> str:
    head = ("plan", "month", *(f"{model.nodes[name].label} (0 not yet, 1 fully)" for name in watched))
    return csv_text(
        head,
        (
            (title, f"{month:.0f}", *(f"{max(each[name][row], 0):.4f}" for name in watched))
            for title, each in ((_BEFORE, before), (CHANGED, after))
            for row, month in enumerate(each.months)
        ),
    )
