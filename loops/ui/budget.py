"""Hours a month that the plans ask for, against the hours that there are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from loops.draw.scale import years
from loops.scenario import Scenario, hours
from loops.ui.board import Board
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.text import table


def show(shelf: Shelf, board: Board, chosen: dict[str, Scenario]) -> None:
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
