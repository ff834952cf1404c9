"""What fills the boxes over time: levels as they ran, levers as they were set, and what is different."""

from __future__ import annotations

import numpy as np
import pytest

from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.reading import filling


@pytest.fixture
def shelf(common_purpose: Model, scenarios: dict[str, Scenario]) -> Shelf:
    quiet = Scenario(id=NOTHING_NEW, model=common_purpose.id, title="If nothing new is done")
    plan = Scenario.model_validate(
        {
            "id": "plan",
            "model": common_purpose.id,
            "title": "Plan",
            "lever": {"training": [{"month": 6, "level": 0.5}, {"month": 12, "level": 0}]},
        }
    )
    return Shelf("common_purpose", common_purpose, {NOTHING_NEW: quiet, "plan": plan, **scenarios})


def test_every_box_has_a_level_at_every_month_and_levers_stand_where_they_were_set(shelf: Shelf) -> None:
    made = filling.frames(shelf, "plan")
    assert made.nodes == tuple(shelf.model.nodes)
    assert made.levels.shape == (shelf.model.horizon + 1, len(made.nodes))
    assert len(made.times) == shelf.model.horizon + 1
    training = made.levels[:, made.nodes.index("training")]
    assert training[[0, 5, 6, 11, 12, 240]].tolist() == [0, 0, 0.5, 0.5, 0, 0]
    around = made.levels[:, made.nodes.index("staff_turnover")]
    assert set(around) == {shelf.model.nodes["staff_turnover"].level}


def test_a_box_is_filled_by_its_own_level_whatever_the_order_of_the_file(shelf: Shelf) -> None:
    plan = shelf.scenarios["everything_for_four_years"]
    (run,) = simulate(shelf.model, [plan])
    made = filling.frames(shelf, plan.id)
    assert [node.id for node in shelf.model.variables] != sorted(run.variables)
    for node in shelf.model.variables:
        # the same plan beside another one: one mesh for both, so equal up to the solver's tolerance
        assert np.abs(made.levels[:, made.nodes.index(node.id)] - run[node.id]).max() < 1e-4


def test_nothing_new_differs_from_itself_nowhere_and_a_plan_where_it_acts(shelf: Shelf) -> None:
    assert not filling.frames(shelf, NOTHING_NEW, change=True).levels.any()
    made, quiet = filling.frames(shelf, "plan", change=True), filling.frames(shelf, NOTHING_NEW)
    assert made.change
    assert np.allclose(made.levels + quiet.levels, filling.frames(shelf, "plan").levels)
    assert made.levels[6, made.nodes.index("training")] == 0.5
    assert made.levels[12, made.nodes.index("capability")] > 0
