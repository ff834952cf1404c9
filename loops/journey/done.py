"""What was done with a partner, and how its circumstances changed, as a scenario that begins on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from loops.model import Lever, Model
from loops.partners import Deed
from loops.partners.history import A_MONTH, months_between
from loops.scenario import LONGEST, Change, Scenario, Schedule

MOST_CHANGES = 1_000
"""Of one lever or circumstance."""


def done(
    model: Model, deeds: Sequence[Deed], circumstances: Iterable[tuple[str, float, float]], begun: date
) -> Scenario:
    """What was done from a day on: month 0, which comes after whatever had ended before it.

    A lever is at full effort while something was done that is it, to the end of its last day, and otherwise
    where the model has it. `circumstances` are contexts with the month from which on each has a level.
    Raises :class:`ValueError` for a lever or context that changes too often.
    """
    contexts: dict[str, list[Change]] = {}
    for name, month, level in circumstances:
        contexts.setdefault(name, []).append(Change(month=min(month, LONGEST), level=level))
    return Scenario(
        id="as_done",
        model=model.id,
        title="What was done",
        levers=_schedules(model, {lever.id: _efforts(lever, deeds, begun) for lever in model.levers}),
        contexts=_schedules(model, contexts),
    )


def _schedules(model: Model, changes: Mapping[str, Sequence[Change]]) -> tuple[Schedule, ...]:
    for name, every in changes.items():
        if len(every) > MOST_CHANGES:
            raise ValueError(
                f"“{model.nodes[name].label}” changes {len(every):,} times in this history, and "
                f"{MOST_CHANGES:,} times is the most: join what followed at once"
            )
    return tuple(Schedule(id=name, changes=tuple(every)) for name, every in changes.items() if every)


def _efforts(lever: Lever, deeds: Sequence[Deed], begun: date) -> list[Change]:
    """Full effort in each spell, and as usual in between."""
    spells: list[tuple[float, float]] = []
    for deed in sorted((deed for deed in deeds if deed.lever == lever.id), key=lambda deed: deed.day):
        start = max(0.0, months_between(begun, deed.day))
        stop = np.inf if deed.until is None else months_between(begun, deed.until) + 1 / A_MONTH
        if spells and start <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(stop, spells[-1][1]))
        elif stop > start:
            spells.append((start, stop))
    return [
        Change(month=month, level=level)
        for start, stop in spells
        for month, level in ((start, 1.0), (stop, lever.level))
        if month <= LONGEST
    ]
