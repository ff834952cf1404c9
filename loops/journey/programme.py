"""How far a programme has come: counts of partners, workstream by workstream. Its parts, without any rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from loops.journey.holding import Kind
from loops.journey.standing import Changed


@dataclass(frozen=True)
class Share:
    """In how many partners of how many something is so: exactly, or between `least` and `most`."""

    least: int
    most: int
    of: int

    @property
    def is_most(self) -> bool:
        """Whether it is so in more than half."""
        return 2 * self.least > self.of


@dataclass(frozen=True)
class Step:
    """A box of the path: in how many partners it is at least partly there."""

    box: str
    there: Share
    was: Share | None
    """The same by the day that is compared with; None where that is hidden, as is `unknown`."""
    unknown: Share | None
    """In how many nobody knows."""


@dataclass(frozen=True)
class Moved:
    """In how many partners the path goes further than it did, and in how many less far."""

    further: Share
    back: Share
    unknown: Share | None
    """In how many it cannot be told, for no box is known on both days; None where that is hidden."""


@dataclass(frozen=True)
class Often:
    """A box that is the first gap in so many partners."""

    box: str
    kind: Kind
    share: Share


@dataclass(frozen=True)
class Lacking:
    """What is missing first on the way to an outcome, by how often it is, and in how many nothing is."""

    outcome: str
    often: tuple[Often, ...]
    nothing: Share | None
    """None where that is hidden, as is `unknown`."""
    unknown: Share | None
    """In how many nobody knows."""


@dataclass(frozen=True)
class Stream:
    """Where the partners of a workstream are, or of several that are put together."""

    names: tuple[str, ...]
    """The workstream, or those that are put together; "" for partners of none."""
    partners: int
    steps: tuple[Step, ...]
    moved: Moved
    lacking: tuple[Lacking, ...]
    """For each thing that the model is judged by."""
    learnt: tuple[Changed, ...]
    """What was said after the day that is compared with, in the order of the boxes and days."""

    @property
    def reached(self) -> int:
        """Boxes of the path, from the first on, that are at least partly there in more than half."""
        return _in_a_row(step.there.is_most for step in self.steps)

    @property
    def could(self) -> int:
        """The same if every box that nobody knows of were there; no more than that where it is hidden."""
        return _in_a_row(
            2 * (step.there.least + (step.unknown.least if step.unknown else 0)) > self.partners
            for step in self.steps
        )


@dataclass(frozen=True)
class Progress:
    """A programme: its workstreams in the order of their names, and last the partners that have none."""

    since: date
    partners: int
    streams: tuple[Stream, ...]
    whole: Stream | None
    """All partners together; None where there is one workstream, and in the anonymous form: beside the
    others it could tell of a single partner."""
    anonymous: bool


def _in_a_row(so: Iterable[bool]) -> int:
    """How many are so, from the first on."""
    return sum(1 for _ in takewhile(bool, so))
