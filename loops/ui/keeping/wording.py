"""Values along a programme's length, a lever or a circumstance, in words."""

from __future__ import annotations

from collections.abc import Callable

from loops.compare import last_stop, never_stops
from loops.draw.scale import years
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
        return Axis(f"{_HOW_LONG} (years)", tuple((step, str(step // _YEAR)) for step in steps), _length)
    return Axis(model.nodes[along.id].label, tuple((k / 4, _percent(k / 4)) for k in range(5)), _percent)


def amount(along: Along) -> Callable[[float], str]:
    """How a value is said."""
    return _length if isinstance(along, ProgrammeLength) else _percent


def between(low: str, high: str) -> str:
    """A range in words, with what both ends share said once.

    >>> between("1½ years", "3 years"), between("2 years", "2 years"), between("8 months", "1 year")
    ('somewhere between 1½ and 3 years', 'about 2 years', 'somewhere between 8 months and 1 year')
    """
    if low == high:
        return f"about {low}"
    amounts, units = zip(*(said.rpartition(" ")[::2] for said in (low, high)), strict=True)
    return f"somewhere between {amounts[0] if units[0] == units[1] and amounts[0] else low} and {high}"


def share(part: float) -> str:
    """A share of the versions tried, as people say it: no more exact than some dozens of versions allow.

    >>> share(0.91), share(1.0), share(0.02), share(0.0)
    ('in about 9 of 10 versions', 'in every version', 'in hardly any version', 'in no version')
    """
    if part in (0.0, 1.0):
        return "in every version" if part else "in no version"
    tenths = round(10 * part)
    return {0: "in hardly any version", 10: "in nearly every version"}.get(
        tenths, f"in about {tenths} of 10 versions"
    )


def _length(months: float) -> str:
    return years(months) if months >= 0.5 else "no time"


def _percent(level: float) -> str:
    return f"{round(100 * level)}%"
