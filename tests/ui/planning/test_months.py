from __future__ import annotations

import pytest
from boards import changes, schedules
from hypothesis import assume, given
from hypothesis import strategies as st

from loops.scenario import LONGEST, Change, Schedule
from loops.ui.planning.months import (
    BadRow,
    Row,
    Spell,
    during,
    every_other,
    for_a_while,
    mostly,
    rows,
    schedule,
    spells,
)

USUAL = 0.2


def level(plan: Schedule | None, month: float) -> float:
    return USUAL if plan is None else plan.at(month, USUAL)[0]


@given(changes())
def test_a_table_is_the_schedule_it_shows(dated: tuple[Change, ...]) -> None:
    plan = Schedule(id="a", changes=dated)
    made = schedule("a", rows(plan))
    assert made is not None
    assert [(one.month, one.ramp) for one in made.changes] == [(one.month, one.ramp) for one in dated]
    assert [one.level for one in made.changes] == pytest.approx([one.level for one in dated], abs=1e-8)


def test_no_schedule_is_an_empty_table_and_always_is_one_row() -> None:
    assert rows(None) == ()
    assert schedule("a", ()) is None
    assert rows(Schedule(id="a", always=0.4)) == (Row(0, 40),)


@pytest.mark.parametrize(
    ("table", "place", "says"),
    [
        ([Row(3, 50), Row(3, 60)], 1, "Month 3 is not after month 3"),
        ([Row(3, 50), Row(9, 0), Row(5, 60)], 2, "put the months in order"),
        ([Row(3, 50, 12), Row(9, 0)], 1, "until month 15"),
        ([Row(3, 50, 0.001)], 0, "at least 0.01"),
    ],
)
def test_a_row_that_cannot_be_is_named_in_one_sentence(table: list[Row], place: int, says: str) -> None:
    with pytest.raises(BadRow, match=says) as problem:
        schedule("a", table)
    assert problem.value.place == place


@given(
    st.lists(st.builds(Row, st.floats(0, LONGEST), st.floats(0, 100), st.floats(0, LONGEST)), max_size=5),
)
def test_every_table_is_a_schedule_or_names_its_bad_row(table: list[Row]) -> None:
    bad = None
    try:
        made = schedule("a", table)
    except BadRow as problem:
        made, bad = None, problem
    assert bad is None or (0 <= bad.place < len(table) and str(bad).endswith("."))
    assert (made is not None) == bool(table and not bad)


@given(st.none() | schedules("a"), st.integers(0, 60), st.integers(1, 60), st.floats(0, 1))
def test_what_happens_for_a_while_leaves_the_months_outside_as_they_were(
    plan: Schedule | None, start: int, months: int, much: float
) -> None:
    end = start + months
    made = during("a", plan, for_a_while(start, much), end, USUAL)
    for month in (start + 0.5, end - 0.25):
        assert level(made, month) == pytest.approx(much)
    for month in (0.3, start - 0.5, start - 0.01):
        if 0 <= month < start:
            assert level(made, month) == pytest.approx(level(plan, month))
    under_way = plan is not None and any(one.month <= end < one.until for one in plan.changes)
    for month in (end, end + 0.5, 200):
        if not under_way or month == 200:
            assert level(made, month) == pytest.approx(level(plan, month))


def test_a_ramp_that_an_event_interrupts_goes_on_to_where_it_was_leading() -> None:
    plan = Schedule(id="a", changes=(Change(month=0, level=1, ramp=20),))
    made = during("a", plan, for_a_while(5, 0), 10, USUAL)
    assert made is not None
    assert made.changes == (
        Change(month=0, level=0.4, ramp=5),
        Change(month=5, level=0),
        Change(month=10, level=1, ramp=10),
    )


def test_a_pause_in_a_block_and_its_end() -> None:
    block = during("a", None, for_a_while(0, 1.0), 24, 0.0)
    assert block == Schedule(id="a", changes=(Change(month=0, level=1), Change(month=24, level=0)))
    paused = during("a", block, for_a_while(6, 0.0), 12, 0.0)
    assert spells(paused, 0.0, 60) == (Spell(0, 6, 1), Spell(12, 24, 1))
    assert during("a", paused, for_a_while(6, 1.0), 12, 0.0) == block
    assert during("a", block, for_a_while(0, 0.0), 24, 0.0) is None


def test_every_other_month_is_on_and_off() -> None:
    made = during("a", None, every_other(2, 7, 0.5, 0.0), 7, 0.0)
    assert spells(made, 0.0, 60) == (Spell(2, 3, 0.5), Spell(4, 5, 0.5), Spell(6, 7, 0.5))


def test_what_goes_on_beyond_the_last_month_has_no_end() -> None:
    forever = during("a", None, for_a_while(10, 1.0), LONGEST + 1, 0.0)
    assert spells(forever, 0.0, 60) == (Spell(10, None, 1),)


@given(schedules("a"))
def test_between_the_spells_everything_is_as_usual(plan: Schedule) -> None:
    found = spells(plan, USUAL, 80)
    for month in range(80):
        inside = any(one.start <= month < (one.end or 80) for one in found)
        at, slope = plan.at(month, USUAL)
        assume(abs(at - USUAL) > 1e-6 or abs(slope) < 1e-9)
        assert inside == (abs(at - USUAL) > 1e-6)


def test_the_level_that_holds_longest_is_what_events_are_set_against() -> None:
    event = during("a", Schedule(id="a", always=0.6), for_a_while(0, 0.9), 12, USUAL)
    assert mostly(event, USUAL, 60) == 0.6
    assert mostly(event, USUAL, 12) == 0.9
    assert mostly(None, USUAL, 60) == USUAL
    assert mostly(Schedule(id="a", changes=(Change(month=0, level=1, ramp=60),)), USUAL, 60) == USUAL
