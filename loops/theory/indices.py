"""How much of an outcome's variance each group of uncertain numbers explains, from the worlds at hand.

The first-order (closed) index of a group g is S_g = Var(E[y | x_g]) / Var(y) (Sobol 1993): the share of the
variance that would go, on average, if the group's numbers were known. It is read here from any worlds whose
columns were drawn independently (:mod:`loops.theory.sample`; those of a Sobol sequence are not), as the
adjusted R^2 of a regression of the outcome on orthonormal polynomials of the group's columns (random-sampling
HDMR: Li, Rosenthal & Rabitz 2001, J. Phys. Chem. A 105:7765-7777; the adjustment for fitting K functions to W
worlds: Ezekiel 1930, K at most the root of W).

Its bias: what it cannot see counts as nothing, and that is a column alone beyond degree 8 (of a step half-way
along a column 7% is missed, of a line or a bow nothing), two columns of a group together beyond degree 4
each, and what only three do together; lower degrees with few worlds or large groups (`DEGREES`). So an index
is low rather than high.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import eval_legendre
from scipy.stats import f as fisher
from scipy.stats import rankdata

from loops.kernel import Floats

DEGREES = ((8, 4), (6, 3), (4, 2), (2, 1), (1, 0))
"""Highest degree of a column's polynomials, and of each factor in a product of two: the first that fit."""
FEWEST_WORLDS = 64
_REPEATS = 1e-9
"""Variance below which a function is a repeat of others: theirs is about 1."""
CHANCE = 0.05
"""How often luck alone may put some group's interval above 0, over all groups together (Bonferroni)."""
RESAMPLES = 200
INTERVAL = (2.5, 97.5)
"""Percentiles of the resamples between which an index is said to be."""


@dataclass(frozen=True)
class Index:
    """A group's share of the variance, with its 95% interval; just below 0 by luck where it has none.

    A first-order interval leaves out 0 only where luck alone would give no group of them all so much.
    """

    group: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Indices:
    """Every group's index, the largest first; none at all when the outcome is the same in every world."""

    mean: float
    variance: float
    worlds: int
    ranked: tuple[Index, ...]

    def __getitem__(self, group: str) -> Index:
        """The index of one group; raises :class:`KeyError`."""
        for index in self.ranked:
            if index.group == group:
                return index
        raise KeyError(f"no index for '{group}'")


def groups_of(columns: Sequence[str]) -> dict[str, list[int]]:
    """Places of the columns that belong together: all of one link, or of one variable; a context is alone.

    >>> groups_of(["context pressure", "link a->b delay", "link a->b strength", "variable a fade"])
    {'context pressure': [0], 'link a->b': [1, 2], 'variable a': [3]}
    """
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        name = column if column.startswith("context ") else column.rpartition(" ")[0]
        groups.setdefault(name, []).append(place)
    return groups


def first_order(
    values: Floats, outcome: Floats, groups: Mapping[str, Sequence[int]], *, seed: int
) -> Indices:
    """The first-order index of each group of columns, from worlds that are at hand.

    `values` is (W, C) in any units that keep the order, `outcome` (W,), a group the places of its columns.
    `seed` draws the resamples. Raises :class:`ValueError` for shapes that do not agree, and for fewer than 64
    worlds or than the square of the columns of a group.
    """
    return first_orders(values, outcome[:, None], groups, seed=seed)[0]


