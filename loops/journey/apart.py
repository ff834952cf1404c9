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
from scipy.stats import kstwo, norm, rankdata

from loops.journey.matched import FEWEST_LEFT, Matched
from loops.journey.numbers import Numbers
from loops.kernel import Floats, Ints
from loops.theory.discovery import CHANCE, Condition

RIDGE = 0.2
"""Correlation below which a ridge is too faint to be told of."""
MOST_RIDGES = 10
MOST_PAIRED = 6_000
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
    paired: int = 0
    """Of how many numbers every pair was looked at: of more than :data:`MOST_PAIRED` those told of."""


def told_apart(matched: Matched) -> Apart:
    """What the versions that are left say of each number, and which pairs they leave open."""
    numbers, kept = matched.numbers, matched.kept
    if kept.size < FEWEST_LEFT:
        return Apart("too few left", untold=len(numbers.columns))
    told = sorted(_numbers(numbers, kept), key=lambda each: (-each.narrower, each.name))
    names = {each.name for each in told} if len(numbers.columns) > MOST_PAIRED else {*numbers.columns}
    among = np.array([place for place, name in enumerate(numbers.columns) if name in names], dtype=np.int64)
    ridges = list(_ridges(numbers, kept, among))
    return Apart(
        "found" if told or ridges else "nothing found",
        tuple(told),
        len(numbers.columns) - len(told),
        tuple(ridges[:MOST_RIDGES]),
        max(0, len(ridges) - MOST_RIDGES),
        among.size,
    )


def _numbers(numbers: Numbers, kept: Ints) -> Iterator[Number]:
    values, chances = numbers.values, _chances(numbers.units[kept])
    for place in np.flatnonzero(chances <= CHANCE):
        name, factor = numbers.columns[place], numbers.draws[place].kind == "factor"
        every, left = values[:, place], values[kept, place]
        spread = (np.log(left).std() / np.log(every).std()) if factor else left.std() / every.std()
        yield Number(
            name,
            _percentiles(every),
            _percentiles(left),
            float(1 - spread),
            _condition(name, every, left, float(chances[place])),
        )


def _chances(units: Floats) -> Floats:
    """How often luck alone takes any of the columns (K, C) as far from uniform as each is, (C,)."""
    count, columns = units.shape
    ranked, steps = np.sort(units, axis=0), np.arange(count + 1)[:, None] / count
    farthest = np.maximum((steps[1:] - ranked).max(axis=0), (ranked - steps[:-1]).max(axis=0))
    chances: Floats = columns * kstwo.sf(farthest, count)
    return chances


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


def _ridges(numbers: Numbers, kept: Ints, among: Ints) -> Iterator[Ridge]:
    """Pairs whose ranks go together more than luck would have it, the strongest first."""
    pairs, sharp = among.size * (among.size - 1) / 2, np.sqrt((kept.size - 3) / _SPEARMAN)
    if not pairs:
        return
    together = np.corrcoef(rankdata(numbers.units[np.ix_(kept, among)], axis=0), rowvar=False)
    least = max(RIDGE, np.tanh(norm.isf(CHANCE / 2 / pairs) / sharp))
    first, second = np.nonzero(np.triu(np.abs(together) >= least, 1))
    found = together[first, second]
    for place in np.argsort(-np.abs(found), kind="stable"):
        one, other = (numbers.columns[among[each[place]]] for each in (first, second))
        chance = float(2 * pairs * norm.sf(np.arctanh(abs(found[place])) * sharp))
        yield Ridge(
            end(one, high=True, chance=chance),
            end(other, high=bool(found[place] > 0), chance=chance),
            float(found[place]),
        )


def end(name: str, *, high: bool, share: float = 0.0, chance: float = 0.0) -> Condition:
    """One end of a number, told plainly where few versions (a `share`) are there."""
    return Condition(name, 1.0 if high else None, None if high else 0.0, share, chance)
