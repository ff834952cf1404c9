"""What follows now, in the versions that can have led to what was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from loops.ensemble.simulate import Progress
from loops.journey.ahead import Course, moments
from loops.journey.matched import Matched
from loops.journey.replay import Replay
from loops.parts import replace
from loops.scenario import LONGEST, Change, Scenario, Schedule, fits


class Follows(NamedTuple):
    """The course from the last rating's day on, in the versions that are left and in all that were tried."""

    left: Course
    tried: Course


def follow(
    matched: Matched,
    plan: Scenario,
    *,
    months: int,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Follows:
    """Run every version through what was done and on under a plan, from the last rating's day on.

    What is under way then and the plan does not name goes on. `progress` may raise to stop. Raises
    :class:`ValueError` as :func:`loops.journey.ahead.course` does and for a plan that changes arrows, and
    :class:`loops.simulate.DidNotFinish`.
    """
    observed, begun, at = matched.observed, matched.begun, moments(months)
    if plan.links:
        raise ValueError("a plan that changes arrows would change what has happened too: leave these out")
    whole = _after(observed.done, fits(begun.model, plan), observed.months)
    replay = Replay.of(begun.whole, whole, observed.months + months, begun.versions)
    every = np.arange(matched.tried)
    levels = replay.look(lambda seen: seen, observed.months + at, every, threads=threads, progress=progress)
    return Follows(
        Course.over(plan, begun, at, levels[..., matched.kept]), Course.over(plan, begun, at, levels)
    )


def _after(done: Scenario, plan: Scenario, month: float) -> Scenario:
    """What was done up to a month, and from then on the plan, whose month 0 it is."""
    return replace(
        done,
        levers=tuple(_joined(done.levers, plan.levers, month)),
        contexts=tuple(_joined(done.contexts, plan.contexts, month)),
    )


def _joined(done: Sequence[Schedule], plan: Sequence[Schedule], month: float) -> Iterator[Schedule]:
    before, after = ({each.id: each for each in schedules} for schedules in (done, plan))
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            yield before[name]
            continue
        kept = [each for each in (before[name].changes if name in before else ()) if each.month < month]
        level = after[name].always
        new = after[name].changes if level is None else [Change(month=0, level=level)]
        later = [replace(each, month=month + each.month) for each in new if month + each.month <= LONGEST]
        if kept or later:
            yield Schedule(id=name, changes=(*kept, *later))
