"""How much of an outcome's variance a group of uncertain numbers has a part in, alone or with others.

The total index T_g = E[Var(y | everything but x_g)] / Var(y) (Homma & Saltelli 1996) needs worlds that differ
in the group only, so it has a design of its own: points of a Sobol sequence in two halves A and B, and for
each group A with the group's columns from B (Saltelli et al. 2010, Comput. Phys. Commun. 181:259-270).
Jansen's estimator (1999, Comput. Phys. Commun. 117:35-43) is the mean of (y_A - y_AB)^2 / 2 over the
variance, which is read here from all the worlds run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.stats import qmc

from loops.kernel import Floats
from loops.theory.indices import INTERVAL, Index, Indices, ranked, resamples

MOST_GROUPS = 12
"""Groups whose total index is worth its worlds: the most influential at first order."""
BASE = 512
"""Worlds in A, and again for each group: a power of 2, so that the sequence is balanced."""

Evaluate = Callable[[Floats], Floats]
"""A model's outcome (W,) in worlds given as numbers uniform in (0, 1), (W, C)."""


def most_influential(first: Indices, groups: Mapping[str, Sequence[int]]) -> dict[str, Sequence[int]]:
    """The twelve groups (or fewer) with the largest first-order indices."""
    return {index.group: groups[index.group] for index in first.ranked[:MOST_GROUPS]}


def totals(  # noqa: PLR0913  what is run, and how much of it
    evaluate: Evaluate,
    columns: int,
    groups: Mapping[str, Sequence[int]],
    *,
    base: int = BASE,
    seed: int,
    progress: Callable[[float], None] = lambda share: None,
) -> Indices:
    """The total index of each group, from `base` times (one more than groups) worlds of their own.

    `columns` is how many uniform numbers a world has, a group the places of its own. `seed` scrambles the
    sequence and draws the resamples. `progress` is told the share done, and may raise. Raises
    :class:`ValueError` when `base` is no power of 2, and for more columns than a Sobol sequence has.
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"base is {base}: use a power of 2")
    changed = sorted({place for places in groups.values() for place in places})
    if columns + len(changed) > qmc.Sobol.MAXDIM:
        raise ValueError(f"{columns:,} columns are too many for total indices: give fewer groups")
    engine = qmc.Sobol(columns + len(changed), rng=np.random.default_rng(seed))
    both = np.clip(engine.random(base), 2.0**-32, 1 - 2.0**-32)  # a world's numbers are never 0 or 1
    own, other = both[:, :columns], dict(zip(changed, both[:, columns:].T, strict=True))
    first = evaluate(own)
    swapped = np.empty((base, len(groups)))
    for number, places in enumerate(groups.values()):
        progress((1 + number) / (1 + len(groups)))
        moved = own.copy()
        moved[:, list(places)] = np.column_stack([other[place] for place in places])
        swapped[:, number] = evaluate(moved)
    progress(1.0)
    return _indices(list(groups), first, swapped, seed)


def _indices(names: Sequence[str], first: Floats, swapped: Floats, seed: int) -> Indices:
    """Jansen's estimates and their intervals; a resample draws points of A, with all that belongs to them."""
    every = np.column_stack([first, swapped])
    mean = float(every.mean())
    if np.ptp(every) == 0:
        return Indices(mean, 0.0, every.size, ())
    every = every - mean
    halves = (every[:, :1] - every[:, 1:]) ** 2 / 2
    weights = np.vstack([np.full(first.size, 1 / first.size), resamples(first.size, seed)])
    variance = weights @ np.mean(every**2, axis=1) - (weights @ np.mean(every, axis=1)) ** 2
    shares = (weights @ halves) / variance[:, None]
    low, high = np.percentile(shares[1:], INTERVAL, axis=0)
    found = zip(names, *(map(float, row) for row in (shares[0], low, high)), strict=True)
    return Indices(mean, float(variance[0]), every.size, ranked(Index(*row) for row in found))
