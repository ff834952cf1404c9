"""Who leads: nobody who led is forgotten, nobody takes over who was not 5% stronger for three months."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from loops.dominance.lead import NOTHING, Lead, leads

MARGIN, HOLD = 0.05, 3

LEVELS = st.sampled_from([0.0, NOTHING, 0.2, 0.205, 0.211, -0.211, 0.3, -0.33, 0.5])
"""Nothing, levels less than 5% apart and more, and brakes."""
COURSES = arrays.arrays(float, st.tuples(st.integers(1, 24), st.integers(0, 4)), elements=LEVELS)


def strength_of(gains):
    return np.where(np.abs(gains) > NOTHING, np.abs(gains), 0.0)


@given(COURSES)
def test_leads_cover_all_months_without_a_gap(gains):
    months = np.arange(len(gains), dtype=float)
    told = leads(months, gains)
    assert told[0].since == 0
    assert told[-1].until == months[-1]
    assert all(first.until == then.since for first, then in pairwise(told))
    assert all(first.place != then.place for first, then in pairwise(told))
    assert all(lead.since < lead.until for lead in told[:-1])


@given(COURSES)
def test_nobody_leads_exactly_while_no_loop_is_at_work(gains):
    at_work = (strength_of(gains) > 0).any(axis=1)
    led = np.full(len(gains), fill_value=True)
    for lead in leads(np.arange(len(gains), dtype=float), gains):  # a lead's last month is the next one's
        led[int(lead.since) :] = lead.place is not None
    assert (led == at_work).all()


@given(COURSES)
def test_a_lead_lasts_until_another_was_stronger_for_three_months(gains):
    strength = strength_of(gains)
    at_work = (strength > 0).any(axis=1)
    for first, then in pairwise(leads(np.arange(len(gains), dtype=float), gains)):
        since = int(then.since)
        window = slice(since, since + HOLD + 1)
        if then.place is None:
            assert not at_work[since]
        elif first.place is None or strength[since, first.place] == 0:
            soon = np.where(strength[since] > 0, strength[window].mean(axis=0), 0)
            assert soon[then.place] == soon.max() > 0
        else:
            assert (strength[window, then.place] > (1 + MARGIN) * strength[window, first.place]).all()
            assert then.since + HOLD <= len(gains) - 1


@given(COURSES)
def test_every_leader_is_at_work_in_every_month_it_leads(gains):
    strength = strength_of(gains)
    told = leads(np.arange(len(gains), dtype=float), gains)
    ends = [*(int(then.since) for then in told[1:]), len(gains)]
    for lead, end in zip(told, ends, strict=True):
        if lead.place is not None:
            assert (strength[int(lead.since) : end, lead.place] > 0).all()


@given(COURSES)
def test_nobody_who_was_stronger_for_three_months_is_passed_over(gains):
    strength = strength_of(gains)
    for lead in leads(np.arange(len(gains), dtype=float), gains):
        if lead.place is None:
            continue
        ahead = strength > (1 + MARGIN) * strength[:, [lead.place]]
        for month in range(int(lead.since), int(lead.until)):
            window = ahead[month : month + HOLD + 1]
            assert len(window) <= HOLD or not window.all(axis=0).any()


def test_the_new_lead_is_dated_from_when_it_first_was_stronger():
    rising = np.column_stack([np.full(25, 0.5), np.linspace(0.1, 1.3, 25)])  # 0.55 at month 9
    assert leads(np.arange(25.0), rising) == (Lead(0, 0, 9), Lead(1, 9, 24))


def test_two_near_equals_do_not_take_turns():
    months = np.arange(60.0)
    swing = 0.04 * np.sin(months)
    assert leads(months, np.column_stack([0.5 + swing, 0.5 - swing])) == (Lead(0, 0, 59),)


def test_two_months_ahead_are_too_few():
    gains = np.array([[0.5, 0.1]] * 4 + [[0.5, 0.9]] * 3 + [[0.5, 0.1]] * 4)
    assert leads(np.arange(11.0), gains) == (Lead(0, 0, 10),)
    longer = np.insert(gains, 5, [0.5, 0.9], axis=0)
    assert leads(np.arange(12.0), longer) == (Lead(0, 0, 4), Lead(1, 4, 8), Lead(0, 8, 11))


def test_a_hair_more_in_the_first_month_does_not_lead():
    """0.501 beside 0.5 at month 0, then 0.1 beside 0.49: the second is the stronger of the first months."""
    gains = np.array([[0.501, 0.5]] + [[0.1, 0.49]] * 24)
    assert leads(np.arange(25.0), gains) == (Lead(1, 0, 24),)


def test_a_leader_that_falls_to_nothing_is_followed_at_once():
    """However near the end: by the strongest of those at work, or by whoever was ahead already."""
    gains = np.array([[0.5, 0.2, 0.3]] * 23 + [[0.0, 0.2, 0.3]] * 2)
    assert leads(np.arange(25.0), gains) == (Lead(0, 0, 23), Lead(2, 23, 24))
    ahead = np.array([[0.5, 0.2]] * 5 + [[0.1, 0.2]] * 2 + [[0.0, 0.2]] * 4)
    assert leads(np.arange(11.0), ahead) == (Lead(0, 0, 5), Lead(1, 5, 10))


def test_who_is_not_at_work_yet_does_not_lead_first():
    gains = np.array([[0.1, 0.0]] + [[0.1, 0.9]] * 8)
    assert leads(np.arange(9.0), gains) == (Lead(0, 0, 1), Lead(1, 1, 8))


def test_a_brake_can_lead():
    assert leads(np.arange(3.0), np.array([[0.1, -0.4]] * 3)) == (Lead(1, 0, 2),)


@pytest.mark.parametrize("columns", [0, 1, 3])
def test_without_anything_at_work_nobody_leads(columns):
    assert leads(np.arange(5.0), np.zeros((5, columns))) == (Lead(None, 0, 4),)


def test_one_loop_leads_while_it_is_at_work():
    gains = np.array([0.0, 0.0, 0.3, 0.2, 0.0])[:, None]
    assert leads(np.arange(5.0), gains) == (Lead(None, 0, 2), Lead(0, 2, 4), Lead(None, 4, 4))


def test_months_need_not_be_even():
    """Three months from month 4 are over at month 8, the first that is saved after them."""
    gains = np.array([[0.5, 0.1], [0.5, 0.9], [0.5, 0.9], [0.5, 0.9]])
    assert leads(np.array([0.0, 4.0, 5.0, 8.0]), gains) == (Lead(0, 0, 4), Lead(1, 4, 8))
    assert leads(np.array([0.0, 4.0, 5.0, 6.0]), gains) == (Lead(0, 0, 6),)
