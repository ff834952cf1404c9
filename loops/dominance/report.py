"""The shares of loops for other programs: as JSON in the way Stella exports them, and as rows of a table.

The JSON has the loops that are worth telling, and says how many it leaves out; a table has those it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from loops.dominance.gain import loop_gains
from loops.dominance.shares import Shares
from loops.feedback import Feedback
from loops.kernel import Floats
from loops.model import Model

LEAST = 0.01
"""Share of the change that a loop without a name must explain in some month to be told."""
PERCENT = "Percent of Model Behavior Explained by Loop"

Row = tuple[float, str, str, str, float | None, float]


@dataclass(frozen=True)
class Line:
    """One loop of the diagram (`place` among the found ones), or one built into a variable (None)."""

    id: str
    name: str
    letter: str
    links: tuple[tuple[str, str, str], ...]
    part: int
    place: int | None
    share: Floats  # (T,) signed

    @property
    def polarity(self) -> str:
        """``+`` for a reinforcing loop, ``-`` for a balancing one, ``?`` for one that may be either."""
        return {"R": "+", "B": "-"}.get(self.letter, "?")


def as_json(model: Model, shares: Shares) -> dict[str, Any]:
    """Return the shares in the form of Stella's export, which github.com/UB-IAD/sd-ai reads.

    Boxes go by their ids, times are months, values are percentages without a sign. A loop's `loopset` is its
    strongly connected part, counted from 1; periods are those of the first part. In a period the same
    smallest set of loops of one polarity explains more than half of the change; no loop does while it is at
    rest. Stella's own periods follow this rule too, though it passes over some short changes of the set.
    """
    every = lines(shares)
    kept = told(shares)
    months = shares.moments.months
    return {
        "feedback": {
            "feedbackLoops": [_loop(line, months) for line in kept],
            "dominantLoopsByPeriod": [
                {
                    "dominantLoops": [every[k].id for k in members],
                    "startTime": float(months[first]),
                    "endTime": float(months[last]),
                }
                for members, first, last in _periods(every, shares)
            ],
            "valid": True,
            "complete": shares.complete,
            "loopsLeftOut": len(every) - len(kept),
        },
        "model": _outline(model, months),
    }


def rows(shares: Shares, chosen: Sequence[Line]) -> Iterator[Row]:
    """Yield month, loop id, name, letter, loop gain (None for what is built in) and signed share of each."""
    every = loop_gains(shares.moments, shares.found.loops)
    for line in chosen:
        gains = [None] * len(line.share) if line.place is None else every[:, line.place].tolist()
        for month, gain, share in zip(shares.moments.months, gains, line.share, strict=True):
            yield float(month), line.id, line.name, line.letter, gain, float(share)


def lines(shares: Shares) -> list[Line]:
    """Every loop that was found and every built-in one, with its share over time."""
    part = {name: number for number, members in enumerate(shares.parts) for name in members}
    labels = {node: shares.moments.equations.model.nodes[node].label for node in part}
    row = shares.moments.equations.row
    return [
        *(
            Line(loop.id, loop.name, loop.letter, _ends(loop), part[loop.nodes[0]], k, shares.scores[:, k])
            for k, loop in enumerate(shares.found.loops)
        ),
        *(
            Line(f"{node}:{kind}", f"{labels[node]}: {words}", "B", ((node, node, "-"),), number, None, share)
            for node, number in part.items()
            for kind, words, share in (
                ("saturation", "fills up", shares.saturation[:, row[node]]),
                ("fading", "fades", shares.fading[:, row[node]]),
            )
        ),
    ]


def told(shares: Shares) -> list[Line]:
    """Return the named loops, and all that explain `LEAST` in some month or help to explain most of it."""
    every = lines(shares)
    leading = {k for members, _, _ in _periods(every, shares) for k in members}
    return [
        line
        for k, line in enumerate(every)
        if k in leading
        or (line.place is not None and shares.found.loops[line.place].named)
        or np.abs(line.share).max() >= LEAST
    ]


def dominant(share: Floats) -> tuple[int, ...]:
    """Return the places of the fewest loops of one sign, strongest first, that explain more than half.

    Empty when neither the reinforcing nor the balancing loops do, as at rest.

    >>> dominant(np.array([0.1, -0.1, 0.35, 0.25, -0.2]))
    (2, 3)
    """
    for sign in (1.0, -1.0):
        size = np.maximum(sign * share, 0.0)
        order = np.argsort(-size, kind="stable")
        enough = np.flatnonzero(np.cumsum(size[order]) > 0.5)
        if enough.size:
            return tuple(map(int, order[: enough[0] + 1]))
    return ()


def _periods(every: Sequence[Line], shares: Shares) -> list[tuple[tuple[int, ...], int, int]]:
    """The places of the dominant loops of the first part, from which month until which."""
    mine = [k for k, line in enumerate(every) if line.part == 0]
    table = np.array([every[k].share for k in mine]).reshape(len(mine), len(shares.moments.months)).T
    sets = [tuple(mine[k] for k in dominant(share)) for share in table]
    changes = [0, *(k for k, (a, b) in enumerate(pairwise(sets), 1) if set(a) != set(b))] if sets else []
    last = len(shares.moments.months) - 1
    return [(sets[first], first, until) for first, until in pairwise([*changes, last]) if first < until]


def _ends(loop: Feedback) -> tuple[tuple[str, str, str], ...]:
    return tuple((link.source, link.target, link.polarity) for link in loop.links)


def _loop(line: Line, months: Floats) -> dict[str, Any]:
    return {
        "identifier": line.id,
        "name": line.name,
        "polarity": line.polarity,
        "loopset": line.part + 1,
        "links": [{"from": a, "to": b, "polarity": sign} for a, b, sign in line.links],
        PERCENT: [
            {"time": month, "value": 100 * abs(share)}
            for month, share in zip(months.tolist(), line.share.tolist(), strict=True)
        ],
    }


def _outline(model: Model, months: Floats) -> dict[str, Any]:
    """What the export says about the model itself: its boxes and arrows, and the months saved."""
    return {
        "errors": [],
        "relationships": [
            {"from": link.source, "to": link.target, "polarity": link.polarity} for link in model.links
        ],
        "specs": {
            "startTime": float(months[0]),
            "stopTime": float(months[-1]),
            "dt": 1.0,
            "timeUnits": "Months",
        },
        "variables": [
            {
                "name": node.id,
                "type": "stock" if node in model.variables else "variable",
                "documentation": node.label,
            }
            for node in (*model.variables, *model.levers, *model.contexts)
        ],
    }
