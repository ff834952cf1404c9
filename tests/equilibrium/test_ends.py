"""Where many runs end: followed until they rest, each for as long as it moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan, small
from threshold import Threshold

from loops.compare import STILL
from loops.equations import Equations
from loops.equilibrium import ends as ending
from loops.equilibrium.ends import ends, lanes_of, most_runs, part
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


def test_progress_of_a_part():
    told = []
    part(lambda share, words: told.append((share, words)), 0.5, 0.7)(0.5, "so far")
    assert told == [(pytest.approx(0.6), "so far")]
    assert part(None, 0, 1) is None


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
