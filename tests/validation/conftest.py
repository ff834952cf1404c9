"""A plan of reference modes that is solved by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from oracles import small

from loops.criteria import Criterion, ReferenceMode, Run
from loops.parts import replace
from loops.reference import Plan
from loops.scenario import Scenario

NOTHING = Scenario(id="nothing_new", model="small", title="Nothing new")


def _one_box(at_least: float) -> Plan:
    """A box that rests at gain / (gain + fade) = 0.5, and a mode that asks for a level in the end."""
    model = small([], {"a": {"start": 0.5, "gain": 0.05, "fade": 0.05}})
    criterion = Criterion(
        measure="level", run=Run(scenario="nothing_new"), variables=["a"], at_least=at_least
    )
    mode = ReferenceMode(id="high", statement="High.", criteria=[criterion])
    return Plan(replace(model, reference_modes=[mode], horizon=60), {"nothing_new": NOTHING})


@pytest.fixture
def one_box() -> Callable[[float], Plan]:
    return _one_box
