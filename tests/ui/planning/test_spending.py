from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.model import Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.ui.planning.spending import Over, Side, bars, sentence, sides, stretches, told

MODEL = Model.model_validate(
    {
        "id": "small",
        "title": "Small",
        "horizon": 24,
        "variable": {"trust": {"label": "Trust", "start": 0.1}},
        "lever": {"training": {"label": "Training", "hours_us": 40, "hours_partner": 10}},
    }
)
YEAR = Scenario(
    id="year",
    model="small",
    title="A year",
    levers=(Schedule(id="training", changes=(Change(month=0, level=1), Change(month=12, level=0))),),
)
NOTHING = replace(YEAR, levers=())


def test_a_plan_says_in_words_when_it_goes_over_and_by_how_much() -> None:
    ours, theirs = sides(MODEL, YEAR, 30, 10)
    assert ours.over == (Over(0, 12, 10),)
    assert theirs.over == ()
    assert sentence("Your plan", (ours, theirs)) == (
        "Your plan asks for up to 40 hours a month of us, over the 30 that there are in 12 months, "
        "by up to 10 hours; and for up to 10 hours a month of the partner, within the 10 that there are."
    )
    assert stretches(ours) == "from the start to month 12: by 10"
    assert stretches(theirs) == "never"


def test_where_nobody_says_what_there_is_nothing_is_over() -> None:
    ours, theirs = sides(MODEL, YEAR, None, 0)
    assert ours.over == ()
    assert told(ours) == "up to 40 hours a month of us"
    assert stretches(ours) == "not said"
    assert theirs.over == (Over(0, 12, 10),)
    assert told(sides(MODEL, NOTHING, 10, 10)[0]) == "no hours of us"


def test_stretches_beyond_the_fourth_are_counted() -> None:
    asked = np.array([10.0, 0.0] * 6)
    side = Side("us", asked, 5)
    assert len(side.over) == 6
    assert stretches(side).endswith("from month 6 to month 7: by 5; and 2 times more")
    assert "in 6 months" in told(side)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=40), st.floats(0, 500))
def test_stretches_hold_exactly_the_months_that_are_over(asked: list[float], there: float) -> None:
    side = Side("us", np.array(asked), there)
    inside = {month for one in side.over for month in range(one.start, one.end)}
    assert inside == {month for month, hours in enumerate(asked) if hours - there > 0.05}
    for one in side.over:
        assert one.most == pytest.approx(max(asked[one.start : one.end]) - there)


def test_bars_are_striped_above_the_line_and_escaped() -> None:
    ours, theirs = sides(MODEL, YEAR, 30, None)
    drawn = bars("<b>Plan</b>", ours, 40)
    assert "<b>Plan" not in drawn
    assert drawn.count('class="over"') == 1
    assert "top:25.0%" in drawn
    assert "bottom:75.0%" in drawn
    assert 'class="over"' not in bars("Plan", theirs, 10)
