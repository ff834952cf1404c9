"""Which versions of our assumptions can have led to what was said, and what ruled the others out.

History matching (Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010, Bayesian Analysis
5:619-670) asks of each version only whether it *could* have led to the observations. Nothing is averaged, and
observations need not be independent of each other, as ratings of one surgery by the same people month after
month never are. How far a version is from one observation is its implausibility::

    distance beyond the range of levels / standard deviation of ratings and of the model's own discrepancy

Beyond 3 the observation speaks against the version: whatever the distribution of the errors, if it has one
peak at most 4/81 of it lies further out (Pukelsheim 1994, The three sigma rule, Am. Stat. 48:88-91). So of n
observations up to 4/81 n may speak against a version that is right, and it is ruled out where more do: the
m-th largest implausibility decides, m = 1 + floor(4/81 n), as Vernon et al. use the second and third largest
lest one odd observation rule out everything. With fewer than 21 observations that is the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loops.journey.observed import Observation, Observed
from loops.kernel import Floats, Ints
from loops.spread import Width
from loops.theory.prim import Bools
from loops.worlds import Versions

CUT_OFF = 3.0
"""Implausibility beyond which an observation speaks against a version."""
BEYOND = 4 / 81
"""Largest share of errors beyond three standard deviations."""
HARDLY = 0.95
"""Share of versions left from which on the observations hardly tell versions apart."""
FEWEST_LEFT = 30
"""Versions left below which nothing is said of what they have in common."""


@dataclass(frozen=True)
class Ruled:
    """What some observations ruled out: all of one box, or one alone."""

    box: str
    observations: tuple[Observation, ...]
    alone: float
    """Share of the versions tried that they rule out by themselves."""
    only: float
    """Share that nothing else rules out."""


@dataclass(frozen=True)
class Matched:
    """The versions tried, and which of them are left: at least one."""

    observed: Observed
    versions: Versions
    """Those tried, W of them, with the starts that the first day's ratings give them."""
    units: Floats  # (W, C) the uniform numbers they are drawn from
    columns: tuple[str, ...]  # C
    beyond: Bools  # (O, W) which observation speaks against which version
    seed: int
    width: Width
    cut: str = ""
    """Why fewer versions were tried than were asked for, in a sentence."""

    @property
    def tried(self) -> int:
        """How many versions were tried."""
        return int(self.beyond.shape[1])

    @cached_property
    def kept(self) -> Ints:
        """The places of the versions that are left, in their order."""
        return np.flatnonzero(left(self.beyond))

    @property
    def share(self) -> float:
        """Share of the versions tried that is left."""
        return self.kept.size / self.tried

    @cached_property
    def singles(self) -> tuple[Ruled, ...]:
        """What each observation ruled out, in their order."""
        every = self.observed.observations
        return _ruled(self.beyond, every, [np.array([place]) for place in range(len(every))])

    @cached_property
    def boxes(self) -> tuple[Ruled, ...]:
        """What all that was said of each box ruled out, in the order of the model."""
        return by_box(self.beyond, self.observed)

    @property
    def says(self) -> str:
        """How many are left, in a sentence or two."""
        told = (
            f"Of {self.tried:,} versions of our assumptions {self.kept.size:,} can have led to what was said."
        )
        if self.share > HARDLY:
            return f"{told} So far the ratings hardly tell versions apart."
        if self.kept.size < FEWEST_LEFT:
            return f"{told} These are too few to say what they have in common: try more versions."
        return told


@dataclass(frozen=True)
class NoneFits:
    """No version that was tried can have led to what was said, and what is in the way."""

    observed: Observed
    tried: int
    in_the_way: tuple[Ruled, ...]
    """Boxes without whose observations some version fits, that with the most first (`only` says how many);
    without any such box, all of them, that which rules out most by itself first."""
    seed: int
    width: Width
    cut: str = ""

    @property
    def one_box(self) -> bool:
        """Whether leaving out what was said of one box is enough for some version to fit."""
        return self.in_the_way[0].only > 0

    @property
    def says(self) -> str:
        """That none fits, and what is in the way, in a sentence or two."""
        box = self.observed.model.nodes[self.in_the_way[0].box].label
        told = f"None of {self.tried:,} versions of our assumptions can have led to what was said."
        if self.one_box:
            return f"{told} Without what was said of “{box}” some would."
        return f"{told} No single box is in the way; what was said of “{box}” rules out most."


def left(beyond: Bools) -> Bools:
    """Which versions (W,) are left by observations that speak against them or not (O, W).

    >>> left(np.array([[True, False]])).tolist()
    [False, True]
    >>> left(np.arange(21)[:, None] < np.array([1, 2])).tolist()  # of 21 observations one may be off
    [True, False]
    """
    fine: Bools = beyond.sum(axis=0) <= _may_be_off(len(beyond))
    return fine


def by_box(beyond: Bools, observed: Observed) -> tuple[Ruled, ...]:
    """What the observations of each box ruled out, in the order of the model."""
    places: dict[str, list[int]] = {variable.id: [] for variable in observed.model.variables}
    for place, each in enumerate(observed.observations):
        places[each.box].append(place)
    return _ruled(beyond, observed.observations, [np.array(mine) for mine in places.values() if mine])


def _may_be_off(observations: int) -> int:
    return int(BEYOND * observations)


def _ruled(beyond: Bools, observations: tuple[Observation, ...], groups: Sequence[Ints]) -> tuple[Ruled, ...]:
    """What the observations at the places of each group rule out by themselves, and beyond all others."""
    every, found = beyond.sum(axis=0), []
    out = every > _may_be_off(len(beyond))
    for places in groups:
        mine = beyond[places].sum(axis=0)
        others_leave = every - mine <= _may_be_off(len(beyond) - places.size)
        found.append(
            Ruled(
                observations[places[0]].box,
                tuple(observations[place] for place in places),
                alone=float(np.mean(mine > _may_be_off(places.size))),
                only=float(np.mean(out & others_leave)),
            )
        )
    return tuple(found)
