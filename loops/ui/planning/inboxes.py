"""The diagram, its boxes filled by what the plan does: it moves with the levers, and plays over time."""

from __future__ import annotations

import streamlit as st

from loops.draw.diagram import View, draw
from loops.draw.layout import place
from loops.simulate import Trajectory
from loops.ui import look
from loops.ui.catalogue import Shelf
from loops.ui.components import canvas
from loops.ui.planning.board import YOURS, Board
from loops.ui.planning.plan import on_spans
from loops.ui.reading import filling, reveal
from loops.ui.text import md


def show(shelf: Shelf, board: Board, runs: dict[str, Trajectory]) -> None:
    """Draw the diagram filled by the plan, or by how the plan differs from the line it is set against."""
    model, everything = shelf.model, board.everything or not shelf.model.core
    shown = list(model.nodes) if everything else list(model.core)
    base = runs.get(board.against) if board.against and board.against != YOURS else None
    st.caption(
        md(f"Each box shows how your plan differs from “{base.scenario.title}”, from far less to far more.")
        if base
        else "Each box is filled by how far it has come under your plan, from “not yet” to “fully”."
    )
    canvas.show(
        draw(model, look.palette(), View(shown=shown, short=not everything, legend=True)),
        key=f"boxes:{shelf.key}",
        frames=filling.filled(model, runs[YOURS], base, begin=_end_of_the_work(shelf, runs[YOURS])),
        loops=reveal.loop_words(model, place(model, shown, short=not everything)),
        file_name=f"{model.id}_plan",
        height="62vh",
    )


def _end_of_the_work(shelf: Shelf, run: Trajectory) -> int:
    """The month that is shown first: the last one with levers on, when they have done what they can."""
    spans = on_spans(shelf.model, run.scenario, shelf.model.horizon)
    return max(round(spans[-1][1]) - 1, 0) if spans else shelf.model.horizon
