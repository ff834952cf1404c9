"""Values along a programme's length, a lever or a circumstance, in words."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

from loops.compare import last_stop, never_stops
from loops.draw.scale import STEP, years
from loops.draw.tipmap import Axis
from loops.equilibrium.along import Along, ProgrammeLength
from loops.model import Model
from loops.scenario import Scenario
from loops.ui.text import unique

SHAPE = (1.0, 1.7)
"""Words on the left, on a phone above; the picture beside them."""
LENGTH = "months"
_HOW_LONG = "How long the work goes on"
_YEAR = 12
_LONG = 5 * _YEAR
"""Months: shorter times are said in months, which a plan is made in; longer ones in half years."""


def ways(model: Model, scenario: Scenario, *, ended: bool = False) -> dict[str, str]:
    """What could be otherwise about this plan: its length, how much of each lever, each circumstance.

    Keys are as :func:`loops.equilibrium.along.parse` reads them; labels can be told apart. A plan in which no
    lever is ever on leaves nothing behind; of one that never stops only the length can be asked,
    unless it is `ended` by the other side of a map.
    """
    if last_stop(model, scenario) == 0:
        return {}
    found = {LENGTH: _HOW_LONG}
    if ended or not never_stops(model, scenario):
        found |= {f"lever:{one.id}": f"Lever: {one.label}" for one in model.levers}
        found |= {f"context:{one.id}": f"Circumstance: {one.label}" for one in model.contexts}
    return unique(found)


def axis(model: Model, along: Along) -> Axis:
    """A line of values as charts and sentences have it: its name, its marks, and words for a value."""
    if isinstance(along, ProgrammeLength):
        steps = range(0, round(along.high) + 1, _YEAR * max(round(along.high / _YEAR / 6), 1))
        return Axis(_HOW_LONG, tuple((step, str(step // _YEAR)) for step in steps), span, unit="years")
    return Axis(model.nodes[along.id].label, tuple((k / 4, percent(k / 4)) for k in range(5)), percent)


def amount(along: Along) -> Callable[[float], str]:
    """How a value is said in a table, where all of them are alike."""
    return _months if isinstance(along, ProgrammeLength) else percent


def turning(along: Along, value: float, *, lasts: bool) -> str:
    """A tipping point above which it `lasts` or does not, rounded to where that is so.

    A length that is needed is never rounded down.

    >>> turning(ProgrammeLength(), 26.1, lasts=True), turning(ProgrammeLength(), 61.0, lasts=False)
    ('27 months (a little over 2 years)', '5 years')
    """
    at = outward(along, value, up=lasts)
    return span(at) if isinstance(along, ProgrammeLength) else percent(at)


def between(along: Along, low: float, high: float) -> str:
    """A range in words, its ends rounded outward, with what both share said once.

    >>> between(ProgrammeLength(), 19.4, 31.2), between(ProgrammeLength(), 55.0, 70.0)
    ('19 to 32 months', '55 months to 6 years')
    """
    ends = outward(along, low, up=False), outward(along, high, up=True)
    first, last = (_brief(end) if isinstance(along, ProgrammeLength) else percent(end) for end in ends)
    unit = last.partition(" ")[2]
    return f"{first.removesuffix(unit).rstrip()} to {last}" if unit else f"{first} to {last}"


def span(months: float) -> str:
    """A length of time in months, with what that is in years; under one year or over five in one of the two.

    >>> span(8), span(27), span(48), span(78)
    ('8 months', '27 months (a little over 2 years)', '48 months (4 years)', '6½ years')
    """
    whole = round(months)
    if whole < _YEAR or whole >= _LONG:
        return _brief(months)
    halves, over = divmod(whole + 2, 6)
    near = "" if over == 2 else "a little over " if over > 2 else "a little under "
    return f"{_months(whole)} ({near}{years(6 * halves)})"


def percent(level: float) -> str:
    """A lever's or a circumstance's level.

    >>> percent(0.25)
    '25%'
    """
    return f"{round(100 * level)}%"


def outward(along: Along, value: float, *, up: bool) -> float:
    """A value rounded, `up` or down, to a step in which it is said."""
    months = isinstance(along, ProgrammeLength)
    step = STEP if not months else 6 if value >= _LONG else 1
    return step * (ceil(round(value / step, 6)) if up else floor(round(value / step, 6)))


def _brief(months: float) -> str:
    return years(months) if months >= _LONG else _months(months)


def _months(months: float) -> str:
    return "1 month" if round(months) == 1 else f"{months:.0f} months"
