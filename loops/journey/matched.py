"""Which versions of our assumptions can have led to what was said, and what ruled the others out.

The rule by which a version is ruled out is in :mod:`loops.journey.ruling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loops.journey.begin import Begun
from loops.journey.numbers import Numbers
from loops.journey.observed import Observed
from loops.journey.ruling import Ruled, Tally
from loops.kernel import Ints
from loops.spread import Width
from loops.theory.prim import Bools

HARDLY = 0.95
"""Share of versions left from which on the observations hardly tell versions apart."""
FEWEST_LEFT = 30
"""Versions left below which nothing is said of what they have in common."""
FEW = 0.1
"""Share of versions left below which something may be wrong: where the model is right that is so of one in
thirty synthetic partners, and where it lacks an arrow or all ratings are too high of most."""
DOUBT = (
    "Something else may have happened here than what was written down, people may mean more or less by their "
    "words than we do, or an arrow may be missing or wrong in our diagram. That is worth a conversation."
)


@dataclass(frozen=True)
class Matched:
    """The versions tried, and which of them are left: at least one."""

    observed: Observed
    begun: Begun
    """The versions tried, W of them, with the starts that the first day's ratings give them."""
    numbers: Numbers
    """What they are made of."""
    beyond: Bools  # (O, W) which observation speaks against which version
    cut: str = ""
    """Why fewer versions were tried than were asked for, in a sentence."""

    @property
    def tried(self) -> int:
        """How many versions were tried."""
        return int(self.beyond.shape[1])

    @property
    def seed(self) -> int:
        """Of the versions."""
        return self.begun.seed

    @property
    def width(self) -> Width:
        """How widely they were drawn."""
        return self.begun.width

    @cached_property
    def _tally(self) -> Tally:
        return Tally.of(self.observed.observations, self.beyond)

    @cached_property
    def kept(self) -> Ints:
        """The places of the versions that are left, in their order."""
        return np.flatnonzero(self._tally.left)

    @property
    def share(self) -> float:
        """Share of the versions tried that is left."""
        return self.kept.size / self.tried

    @cached_property
    def singles(self) -> tuple[Ruled, ...]:
        """What each observation ruled out, in their order."""
        return self._tally.by_observation()

    @cached_property
    def boxes(self) -> tuple[Ruled, ...]:
        """What all that was said of each box ruled out, in the order of the first."""
        return self._tally.by_box()

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

    @property
    def doubt(self) -> str:
        """What else it may mean that few versions are left; empty where many are."""
        if self.share >= FEW:
            return ""
        return f"Few are left: much is known of this partner now, or something is wrong. {DOUBT}"


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

    @property
    def doubt(self) -> str:
        """What it may mean."""
        return DOUBT
