"""Plans side by side in the same versions, on steps chosen once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from loops.ensemble.runs import Runs
from loops.ensemble.work import PILOTS, ROOM, SIDE_BY_SIDE
from loops.equations import Equations
from loops.kernel import Ints
from loops.scenario import Scenario
from loops.simulate import MOST_WORK
from loops.worlds import Versions

TOGETHER = 128
"""Versions that run side by side; fewer of a large model."""


def paired(equations: Equations, plans: Sequence[Scenario], months: float, versions: Versions) -> Runs:
    """The plans over some months, ready for any of the versions; the first of these choose the steps.

    64 of them do, and fewer of a large model. Raises :class:`loops.simulate.DidNotFinish`.
    """
    size = ROOM * rows(equations) * len(plans)
    pilots = min(PILOTS, versions.start.shape[1], max(1, MOST_WORK // size))
    return Runs.of(equations, plans, months, only(versions, np.arange(pilots)))


def most_plans(equations: Equations) -> int:
    """Plans whose steps one version of them all can choose: of a large model few, and two at least."""
    return max(2, MOST_WORK // (ROOM * rows(equations)))


def lots(equations: Equations, count: int) -> list[Ints]:
    """The places of so many versions, cut into lots that run side by side."""
    together = min(TOGETHER, max(8, SIDE_BY_SIDE // rows(equations)))
    return np.split(np.arange(count), range(together, count, together))


def rows(equations: Equations) -> int:
    """Rows and links of the equations: what one step of one version works through."""
    return equations.depth + len(equations.links)


def only(versions: Versions, places: Ints) -> Versions:
    """The versions at some places."""
    return Versions(**{field.name: getattr(versions, field.name)[:, places] for field in fields(versions)})
