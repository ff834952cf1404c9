"""Where one partner is, and was: which way it went along the path, and what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from loops.journey.missing import Kind, missing
from loops.journey.programme import Learnt
from loops.journey.standing import Standing, standing
from loops.model import Model, Variable
from loops.partners import UNKNOWN, Mark, Said

THERE: tuple[Said, ...] = ("partly", "mostly")
"""Words from which on a box of the path counts as passed."""


@dataclass(frozen=True)
class Known:
    """What progress needs of a partner: its workstream ("" when none is named), and what was said last.

    `then` is what had been said last by the day that is compared with.
    """

    workstream: str
    now: Sequence[Mark]
    then: Sequence[Mark] = ()


@dataclass(frozen=True)
class Place:
    """Where a partner is, and where it was."""

    now: Standing
    then: Standing
    moved: int | None
    """How many boxes further it is, along those that are known on both days; None where there is none."""
    gaps: Mapping[str, tuple[str, Kind] | str]
    """For each thing that the model is judged by the first gap, or why there is none."""
    learnt: tuple[Learnt, ...]


def path(model: Model) -> tuple[str, ...]:
    """The boxes of the path: the variables of the core, or what the model is judged by where it has none."""
    return tuple(one for one in model.core if isinstance(model.nodes[one], Variable)) or model.headlines


def place(model: Model, known: Known, *, since: date) -> Place:
    """Where a partner is, beside where it was on a day."""
    now, then, way = standing(model, known.now), standing(model, known.then, on=since), path(model)
    both = [box for box in way if UNKNOWN not in (now.said(box), then.said(box))]
    gaps: dict[str, tuple[str, Kind] | str] = {}
    for outcome in model.headlines:
        found = missing(model, now, outcome)
        gaps[outcome] = (found.first.box, found.first.kind) if found.first else found.found
    return Place(
        now,
        then,
        moved=_in_a_row(now, both) - _in_a_row(then, both) if both else None,
        gaps=gaps,
        learnt=tuple(_learnt(now, then, since)),
    )


def _in_a_row(found: Standing, way: Sequence[str]) -> int:
    """How many boxes, from the first on, are at least partly there."""
    return next((number for number, box in enumerate(way) if found.said(box) not in THERE), len(way))


def _learnt(now: Standing, then: Standing, since: date) -> Iterator[Learnt]:
    """The reasons that were given after a day."""
    for box, rated in now.boxes.items():
        before = then.boxes[box].by_role if box in then.boxes else {}
        for role, voice in rated.by_role.items():
            if voice.day > since and voice.reason:
                was = before[role].said if role in before else None
                yield Learnt(box, role, was, voice.said, voice.day, voice.reason)
