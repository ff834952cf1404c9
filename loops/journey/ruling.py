"""The rule by which observations rule a version of our assumptions out, and what each of them ruled out.

History matching (Craig, Goldstein, Seheult & Smith 1997, in Case Studies in Bayesian Statistics 3:36-93;
Vernon, Goldstein & Bower 2010, Bayesian Analysis 5:619-670) asks of each version only whether it *could* have
led to the observations. Nothing is averaged, and observations need not be independent of each other, as
ratings of one surgery by the same people month after month never are. How far a version is from one
observation is its implausibility::

    distance beyond the range of levels / standard deviation of ratings and of the model's own discrepancy

Beyond 3 the observation speaks against the version: whatever the distribution of the errors, if it has one
peak at most 4/81 of it lies further out (Pukelsheim 1994, The three sigma rule, Am. Stat. 48:88-91). So of n
observations 4/81 n or more may well speak against a version that is right: as many as a binomial of n and
4/81 exceeds once in a hundred times, and one at least, since a slip of a word must not rule out everything. A
version is ruled out where more than these speak against it, of one box or of all together: the m-th largest
implausibility decides, as Vernon et al. use the second and the third largest, with an m that grows with n.
Boxes count by themselves lest many that anything agrees with hide one that is off all the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from scipy.stats import binom

from loops.journey.observed import Observation
from loops.kernel import Ints
from loops.theory.prim import Bools

CUT_OFF = 3.0
"""Implausibility beyond which an observation speaks against a version."""
BEYOND = 4 / 81
"""Largest share of errors beyond three standard deviations."""
CHANCE = 0.01
"""How often at most more observations of one box than may be, or of all, speak against what is right."""


@dataclass(frozen=True)
class Ruled:
    """What some observations ruled out: all of one box, or one alone; shares of the versions tried."""

    box: str
    observations: tuple[Observation, ...]
    alone: float
    """What they rule out by themselves; of one alone, what it speaks against."""
    only: float
    """What would be left as well without them: nothing else rules these versions out."""


@dataclass(frozen=True)
class Tally:
    """How many observations of each box speak against each version."""

    observations: tuple[Observation, ...]
    beyond: Bools  # (O, W)
    boxes: tuple[str, ...]  # B, in the order of their first observation
    box: Ints  # (O,) places among them
    counts: Ints  # (B, W)

    @classmethod
    def of(cls, observations: Sequence[Observation], beyond: Bools) -> Tally:
        """Count them."""
        boxes = tuple(dict.fromkeys(each.box for each in observations))
        box = np.array([boxes.index(each.box) for each in observations])
        counts = np.stack([beyond[box == place].sum(axis=0) for place in range(len(boxes))])
        return cls(tuple(observations), beyond, boxes, box, counts)

    @cached_property
    def left(self) -> Bools:
        """Which versions are left, (W,)."""
        fine: Bools = ~self._off.any(axis=0) & (self._all <= may_be_off(len(self.beyond)))
        return fine

    def by_box(self) -> tuple[Ruled, ...]:
        """What all observations of each box ruled out."""
        found = []
        for place, name in enumerate(self.boxes):
            mine = tuple(each for each in self.observations if each.box == name)
            without = self._others_leave(place, self.counts[place], len(mine))
            found.append(
                Ruled(name, mine, float(self._off[place].mean()), float(np.mean(without & ~self.left)))
            )
        return tuple(found)

    def by_observation(self) -> tuple[Ruled, ...]:
        """What each observation ruled out."""
        found = []
        for place, each, beyond in zip(self.box, self.observations, self.beyond, strict=True):
            rest = self.counts[place] - beyond <= may_be_off(self._sizes[place] - 1)
            without = rest & self._others_leave(place, beyond, 1)
            found.append(Ruled(each.box, (each,), float(beyond.mean()), float(np.mean(without & ~self.left))))
        return tuple(found)

    def _others_leave(self, place: int, mine: Ints | Bools, size: int) -> Bools:
        """Which versions the other boxes leave, and all observations without `size` of this one's."""
        others: Bools = self._off.sum(axis=0) == self._off[place]
        return others & (self._all - mine <= may_be_off(len(self.beyond) - size))

    @cached_property
    def _sizes(self) -> Ints:
        return np.bincount(self.box)

    @cached_property
    def _off(self) -> Bools:
        """Which box's observations rule out which version, (B, W)."""
        off: Bools = self.counts > np.array([may_be_off(size) for size in self._sizes])[:, None]
        return off

    @cached_property
    def _all(self) -> Ints:
        every: Ints = self.counts.sum(axis=0)
        return every


@cache
def may_be_off(observations: int) -> int:
    """How many of some observations may speak against a version that is right.

    >>> may_be_off(3), may_be_off(100)
    (1, 11)
    """
    return max(1, int(binom.ppf(1 - CHANCE, observations, BEYOND)))
