"""How much each lever of a plan moves an outcome: on its own, and when it alone is left out of the plan.

A lever may do much alone and be little missed, or the other way round: what it does depends on the others
(helpful together, or standing in for each other). So both are told, over the same versions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.ensemble.work import Work
from loops.kernel import Floats
from loops.model import Model
from loops.reference import left_out
from loops.theory.claims import MARGIN
from loops.worlds import Worlds

WORLDS = 4_096
"""Worlds in which levers are compared, from the first on."""
MOST_WORK = 20_000_000_000
"""Steps times rows, links and worlds, some seconds on two cores: of a large model fewer worlds are run."""
BAND = (10.0, 50.0, 90.0)


@dataclass(frozen=True)
class Band:
    """A difference over the worlds: below which value 10%, 50% and 90% of them are."""

    low: float
    middle: float
    high: float
    matters: float
    """In which share of the worlds it is at least `MARGIN` either way."""


@dataclass(frozen=True)
class LeverEffect:
    """What a lever does to the outcome alone, against nothing moved, and what is missed without it."""

    lever: str
    alone: Band
    missed: Band


@dataclass(frozen=True)
class LeverRanking:
    """The levers that a run moves, the one that is missed most first, in so many worlds."""

    variable: str
    month: float
    worlds: int
    levers: tuple[LeverEffect, ...]
    stopped: str = ""


def lever_ranking(
    model: Model,
    asked: Question,
    *,
    worlds: Worlds,
    simulate: Callable[..., Ensemble] = simulate_ensemble,
    progress: Progress = lambda share, words: None,
) -> LeverRanking:
    """Rank the levers that the run of `asked` moves by what its variable loses at its month without each.

    None is there when no lever is moved; what `asked` is held against is not used. Raises :class:`ValueError`
    for what is not there, and what `simulate` (:func:`loops.ensemble.simulate.simulate_ensemble`, perhaps
    with threads named) raises.
    """
    plan, variable, month = asked.run, asked.variable, asked.month
    moved = [schedule.id for schedule in plan.levers]
    if not moved:
        return LeverRanking(variable, month, 0, ())
    nothing = left_out(model, plan, without=moved, cut=())
    alone = [
        left_out(model, plan, without=[other for other in moved if other != lever], cut=()) for lever in moved
    ]
    others = [left_out(model, plan, without=[lever], cut=()) for lever in moved]
    questions = [
        *(Question(run, nothing, variable, month) for run in alone),
        *(Question(plan, run, variable, month) for run in others),
    ]
    comparison = Comparison.of(model, questions=questions)
    count = int(np.clip(MOST_WORK // Work.of(comparison, worlds).size, 1, WORLDS))
    found = simulate(comparison, worlds=worlds, count=count, progress=progress)
    if not found.done:
        return LeverRanking(variable, month, 0, (), found.stopped)
    bands = [band(column) for column in found.outcomes.astype(float).T]
    effects = [
        LeverEffect(lever, bands[place], bands[len(moved) + place]) for place, lever in enumerate(moved)
    ]
    effects.sort(key=lambda effect: (-effect.missed.middle, -effect.alone.middle, effect.lever))
    return LeverRanking(variable, month, found.done, tuple(effects), found.stopped)


def band(differences: Floats) -> Band:
    """What a difference is over the worlds (W,)."""
    low, middle, high = np.percentile(differences, BAND)
    return Band(float(low), float(middle), float(high), float(np.mean(np.abs(differences) >= MARGIN)))
