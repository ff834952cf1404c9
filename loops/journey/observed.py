"""What was said after a partner's first day, as ranges that runs of the model can be held against.

A rating is a range of levels, never a figure. What one role said on several days is also a pattern ("went
up", "flat", "down"), which asks less of the people: somebody who always says a little too much does so on
every day, and how far it went is not touched by that. So history matching, which needs no two observations to
be independent, uses both (:mod:`loops.journey.matching`); a least-squares fit would count the same words
twice, and uses the ratings alone (:mod:`loops.journey.best`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

import numpy as np

from loops.journey.done import done
from loops.journey.standing import Rated, Standing, standing
from loops.model import Model
from loops.partners import UNKNOWN, History, Mark
from loops.partners.history import months_between
from loops.scenario import LONGEST, Scenario

RATING = 0.05
"""How far beyond a word's range a level may be that somebody calls so: one standard deviation, a guess."""
DISCREPANCY = 0.05
"""How far from what is so the model may be with the best of numbers (model discrepancy), a guess as well."""
SD = float(np.hypot(RATING, DISCREPANCY))
SD_BETWEEN = float(np.sqrt(2) * SD)
"""The same of how far it went between two days: both may err, each its own way."""
FEWEST, FEWEST_DAYS = 5, 2
"""Ratings after the first day, and days on which they were made, below which nothing is said: with one such
day nobody can tell a change of the partner from a slip of a word."""
MOST = 20_000
"""Observations; of more the latest are used."""
WAYS = {1: "went up", 0: "flat", -1: "went down"}

Range = tuple[float, float]


@dataclass(frozen=True)
class Observation:
    """A box's level on a day; or how far it went between two days, in the words of one role."""

    box: str
    day: date
    month: float
    """Since the first day, as `since_month`."""
    low: float
    high: float
    """Levels, or differences of two levels."""
    words: str
    """What was said ("partly"), or which way it went ("went up")."""
    role: str = ""
    """Who said it; empty for a rating, which all roles of a day make together."""
    since: date | None = None
    """The day from which on it went so; None for a rating."""
    since_month: float = 0.0
    sd: float = SD


@dataclass(frozen=True)
class Observed:
    """All that runs of a model can be held against, and what they begin with."""

    model: Model
    begun: date
    """The first day on which anybody said anything: month 0."""
    first: Standing
    """What was said on that day."""
    observations: tuple[Observation, ...]
    done: Scenario
    """What was done, and what was said later of circumstances, by months since the first day."""
    left_out: str = ""
    """What could not be used, in a sentence."""

    @property
    def months(self) -> float:
        """Months from the first day to the last observation."""
        return max(each.month for each in self.observations)


@dataclass(frozen=True)
class TooFew:
    """There are too few observations to say anything; how many there are, and a sentence."""

    ratings: int
    days: int
    says: str


def observe(model: Model, history: History) -> Observed | TooFew:
    """The observations in a partner's history, ratings first, each in the order of days.

    A rating of a day is what all roles say of a box on that day; "don't know" is none. Raises
    :class:`ValueError` for another model's history, for one longer than 200 years, and what
    :func:`loops.journey.done.done` raises.
    """
    if history.model != model.id:
        raise ValueError(f"this history is in the words of '{history.model}', and the model is '{model.id}'")
    sittings = _sittings(model, history.marks)
    begun = min(sittings, default=date.max)
    ratings, circumstances = _ratings(model, sittings, begun)
    days = len({each.day for each in ratings})
    if len(ratings) < FEWEST or days < FEWEST_DAYS:
        return TooFew(len(ratings), days, _too_few(len(ratings), days))
    if ratings[-1].month > LONGEST:
        raise ValueError(
            f"this history is said to begin on {begun} and to end on {ratings[-1].day}: "
            "it may last 200 years at most, so mend the year"
        )
    found = [*ratings, *_patterns(model, sittings, begun)]
    latest = sorted(found, key=lambda each: each.day)[-MOST:] if len(found) > MOST else found
    changed = [(each.box, each.month, (each.low + each.high) / 2) for each in circumstances]
    gone = sum(len(each.gone) for each in sittings.values())
    return Observed(
        model,
        begun,
        sittings[begun],
        tuple(latest),
        done(model, history.deeds, changed, begun),
        _left_out(gone, len(found) - len(latest)),
    )


def _sittings(model: Model, marks: Sequence[Mark]) -> dict[date, Standing]:
    """What was said on each day, without what was said before."""
    in_order = sorted(marks, key=lambda mark: mark.day)
    return {day: standing(model, list(said)) for day, said in groupby(in_order, key=lambda mark: mark.day)}


def _ratings(
    model: Model, sittings: Mapping[date, Standing], begun: date
) -> tuple[list[Observation], list[Observation]]:
    """The ratings of variables after the first day, and those of circumstances."""
    found = [
        Observation(box, day, months_between(begun, day), rated.low, rated.high, rated.word)
        for day, said in sittings.items()
        for box, rated in said.boxes.items()
        if day > begun and rated.word != UNKNOWN
    ]
    contexts = {node.id for node in model.contexts}
    return (
        [each for each in found if each.box not in contexts],
        [each for each in found if each.box in contexts],
    )


def _patterns(model: Model, sittings: Mapping[date, Standing], begun: date) -> Iterator[Observation]:
    """Every stretch in which what one role says of a variable does not turn: up, down, or flat."""
    for variable in model.variables:
        told: dict[str, list[tuple[date, Rated]]] = {}
        for day, said in sittings.items():
            if variable.id in said.boxes:
                for role, voice in said.boxes[variable.id].by_role.items():
                    if voice.said != UNKNOWN:
                        told.setdefault(role, []).append((day, Rated({role: voice})))
        for role, course in sorted(told.items()):
            for first, last, way in _stretches([rated.low + rated.high for _, rated in course]):
                (since, before), (day, after) = course[first], course[last]
                low, high = after.low - before.high, after.high - before.low
                yield Observation(
                    variable.id,
                    day,
                    months_between(begun, day),
                    max(low, 0.0) if way > 0 else low,
                    min(high, 0.0) if way < 0 else high,
                    WAYS[way],
                    role,
                    since,
                    months_between(begun, since),
                    SD_BETWEEN,
                )


def _stretches(course: Sequence[float]) -> Iterator[tuple[int, int, int]]:
    """First place, last place and way of each stretch of a course that does not turn; none of one place.

    >>> list(_stretches([0, 1, 1, 2, 1])), list(_stretches([1, 1]))
    ([(0, 3, 1), (3, 4, -1)], [(0, 1, 0)])
    """
    begin, way = 0, 0
    for place, (before, after) in enumerate(pairwise(course)):
        step = int(np.sign(after - before))
        if step * way < 0:
            yield begin, place, way
            begin, way = place, 0
        way = step or way
    if len(course) > begin + 1:
        yield begin, len(course) - 1, way


def _too_few(ratings: int, days: int) -> str:
    so_far = f"{'is' if ratings == 1 else 'are'} {ratings}, on {days} day{'s' * (days != 1)}"
    if not ratings:
        so_far = "are none"
    return (
        f"Too few observations to say. It takes at least {FEWEST} ratings after the first day, on at least "
        f"{FEWEST_DAYS} days; so far there {so_far}."
    )


def _left_out(gone: int, older: int) -> str:
    told = []
    if gone:
        told.append(f"ratings of boxes that the model does not have ({gone:,})")
    if older:
        told.append(f"the {older:,} oldest observations, as {MOST:,} are the most")
    return f"Left out: {' and '.join(told)}." if told else ""
