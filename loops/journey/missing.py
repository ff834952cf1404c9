"""What is missing: the first gap upstream of an outcome, found by going back along the arrows.

From the outcome the way goes back to the gap that holds it back most, from there to what holds that back
most, and so on while these are gaps: boxes that are needed and at most "a little" there, or that are in the
way and "partly" or more. Where the way ends is the first gap. How much a box at level y holds back the next
is what its arrow would give and does not, per month::

    w (f(mostly) - f(y))     where it is needed
    w f(y)                   where it is in the way

with the strength w and the f of the equations, so an arrow with a critical mass holds back until that is
reached. A box is needed if more of it, along the arrows passed, means more of the outcome.

In a diagram full of loops everything is upstream of everything. So the way never comes back to a box. It does
not go to what comes later than the outcome along the path of the opening view: that nobody sees it working is
no reason why nobody began. It turns only to what holds a box back at least half as much as anything does, and
not to a consequence: a box that is held back most by one that the way has passed. And a box is not in the way
if more of it helps more directly: what we want more of is not held against itself for what comes of it later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from loops.journey.standing import Standing
from loops.model import Link, Model
from loops.partners import RANGES, UNKNOWN, Said

MOSTLY = sum(RANGES["mostly"]) / 2
"""The level at which a box that is needed holds nothing back."""
AS_MUCH = 0.5
"""Of the most that anything holds a box back: what holds it back less would change little there."""
AT_LEAST = 0.1
"""The same of the outcome itself, to which every gap matters that is no consequence."""

Kind = Literal["missing", "in the way"]
GAPS: Mapping[Kind, tuple[Said, ...]] = {
    "missing": ("not yet", "a little"),
    "in the way": ("partly", "mostly"),
}
"""The words at which a box is a gap."""


@dataclass(frozen=True)
class Gap:
    """A box that holds back the next one on the way to the outcome."""

    box: str
    said: Said
    """It is "don't know" only where nobody has rated what stands between a gap and the outcome."""
    roles: tuple[str, ...]
    """Who says that it is furthest from where it should be."""
    kind: Kind
    link: Link
    """The arrow along which it acts on the next box."""


@dataclass(frozen=True)
class Missing:
    """What holds an outcome back, as far as anybody has said."""

    outcome: str
    found: Literal["a gap", "nothing", "nobody knows"]
    """Whether there is a gap; if not, whether what was said names none, or nobody knows anything."""
    trail: tuple[Gap, ...]
    """From what holds the outcome back most to the first gap."""
    also: tuple[Gap, ...]
    """Other gaps that act on the first gap, on what it acts on, and so on to the outcome, in this order."""
    unknown: tuple[str, ...]
    """Boxes that act on these and that nobody knows, in the same order."""

    @property
    def first(self) -> Gap | None:
        """The first gap, if there is one."""
        return self.trail[-1] if self.trail else None


class _Stop(NamedTuple):
    """A box on the way, and whether more of it is needed."""

    box: str
    needed: bool


class _Input(NamedTuple):
    """A box that acts on a stop, and how much it holds that back."""

    held: float
    stop: _Stop
    gap: Gap
    """As it would be on a trail, be it a gap or not."""

    @property
    def known(self) -> bool:
        return self.gap.said != UNKNOWN

    @property
    def lacks(self) -> bool:
        """Whether it is a gap."""
        return self.gap.said in GAPS[self.gap.kind]


def missing(model: Model, standing: Standing, outcome: str) -> Missing:
    """The first gap upstream of `outcome`, and what else holds back what is on the way to it.

    Where no gap acts on the outcome itself, the way leads to the nearest one through boxes that nobody knows.
    Arrows of unknown sign are not followed, and levers are no gaps. Raises :class:`KeyError` for an outcome
    that is no node.
    """
    look = _Look.of(model, standing, outcome)
    way = [_Stop(model.nodes[outcome].id, True)]
    steps = [step] if (step := look.onward(way, AT_LEAST)) else look.through(way[0])
    trail: list[Gap] = []
    while steps:
        way += [step.stop for step in steps]
        trail += [step.gap for step in steps]
        steps = [step] if (step := look.onward(way, AS_MUCH)) else []
    passed = {stop.box for stop in way}
    beside = [each for stop in reversed(way) for each in look.acting(stop) if each.stop.box not in passed]
    also: dict[str, Gap] = {}
    for each in beside:
        if each.lacks and not look.helps(each.stop, way):
            also.setdefault(each.stop.box, each.gap)
    unknown = dict.fromkeys(each.stop.box for each in beside if not each.known)
    nothing: Literal["nothing", "nobody knows"] = (
        "nobody knows" if unknown and not any(each.known for each in beside) else "nothing"
    )
    return Missing(
        outcome,
        "a gap" if trail else nothing,
        tuple(trail),
        tuple(also.values()),
        tuple(unknown),
    )


@dataclass(frozen=True)
class _Look:
    """The arrows into each box, and where a partner stands."""

    arrows: Mapping[str, Sequence[Link]]
    standing: Standing
    seen: dict[_Stop, list[_Input]] = field(default_factory=dict)
    """What was found to act on a stop already: the way comes by the same stops again and again."""

    @classmethod
    def of(cls, model: Model, standing: Standing, outcome: str) -> _Look:
        later = model.core[model.core.index(outcome) + 1 :] if outcome in model.core else ()
        rated = {node.id for node in (*model.variables, *model.contexts)} - set(later)
        arrows: dict[str, list[Link]] = {}
        for link in model.links:
            if link.source in rated and link.polarity != "?" and link.strength:
                arrows.setdefault(link.target, []).append(link)
        return cls(arrows, standing)

    def acting(self, stop: _Stop) -> list[_Input]:
        """What acts on a stop, each box once: what holds it back most comes first."""
        if stop not in self.seen:
            self.seen[stop] = self._acting(stop)
        return self.seen[stop]

    def _acting(self, stop: _Stop) -> list[_Input]:
        every = [self._input(link, stop) for link in self.arrows.get(stop.box, ())]
        every.sort(key=lambda each: (-each.held, each.stop))
        return [
            each for k, each in enumerate(every) if each.stop.box not in {one.stop.box for one in every[:k]}
        ]

    def onward(self, way: Sequence[_Stop], least: float) -> _Input | None:
        """The gap to which the way goes on from its last stop, if there is one.

        A consequence only where nothing else holds the outcome back.
        """
        passed = {stop.box for stop in way}
        acting = [each for each in self.acting(way[-1]) if each.known]
        gaps = [
            each
            for each in acting
            if each.lacks and each.stop.box not in passed and not self.helps(each.stop, way)
        ]
        own = [
            each
            for each in gaps
            if self._main(each.stop) not in passed and each.held >= least * acting[0].held
        ]
        return next(iter(own or (gaps if len(way) == 1 else [])), None)

    def through(self, stop: _Stop) -> list[_Input]:
        """The steps to the nearest gap behind boxes that nobody knows; none if there is no gap."""
        ways: list[list[_Input]] = [[]]
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

    def helps(self, stop: _Stop, way: Sequence[_Stop]) -> bool:
        """Whether more of a box helps the way more directly, so that it is not in the way."""
        helps = _Stop(stop.box, True)
        return not stop.needed and any(each.stop == helps for passed in way for each in self.acting(passed))

    def _main(self, stop: _Stop) -> str | None:
        """What holds a stop back most, as far as anybody knows."""
        return next((each.stop.box for each in self.acting(stop) if each.known and each.held > 0), None)

    def _input(self, link: Link, stop: _Stop) -> _Input:
        needed = stop.needed == (link.polarity == "+")
        kind: Kind = "missing" if needed else "in the way"
        rated = self.standing.boxes.get(link.source)
        said = self.standing.said(link.source)
        if rated is None or said == UNKNOWN:
            return _Input(0.0, _Stop(link.source, needed), Gap(link.source, said, (), kind, link))
        level = sum(rated.range) / 2
        lost = felt(link, MOSTLY) - felt(link, level) if needed else felt(link, level)
        words = [word for word in rated.roles if word != UNKNOWN]
        roles = rated.roles[words[0 if needed else -1]]
        gap = Gap(link.source, said, roles, kind, link)
        return _Input(link.strength * lost, _Stop(link.source, needed), gap)


def felt(link: Link, level: float) -> float:
    """How much of a level reaches the other end of an arrow, 0 to 1: f of the equations.

    >>> felt(Link(source="a", target="b", polarity="+", strength=0.1, threshold=0.5), 0.5)
    0.53125
    """
    if not link.threshold:
        return level
    knee = link.threshold**link.steepness
    return (1 + knee) * level**link.steepness / (knee + level**link.steepness)
