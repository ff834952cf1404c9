"""The map of where it lasts, cell by cell against other ways of asking."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import dop853, plan, small
from threshold import Threshold

from loops.compare import LASTING
from loops.equilibrium import tipmap as module
from loops.equilibrium.along import ContextLevel, LeverLevel, ProgrammeLength, both, parse
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipmap import tipping_map
from loops.equilibrium.tipping import tipping
from loops.parts import replace

SYSTEM = Threshold()
LOW, MIDDLE, HIGH = SYSTEM.rests()
KEEPS, ANYWAY, FADES = np.array([Fate.KEEPS_GOING, Fate.COMES_ANYWAY, Fate.FADES], dtype=object)
LENGTH, LEVEL = ProgrammeLength(high=36.0), LeverLevel("u")


@pytest.fixture
def model():
    links = [*SYSTEM.links(), {"from": "c", "to": "x", "polarity": "-", "strength": 0.05}]
    start = {"x": {"start": LOW, "gain": SYSTEM.gain, "fade": SYSTEM.fade}}
    return small(links, start, levers=("u",), contexts=("c",))


def full(model):
    return plan(model, u=[(0, 1.0), (24, 0.0)], c=0.0)


def test_each_cell_is_decided_by_its_own_integral(model):
    """Oracle: months at full effort to the unstable state of rest, at each effort, by quadrature."""
    got = tipping_map(model, full(model), LENGTH, LEVEL, outcome="x", seed=1, points=9)
    assert got.xs == pytest.approx(np.linspace(0, 36, 9))
    assert got.ys == pytest.approx(np.linspace(0, 1, 9))
    for row, effort in enumerate(got.ys):
        strong_enough = SYSTEM.rests(effort)[0] > MIDDLE
        needed = SYSTEM.months(LOW, MIDDLE, effort) if strong_enough else np.inf
        # no cell is so near its own tipping point that steps of 1e-6 could decide it
        assert np.abs(got.xs - needed).min() > 0.1
        assert (got.fates[row] == np.where(got.xs > needed, KEEPS, FADES)).all()
    # at rest the last ten years' movement is below 1e-5, and what remains is less than that
    assert got.levels.max() == pytest.approx(HIGH, abs=1e-4)
    assert got.without == pytest.approx(LOW, abs=1e-4)
    assert got.dot == (24, 1)


def test_a_row_is_what_looking_along_it_finds(common_purpose, scenarios):
    length, pressure = ProgrammeLength(), parse("competing_priorities", common_purpose)
    scenario = scenarios["value_first"]
    got = tipping_map(common_purpose, scenario, length, pressure, outcome="buy_in", seed=1, points=13)
    row = 4
    along = pressure.applied(common_purpose, scenario, float(got.ys[row]))
    same = tipping(common_purpose, along, length, outcome="buy_in", seed=1)
    assert (got.xs == same.values).all()
    assert (got.fates[row] == same.fates).all()
    assert set(same.fates) == {KEEPS, FADES}


def test_cells_end_where_another_engine_does(common_purpose, scenarios):
    """Oracle: scipy's DOP853 of a cell's plan with and without its levers.

    At rest the last ten years' movement is below 1e-5, and what remains is less than that: within 1e-4.
    """
    length, pressure = ProgrammeLength(), parse("competing_priorities", common_purpose)
    scenario = scenarios["everything_for_four_years"]
    got = tipping_map(common_purpose, scenario, length, pressure, outcome="buy_in", seed=1, points=7)
    buy_in = sorted(node.id for node in common_purpose.variables).index("buy_in")
    for row, place, fate in [(0, 1, ANYWAY), (3, 3, KEEPS)]:
        cell = both(common_purpose, scenario, (length, float(got.xs[place])), (pressure, float(got.ys[row])))
        level, without = (
            dop853(common_purpose, each, np.array([0.0, 1_500.0]), rtol=1e-8)[-1, buy_in]
            for each in (cell, replace(cell, levers=()))
        )
        assert (got.levels[row, place], got.without[row, place]) == pytest.approx((level, without), abs=1e-4)
        assert got.fates[row, place] is fate
        assert (level - without > LASTING) == (fate is KEEPS)
        assert min(level, without) > 0.4 or fate is KEEPS
    assert (got.fates[0] == ANYWAY).all()
    assert not (got.fates[3:] == ANYWAY).any()
    assert got.dot == (48, 0.5)


@pytest.mark.parametrize("points", [3, 5, 9])
def test_what_a_cell_is_does_not_depend_on_the_others(common_purpose, scenarios, points):
    """The corners and the middle are the same cells in every one of these maps, and on the scan's line."""
    length, pressure = ProgrammeLength(), parse("competing_priorities", common_purpose)
    scenario = scenarios["insight_first"]
    got = tipping_map(common_purpose, scenario, pressure, length, outcome="buy_in", seed=1, points=points)
    half = points // 2
    assert got.fates[::half, ::half].tolist() == [[ANYWAY, FADES, FADES]] * 3


def test_turned_it_is_the_same_map(model):
    """Two orders of setting, and other blocks: ends differ by the step control's 1e-6 a step."""
    upright = tipping_map(model, full(model), LENGTH, ContextLevel("c"), outcome="x", seed=1, points=6)
    turned = tipping_map(model, full(model), ContextLevel("c"), LENGTH, outcome="x", seed=1, points=6)
    assert upright.levels == pytest.approx(turned.levels.T, abs=1e-4)
    assert (upright.fates == turned.fates.T).all()
    assert upright.dot == turned.dot[::-1]


def test_the_map_reaches_as_far_as_the_plan(model):
    got = tipping_map(
        model, plan(model, u=[(0, 1.0), (60, 0.0)]), LENGTH, LEVEL, outcome="x", seed=1, points=3
    )
    assert got.xs[-1] == got.x.high == 60


def test_a_programme_that_never_stops_has_no_dot(model):
    got = tipping_map(
        model, plan(model, u=1.0, c=0.0), LENGTH, ContextLevel("c"), outcome="x", seed=1, points=3
    )
    assert got.dot is None


@pytest.mark.parametrize(
    ("scenario", "x", "y", "says"),
    [
        ({"u": [(0, 1.0), (24, 0.0)]}, LENGTH, ProgrammeLength(), "two different things"),
        ({}, LENGTH, LEVEL, "no lever is on"),
        ({"u": 1.0}, ContextLevel("c"), LEVEL, "never stops"),
        ({"u": [(0, 1.0), (24, 0.0)]}, LENGTH, LeverLevel("x"), "changes by itself"),
    ],
)
def test_where_there_is_no_map(model, scenario, x, y, says):
    with pytest.raises(ValueError, match=says):
        tipping_map(model, plan(model, **scenario), x, y, outcome="x", seed=1, points=3)


def test_a_large_model_has_a_coarser_map(model, monkeypatch):
    monkeypatch.setattr(module, "most_runs", lambda equations: 2 * 5 * 5)
    assert tipping_map(model, full(model), LENGTH, LEVEL, outcome="x", seed=1).fates.shape == (5, 5)


def test_progress_may_cancel(model):
    told = []

    class Cancelled(Exception):
        pass

    def cancel(share, words):
        told.append((share, words))
        raise Cancelled

    with pytest.raises(Cancelled):
        tipping_map(model, full(model), LENGTH, LEVEL, outcome="x", seed=1, points=20, progress=cancel)
    assert len(told) == 1
    assert 0 < told[0][0] <= 1
