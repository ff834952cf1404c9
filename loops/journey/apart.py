"""What the versions that are left have in common, and what the observations could not tell apart.

Before anything is observed every number is drawn apart from the others, uniform in its own units. So in the
versions that are left a number that plays no part is uniform still, which Kolmogorov's test refutes or not
(Kolmogorov 1933); and two numbers have nothing to do with each other still, unless the observations have seen
only what they do together: then one is high where the other is low, or both are, along a ridge (tested by
the rank correlation; its variance after Fieller, Hartley & Pearson 1957, Biometrika 44:470-481). Both tests
are made at 5% over all numbers, and over all pairs, together (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import kstest, norm, rankdata

from loops.journey.matched import FEWEST_LEFT, Matched
from loops.journey.numbers import Numbers
from loops.kernel import Floats, Ints
from loops.theory.discovery import CHANCE, Condition

RIDGE = 0.2
"""Correlation below which a ridge is too faint to be told of."""
MOST_RIDGES = 10
BESIDE = 0.05
"""Share of versions beyond either end of what 90% are between."""
_ALIKE = 1 - 1e-12
"""Largest correlation: of 1 there is no chance to speak of."""
_ROWS = 256
"""Numbers of which the correlations with all others are held at a time: a large model has ten thousand."""
_SPEARMAN = 1.06
"""Variance of the transformed rank correlation of n pairs, times n - 3."""

Ended = Literal["found", "nothing found", "too few left"]


@dataclass(frozen=True)
class Number:
    """One uncertain number of which the versions that are left say something."""

    name: str
    """As in :mod:`loops.spread`: a factor on the file's number, a level, or presence as 0 or 1."""
    before: tuple[float, float, float]
    """What 5%, 50% and 95% of the versions tried are at or below."""
    after: tuple[float, float, float]
    """The same of those left."""
    narrower: float
    """By how much smaller its standard deviation is, as a share; below 0 where it is larger.

    Of a factor, that of its logarithm.
    """
    condition: Condition
    """In between what it is now, in the form that :func:`loops.theory.told.condition_in_words` tells."""


@dataclass(frozen=True)
class Ridge:
    """Two numbers that could not be told apart: one goes with the other, or against it, in what is left."""

    high: Condition
    """One of them, where it is high."""
    other: Condition
    """Where the other one then is: high if `correlation` is above 0, low if below."""
    correlation: float
    """Of their ranks."""


@dataclass(frozen=True)
class Apart:
    """What is known of the numbers now, most first; and what is not told apart, the strongest ridge first."""

    ended: Ended
    numbers: tuple[Number, ...] = ()
    untold: int = 0
    """Of how many numbers the observations say nothing that luck would not."""
    ridges: tuple[Ridge, ...] = ()
    more: int = 0
    """Ridges beyond the :data:`MOST_RIDGES` strongest."""


def told_apart(matched: Matched) -> Apart:
    """What the versions that are left say of each number, and which pairs they leave open."""
    if matched.kept.size < FEWEST_LEFT:
        return Apart("too few left", untold=len(matched.numbers.columns))
    told = sorted(_numbers(matched.numbers, matched.kept), key=lambda each: (-each.narrower, each.name))
    ridges = list(_ridges(matched.numbers, matched.kept))
    return Apart(
        "found" if told or ridges else "nothing found",
        tuple(told),
        len(matched.numbers.columns) - len(told),
        tuple(ridges[:MOST_RIDGES]),
        max(0, len(ridges) - MOST_RIDGES),
    )


def _numbers(numbers: Numbers, kept: Ints) -> Iterator[Number]:
    values, units = numbers.values, numbers.units[kept]
    for place, name in enumerate(numbers.columns):
        chance = float(kstest(units[:, place], "uniform").pvalue) * len(numbers.columns)
        if chance <= CHANCE:
            every, left = values[:, place], values[kept, place]
            factor = numbers.draws[place].kind == "factor"
            spread = (np.log(left).std() / np.log(every).std()) if factor else left.std() / every.std()
            yield Number(
                name,
                _percentiles(every),
                _percentiles(left),
                float(1 - spread),
                _condition(name, every, left, chance),
            )


def _percentiles(values: Floats) -> tuple[float, float, float]:
    low, middle, high = np.percentile(values, (5, 50, 95)).tolist()
    return low, middle, high


def _condition(name: str, every: Floats, left: Floats, chance: float) -> Condition:
    if name.endswith((" presence", " sign")):
        there = bool(left.mean() > every.mean())
        return end(name, high=there, share=float(np.mean((every > 0) == there)), chance=chance)
    low, middle, high = _percentiles(left)
    gone = float(np.mean(every < low)), float(np.mean(every > high))
    return between(name, (low, high), gone, up=middle > float(np.median(every)), chance=chance)


def between(
    name: str, bounds: tuple[float, float], gone: tuple[float, float], *, up: bool, chance: float
) -> Condition:
    """Between which bounds 90% of a number now is: on the side on which more is `gone`, or on both.

    A twentieth is beyond each bound anyhow. Where no more is, the side is the one that it has gone `up` from.
    """
    below, above = (max(share - BESIDE, 0.0) for share in gone)
    first, last = below >= above / 2, above >= below / 2
    if not below and not above:
        first, last = up, not up
    return Condition(
        name,
        bounds[0] if first else None,
        bounds[1] if last else None,
        1 - first * gone[0] - last * gone[1],
        chance,
    )


def _ridges(numbers: Numbers, kept: Ints) -> Iterator[Ridge]:
    """Pairs whose ranks go together more than luck would have it, the strongest first."""
    ranks = np.apply_along_axis(rankdata, 0, numbers.units[kept])
    ranks = (ranks - ranks.mean(axis=0)) / (ranks.std(axis=0) * np.sqrt(kept.size))
    many = ranks.shape[1]
    pairs, wide = many * (many - 1) / 2, np.sqrt(_SPEARMAN / (kept.size - 3))
    least = max(RIDGE, np.tanh(wide * norm.isf(CHANCE / 2 / pairs))) if pairs else RIDGE
    found: list[tuple[int, int, float]] = []
    for row in range(0, many, _ROWS):
        together = np.clip(ranks[:, row : row + _ROWS].T @ ranks, -_ALIKE, _ALIKE)
        first, second = np.nonzero(np.triu(np.abs(together) >= least, row + 1))
        found += zip(row + first, second, together[first, second].tolist(), strict=True)
    for one, other, correlation in sorted(found, key=lambda pair: -abs(pair[2])):
        chance = float(2 * norm.sf(np.arctanh(abs(correlation)) / wide) * pairs)
        yield Ridge(
            end(numbers.columns[one], high=True, chance=chance),
            end(numbers.columns[other], high=correlation > 0, chance=chance),
            correlation,
        )


def end(name: str, *, high: bool, share: float = 0.0, chance: float = 0.0) -> Condition:
    """One end of a number, told plainly where few versions (a `share`) are there."""
    return Condition(name, 1.0 if high else None, None if high else 0.0, share, chance)
