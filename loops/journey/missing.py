"""What is missing: the first gap upstream of an outcome, found by going back along the arrows.

From the outcome the way goes back to the gap that holds it back most (:mod:`loops.journey.holding`), from
there to what holds that back most, and so on while these are gaps: boxes that are needed and at most "a
little" there, or that are in the way and "partly" or more. Where the way ends is the first gap. A box is
needed if more of it, along the arrows passed, means more of the outcome.

In a diagram full of loops everything is upstream of everything. So the way never comes back to a box. It does
not go to what comes later than the outcome along the path of the opening view: that nobody sees it working is
no reason why nobody began. It turns only to what holds a box back at least half as much as anything does, and
not to a consequence: a box that is held back most by one that the way has passed, or by one that comes later
than the outcome, unless it is on the path of the opening view itself. And a box is not in the way if more of
it helps more directly: what we want more of is not held against itself for what comes of it later.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from loops.journey.holding import Gap, Holding, Input, Stop
from loops.journey.standing import Standing
from loops.model import Model

AS_MUCH = 0.5
"""Of the most that anything holds a box back: what holds it back less would change little there."""
AT_LEAST = 0.1
"""The same of the outcome itself, to which every gap matters that is no consequence."""


@dataclass(frozen=True)
class Missing:
    """What holds an outcome back, as far as anybody has said."""

    outcome: str
    found: Literal["a gap", "nothing", "nobody knows"]
    """Whether there is a gap; if not, whether what was said names none, or nobody knows anything."""
    trail: tuple[Gap, ...]
    """From what holds the outcome back most to the first gap."""
    also: tuple[Gap, ...]
    """Other gaps that act on the first gap, on what it acts on, and so on to the outcome, in this order; then
    what is missing further back, behind boxes that are there."""
    unknown: tuple[str, ...]
    """Boxes that act on these and that nobody knows, in the same order."""

    @property
    def first(self) -> Gap | None:
        """The first gap, if there is one."""
        return self.trail[-1] if self.trail else None

    @property
    def nearest(self) -> Gap | None:
        """The first gap, or where none acts on the outcome what is missing nearest behind what is there."""
        return self.first or next(iter(self.also), None)


Group = tuple[Missing, ...]
"""What holds some outcomes back, the first gap being the same."""


def missing(model: Model, standing: Standing, outcome: str) -> Missing:
    """The first gap upstream of `outcome`, and what else holds back what is on the way to it.

    Where no gap acts on the outcome itself, the way leads to the nearest one through boxes that nobody knows.
    Arrows of unknown sign are not followed, and levers are no gaps. Raises :class:`KeyError` for an outcome
    that is no node.
    """
    look = _Look.of(model, standing, outcome)
    way = [Stop(model.nodes[outcome].id, True)]
    steps = [step] if (step := look.onward(way, AT_LEAST)) else look.through(way[0])
    trail: list[Gap] = []
    while steps:
        way += [step.stop for step in steps]
        trail += [step.gap for step in steps]
        steps = [step] if (step := look.onward(way, AS_MUCH)) else []
    passed = {stop.box for stop in way}
    beside = [each for stop in reversed(way) for each in look.acting(stop) if each.stop.box not in passed]
    unknown = dict.fromkeys(each.stop.box for each in beside if not each.known)
    also: dict[str, Gap] = {}
    for each in (*beside, *look.behind(beside, passed)):
        if each.lacks and not look.helps(each.stop, way):
            also.setdefault(each.stop.box, each.gap)
    nothing: Literal["nothing", "nobody knows"] = (
        "nobody knows" if unknown and not any(each.known for each in beside) else "nothing"
    )
    return Missing(outcome, "a gap" if trail else nothing, tuple(trail), tuple(also.values()), tuple(unknown))


def by_first_gap(model: Model, standing: Standing, outcomes: Sequence[str]) -> list[Group]:
    """What holds each outcome back: those with one first gap together, one without a gap by itself."""
    groups: dict[str, list[Missing]] = {}
    for outcome in outcomes:
        each = missing(model, standing, outcome)
        groups.setdefault(each.first.box if each.first else f"none of {outcome}", []).append(each)
    return [tuple(group) for group in groups.values()]


@dataclass(frozen=True)
class _Look:
    """What is looked at on the way back from an outcome."""

    holding: Holding
    path: Set[str]
    later: Set[str]
    """Boxes of the path, and those of them that come later than the outcome."""

    @classmethod
    def of(cls, model: Model, standing: Standing, outcome: str) -> _Look:
        later = model.core[model.core.index(outcome) + 1 :] if outcome in model.core else ()
        return cls(Holding.of(model, standing), frozenset(model.core), frozenset(later))

    def acting(self, stop: Stop) -> list[Input]:
        """What acts on a stop and does not come later than the outcome, what holds it back most first."""
        return [each for each in self.holding.back(stop) if each.stop.box not in self.later]

    def onward(self, way: Sequence[Stop], least: float) -> Input | None:
        """The gap to which the way goes on from its last stop, if there is one.

        A consequence only where nothing else holds the outcome back.
        """
        passed = {stop.box for stop in way}
        acting = [each for each in self.acting(way[-1]) if each.known]
        lacking = [each for each in acting if each.lacks and each.stop.box not in passed]
        gaps = [each for each in lacking if not self.helps(each.stop, way)]
        own = [
            each
            for each in gaps
            if each.held >= least * acting[0].held and not self._follows(each.stop, passed)
        ]
        return next(iter(own or (gaps if len(way) == 1 else [])), None)

    def through(self, stop: Stop) -> list[Input]:
        """The steps to the nearest gap behind boxes that nobody knows; none if there is no gap."""
        ways: list[list[Input]] = [[]]
        passed = {stop.box}
        while ways:
            longer = [[*way, each] for way in ways for each in self.acting(way[-1].stop if way else stop)]
            ends = [way for way in longer if way[-1].lacks and way[-1].stop.box not in passed]
            if ends:
                return max(ends, key=lambda way: way[-1].held)
            ways = []
            for way in longer:
                if way[-1].stop.box not in passed:
                    passed.add(way[-1].stop.box)
                    ways += [] if way[-1].known else [way]
        return []

    def behind(self, inputs: Sequence[Input], passed: Set[str]) -> list[Input]:
        """What is missing behind inputs that are needed and there, the nearest first."""
        found: list[Input] = []
        passed = passed | {each.stop.box for each in inputs}
        while inputs:
            there = [each.stop for each in inputs if each.known and each.stop.needed and not each.lacks]
            further = [each for stop in there for each in self.acting(stop) if each.stop.needed]
            inputs = [each for each in further if each.stop.box not in passed]
            passed = passed | {each.stop.box for each in inputs}
            found += inputs
        return found

    def helps(self, stop: Stop, way: Sequence[Stop]) -> bool:
        """Whether more of a box helps the way more directly, so that it is not in the way."""
        helps = Stop(stop.box, True)
        return not stop.needed and any(each.stop == helps for passed in way for each in self.acting(passed))

    def _follows(self, stop: Stop, passed: Set[str]) -> bool:
        """Whether a box is a consequence, by what holds it back most as far as anybody knows."""
        back = self.holding.back(stop)
        most = next((each.stop.box for each in back if each.known and each.held > 0), None)
        return most in passed or (most in self.later and stop.box not in self.path)
