"""What plans leave behind, run by any blocks, and what is said of it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from oracles import dop853, plan, small

from loops.equations import Equations
from loops.equilibrium import ends as ending
from loops.equilibrium.along import ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.legacy import Divide, Legacy, lasts, legacy
from loops.noise import Shaken
from loops.parts import replace
from loops.scenario import Change, Schedule
from loops.simulate import LONG_RUN

KEEPS, ANYWAY, FADES = Fate.KEEPS_GOING, Fate.COMES_ANYWAY, Fate.FADES
SAME, MOVES = Fate.NO_DIFFERENCE, Fate.STILL_MOVES


def cases(model, scenario, count: int = 9):
    return [(ProgrammeLength().applied(model, scenario, 6.0 * k), 0) for k in range(count)]


def test_ends_are_those_of_another_engine(common_purpose, scenarios):
    """Oracle: DOP853 with the plan and without its levers, its dated circumstances kept.

    At rest the last ten years' movement is below 1e-5 on either side, and what remains is less than that.
    """
    eased = Schedule(id="competing_priorities", changes=(Change(month=24.0, level=0.25),))
    programme = replace(scenarios["everything_for_four_years"], contexts=(eased,))
    nothing = ProgrammeLength().applied(common_purpose, programme, 0.0)
    found = legacy(Equations.of(common_purpose), [(programme, 0), (nothing, 0)], "buy_in")
    place = sorted(node.id for node in common_purpose.variables).index("buy_in")
    level, without = (
        dop853(common_purpose, each, np.array([0.0, 1_500.0]), rtol=1e-8)[-1, place]
        for each in (programme, replace(programme, levers=()))
    )
    assert found.still.all()
    assert found.levels == pytest.approx([level, without], abs=1e-4)
    assert found.without == pytest.approx([without, without], abs=1e-4)
    assert found.lead[1] == 0  # no programme at all is nothing new, and is run once


@pytest.mark.parametrize("widest", [1, 4])
def test_blocks_may_be_cut_anyhow(common_purpose, scenarios, monkeypatch, widest):
    """Other steps change a level of rest by the step control's 1e-6 a step, and errors shrink."""
    asked = cases(common_purpose, scenarios["value_first"], 12)
    equations = Equations.of(common_purpose)
    whole = legacy(equations, asked, "buy_in")
    monkeypatch.setattr(ending, "WIDEST", widest)
    cut = legacy(equations, asked, "buy_in")
    assert cut.levels == pytest.approx(whole.levels, abs=1e-5)
    assert cut.without == pytest.approx(whole.without, abs=1e-5)


def test_each_case_is_run_under_its_own_version():
    """Closed form: where nothing pushes, x rests at gain / (gain + fade) of its version."""
    model = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": 0.1}],
        {"x": {"gain": 0.1, "fade": 0.1}},
        levers=("u",),
    )
    shaken = Shaken.of(model, noise=0.2, draws=5, seed=3)
    own = plan(model, u=[(0, 1.0), (12, 0.0)])
    found = legacy(shaken.equations, [(own, version) for version in (4, 0, 2)], "x", shaken=shaken)
    for place, version in enumerate((4, 0, 2)):
        parameters = shaken.parameters([own], version)
        gain, fade = parameters.gain[0, 0], parameters.fade[0, 0]
        assert found.levels[place] == pytest.approx(gain / (gain + fade), abs=1e-5)
        assert found.without[place] == pytest.approx(gain / (gain + fade), abs=1e-5)


def test_progress_rises_to_the_end_and_may_cancel(common_purpose, scenarios, monkeypatch):
    monkeypatch.setattr(ending, "WIDEST", 1)
    asked = cases(common_purpose, scenarios["everything_for_four_years"], 20)
    equations = Equations.of(common_purpose)
    told = []
    legacy(equations, asked, "buy_in", progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert told[-1] == (1.0, "20 of 20 runs")

    class Cancelled(Exception):
        pass

    def cancel(share, words):
        told.append(words)
        raise Cancelled

    told.clear()
    before = threading.active_count()
    with pytest.raises(Cancelled):
        legacy(equations, asked, "buy_in", progress=cancel)
    assert len(told) == 1
    assert threading.active_count() == before


def test_every_fate_by_hand():
    """Divide at .3, the lower state at .05. In turn: fades, lasts, comes anyway, moves, less than without it,

    a lead that is only the lower state over one that does not hold, and begun above the divide.
    """
    found = Legacy(
        plans=(),
        start=np.array([0.05, 0.05, 0.05, 0.05, 0.05, 0.0, 0.7]),
        levels=np.array([0.05, 0.6, 0.7, 0.6, 0.1, 0.05, 0.7]),
        without=np.array([0.05, 0.1, 0.7, 0.1, 0.3, 0.0, 0.7]),
        still=np.array([True, True, True, False, True, True, True]),
    )
    assert found.lead == pytest.approx([0, 0.5, 0, 0, -0.2, 0.05, 0])
    fates = found.fates(Divide(0.3, 0.05))
    assert fates.tolist() == [FADES, KEEPS, ANYWAY, MOVES, FADES, FADES, SAME]
    assert lasts(fates).tolist() == [False, True, True, False, False, False, False]
    # nothing tells two places apart: only a lead can be seen
    assert found.fates(Divide(np.nan)).tolist() == [SAME, KEEPS, SAME, MOVES, SAME, KEEPS, SAME]


def test_what_it_is_measured_against_must_rest_too():
    """Closed form: nothing is lost, so both end at 1; without the lever it is at 1 - e^-gt long after."""
    gain = 0.00005
    model = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": 0.2}], {"x": {"gain": gain}}, levers=("u",)
    )
    found = legacy(Equations.of(model), [(plan(model, u=[(0, 1.0), (120, 0.0)]), 0)], "x")
    followed = 120 + (1 + ending.MOST_ROUNDS) * LONG_RUN
    assert found.levels[0] == pytest.approx(1, abs=1e-4)
    # the steps' local errors of 1e-6 are some dozens, and shrink
    assert found.without[0] == pytest.approx(1 - np.exp(-gain * followed), abs=5e-5)
    assert found.fates(Divide(np.nan)).tolist() == [MOVES]


def test_an_outcome_that_is_no_variable(common_purpose, scenarios):
    with pytest.raises(ValueError, match="'buy_in'"):
        legacy(Equations.of(common_purpose), [(scenarios["nothing_new"], 0)], "buyin")
