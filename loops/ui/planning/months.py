"""Schedules as people edit them: rows of a table, months on and off, and things that happen for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from loops.scenario import LONGEST, Change, Schedule

_SHORTEST = 0.01
"""Months: a shorter ramp is a jump."""


@dataclass(frozen=True)
class Row:
    """From this month on so much, in percent, reached over some months (0: at once)."""

    month: float
    percent: float
    ramp: float = 0.0


class BadRow(ValueError):
    """A row that makes no schedule: its place in the table, and one sentence."""

    def __init__(self, place: int, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


@dataclass(frozen=True)
class Spell:
    """From one month to another (None: to the end and after) at most, or at least, at this level."""

    start: float
    end: float | None
    level: float


def rows(plan: Schedule | None) -> tuple[Row, ...]:
    """The table of a schedule; one that is always the same begins with the first month."""
    if plan is None:
        return ()
    changes = plan.changes or (Change(month=0, level=plan.before(0.0)),)
    return tuple(Row(one.month, round(100 * one.level, 6), one.ramp) for one in changes)


def schedule(node: str, table: Sequence[Row]) -> Schedule | None:
    """The schedule that a table describes, None for an empty one; raises :class:`BadRow`."""
    for place, row in enumerate(table):
        if 0 < row.ramp < _SHORTEST:
            raise BadRow(place, "A change takes no time at all (0), or at least 0.01 months.")
        if place and row.month <= table[place - 1].month:
            before = table[place - 1].month
            raise BadRow(
                place, f"Month {row.month:g} is not after month {before:g} above: put the months in order."
            )
        if place and row.month < (done := table[place - 1].month + table[place - 1].ramp):
            raise BadRow(place, f"The change above goes on until month {done:g}: begin then or later.")
    changes = tuple(Change(month=row.month, level=row.percent / 100, ramp=row.ramp) for row in table)
    return Schedule(id=node, changes=changes) if changes else None


def during(
    node: str, plan: Schedule | None, inside: Sequence[Change], end: float, usual: float
) -> Schedule | None:
    """`plan` with the changes `inside` from the first of them until month `end`, and as it was outside.

    What was under way when they end is gone on with from there. None where nothing differs from `usual`.
    """
    old = plan or Schedule(id=node, always=usual)
    start = inside[0].month
    before = [Change(month=0, level=old.before(usual))] if old.always is not None else []
    before += [change for change in old.changes if change.month < start]
    if before and before[-1].until > start:
        last = before[-1]
        before[-1] = Change(month=last.month, level=old.at(start, usual)[0], ramp=start - last.month)
    changes = [change for change in before if change.month < start] + list(inside)
    if end <= LONGEST:
        changes += [_resumed(old, end, usual), *(one for one in old.changes if one.month > end)]
    return _tidy(node, changes, usual)


def _resumed(plan: Schedule, month: float, usual: float) -> Change:
    """How a schedule goes on from a month: at its level there, or on the way to where a ramp was leading."""
    for change in plan.changes:
        if change.month == month:
            return change
        if change.month < month < change.until:
            return Change(month=month, level=change.level, ramp=change.until - month)
    return Change(month=month, level=plan.at(month, usual)[0])


def _tidy(node: str, changes: Sequence[Change], usual: float) -> Schedule | None:
    """A schedule without changes that change nothing."""
    kept: list[Change] = []
    for change in changes:
        if change.level != (kept[-1].level if kept else usual):
            kept.append(change)
    return Schedule(id=node, changes=tuple(kept)) if kept else None


def for_a_while(start: float, level: float) -> tuple[Change, ...]:
    """One level from a month on; with :func:`during` this is a block, a pause or something that happens."""
    return (Change(month=start, level=level),)


def every_other(start: int, end: int, level: float, usual: float) -> tuple[Change, ...]:
    """On in one month and off in the next, beginning with `start` and ending before `end`."""
    return tuple(
        Change(month=month, level=usual if (month - start) % 2 else level) for month in range(start, end)
    )


def spells(plan: Schedule | None, usual: float, months: int) -> tuple[Spell, ...]:
    """When a schedule is away from `usual`, and how far at most, in the first so many months."""
    if plan is None:
        return ()
    edges = sorted({0.0, float(months), *(month for month in plan.corners() if 0 < month < months)})
    found: list[Spell] = []
    for start, end in pairwise(edges):
        first, slope = plan.at(start, usual)
        far = max(first, first + slope * (end - start), key=lambda level: abs(level - usual))
        if np.isclose(far, usual):
            continue
        if found and found[-1].end == start:
            far = max(far, found[-1].level, key=lambda level: abs(level - usual))
            found[-1] = Spell(found[-1].start, end, far)
        else:
            found.append(Spell(start, end, far))
    return tuple(Spell(one.start, None if one.end == months else one.end, one.level) for one in found)


def mostly(plan: Schedule | None, usual: float, months: int) -> float:
    """The level that a schedule holds for longest in the first so many months, `usual` if it has none."""
    if plan is None:
        return usual
    edges = sorted({0.0, float(months), *(month for month in plan.corners() if 0 < month < months)})
    held: dict[float, float] = {}
    for start, end in pairwise(edges):
        level, slope = plan.at(start, usual)
        if not slope:
            held[level] = held.get(level, 0.0) + end - start
    return max(held, key=held.__getitem__, default=usual)
