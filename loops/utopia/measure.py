"""Plans measured on fresh worlds: other numbers of the seed's sequence than those of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from loops.compare import STILL
from loops.kernel import Floats
from loops.theory.rivalry import Difference
from loops.utopia.bench import Tried, judged
from loops.utopia.chance import Chance
from loops.utopia.found import Found, Levels, Worth
from loops.utopia.items import needed
from loops.utopia.plan import Plan, cost
from loops.utopia.target import Target
from loops.utopia.trials import Told, Trials

Bools = NDArray[np.bool_]
MOST_FOLLOWED = 4_000_000
"""Plans times worlds, rows and links that are followed to the end: seconds, where the steps are not short."""


@dataclass(frozen=True)
class Measured:
    """One plan's levels in every world."""

    levels: Floats  # (M, W) at the months that are looked at
    holds: Bools  #   (W,) where the target holds
    tried: Tried


def measured(
    trials: Trials,
    target: Target,
    plans: Collection[Plan],
    threads: int,
    told: Told = lambda share: None,
) -> dict[Plan, Measured]:
    """Every plan, once, in all the worlds of `trials`."""
    once = list(dict.fromkeys(plans))
    asked = [(plan, target.months(plan)) for plan in once]
    runs = trials.levels(asked, target.variable, threads=threads, told=told)
    return {
        plan: Measured(levels, levels.min(axis=0) >= target.level, judged(trials, plan, levels, target))
        for plan, levels in zip(once, runs, strict=True)
    }


def found(
    trials: Trials,
    target: Target,
    plans: Mapping[Plan, Measured],
    searched: Mapping[Plan, Tried],
    threads: int,
) -> Iterator[Found]:
    """What is said of each plan, followed to where its worlds come to rest unless that is too much work.

    A world rests at the target if it still holds where nothing moves any more.
    """
    followed = len(plans) * trials.worlds * trials.rows <= MOST_FOLLOWED
    ends = trials.ends(list(plans), target.variable, threads=threads) if followed else repeat(None)
    for (plan, each), ended in zip(plans.items(), ends, strict=followed):
        yield Found(
            plan,
            cost(trials.equations.model, plan),
            chance=Chance(each.tried.held, each.tried.worlds),
            searched=Chance(searched[plan].held, searched[plan].worlds),
            at=_levels(each.levels[0]),
            later=_levels(each.levels[1]) if target.keep else None,
            end=_levels(ended[0]) if ended else None,
            resting=_resting(target, each.holds, *ended) if ended else None,
        )


def _resting(target: Target, holds: Bools, end: Floats, moving: Floats) -> int:
    return int(np.count_nonzero(holds & (end >= target.level) & (moving <= STILL)))


def worth(trials: Trials, target: Target, plan: Plan, threads: int) -> tuple[Worth, ...]:
    """What each lever of a plan is worth: how much of the chance is lost without it and what needs it."""
    needs = needed(trials.equations.model)
    gone = {name: [other for other in plan.levers if name in needs[other]] for name in plan.levers}
    less = {name: plan.without(name, *others) for name, others in gone.items()}
    runs = measured(trials, target, [plan, *less.values()], threads)
    given = []
    for name, rest in less.items():
        lost = Difference.between(runs[plan].holds, runs[rest].holds)
        given.append(Worth(name, lost.value, (lost.low, lost.high), tuple(gone[name])))
    return tuple(sorted(given, key=lambda each: (-each.lost, each.lever)))


def _levels(levels: Floats) -> Levels:
    low, middle, high = (float(each) for each in np.percentile(levels, (10, 50, 90)))
    return Levels(low, middle, high)
