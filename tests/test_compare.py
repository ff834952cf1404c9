"""Start, end, peak, half-way, area and what is left."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.compare import after_stop, compare, levers_stop, nothing_new
from loops.parts import replace

WON = {"from": "u", "to": "x", "polarity": "+", "strength": 0.1}


def one(model, scenario, **options):
    return compare(model, [scenario], "x", **options)[0]


def test_a_lever_that_stops_and_a_level_that_fades():
    """Closed form: up as 1 - e^-(w + f)t towards w/(w + f), then down with half-life ln 2 / fade."""
    model = small([WON], {"x": {"fade": 0.05}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (24, 0.0)]))
    top = 0.1 / 0.15 * (1 - np.exp(-0.15 * 24))
    assert found.start == 0
    assert found.peak == pytest.approx(top, abs=1e-4)
    assert found.peak_month == 24
    assert found.stop == 24
    assert found.left == pytest.approx(np.exp(-0.05 * 216), abs=1e-3)
    crossing = -np.log(1 - 0.5 / (0.1 / 0.15)) / 0.15
    assert found.half_month == pytest.approx(crossing, abs=0.05)
    rise = 0.1 / 0.15 * (24 - (1 - np.exp(-0.15 * 24)) / 0.15)
    # the trapezium rule over whole months errs by about (x' at the ends and the jump)/12
    assert found.area == pytest.approx(rise + top / 0.05, abs=0.05)


def test_a_level_that_nothing_takes_away_is_all_left():
    model = small([WON], {"x": {}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (24, 0.0)]))
    assert found.left == pytest.approx(1, abs=1e-4)


def test_doing_nothing_new_has_no_lead():
    model = small([WON], {"x": {"gain": 0.1, "fade": 0.1}}, levers=("u",))
    found = one(model, plan(model))
    assert (found.stop, found.left) == (None, None)
    assert found.area == 0


def test_when_levers_stop():
    model = small([WON], {"x": {}}, levers=("u", "v"))
    assert levers_stop(model, plan(model)) is None
    assert levers_stop(model, plan(model, u=[(0, 1.0)])) is None
    assert levers_stop(model, plan(model, u=0.5)) is None
    assert levers_stop(model, plan(model, u=[(0, 1.0), (12, 0.0, 6)], v=[(0, 0.5), (3, 0.0)])) == 18
    assert levers_stop(model, plan(model, u=[(0, 0.5), (3, 0.0)], v=[(0, 1.0), (12, 0.0)])) == 12
    assert levers_stop(model, plan(model, u=[(0, 1.0), (12, 0.0), (100, 0.0)])) == 12


def test_nothing_new_is_in_the_scenarios_own_place():
    """What always holds is no lead: links changed, undated circumstances, a start at rest."""
    link = {"from": "c", "to": "x", "polarity": "-", "strength": 0.1}
    model = small([WON, link], {"x": {"start": 0.2, "gain": 0.05}}, levers=("u",), contexts=("c",))
    found = one(model, replace(plan(model, c=0.0), start="rest"))
    assert found.area == 0


def test_what_circumstances_do_is_no_lead_of_the_levers():
    """What comes of a circumstance that turns for good comes without the lever, too.

    Closed form: with nothing lost, a lever on for s adds (1 - x) (1 - e^-ws), here after all is won: nothing.
    """
    link = {"from": "c", "to": "x", "polarity": "+", "strength": 0.5}
    model = small([WON, link], {"x": {}}, levers=("u",), contexts=("c",))
    found = one(model, plan(model, u=[(60, 1.0), (72, 0.0)], c=[(0, 1.0)]), months=120)
    # 1 - x is e^-30 by then; what is left are the steps' errors
    assert found.end == pytest.approx(1, abs=1e-5)
    assert found.area == pytest.approx(0, abs=1e-3)
    assert found.left is None


def test_where_no_lever_is_moved_it_is_measured_against_todays_circumstances():
    link = {"from": "c", "to": "x", "polarity": "-", "strength": 0.1}
    model = small([link], {"x": {"start": 0.2, "gain": 0.05, "fade": 0.05}}, levers=("u",), contexts=("c",))
    alone, pushed = plan(model, c=[(12, 0.0)]), plan(model, c=[(12, 0.0)], u=[(0, 1.0), (6, 0.0)])
    assert not nothing_new(model, alone).contexts
    assert nothing_new(model, pushed).contexts == pushed.contexts
    # from 12 on it heads for 1/2 instead of 1/3 at a rate of .1 a month
    assert one(model, alone).area > 20
    assert one(model, pushed).area == 0


def test_what_is_left_is_left_of_the_largest_lead_which_may_come_late():
    """Twenty months after the stop a delay of sixty has brought on most of what is to come."""
    late = WON | {"delay": 60.0}
    model = small([late], {"x": {}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (6, 0.0)]), months=240)
    assert found.left == pytest.approx(1, abs=1e-4)


def test_what_is_left_is_left_of_the_lead():
    """x would be at 0.5 anyway; what a lever adds shrinks as e^-(gain + fade)t of the lead, not the level."""
    model = small([WON], {"x": {"start": 0.5, "gain": 0.01, "fade": 0.01}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (24, 0.0)]), months=60)
    assert found.left == pytest.approx(np.exp(-0.02 * 36), abs=1e-3)


def test_the_largest_lead_after_a_stop_and_half_of_it():
    """By hand: at 2.5 it is .25; the peak is .8 at 5; half of it, .4, is half way from 6 to 7."""
    months = np.arange(9.0)
    lead = np.array([0, 0, 0.2, 0.3, 0.5, 0.8, 0.6, 0.2, 0.1])
    assert after_stop(months, lead, 2.5) == (pytest.approx(0.8), pytest.approx(6.5 - 2.5))
    assert after_stop(months[:7], lead[:7], 2.5) == (pytest.approx(0.8), None)


def test_an_outcome_that_is_no_variable(common_purpose, scenarios):
    with pytest.raises(ValueError, match="'buy_in'"):
        compare(common_purpose, [scenarios["nothing_new"]], "buyin")
