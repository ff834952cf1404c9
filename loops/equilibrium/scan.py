"""Looking along a line of values: where first, and how to narrow the gaps in which an answer changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from loops.compare import last_stop, never_stops
from loops.equations import Equations
from loops.equilibrium.along import Along, ProgrammeLength
from loops.equilibrium.ends import Progress
from loops.equilibrium.legacy import Legacy, legacy
from loops.model import Model
from loops.noise import Shaken
from loops.scenario import Scenario, fits

INSIDE = 7
"""Points tried at once in each gap: a round leaves an eighth of it."""

NotAsked = Literal["no levers", "levers never stop"]
SENTENCES: dict[str, str] = {
    "no levers": "no lever is on in this plan, so there is nothing that it could leave behind",
    "levers never stop": "some lever never stops in this plan, so nobody can say what it leaves behind",
}

Answers = NDArray[np.bool_]
Spot = tuple[float, int]
"""A value, and the number of the version of the assumptions it is tried under."""


@dataclass(frozen=True)
class Gap:
    """Two values, one after the other, of one version: the answer changes between them."""

    version: int
    low: float
    high: float
    from_: bool
    """The answer at `low`; at `high` it is the other one."""

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Line:
    """A plan looked at along something: what there is to run at each value."""

    equations: Equations
    scenario: Scenario
    along: Along
    """As far as the plan itself stands on it."""
    outcome: str
    not_asked: NotAsked | None
    """Why it makes no sense to ask what the plan leaves behind."""

    @classmethod
    def of(cls, model: Model, scenario: Scenario, along: Along, outcome: str) -> Line:
        """The line; raises :class:`ValueError` for a scenario or an outcome that does not fit the model."""
        equations = Equations.of(model)
        fits(model, scenario)
        equations.place(outcome)
        along = reaching(along, model, scenario)
        return cls(equations, scenario, along, outcome, not_asked(model, scenario, along))

    @property
    def own(self) -> float | None:
        """Where the plan itself stands."""
        return self.along.value_in(self.equations.model, self.scenario)

    def values(self, count: int) -> list[float]:
        """So many values from end to end, evenly apart."""
        return spread(self.along, count)

    def at(self, value: float) -> Scenario:
        """The plan at one value."""
        return self.along.applied(self.equations.model, self.scenario, value)

    def legacy(
        self, spots: Sequence[Spot], *, shaken: Shaken | None = None, progress: Progress | None = None
    ) -> Legacy:
        """What the plan leaves behind at each spot; equal values share one plan."""
        plans = {value: self.at(value) for value in {value for value, _ in spots}}
        cases = [(plans[value], version) for value, version in spots]
        return legacy(self.equations, cases, self.outcome, shaken=shaken, progress=progress)


def reaching(along: Along, model: Model, scenario: Scenario) -> Along:
    """`along` as far as the plan itself stands on it."""
    own = along.value_in(model, scenario)
    return along if own is None else dataclasses.replace(along, high=max(along.high, own))


def spread(along: Along, count: int) -> list[float]:
    """`count` values from end to end, evenly apart."""
    return [float(value) for value in np.linspace(along.low, along.high, count)]


def gaps(values: Sequence[float], answers: Answers, version: int = 0) -> list[Gap]:
    """Where neighbouring `answers` differ.

    >>> [(gap.low, gap.high, gap.from_) for gap in gaps([0.0, 1.0, 2.0], np.array([False, True, True]))]
    [(0.0, 1.0, False)]
    """
    changes = np.flatnonzero(answers[1:] != answers[:-1]).tolist()
    return [Gap(version, values[k], values[k + 1], bool(answers[k])) for k in changes]


def rounds_for(gap: float, tolerance: float) -> int:
    """How many rounds :func:`narrowed` takes.

    >>> rounds_for(10, 0.1), rounds_for(0.1, 0.1)
    (3, 0)
    """
    return max(0, int(np.ceil(np.log(gap / tolerance) / np.log(INSIDE + 1))))


def narrowed(found: Sequence[Gap], tolerance: float, ask: Callable[[list[Spot]], Answers]) -> list[Gap]:
    """The same gaps, each no wider than `tolerance`; one that holds several changes keeps the first.

    All gaps are asked about together, seven points each a round: bisection, made for many lanes.

    >>> above = lambda spots: np.array([value > 0.3 for value, _ in spots])
    >>> gap, = narrowed([Gap(0, 0.0, 1.0, False)], 0.002, above)
    >>> gap.low <= 0.3 < gap.high <= gap.low + 0.002
    True
    """
    gaps_left = list(found)
    for _ in range(max((rounds_for(gap.high - gap.low, tolerance) for gap in found), default=0)):
        inside = [np.linspace(gap.low, gap.high, INSIDE + 2).tolist() for gap in gaps_left]
        spots = [
            (value, gap.version)
            for gap, values in zip(gaps_left, inside, strict=True)
            for value in values[1:-1]
        ]
        rows = ask(spots).reshape(-1, INSIDE)
        gaps_left = [
            gaps(values, np.array([gap.from_, *row, not gap.from_]), gap.version)[0]
            for gap, values, row in zip(gaps_left, inside, rows, strict=True)
        ]
    return gaps_left


def not_asked(model: Model, scenario: Scenario, *ways: Along) -> NotAsked | None:
    """Why it makes no sense to ask along `ways` what the plan leaves behind; None where it does."""
    if last_stop(model, scenario) == 0:
        return "no levers"
    ended = any(isinstance(along, ProgrammeLength) for along in ways)
    return "levers never stop" if never_stops(model, scenario) and not ended else None
