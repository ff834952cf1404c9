"""How much each box holds back the next, by what was said of both: what the equations lack for it.

Along an arrow of strength w from a box at level y to one at level x that is, per month::

    w r (f(mostly) - f(y))     where it is needed
    w r f(y)                   where it is in the way

with the f of the equations, so an arrow with a critical mass holds back until that is reached; and r = 1 - x
for a + arrow, which wins of what is missing, or x for a - arrow, which takes of what is there (half where
nobody has said). So a brake hardly holds back what has not begun: with nothing to lose it is what is missing
that counts.
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


class Stop(NamedTuple):
    """A box on the way, and whether more of it is needed."""

    box: str
    needed: bool


class Input(NamedTuple):
    """A box that acts on a stop, and how much it holds that back."""

    held: float
    stop: Stop
    gap: Gap
    """As it would be on a trail, be it a gap or not."""

    @property
    def known(self) -> bool:
        """Whether anybody knows of it."""
        return self.gap.said != UNKNOWN

    @property
    def lacks(self) -> bool:
        """Whether it is a gap."""
        return self.gap.said in GAPS[self.gap.kind]


@dataclass(frozen=True)
class Holding:
    """The arrows into each box, but for those of unknown sign and of levers, and where a partner stands."""

    arrows: Mapping[str, Sequence[Link]]
    standing: Standing
    seen: dict[Stop, list[Input]] = field(default_factory=dict)
    """What was found to act on a stop already: a way comes by the same stops again and again."""

    @classmethod
    def of(cls, model: Model, standing: Standing) -> Holding:
        """The arrows of a model."""
        rated = {node.id for node in (*model.variables, *model.contexts)}
        arrows: dict[str, list[Link]] = {}
        for link in model.links:
            if link.source in rated and link.polarity != "?" and link.strength:
                arrows.setdefault(link.target, []).append(link)
        return cls(arrows, standing)

    def back(self, stop: Stop) -> list[Input]:
        """What acts on a stop, each box once: what holds it back most comes first."""
        if stop not in self.seen:
            every = [self._input(link, stop) for link in self.arrows.get(stop.box, ())]
            first: dict[str, Input] = {}
            for each in sorted(every, key=lambda each: (-each.held, each.stop)):
                first.setdefault(each.stop.box, each)
            self.seen[stop] = [*first.values()]
        return self.seen[stop]

    def _input(self, link: Link, stop: Stop) -> Input:
        needed = stop.needed == (link.polarity == "+")
        kind: Kind = "missing" if needed else "in the way"
        rated = self.standing.boxes.get(link.source)
        said = self.standing.said(link.source)
        if rated is None or said == UNKNOWN:
            return Input(0.0, Stop(link.source, needed), Gap(link.source, said, (), kind, link))
        level, there = self._level(link.source), self._level(stop.box)
        lost = felt(link, MOSTLY) - felt(link, level) if needed else felt(link, level)
        room = 1 - there if link.polarity == "+" else there
        words = [word for word in rated.roles if word != UNKNOWN]
        gap = Gap(link.source, said, rated.roles[words[0 if needed else -1]], kind, link)
        return Input(link.strength * room * lost, Stop(link.source, needed), gap)

    def _level(self, box: str) -> float:
        """The middle of what was said of a box: one half where nobody knows."""
        rated = self.standing.boxes.get(box)
        return sum(rated.range) / 2 if rated else 0.5


def felt(link: Link, level: float) -> float:
    """How much of a level reaches the other end of an arrow, 0 to 1: f of the equations.

    >>> felt(Link(source="a", target="b", polarity="+", strength=0.1, threshold=0.5), 0.5)
    0.53125
    """
    if not link.threshold:
        return level
    knee = link.threshold**link.steepness
    return (1 + knee) * level**link.steepness / (knee + level**link.steepness)
