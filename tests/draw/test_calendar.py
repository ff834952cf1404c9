from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from planned import HOSTILE, MODEL, RACKS, TALKS, WALKS

from loops.draw.calendar import Row, busy, html, rows, told
from loops.draw.palette import LIGHT
from loops.utopia.plan import Plan, cost

PLAN = Plan((RACKS, TALKS, WALKS))


def test_rows_begin_with_what_begins_first_and_name_who_sees_to_it() -> None:
    found = rows(MODEL, PLAN, {"walks": "Fern"})
    assert [row.what for row in found] == ["Talks", HOSTILE, "Walks"]
    assert [row.who for row in found] == ["", "", "Fern"]
    assert told(found[2]) == "from month 6 to month 18, 2 hours a month, Fern"
    assert told(found[1]) == "from the start to month 24, 3 hours a month, £500 once"


def test_what_is_under_way_already_costs_only_what_comes_on_top() -> None:
    (talks,) = rows(MODEL, Plan((TALKS,)))
    assert talks.hours == 2


def test_the_busiest_month_is_the_one_that_the_plan_costs() -> None:
    assert max(hours for *_, hours in busy(rows(MODEL, PLAN), 24)) == cost(MODEL, PLAN).busiest


spells = st.builds(
    lambda start, length, hours: Row("x", start, start + length, hours),
    st.integers(0, 50),
    st.integers(1, 40),
    st.integers(0, 9),
)


@given(st.lists(spells, max_size=6))
def test_stretches_fill_the_calendar_and_hold_every_hour(found: list[Row]) -> None:
    months = 60
    stretches = busy(found, months)
    assert [start for start, *_ in stretches] == [0, *(stop for _, stop, _ in stretches[:-1])]
    assert stretches[-1][1] == months
    # by month, added up one by one
    by_month = [sum(row.hours for row in found if row.start <= month < row.stop) for month in range(months)]
    assert [hours for start, stop, hours in stretches for _ in range(start, stop)] == by_month


@given(st.lists(spells, max_size=6))
def test_bars_stay_inside_the_calendar(found: list[Row]) -> None:
    made = html(found, 60, LIGHT, there=5)
    for left, width in re.findall(r"left:([\d.]+)%;width:(-?[\d.]+)%", made):
        assert float(width) >= 0
        assert float(left) + float(width) <= 100.01  # three decimals are written


def test_what_is_drawn_is_said_and_escaped() -> None:
    made = html(rows(MODEL, PLAN, {"walks": "<i>Fern"}), 36, LIGHT, there=10)
    assert "<b>" not in made
    assert "&lt;b&gt;Racks" in made
    assert "&lt;i&gt;Fern" in made
    assert "7 in the busiest month of the 10 that there are" in made
    assert made.count('role="listitem"') == 3
    assert made.count("aria-hidden") == 4


def test_a_plan_without_anything_is_an_empty_calendar() -> None:
    made = html((), 12, LIGHT)
    assert "0 in the busiest month" in made
    assert 'role="listitem"' not in made
