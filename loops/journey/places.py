"""Where one partner is, and was: which way it went along the path, and what is missing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from loops.journey.holding import Kind
from loops.journey.missing import missing
from loops.journey.standing import Changed, changed, standing
from loops.model import Model, Variable
from loops.partners import UNKNOWN, Mark, Said

THERE: tuple[Said, ...] = ("partly", "mostly")
"""Words from which on a box of the path counts as passed."""


@dataclass(frozen=True)
class Place:
    """What is counted of one partner: a place holds little, so that those of hundreds can be remembered."""

    workstream: str
    """ "" when none is named."""
    now: tuple[Said, ...]
    """The words for the boxes of the path, in its order."""
    then: tuple[Said, ...]
    """The same by the day that is compared with."""
    gaps: tuple[tuple[str, Kind] | str, ...]
    """For each thing that the model is judged by the nearest gap, or why there is none."""
    learnt: tuple[Changed, ...]
    """What was said anew after that day with a reason."""

    @property
    def moved(self) -> int | None:
        """How many boxes in a row it is further, of those that are known on both days; None if none is."""
        both = [words for words in zip(self.now, self.then, strict=True) if UNKNOWN not in words]
        if not both:
            return None
        now, then = (_in_a_row(words) for words in zip(*both, strict=True))
        return now - then


def path(model: Model) -> tuple[str, ...]:
    """The boxes of the path: the variables of the core, or what the model is judged by where it has none."""
    return tuple(one for one in model.core if isinstance(model.nodes[one], Variable)) or model.headlines


def place(
    model: Model, said: Sequence[Mark], before: Sequence[Mark] = (), *, since: date, workstream: str = ""
) -> Place:
    """Where a partner is by what was said of it last, and where it was by what had been said on a day."""
    now, then = standing(model, said), standing(model, before, on=since)
    found = [missing(model, now, outcome) for outcome in model.headlines]
    return Place(
        workstream,
        tuple(now.said(box) for box in path(model)),
        tuple(then.said(box) for box in path(model)),
        tuple((gap.box, gap.kind) if (gap := each.nearest) else each.found for each in found),
        tuple(each for each in changed(then, now, since) if each.reason),
    )


def _in_a_row(words: Sequence[Said]) -> int:
    """How many boxes, from the first on, are at least partly there."""
    return sum(1 for _ in takewhile(THERE.__contains__, words))
