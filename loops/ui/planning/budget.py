"""Hours a month that the plans ask for, against the hours that there are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.draw.scale import years
from loops.parts import replace
from loops.scenario import Scenario
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.planning import history, spending
from loops.ui.planning.board import Board
from loops.ui.planning.spending import Side
from loops.ui.text import csv_text, md, table

_HEAD = (
    "Plan",
    "Who",
    "Busiest month",
    "In all",
    "Work goes on for",
    "Over the hours there are",
)
_MOST_HOURS = 100_000.0


def show(shelf: Shelf, board: Board, chosen: dict[str, Scenario]) -> None:
    """What the plans ask for: the plan in a sentence, and everything once it is opened."""
    planned = {
        scenario.title: spending.sides(shelf.model, scenario, board.budget.us, board.budget.partner)
        for key, scenario in chosen.items()
        if key != NOTHING_NEW
    }
    st.markdown(md(spending.sentence(*next(iter(planned.items())))))
    opened = st.expander("Hours a month and the hours there are", key=f"hours:{shelf.key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        with st.container(horizontal=True):
            _limit(shelf, board, "us", "Hours a month that we have")
            _limit(shelf, board, "partner", "Hours a month that the partner has")
        _strips(planned)
        rows = [_row(title, side) for title, both in planned.items() for side in both]
        caption = "Hours that the levers ask for, with one partner. The hours are our assumptions."
        st.html(table(_HEAD, rows, caption=caption, least=40))
        st.download_button(
            "Download the hours as a table (CSV)",
            data=lambda: _csv(planned),
            file_name="hours.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _limit(shelf: Shelf, board: Board, name: str, label: str) -> None:
    """One of the two figures that the team enters; it may be left empty."""
    key = f"budget_{name}:{shelf.key}"
    st.session_state[key] = getattr(board.budget, name)

    def entered() -> None:
        now = history.of(shelf).now
        history.put(shelf, replace(now, budget=replace(now.budget, **{name: st.session_state[key]})))

    st.number_input(
        label,
        0.0,
        _MOST_HOURS,
        None,
        step=5.0,
        format="%g",
        key=key,
        on_change=entered,
        width=270,
        placeholder="not said",
    )


def _strips(planned: dict[str, tuple[Side, Side]]) -> None:
    """Bars for each plan and side, all to one scale a side."""
    for place, heading in enumerate(("Of us", "Of the partner")):
        side = [both[place] for both in planned.values()]
        most = max(*(float(one.asked.max()) for one in side), side[0].there or 0.0, 1.0)
        rows = "".join(spending.bars(title, both[place], most) for title, both in planned.items())
        st.markdown(f"**{heading}**")
        st.html(rows)


def _row(title: str, side: Side) -> tuple[str, ...]:
    working = float(np.count_nonzero(side.asked))
    return (
        title,
        "Us" if side.who == "us" else "Partner",
        f"{side.asked.max():,.0f}",
        f"{side.asked.sum():,.0f}",
        years(working) if working else "no time",
        spending.stretches(side),
    )


def _csv(planned: dict[str, tuple[Side, Side]]) -> str:
    """Every month of every plan: hours asked for, and by how much they are over."""
    rows = (
        (title, side.who, f"{month}", f"{asked:.1f}", _over(asked, side.there))
        for title, both in planned.items()
        for side in both
        for month, asked in enumerate(side.asked)
    )
    return csv_text(("plan", "who", "month", "hours asked for", "hours over"), rows)


def _over(asked: float, there: float | None) -> str:
    return "" if there is None else f"{max(asked - there, 0):.1f}"
