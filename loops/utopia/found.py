"""What a search gives: plans with their cost and chance, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.utopia.chance import Chance
from loops.utopia.plan import Cost, Plan
from loops.utopia.target import Limits, Target


class Levels(NamedTuple):
    """Where the target's variable is in the middle of the worlds, and in all but a tenth of them each way."""

    low: float  #    10th percentile
    middle: float  # median
    high: float  #   90th percentile


@dataclass(frozen=True)
class Found:
    """One plan, measured on fresh worlds: ones that the search has not seen."""

    plan: Plan
    cost: Cost
    chance: Chance
    searched: Chance
    """Of the worlds that the search saw: chosen by these, so a little too good as a rule."""
    at: Levels
    """At month `by`."""
    later: Levels | None
    """`keep` months later; None where that is not asked."""
    end: Levels | None
    """150 years later; None where the model is too large to be followed so long."""
    resting: int | None
    """In how many of the worlds that hold the target it is there in the end too: it rests. Elsewhere it is
    fading, however slowly."""

    @property
    def fading(self) -> int | None:
        """In how many of the worlds that hold the target it is not there in the end."""
        return None if self.resting is None else self.chance.held - self.resting


@dataclass(frozen=True)
class Worth:
    """How much of a plan's chance is lost without one lever, in the same fresh worlds."""

    lever: str
    lost: float
    interval: tuple[float, float]
    """Of what is lost, at 95%, paired."""
    with_it: tuple[str, ...] = ()
    """Levers that need this one, which are left out too."""


@dataclass(frozen=True)
class Slip:
    """What becomes of a plan when one lever, or all of it, begins and stops some months late."""

    lever: str | None
    """None when all of them slip."""
    plan: Plan
    chance: Chance
    lost: float
    """How much of the chance is lost, in the same fresh worlds."""


@dataclass(frozen=True)
class Backcast:
    """The plans found for one target within some limits. Every chance is of the same fresh worlds."""

    model: Model
    target: Target
    limits: Limits
    seed: int
    width: Width
    sure: float
    """The chance that "under most assumptions" stands for."""
    cheapest: Found | None
    """The cheapest plan that is as sure as that; None when there is none."""
    likeliest: Found
    """The plan with the highest chance, or one that is cheaper and within a hundredth of it. Where no plan
    has any chance, the one whose level comes nearest."""
    frontier: tuple[Found, ...]
    """Plans of which no other is both cheaper and likelier: cost and chance rise, by more than a hundredth
    from each to the next (or else to the cheapest that is sure enough)."""
    nothing_new: Found
    """No lever is moved."""
    everything: Found
    """Every lever that is allowed, as long as can be, whatever it costs."""
    worth: tuple[Worth, ...]
    """Of the levers of the plan that is shown, the one that is worth most first; none if it never holds."""
    tried: int
    """Plans that the search ran."""
    stopped: str = ""
    """Why it tried fewer plans or versions than it would have; empty when it did not."""
    circumstances: Scenario | None = None
    settled: bool = False
    """Whether the search ended because no small change of a plan on the frontier gained anything."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Levers that may be used and were not tried, and why."""

    @property
    def reachable(self) -> bool:
        """Whether some plan within the limits reaches the target as surely as was asked."""
        return self.cheapest is not None

    @property
    def already(self) -> bool:
        """Whether the target holds as surely when nothing new is done."""
        return self.nothing_new.chance.share >= self.sure

    @property
    def shown(self) -> Found:
        """The plan to show first: the cheapest that is sure enough, or else what comes nearest."""
        return self.cheapest or self.likeliest

    @property
    def nearest(self) -> Found | None:
        """What comes nearest where the target cannot be reached; None where it can."""
        return None if self.reachable else self.likeliest
