"""Who leads, in sentences."""

from __future__ import annotations

import numpy as np

from loops.dominance.lead import Lead
from loops.ui.driving.telling import in_the_end, stillness, story, when, without_a_name

NAMES = ["It's ours", "Pulling together", "Passing it on"]


def test_leads_are_told_in_order_with_the_month_and_the_time() -> None:
    assert story([Lead(0, 0, 13), Lead(1, 13, 46), Lead(2, 46, 240)], NAMES) == (
        "From the start “It's ours” leads; from month 13 (about 1 year) “Pulling together” leads; "
        "from month 46 (about 4 years) “Passing it on” leads."
    )


def test_one_leader_leads_all_the_way() -> None:
    assert story([Lead(2, 0, 240)], NAMES) == "“Passing it on” leads all the way."
    told = story([Lead(2, 0, 240)], NAMES, among="Of the 3 loops with a name")
    assert told == "Of the 3 loops with a name: “Passing it on” leads all the way."


def test_where_nothing_comes_back_nobody_leads() -> None:
    assert story([Lead(None, 0, 240)], NAMES) == "From the start no loop gives anything back."
    told = story([Lead(None, 0, 5), Lead(0, 5, 240)], NAMES)
    assert told == "From the start no loop gives anything back; from month 5 “It's ours” leads."


def test_of_many_leads_the_first_and_the_last_are_told_and_the_rest_counted() -> None:
    leads = [Lead(k % 2, 10.0 * k, 10.0 * k + 10) for k in range(9)]
    told = story(leads, NAMES)
    assert told.count("leads") == 4
    assert "; the lead changes 5 more times; from month 80 " in told  # 3 + 5 + 1 are the nine


def test_no_time_in_words_before_a_year() -> None:
    assert when(11) == "month 11"
    assert when(12) == "month 12 (about 1 year)"


def test_what_a_push_becomes_at_the_end() -> None:
    assert in_the_end("X", 0.34).endswith(
        "about a third of a small push comes back once round “X”: "
        "alone it lets a push die out (“Will it last?” takes all loops together)."
    )
    assert "about 4 times as much as a small push" in in_the_end("X", 3.5)
    assert in_the_end("X", 3.5).endswith("grows.")
    assert in_the_end("X", 1.0).endswith("neither grows nor dies out.")
    assert in_the_end("X", -0.5).endswith("but turned round, for it is a brake.")


def test_rest_is_said_from_the_month_it_begins() -> None:
    assert stillness(np.array([True] * 5)).startswith("Hardly anything moves under this plan")
    assert stillness(np.array([False] * 5)) == ""
    assert stillness(np.array([True, False, False, True, True])).startswith("From month 3 on hardly anything")


def test_loops_without_a_name_that_are_stronger_are_not_passed_over() -> None:
    gains = np.column_stack([np.full(10, 0.2), np.linspace(0, 0.45, 10), np.full(10, -0.1)])
    said = without_a_name(gains, [0], NAMES)
    assert said == (  # the second is above 0.2 from its sixth month on, at 0.25, 0.30, ... 0.45
        "But loops without a name mostly give back more: in 5 of 9 months some loop does. "
        "The strongest of them is Pulling together: at most about half."
    )
    assert without_a_name(gains, [1, 0], NAMES).startswith("No loop without a name")
    assert without_a_name(gains, [0, 1, 2], NAMES) == ""


def test_all_of_a_push_reads_as_english() -> None:
    assert in_the_end("X", 1.0).startswith("At the end about all of a small push comes back once round “X”")
    assert in_the_end("X", 0.001).startswith("At the end almost nothing of a small push comes back")