def first_orders(
    values: Floats,
    outcomes: Floats,
    groups: Mapping[str, Sequence[int]],
    *,
    seed: int,
    progress: Callable[[float], None] = lambda share: None,
) -> list[Indices]:
    """The same for each of several outcomes (W, Q), for little more: most of the work is in the worlds.

    `progress` is told the share done, and may raise.
    """
    worlds = values.shape[0]
    if worlds != outcomes.shape[0]:
        raise ValueError(f"{worlds} worlds do not go with {outcomes.shape[0]} outcomes")
    needed = max([FEWEST_WORLDS, *(len(places) ** 2 for places in groups.values())])
    if worlds < needed:
        raise ValueError(f"{worlds} worlds are too few for indices: use at least {needed}")
    mean, spread = outcomes.mean(axis=0), outcomes.std(axis=0)
    varying = np.flatnonzero(np.ptp(outcomes, axis=0) > 0)
    scaled = (outcomes[:, varying] - mean[varying]) / spread[varying]
    weights = resamples(worlds, seed)
    found: list[list[Index]] = [[] for _ in mean]
    for number, (name, places) in enumerate(groups.items()):
        functions = _functions(values[:, list(places)])
        for place, q in enumerate(varying):
            found[q].append(_index(name, functions, scaled[:, place], weights, len(groups)))
        progress((number + 1) / len(groups))
    return [
        Indices(float(mean[q]), float(spread[q] ** 2) if indices else 0.0, worlds, ranked(indices))
        for q, indices in enumerate(found)
    ]


def resamples(worlds: int, seed: int) -> Floats:
    """How often each of W worlds is drawn in each resample of W with replacement, over W; (B, W)."""
    rng = np.random.default_rng(seed)
    drawn = [np.bincount(rng.integers(worlds, size=worlds), minlength=worlds) for _ in range(RESAMPLES)]
    return np.array(drawn) / worlds


def ranked(indices: Iterable[Index]) -> tuple[Index, ...]:
    """The largest first, equal ones by name."""
    return tuple(sorted(indices, key=lambda index: (-index.value, index.group)))


def _index(name: str, functions: Floats, outcome: Floats, weights: Floats, groups: int) -> Index:
    """Adjusted R^2 of an outcome of variance 1, with an interval from what resampling does to the fit.

    Resampled to first order: each coefficient moves by the mean of its function times the residual. That adds
    the luck of the draw a second time, which is taken off a second time. The interval keeps 0 where luck
    alone may give the luckiest of so many groups as much, by Fisher's F of the fit.
    """
    worlds, count = functions.shape
    fit = functions.T @ outcome / worlds
    residual = outcome - functions @ fit
    left, free = float(np.mean(residual**2)), worlds / (worlds - count - 1)
    luck = count * free * left / worlds
    moved = fit + weights @ (functions * residual[:, None])
    explained = np.sum(moved**2, axis=1) - 2 * luck
    shares = explained / (explained + free * (weights @ residual**2))
    low, high = map(float, np.percentile(shares, INTERVAL))
    if low > 0 and left > 0:
        ratio = (1 - left) / count / (free * left / worlds)
        if groups * fisher.sf(ratio, count, worlds - count - 1) > CHANCE:
            low = 0.0
    return Index(name, 1 - free * left, low, high)


def _functions(columns: Floats) -> Floats:
    """Orthonormal functions of a group's columns (W, d), each of mean 0 over the worlds; (W, K)."""
    worlds = columns.shape[0]
    for alone, together in DEGREES:
        single = [_polynomials(column, alone) for column in columns.T]
        products = [
            (first[:, :together, None] * second[:, None, :together]).reshape(worlds, -1)
            for first, second in combinations(single, 2)
        ]
        every = np.hstack([*single, *products])
        if every.shape[1] <= np.sqrt(worlds):
            break
    return _orthonormal(every)


def _polynomials(column: Floats, degree: int) -> Floats:
    """Legendre's polynomials of a column's ranks, of degree 1 upwards: as many as it has values for."""
    ranks = (2 * rankdata(column) - 1) / column.size - 1
    degrees = np.arange(1, min(degree, np.unique(column).size - 1) + 1)
    polynomials: Floats = eval_legendre(degrees, ranks[:, None]) * np.sqrt(2 * degrees + 1)
    return polynomials


def _orthonormal(functions: Floats) -> Floats:
    """The functions (W, K) made orthonormal over the worlds and of mean 0, without what repeats others."""
    centred = functions - functions.mean(axis=0)
    size, turn = np.linalg.eigh(centred.T @ centred / functions.shape[0])
    kept = size > _REPEATS
    orthonormal: Floats = centred @ (turn[:, kept] / np.sqrt(size[kept]))
    return orthonormal
