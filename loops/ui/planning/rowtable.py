"""The dated changes of one lever or circumstance as rows to edit; a row that cannot be is told beside it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from loops.model import Context, Lever
from loops.scenario import LONGEST, Schedule
from loops.ui.catalogue import Shelf
from loops.ui.planning import history
from loops.ui.planning.board import reschedule
from loops.ui.planning.months import BadRow, Row, rows, schedule
from loops.ui.planning.plan import percent
from loops.ui.text import md

_FIELDS = ("month", "percent", "ramp")
_A_YEAR = 12
_MOST = 40
"""Rows to edit; a page of more would be slow, and nobody would read it."""


@dataclass(frozen=True)
class _Unfinished:
    """Rows that make no schedule yet, and what they were made from: the plan keeps that meanwhile."""

    node: str
    of: Schedule | None
    table: tuple[Row, ...]
    problem: BadRow


def show(shelf: Shelf, node: Lever | Context, plan: Schedule | None) -> None:
    """Draw the rows of a schedule, and take in what is changed."""
    table, problem = rows(plan), None
    left: _Unfinished | None = st.session_state.get(_key(shelf))
    if left and (left.node, left.of) == (node.id, plan):
        table, problem = left.table, left.problem
    if len(table) > _MOST:
        st.caption(f"It has {len(table)} changes, more than can be edited one by one: use a quick change.")
        st.button("Take all changes out", key=f"clear:{shelf.key}", on_click=_take, args=(shelf, node, ()))
        return
    st.caption(
        "Each row is a change: from which month, how much, and how many months it takes (0: at once)."
        if table
        else f"It has no changes: it is always at {percent(node.level)}%."
    )
    for place, row in enumerate(table):
        _row(shelf, node, table, place, row)
        if problem and problem.place == place:
            st.warning(md(f"{problem} Until then the plan stays as it was."))
    longer = (*table, _next(node, table))
    st.button("Add a row", key=f"add:{shelf.key}", on_click=_take, args=(shelf, node, longer))


def _row(shelf: Shelf, node: Lever | Context, table: tuple[Row, ...], place: int, row: Row) -> None:
    keys = {field: f"row:{shelf.key}:{node.id}:{place}:{field}" for field in _FIELDS}
    for field, key in keys.items():
        st.session_state[key] = float(getattr(row, field))

    def edited() -> None:
        made = Row(*(st.session_state[keys[field]] for field in _FIELDS))
        _take(shelf, node, (*table[:place], made, *table[place + 1 :]))

    labels = (f"{place + 1}. From month", "How much (%)", "Takes (months)")
    mosts, steps = (float(LONGEST), 100.0, float(LONGEST)), (1.0, 5.0, 1.0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for field, label, most, step in zip(_FIELDS, labels, mosts, steps, strict=True):
            st.number_input(
                label, 0.0, most, step=step, format="%g", key=keys[field], on_change=edited, width=150
            )
        st.button(
            "Remove",
            key=f"remove_row:{shelf.key}:{place}",
            on_click=_take,
            args=(shelf, node, (*table[:place], *table[place + 1 :])),
            help=f"Remove row {place + 1}.",
        )


def _next(node: Lever | Context, table: tuple[Row, ...]) -> Row:
    """A row to begin with, a year after the last one."""
    if not table:
        return Row(0, 100.0 if isinstance(node, Lever) else float(percent(node.level)))
    return Row(min(table[-1].month + table[-1].ramp + _A_YEAR, LONGEST), float(percent(node.level)))


def _take(shelf: Shelf, node: Lever | Context, table: tuple[Row, ...]) -> None:
    """The plan with these rows; where they make no schedule the plan stays, and so do the rows on screen."""
    board = history.of(shelf).now
    try:
        made = schedule(node.id, table)
    except BadRow as problem:
        plan = board.plan(shelf.model).schedule(node.id)
        st.session_state[_key(shelf)] = _Unfinished(node.id, plan, table, problem)
        return
    st.session_state.pop(_key(shelf), None)
    history.put(shelf, reschedule(board, shelf.model, node.id, made))


def _key(shelf: Shelf) -> str:
    return f"unfinished:{shelf.key}"
