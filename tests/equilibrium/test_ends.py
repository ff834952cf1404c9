"""Where many runs end: followed until they rest, in any blocks, with a way to cancel."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan, small
from threshold import Threshold

from loops.compare import STILL, compare
from loops.equations import Equations
from loops.equilibrium import ends as ending
from loops.equilibrium.along import ProgrammeLength
from loops.equilibrium.ends import Leads, ends, lanes_of, leads, most_runs, named, part
from loops.noise import Shaken
from loops.parts import replace
from loops.simulate import LONG_RUN


def test_what_still_moves_is_followed_for_longer():
    """Closed form: x = e^-ft. Ten years move x by x (e^120f - 1), and that must fall below 1e-5.

    Each step's local error is at most 1e-6, errors shrink from then on, and the steps are some dozens.
    """
    fade = 0.001
    model = small([], {"x": {"start": 1.0, "fade": fade}})
    equations = Equations.of(model)
    found = ends(equations.wiring, lanes_of(equations, [(plan(model), 0)]))
    left = STILL / np.expm1(120 * fade)
    months = np.ceil(-np.log(left) / fade / LONG_RUN) * LONG_RUN
    assert found.months[0] == months
    assert found.state[0, 0] == pytest.approx(np.exp(-fade * months), abs=5e-5)
    assert found.moving[0] < STILL


def test_only_those_that_move_are_followed():
    model = small([], {"x": {"start": 1.0, "gain": 0.0}, "y": {"start": 1.0, "fade": 0.001}})
    quick = replace(plan(model), start="rest")
    equations = Equations.of(model)
    found = ends(equations.wiring, lanes_of(equations, [(quick, 0), (plan(model), 0)]))
    assert found.months[0] < found.months[1]


def test_what_holds_for_good_holds_on():
    """A lever that never stops is on in the end, too: x rests at u w / (u w + fade)."""
    model = small(
        [{"from": "u", "to": "x", "polarity": "+", "strength": 0.001}], {"x": {"fade": 0.001}}, levers=("u",)
    )
    equations = Equations.of(model)
    found = ends(equations.wiring, lanes_of(equations, [(plan(model, u=[(12, 0.5, 24)]), 0)]))
    assert found.months[0] > LONG_RUN + 36
    assert found.state[0, 0] == pytest.approx(0.5 / 1.5, abs=1e-4)


def test_a_start_at_rest_is_under_what_always_holds():
    model = small(
        [{"from": "c", "to": "x", "polarity": "+", "strength": 0.1}],
        {"x": {"start": 0.9, "fade": 0.1}},
        contexts=("c",),
    )
    own = replace(plan(model, c=1.0), start="rest")
    lanes = lanes_of(Equations.of(model), [(own, 0), (plan(model), 0)])
    # rests at c w / (c w + fade); the tolerance is the step control's
    assert lanes.start[0] == pytest.approx([0.5, 0.9], abs=1e-5)


@given(st.floats(3, 240), st.floats(0, 2 * np.pi))
def test_no_swing_looks_like_rest(period, phase):
    """A sine of this period, whatever its phase, differs between the looks by a tenth of its height."""
    assert np.ptp(np.sin(phase + 2 * np.pi * ending.LOOKS / period)) > 0.1


def cases(model, scenario, count: int = 9):
    return [(ProgrammeLength().applied(model, scenario, 6.0 * k), 0) for k in range(count)]


def test_leads_are_those_of_the_comparison(common_purpose, scenarios):
    """Oracle: `compare` over the same plans, which runs them all together on one mesh."""
    asked = cases(common_purpose, scenarios["everything_for_four_years"])
    found = leads(Equations.of(common_purpose), asked, "buy_in")
    compared = compare(common_purpose, [scenario for scenario, _ in asked], "buy_in")
    assert found.still.all()
    assert found.levels == pytest.approx([each.in_the_end for each in compared], abs=1e-4)
    assert found.lasts(None).tolist() == [each.fate == "lasts" for each in compared]
    assert found.lead[0] == 0  # no programme at all is nothing new, and is run once


@pytest.mark.parametrize("widest", [1, 4])
def test_blocks_may_be_cut_anyhow(common_purpose, scenarios, monkeypatch, widest):
    """Other steps change a level of rest by the step control's 1e-6 a step, and errors shrink."""
    asked = cases(common_purpose, scenarios["value_first"], 12)
    equations = Equations.of(common_purpose)
    whole = leads(equations, asked, "buy_in")
    monkeypatch.setattr(ending, "WIDEST", widest)
    cut = leads(equations, asked, "buy_in")
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
    found = leads(shaken.equations, [(own, version) for version in (4, 0, 2)], "x", shaken=shaken)
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
    leads(equations, asked, "buy_in", progress=lambda share, words: told.append((share, words)))
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
        leads(equations, asked, "buy_in", progress=cancel)
    assert len(told) == 1
    assert threading.active_count() == before


def test_progress_of_a_part():
    told = []
    part(lambda share, words: told.append((share, words)), 0.5, 0.7)(0.5, "so far")
    assert told == [(pytest.approx(0.6), "so far")]
    assert part(None, 0, 1) is None


def test_what_comes_anyway_counts_as_lasting_and_not_as_a_lead():
    """Levels by hand: fades, lasts, comes anyway, still moves, and less of it than without the plan."""
    found = Leads(
        levels=np.array([0.05, 0.6, 0.7, 0.6, 0.1]),
        without=np.array([0.05, 0.1, 0.7, 0.1, 0.3]),
        still=np.array([True, True, True, False, True]),
    )
    assert found.lead == pytest.approx([0, 0.5, 0, 0, -0.2])
    assert found.upper() == pytest.approx(0.35)
    assert found.anyway(found.upper()).tolist() == [False, False, True, False, False]
    assert found.lasts(found.upper()).tolist() == [False, True, True, False, False]
    assert found.lasts(None).tolist() == [False, True, False, False, False]


def test_without_any_lead_nothing_says_what_upper_is():
    found = Leads(levels=np.array([0.5, 0.1]), without=np.array([0.5, 0.2]), still=np.array([True, True]))
    assert found.upper() is None
    assert not found.lasts(None).any()


def test_a_large_model_is_asked_less_of(common_purpose, monkeypatch):
    equations = Equations.of(common_purpose)
    size = equations.depth + len(equations.links)
    monkeypatch.setattr(ending, "MOST_WORK", 10 * size + 1)
    assert most_runs(equations) == 10
    monkeypatch.setattr(ending, "MOST_WORK", 1)
    assert most_runs(equations) == 1


def test_a_plan_with_many_dated_changes_runs_in_narrower_blocks(monkeypatch):
    model = Threshold().model(0.1)
    equations = Equations.of(model)
    plain = plan(model, u=[(0, 1.0), (12, 0.0)])
    busy = plan(model, u=[(k, k % 2) for k in range(200)])
    wide, narrow = (ending.width_for(equations, [(each, 0)]) for each in (plain, busy))
    assert 1 <= narrow < wide <= ending.WIDEST


def test_an_outcome_that_is_no_variable(common_purpose):
    with pytest.raises(ValueError, match="'buy_in'"):
        named(Equations.of(common_purpose), "buyin")
