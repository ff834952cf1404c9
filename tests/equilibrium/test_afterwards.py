"""What holds when the dated changes are over."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from oracles import level_of, plan, runs, small

from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.scenario import LONGEST


@given(runs())
def test_levers_are_off_and_everything_else_is_as_it_ends(run):
    """Oracle: the schedules read at the last month that one may name, ramps included."""
    model, scenario = run
    quiet = afterwards(model, scenario)
    ends = 2 * LONGEST
    assert level_of(model, quiet, "lever", 0) == level_of(model, quiet, "lever", ends) == 0
    assert level_of(model, quiet, "context", 0) == level_of(model, scenario, "context", ends)
    assert quiet.links == scenario.links
    assert Equations.of(model).drives([quiet], 100).stops.tolist() == [0, 100]
    assert afterwards(model, quiet) == quiet


def test_a_lever_that_the_model_itself_has_on_is_off_too():
    model = small([{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("u",))
    equations = Equations.of(model)
    drives = equations.drives([afterwards(model, plan(model, u=1.0)), afterwards(model, plan(model))], 10)
    assert np.all(drives.level == 0)
    assert np.all(drives.before == 0)
