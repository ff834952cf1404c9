"""Hours a month against the hours that there are: in which months a plan goes over, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loops.model import Model
from loops.scenario import Scenario, hours

Hours = NDArray[np.float64]  # (months,)
_LEAST = 0.05
"""Hours: a month that is over by less is not said to be."""


@dataclass(frozen=True)
class Over:
    """A stretch from one month up to another that asks for more than there is; by how much at most."""

    start: int
    end: int
    most: float


@dataclass(frozen=True)
class Side:
    """What one plan asks of one side, "us" or "the partner", month by month, and what there is."""

    who: str
    asked: Hours
    there: float | None

    @property
    def over(self) -> tuple[Over, ...]:
        """Where it asks for more than there is."""
        if self.there is None:
            return ()
        beyond = self.asked - self.there
        months = np.flatnonzero(beyond > _LEAST)
        stretches = np.split(months, np.flatnonzero(np.diff(months) > 1) + 1) if months.size else []
        return tuple(Over(int(one[0]), int(one[-1]) + 1, float(beyond[one].max())) for one in stretches)


def sides(model: Model, scenario: Scenario, us: float | None, partner: float | None) -> tuple[Side, Side]:
    """What a plan asks of us and of the partner over the model's horizon."""
    ours, theirs = hours(model, scenario, model.horizon)
    return Side("us", ours, us), Side("the partner", theirs, partner)


def told(side: Side) -> str:
    """One side in words, without its full stop."""
    if not side.asked.any():
        return f"no hours of {side.who}"
    asks = f"up to {side.asked.max():,.0f} hours a month of {side.who}"
    if side.there is None:
        return asks
    if not side.over:
        return f"{asks}, within the {side.there:,.0f} that there are"
    months = sum(one.end - one.start for one in side.over)
    count = "1 month" if months == 1 else f"{months} months"
    most = max(one.most for one in side.over)
    return f"{asks}, over the {side.there:,.0f} that there are in {count}, by up to {most:,.0f} hours"


def sentence(title: str, both: tuple[Side, Side]) -> str:
    """What a plan asks of both sides."""
    return f"{title} asks for {'; and for '.join(told(side) for side in both)}."


def stretches(side: Side) -> str:
    """The months that are over, for a cell of a table."""
    if side.there is None:
        return "not said"
    found = [f"{_months(one)}: by {one.most:,.0f}" for one in side.over[:4]]
    more = [f"and {len(side.over) - 4} times more"] if len(side.over) > 4 else []
    return "; ".join(found + more) or "never"


def _months(one: Over) -> str:
    return f"from {f'month {one.start}' if one.start else 'the start'} to month {one.end}"


def bars(title: str, side: Side, most: float) -> str:
    """The hours of a side as bars, with a line at what there is; above it they are striped. Escaped HTML."""
    edges = [0, *(np.flatnonzero(np.diff(side.asked)) + 1).tolist(), side.asked.size]
    pieces = "".join(_piece(side, start, end, most) for start, end in pairwise(edges))
    line = "" if side.there is None else f'<b style="bottom:{100 * min(side.there / most, 1):.1f}%"></b>'
    name, words = escape(title), escape(told(side))
    return (
        f'<div class="strip hours"><p><strong>{name}</strong> <span>{words}</span></p>'
        f'<div class="bars" role="img" aria-label="{name} asks for {words}">{pieces}{line}</div></div>'
    )


def _piece(side: Side, start: int, end: int, most: float) -> str:
    """One stretch of months that ask for the same."""
    months, asked = side.asked.size, float(side.asked[start])
    within = asked if side.there is None else min(asked, side.there)
    place = f"left:{100 * start / months:.3f}%;width:{100 * (end - start) / months:.3f}%"
    below, top = 100 * within / most, 100 - 100 * asked / most
    piece = f'<i style="{place};top:{100 - below:.1f}%"></i>' if within else ""
    if asked - within > _LEAST:
        piece += f'<i class="over" style="{place};top:{top:.1f}%;bottom:{below:.1f}%"></i>'
    return piece
