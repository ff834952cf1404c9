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

    The strongest at the start leads first, the earlier one of equals. Another takes over once it has been
    stronger by `margin` (a share of the leader's strength) at every saved month of `hold` months; it leads
    from the first of them. Of several the one that has been stronger for longest takes over, of those the
    strongest. A leader whose gain falls to nothing is followed at once: by nobody if no loop is at work.

    >>> month = np.arange(13.0)
    >>> leads(month, np.column_stack([np.full(13, 0.5), month / 10]))
    (Lead(place=0, since=0.0, until=6.0), Lead(place=1, since=6.0, until=12.0))
    """
    strength = np.where(np.abs(gains) > NOTHING, np.abs(gains), 0.0)
    idle: NDArray[np.bool_] = np.all(strength == 0, axis=1)
    taken: list[tuple[int, int | None]] = []
    at = 0
    leader = None
    while at < months.size:
        if leader is None and not idle[at]:
            leader = int(strength[at].argmax())
        taken.append((at, leader))
        rest = np.flatnonzero(idle[at:] != (leader is None))
        end = at + int(rest[0]) if rest.size else months.size
        after = None
        if leader is not None:
            after = _overtaken(months[at:end], strength[at:end], leader, margin=margin, hold=hold)
        at, leader = (end, None) if after is None else (at + after[0], after[1])
    until = [*(months[at] for at, _ in taken[1:]), months[-1]] if taken else []
    return tuple(
        Lead(who, float(months[at]), float(end)) for (at, who), end in zip(taken, until, strict=True)
    )


def _overtaken(
    months: Floats, strength: Floats, leader: int, *, margin: float, hold: float
) -> tuple[int, int] | None:
    """From which row on, and by which column, the leader is overtaken for good; None if it never is."""
    ahead = strength > (1 + margin) * strength[:, [leader]]
    rows = np.arange(months.size)[:, None]
    first = 1 + np.maximum.accumulate(np.where(ahead, -1, rows), axis=0)  # of the run of months ahead
    held = ahead & (months[:, None] - months[np.minimum(first, rows)] >= hold)
    when = np.flatnonzero(held.any(axis=1))
    if not when.size:
        return None
    place = int(np.where(held[when[0]], strength[when[0]], 0.0).argmax())
    return int(first[when[0], place]), place
