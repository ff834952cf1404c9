"""What was expected, kept to be held against what is said later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self, get_args

import numpy as np
from pydantic import Field, ValidationError, model_validator

from loops.journey.ahead import Course
from loops.journey.begin import Begun
from loops.journey.standing import Standing, standing
from loops.model import Model
from loops.narrate import listed
from loops.partners import Mark, Said
from loops.partners.history import months_between
from loops.partners.said import said_of
from loops.parts import Id, Label, Level, Number, Part, Whole
from loops.scenario import LONGEST
from loops.spread import Width

MOST_LEVELS = 12_000
"""Levels that are kept of one course, so that the text stays within what the store keeps."""
MOST = 500
"""Boxes, and things done, of one course."""

Verdict = Literal["as expected", "more than expected", "less than expected", "nobody has said since"]
Line = Annotated[tuple[Level, ...], Field(min_length=2, max_length=200)]


class Kept(Part):
    """A course as it is kept: what was done from which day on, and where each box was expected."""

    format: Annotated[Whole, Field(ge=1, le=1)] = 1
    model: Id
    day: date
    """Month 0."""
    levers: Annotated[tuple[Id, ...], Field(max_length=MOST)]
    doing: Annotated[tuple[Label, ...], Field(max_length=MOST)]
    """What is done: the same in the words of that day."""
    seed: Annotated[Whole, Field(ge=0)]
    width: Width
    versions: Annotated[Whole, Field(ge=1)]
    months: Annotated[tuple[Number, ...], Field(min_length=2, max_length=200)]
    boxes: Annotated[dict[Id, tuple[Line, Line, Line]], Field(max_length=MOST)]
    """For each variable the level that 10%, 50% and 90% of the versions are below, at each month."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.months[0] != 0 or any(np.diff(self.months) <= 0):
            raise ValueError("its months do not go up from 0")
        if self.months[-1] > LONGEST:
            raise ValueError(f"it goes on for more than {LONGEST:,} months")
        if len(self.levers) != len(self.doing):
            raise ValueError("what is done has not as many words as levers")
        if any(len(line) != len(self.months) for lines in self.boxes.values() for line in lines):
            raise ValueError("a box has not as many levels as there are months")
        return self

    def expected(self, box: str, day: date) -> tuple[float, float, float]:
        """Low, middle and high of a box on a day, as at the end of the course when that is over."""
        month = months_between(self.day, day)
        low, middle, high = (float(np.interp(month, self.months, line)) for line in self.boxes[box])
        return low, middle, high


@dataclass(frozen=True)
class Against:
    """One box: where it was expected to be, and what was said of it."""

    box: str
    low: float
    middle: float
    high: float
    words: tuple[Said, Said, Said]
    """The same three in words."""
    happened: Said | None
    """None when nobody has said anything since the course began, or only "don't know"."""
    day: date | None
    """When it was said last: the expected levels are those of this day."""
    verdict: Verdict


def keep(course: Course, begun: Begun, *, day: date) -> str:
    """The text to keep of a course that begins on a day: at fewer months where the model is large."""
    model, every = begun.model, len(course.variables)
    fit = max(2, min(course.months.size, MOST_LEVELS // (3 * every)))
    at = np.unique(np.linspace(0, course.months.size - 1, fit).round().astype(int))
    levels = np.clip([course.low[at], course.middle[at], course.high[at]], 0, 1).round(3)
    return Kept(
        model=model.id,
        day=day,
        levers=tuple(plan.id for plan in course.plan.levers),
        doing=tuple(model.nodes[plan.id].label for plan in course.plan.levers),
        seed=begun.seed,
        width=begun.width,
        versions=course.versions,
        months=tuple(course.months[at].tolist()),
        boxes={
            name: tuple(tuple(line) for line in levels[:, :, place].tolist())
            for place, name in enumerate(course.variables)
        },
    ).model_dump_json()


def read(text: str) -> Kept:
    """What :func:`keep` wrote; raises :class:`ValueError` with one sentence for anything else."""
    try:
        return Kept.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = next((part for part in first["loc"] if part in Kept.model_fields), "the text")
        raise ValueError(
            f"this is not an expected course as it is kept here ({place}: {first['msg']}): "
            "keep it again from the page"
        ) from None


def compare(model: Model, kept: Kept, marks: Sequence[Mark], *, on: date) -> tuple[Against, ...]:
    """Hold what was said after a course began, up to a day, against it: boxes in the order of the file.

    It is as expected where the range of the ratings and that of 8 in 10 versions have a level in common.
    Boxes that the model has no more are left out.
    """
    since = standing(model, [mark for mark in marks if mark.day > kept.day], on=on)
    return tuple(_against(kept, since, node.id, on) for node in model.variables if node.id in kept.boxes)


def summary(found: Sequence[Against]) -> str:
    """How many boxes are as expected, in one sentence.

    >>> summary([])
    'Nobody has said anything since.'
    """
    said = [each.verdict for each in found if each.happened is not None]
    if not said:
        return "Nobody has said anything since."
    boxes = "1 box" if len(said) == 1 else f"{len(said)} boxes"
    counts = [(said.count(verdict), verdict) for verdict in get_args(Verdict)[:3] if verdict in said]
    told = listed([f"{count} {'is' if count == 1 else 'are'} {verdict}" for count, verdict in counts])
    return f"Of {boxes} that somebody has rated since, {told}."


def _against(kept: Kept, since: Standing, box: str, on: date) -> Against:
    rated = since.boxes[box] if box in since.known else None
    day = rated.day if rated else None
    low, middle, high = kept.expected(box, day or on)
    words = said_of(low), said_of(middle), said_of(high)
    if rated is None:
        return Against(box, low, middle, high, words, None, None, "nobody has said since")
    verdict: Verdict = "as expected"
    if rated.low > high:
        verdict = "more than expected"
    elif rated.high < low:
        verdict = "less than expected"
    return Against(box, low, middle, high, words, rated.word, day, verdict)
