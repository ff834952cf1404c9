"""Boxes filled over time: how far each has come under a plan, or what is different from nothing new."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loops.model import Model, Variable
from loops.simulate import Trajectory, simulate
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.components.canvas import Frames, moments


def frames(shelf: Shelf, plan: str, *, change: bool = False) -> Frames:
    """The frames of a plan of this shelf, month by month; with `change` beside nothing new.

    Raises :class:`loops.simulate.DidNotFinish` or :class:`ValueError` for a run that cannot be made.
    """
    model = shelf.model
    run, quiet = simulate(model, [shelf.scenarios[plan], shelf.scenarios[NOTHING_NEW]])
    return filled(model, run, quiet if change else None)


def filled(model: Model, run: Trajectory, beside: Trajectory | None = None, *, begin: int = 0) -> Frames:
    """The frames of a run by month, `begin` shown first; with `beside`, what differs from that run."""
    levels = _levels(model, run) - _levels(model, beside) if beside else _levels(model, run)
    return Frames(tuple(model.nodes), levels, moments(run.months.tolist()), beside is not None, begin)


def _levels(model: Model, run: Trajectory) -> NDArray[np.float64]:
    """The level of every box over time: what changes by itself as it ran, the rest as it was set."""
    return np.column_stack(
        [
            run[node.id]
            if isinstance(node, Variable)
            else [run.scenario.level(node, month) for month in run.months]
            for node in model.nodes.values()
        ]
    )
