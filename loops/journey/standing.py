"""Where a partner stands: what each role said last of each box, and what that makes together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from loops.model import Model
from loops.partners import RANGES, SAID, UNKNOWN, Mark, Said
from loops.partners.said import said_of

APART = 2
"""Words of the scale between what two roles say, from which on they are said to see it differently."""

Way = Literal["first time", "went up", "went down", "same", "known now", "not known now"]


@dataclass(frozen=True)
class Voice:
    """What one role said of a box on the last day on which it said anything."""

    marks: tuple[Mark, ...]
    """One, or one for each person in the role who spoke that day."""

    @cached_property
    def range(self) -> tuple[float, float]:
        """Lowest and highest level: the mean over those who know, or 0 to 1 when nobody does."""
        return _mean(RANGES[mark.said] for mark in self.marks if mark.said != UNKNOWN)

    @cached_property
    def said(self) -> Said:
        """The word for the middle of the range; "don't know" when nobody knows."""
        return _word(self.range)

    @property
    def day(self) -> date:
        """When it was said."""
        return self.marks[-1].day

    @property
    def reason(self) -> str:
        """Why, in the words of those who gave a reason."""
        return " / ".join(dict.fromkeys(mark.reason for mark in self.marks if mark.reason))


@dataclass(frozen=True)
class Rated:
    """One box: what each role says of it, and all of them together."""

    by_role: Mapping[str, Voice]
    """The key "" is the partner as a whole."""

    @cached_property
    def range(self) -> tuple[float, float]:
        """Lowest and highest level: the mean over the roles that know, or 0 to 1 when none does."""
        return _mean(voice.range for voice in self.by_role.values() if voice.said != UNKNOWN)

    @property
    def low(self) -> float:
        """The lowest level that is meant."""
        return self.range[0]

    @property
    def high(self) -> float:
        """The highest level that is meant."""
        return self.range[1]

    @cached_property
    def word(self) -> Said:
        """The word for the middle of the range; "don't know" when no role knows."""
        return _word(self.range)

    @property
    def day(self) -> date:
        """When somebody last said something."""
        return max(voice.day for voice in self.by_role.values())

    @property
    def apart(self) -> bool:
        """Whether two roles differ by two words or more."""
        steps = [SAID.index(voice.said) for voice in self.by_role.values() if voice.said != UNKNOWN]
        return bool(steps) and max(steps) - min(steps) >= APART

    @cached_property
    def roles(self) -> Mapping[Said, tuple[str, ...]]:
        """Which roles say each word that is said, from the lowest word to "don't know"."""
        found = {
            word: tuple(role for role, voice in self.by_role.items() if voice.said == word) for word in SAID
        }
        return {word: roles for word, roles in found.items() if roles}


@dataclass(frozen=True)
class Standing:
    """Where a partner stands: every box of which somebody has said something, in the order of the file."""

    boxes: Mapping[str, Rated]
    gone: tuple[str, ...] = ()
    """Ids that were rated and that the model has no variable or context for (any more)."""

    def said(self, box: str) -> Said:
        """The word for a box; "don't know" for one that nobody has rated."""
        return self.boxes[box].word if box in self.boxes else UNKNOWN

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The boxes of which somebody knows something."""
        return tuple(box for box, rated in self.boxes.items() if rated.word != UNKNOWN)


@dataclass(frozen=True)
class Changed:
    """What one role said anew of one box, and what it had said before."""

    box: str
    role: str
    was: Said | None
    """None when it had said nothing before."""
    now: Said
    day: date
    reason: str

    @property
    def way(self) -> Way:
        """Which way it went, in words."""
        if self.was is None:
            return "first time"
        if self.was == self.now:
            return "same"
        if UNKNOWN in (self.was, self.now):
            return "known now" if self.was == UNKNOWN else "not known now"
        return "went up" if SAID.index(self.now) > SAID.index(self.was) else "went down"


def standing(model: Model, marks: Sequence[Mark], *, on: date | None = None) -> Standing:
    """The standing of a partner on a day, or the latest one, from its marks in the order of days.

    Each role counts with what it said on its last day. Several people of one role on that day all count; of
    one named person who spoke twice the later mark does. A box's range is the mean of the roles' ranges, and
    "don't know" is left out while anybody knows.

    >>> from loops.model import Variable
    >>> model = Model(id="m", title="M", variables=(Variable(id="trust", label="Trust", start=0),))
    >>> day = date(2026, 1, 5)
    >>> said = [Mark("trust", "mostly", day, "GP"), Mark("trust", "not yet", day, "Nurse")]
    >>> trust = standing(model, said).boxes["trust"]
    >>> trust.range, trust.word, trust.apart
    ((0.3125, 0.5625), 'partly', True)
    """
    found: dict[str, dict[str, Voice]] = {}
    for (box, role), voice in _voices(mark for mark in marks if on is None or mark.day <= on).items():
        found.setdefault(box, {})[role] = voice
    here = [node.id for node in (*model.variables, *model.contexts)]
    boxes = {box: Rated(found[box]) for box in here if box in found}
    return Standing(boxes, tuple(box for box in found if box not in boxes))


def changes(
    model: Model, marks: Sequence[Mark], *, since: date, on: date | None = None
) -> tuple[Changed, ...]:
    """What was said anew after one day, up to another or the latest, box by box in the file's order."""
    then, now = (standing(model, marks, on=day) for day in (since, on))
    return tuple(changed(then, now, since))


def changed(then: Standing, now: Standing, since: date) -> Iterator[Changed]:
    """What was said anew in a standing since the one of a day, box by box in the file's order."""
    for box, rated in now.boxes.items():
        before = then.boxes[box].by_role if box in then.boxes else {}
        for role, voice in rated.by_role.items():
            if voice.day > since:
                was = before[role].said if role in before else None
                yield Changed(box, role, was, voice.said, voice.day, voice.reason)


def _voices(marks: Iterable[Mark]) -> dict[tuple[str, str], Voice]:
    """The marks of the last day of each box and role."""
    last: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        key = mark.on, mark.role
        held = last.get(key)
        if held is None or held[-1].day < mark.day:
            last[key] = [mark]
        elif held[-1].day == mark.day:
            last[key] = [*(other for other in held if not mark.who or other.who != mark.who), mark]
    return {key: Voice(tuple(held)) for key, held in last.items()}


def _mean(ranges: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The mean of some ranges; all that is possible when there are none."""
    every = list(ranges) or [RANGES[UNKNOWN]]
    low, high = (sum(ends) / len(every) for ends in zip(*every, strict=True))
    return low, high


def _word(span: tuple[float, float]) -> Said:
    return UNKNOWN if span == RANGES[UNKNOWN] else said_of(sum(span) / 2)
