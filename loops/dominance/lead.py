"""Which loop leads, and when the lead changes, told so that the story does not flicker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.kernel import Floats

NOTHING = 1e-6
"""A loop gain no larger than this is none: a millionth of a nudge comes back."""


@dataclass(frozen=True)
class Lead:
    """One loop (its place among the loops) leads from one month until another; None while none is at work."""

    place: int | None
    since: float
    until: float


def leads(months: Floats, gains: Floats, *, margin: float = 0.05, hold: float = 3.0) -> tuple[Lead, ...]:
    """Return who leads when, by |loop gain|: `months` (T,), `gains` (T, F). Together they cover all months.

    The first to lead is, of those at work in the first month, the one that is strongest on average over the
    saved months up to `hold` later; the earlier one of equals. Another takes over once it has been stronger
    by `margin` (a share of the leader's strength) at every saved month of `hold` months; it leads from the
    first of them. Of several the one that has been stronger for longest takes over, of those the strongest.
    A leader whose gain falls to nothing is followed at once, by whoever would be the first from there on:
    by nobody while no loop is at work.

    >>> month = np.arange(13.0)
    >>> leads(month, np.column_stack([np.full(13, 0.5), month / 10]))
    (Lead(place=0, since=0.0, until=6.0), Lead(place=1, since=6.0, until=12.0))
    """
    strength = np.where(np.abs(gains) > NOTHING, np.abs(gains), 0.0)
    taken: list[tuple[int, int | None]] = []
    at, leader = 0, None
    while at < months.size:
        when, here = months[at:], strength[at:]
        if leader is None:
            leader = _first(when, here, hold=hold)
        taken.append((at, leader))
        who = here if leader is None else here[:, [leader]]
        at_work: NDArray[np.bool_] = np.any(who > 0, axis=1)
        turns = np.flatnonzero(at_work != at_work[0])
        end = int(turns[0]) if turns.size else when.size
        after = None if leader is None else _overtaken(when, here, leader, margin=margin, hold=hold)
        ahead, leader = after if after and after[0] < end else (end, None)
        at += ahead
    until = [*(months[at] for at, _ in taken[1:]), months[-1]] if taken else []
    return tuple(
        Lead(who, float(months[at]), float(end)) for (at, who), end in zip(taken, until, strict=True)
    )


def _first(months: Floats, strength: Floats, *, hold: float) -> int | None:
    """The column at work in the first row that is strongest over `hold` months; None if none is at work."""
    soon = strength[months <= months[0] + hold].mean(axis=0)
    at_work = np.where(strength[0] > 0, soon, 0.0)
    return int(at_work.argmax()) if at_work.any() else None


def _overtaken(
    months: Floats, strength: Floats, leader: int, *, margin: float, hold: float
) -> tuple[int, int] | None:
    """From which row on, and by which column, the leader is overtaken; None if it never is."""
    ahead = strength > (1 + margin) * strength[:, [leader]]
    rows = np.arange(months.size)[:, None]
    first = 1 + np.maximum.accumulate(np.where(ahead, -1, rows), axis=0)  # of the run of months ahead
    held = ahead & (months[:, None] - months[np.minimum(first, rows)] >= hold)
    when = np.flatnonzero(held.any(axis=1))
    if not when.size:
        return None
    place = int(np.where(held[when[0]], strength[when[0]], 0.0).argmax())
    return int(first[when[0], place]), place
