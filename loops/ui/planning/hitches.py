"""What a plan does before it can be done: before its first month, or before something that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from loops.matrix import begun
from loops.model import Model
from loops.scenario import Scenario
from loops.ui.text import listed

_MOST = 3
"""Sentences that are said; of more it is said how many."""


def told(model: Model, plan: Scenario) -> str:
    """What is too soon in a plan, in sentences; empty where nothing is. It runs all the same."""
    says = list(_hitches(model, plan))
    more = f" So it is with {len(says) - _MOST} more." if len(says) > _MOST else ""
    return " ".join(says[:_MOST]) + more


def _hitches(model: Model, plan: Scenario) -> Iterator[str]:
    begins = begun(model, plan)
    for lever in model.levers:
        month = begins[lever.id]
        if month is None:
            continue
        if month < lever.earliest:
            yield f"“{lever.label}” begins in month {month}, and cannot before month {lever.earliest}."
        late = [name for name in lever.needs if (first := begins[name]) is None or first > month]
        if late:
            names = listed([f"“{model.nodes[name].label}”" for name in dict.fromkeys(late)])
            yield f"“{lever.label}” needs {names} to have begun, in month {month} at the latest."
