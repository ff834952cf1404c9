"""What was done becomes efforts from the first day on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from oracles import small
from rated import BEGUN, after

from loops.journey.done import done
from loops.model import Lever
from loops.partners import Deed
from loops.partners.history import A_MONTH, months_between
from loops.parts import replace

MODEL = small([], {"trust": {}}, ("tell", "train"), contexts=("hard",))


def changes(*deeds: Deed, model=MODEL, lever="tell"):
    plan = done(model, deeds, [], BEGUN).schedule(lever)
    return [(change.month, change.level) for change in plan.changes] if plan else []


def month(day: date) -> float:
    return months_between(BEGUN, day)


def test_a_lever_is_at_full_effort_to_the_end_of_the_last_day():
    day = 1 / A_MONTH
    assert changes(Deed("x", after(2), after(5), "tell")) == [
        (month(after(2)), 1),
        (month(after(5)) + day, 0),
    ]
    assert changes(Deed("x", after(2), after(2), "tell")) == [
        (month(after(2)), 1),
        (month(after(2)) + day, 0),
    ]
    assert changes(Deed("x", after(2), None, "tell")) == [(month(after(2)), 1)]
    assert changes(Deed("x", after(2), None, ""), Deed("x", after(2), None, "train")) == []


def test_what_began_before_the_first_day_goes_on_from_it_and_what_ended_is_over():
    before = BEGUN - timedelta(days=90)
    assert changes(Deed("x", before, None, "tell")) == [(0, 1)]
    assert changes(Deed("x", before, before + timedelta(days=9), "tell")) == []


def test_spells_that_meet_are_one():
    spells = (
        Deed("later", after(8), after(9), "tell"),
        Deed("long", after(1), after(5), "tell"),
        Deed("within", after(2), after(3), "tell"),
        Deed("over its end", after(4), after(6), "tell"),
    )
    assert [level for _, level in changes(*spells)] == [1, 0, 1, 0]
    assert [round(at) for at, _ in changes(*spells)] == [1, 6, 8, 9]


def test_in_between_a_lever_is_where_the_model_has_it():
    half = replace(MODEL, levers=(Lever(id="tell", label="Tell", level=0.5),))
    assert [level for _, level in changes(Deed("x", after(1), after(2), "tell"), model=half)] == [1, 0.5]


def test_circumstances_change_on_their_days():
    plan = done(MODEL, [], [("hard", 2.0, 0.25), ("hard", 4.0, 0.5)], BEGUN).schedule("hard")
    assert [(change.month, change.level) for change in plan.changes] == [(2, 0.25), (4, 0.5)]


def test_days_beyond_any_run_do_no_harm():
    assert changes(Deed("x", BEGUN, date.max, "tell")) == [(0, 1)]
    assert changes(Deed("x", date.max, None, "tell")) == []


def test_a_lever_that_changes_too_often_is_one_sentence():
    spells = [
        Deed("x", BEGUN + timedelta(days=3 * n), BEGUN + timedelta(days=3 * n), "tell") for n in range(501)
    ]
    named = replace(MODEL, levers=(Lever(id="tell", label="We tell them"),))
    with pytest.raises(ValueError, match="“We tell them” changes 1,002 times"):
        changes(*spells, model=named)
