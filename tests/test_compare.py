"""Start, end, peak, half-way, area, what is left and whether it lasts."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.compare import compare, levers_stop
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
    assert found.fate == "fades"
    # between whole months the lead is read off a straight line, at most f^2/8 of it too high: 0.02 months
    assert found.half_lead_lost == pytest.approx(np.log(2) / 0.05, abs=0.05)
    assert found.left == pytest.approx(np.exp(-0.05 * 216), abs=1e-3)
    assert found.in_the_end == pytest.approx(0, abs=1e-5)
    crossing = -np.log(1 - 0.5 / (0.1 / 0.15)) / 0.15
    assert found.half_month == pytest.approx(crossing, abs=0.05)
    rise = 0.1 / 0.15 * (24 - (1 - np.exp(-0.15 * 24)) / 0.15)
    # the trapezium rule over whole months errs by about (x' at the ends and the jump)/12
    assert found.area == pytest.approx(rise + top / 0.05, abs=0.05)


def test_a_level_that_nothing_takes_away_lasts():
    model = small([WON], {"x": {}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (24, 0.0)]))
    assert found.fate == "lasts"
    assert found.left == pytest.approx(1, abs=1e-4)
    assert found.half_lead_lost is None


def test_doing_nothing_new_has_no_lead():
    model = small([WON], {"x": {"gain": 0.1, "fade": 0.1}}, levers=("u",))
    found = one(model, plan(model))
    assert (found.fate, found.stop, found.left) == ("no lead", None, None)
    assert found.area == 0


def test_a_run_that_has_not_come_to_rest_says_so():
    model = small([WON], {"x": {"gain": 0.0003}}, levers=("u",))
    assert one(model, plan(model)).fate == "still moving"


def test_when_levers_stop():
    model = small([WON], {"x": {}}, levers=("u", "v"))
    assert levers_stop(model, plan(model)) is None
    assert levers_stop(model, plan(model, u=[(0, 1.0)])) is None
    assert levers_stop(model, plan(model, u=0.5)) is None
    assert levers_stop(model, plan(model, u=[(0, 1.0), (12, 0.0, 6)], v=[(0, 0.5), (3, 0.0)])) == 18
    assert levers_stop(model, plan(model, u=[(0, 0.5), (3, 0.0)], v=[(0, 1.0), (12, 0.0)])) == 12
    assert levers_stop(model, plan(model, u=[(0, 1.0), (12, 0.0), (100, 0.0)])) == 12


def test_a_lever_that_never_stops_leaves_open_whether_it_would_last():
    model = small([WON], {"x": {"fade": 0.05}}, levers=("u",))
    for scenario in (plan(model, u=1.0), plan(model, u=[(0, 1.0)]), plan(model, u=[(0, 1.0), (24, 0.2)])):
        assert one(model, scenario).fate == "goes on"


def test_a_lever_that_stops_very_late_is_still_followed_to_rest():
    model = small([WON], {"x": {"fade": 0.05}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (2_000, 0.0)]), months=2_400)
    assert found.fate == "fades"
    assert found.half_lead_lost == pytest.approx(np.log(2) / 0.05, abs=0.05)


def test_a_change_of_circumstances_alone_is_called_that():
    link = {"from": "c", "to": "x", "polarity": "-", "strength": 0.1}
    model = small([link], {"x": {"start": 0.2, "gain": 0.05, "fade": 0.05}}, contexts=("c",))
    assert one(model, plan(model, c=[(12, 0.0)])).fate == "circumstances"


def test_nothing_new_is_in_the_scenarios_own_place():
    """What always holds is no lead: links changed, undated circumstances, a start at rest."""
    link = {"from": "c", "to": "x", "polarity": "-", "strength": 0.1}
    model = small([WON, link], {"x": {"start": 0.2, "gain": 0.05}}, levers=("u",), contexts=("c",))
    found = one(model, replace(plan(model, c=0.0), start="rest"))
    assert found.area == 0
    assert found.fate == "no lead"


def test_what_is_left_is_left_of_the_lead():
    """x would be at 0.5 anyway; what a lever adds shrinks as e^-(gain + fade)t of the lead, not the level."""
    model = small([WON], {"x": {"start": 0.5, "gain": 0.01, "fade": 0.01}}, levers=("u",))
    found = one(model, plan(model, u=[(0, 1.0), (24, 0.0)]), months=60)
    assert found.left == pytest.approx(np.exp(-0.02 * 36), abs=1e-3)


def test_the_four_year_programme_rests_and_the_one_year_programme_fades(common_purpose, scenarios):
    names = ("everything_for_four_years", "everything_for_a_year")
    long, short = compare(common_purpose, [scenarios[name] for name in names], "buy_in")
    assert long.fate == "lasts"
    assert short.fate == "fades"
    assert 12 < short.half_lead_lost < 240


def test_an_outcome_that_is_no_variable(common_purpose, scenarios):
    with pytest.raises(ValueError, match="'buy_in'"):
        compare(common_purpose, [scenarios["nothing_new"]], "buyin")
