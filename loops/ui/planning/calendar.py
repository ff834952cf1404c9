"""The calendar of the plan, edited by hand: when each lever is on, and what happens around us when."""

from __future__ import annotations

import streamlit as st

from loops.model import Context, Lever
from loops.scenario import Schedule
from loops.ui.catalogue import Shelf
from loops.ui.planning import happenings, history, rowtable, spellform, strip
from loops.ui.planning.board import Board, run_for
from loops.ui.planning.plan import on_spans, usual_block
from loops.ui.text import csv_text, unique


def show(shelf: Shelf, board: Board) -> None:
    """One closed line until it is opened; then strips, and one lever or circumstance to edit."""
    opened = st.expander("When: the calendar of your plan", key=f"calendar:{shelf.key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        plan, months = board.plan(shelf.model), shelf.model.horizon
        _length(shelf, board)
        rows = [(node, plan.schedule(node.id)) for node in _nodes(shelf)]
        st.html(strip.calendar(rows, months))
        if node := _choose(shelf):
            if isinstance(node, Lever):
                spellform.lever(shelf, node, plan.schedule(node.id))
            rowtable.show(shelf, node, plan.schedule(node.id))
        happenings.show(shelf, board)
        st.download_button(
            "Download the calendar as a table (CSV)",
            data=lambda: _csv(shelf, board),
            file_name="calendar.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _nodes(shelf: Shelf) -> tuple[Lever | Context, ...]:
    return (*shelf.model.levers, *shelf.model.contexts)


def _length(shelf: Shelf, board: Board) -> None:
    """How long the programme lasts, for all levers in one place."""
    plan = board.plan(shelf.model)
    on = on_spans(shelf.model, plan, shelf.model.horizon)
    key = f"length:{shelf.key}"
    block = usual_block(shelf.model, plan) if on else board.block
    st.session_state[key] = min(block.months, shelf.model.horizon)
    st.number_input(
        "All levers run for (months)",
        1,
        shelf.model.horizon,
        step=6,
        key=key,
        on_change=lambda: history.put(
            shelf, run_for(history.of(shelf).now, shelf.model, st.session_state[key])
        ),
        help="Levers that are on at the end of the programme go on or stop then. Earlier phases stay.",
        width=260,
    )


def _choose(shelf: Shelf) -> Lever | Context | None:
    nodes = {node.id: node for node in _nodes(shelf)}
    if not nodes:
        return None
    key = f"calendar_of:{shelf.key}"
    if st.session_state.get(key) not in nodes:
        st.session_state[key] = next(iter(nodes))
    chosen = st.selectbox(
        "Change the months of",
        list(nodes),
        format_func=unique({name: node.label for name, node in nodes.items()}).__getitem__,
        key=key,
        persist_state="session",
    )
    return nodes[chosen]


def _csv(shelf: Shelf, board: Board) -> str:
    """Every month: the mean of each lever and circumstance, in percent."""
    plan, months = board.plan(shelf.model), shelf.model.horizon
    columns = [
        (plan.schedule(node.id) or Schedule(id=node.id, always=node.level)).monthly_mean(months, node.level)
        for node in _nodes(shelf)
    ]
    rows = ((f"{month}", *(f"{100 * mean[month]:.1f}" for mean in columns)) for month in range(months))
    return csv_text(("month", *(f"{node.label} (%)" for node in _nodes(shelf))), rows)
