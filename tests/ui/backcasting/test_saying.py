"""Answers in words: what the number of versions leaves open, what stays, and what is missing."""

from __future__ import annotations

import dataclasses

import pytest
from planned import FRONTIER, MODEL, RACKS, TALKS, WALKS, backcast, found

from loops.ui.backcasting import needing, saying
from loops.ui.backcasting.asking import Goal
from loops.ui.catalogue import Shelf
from loops.utopia.chance import Chance
from loops.utopia.found import Slip, Worth
from loops.utopia.target import Limits, Target

SURE = found(80, WALKS, TALKS)
GOAL = Goal(Shelf("m", MODEL, {}), Target("x", 0.3, 24, 12), Limits(), 1, "middle")


@pytest.mark.parametrize(
    ("held", "of", "ends"),
    [
        (700, 1_000, "in about 7 of 10 versions of our assumptions (somewhere between 6 and 8)"),
        (990, 1_000, "in nearly every version of our assumptions (at least 9 of 10)"),
        (3, 1_000, "in hardly any version of our assumptions (at most 1 of 10)"),
        (1_000, 1_000, "in every version of our assumptions (1,000 were tried)"),
        (0, 0, "in versions that were not tried"),
    ],
)
def test_a_chance_says_what_the_number_of_versions_leaves_open(held: int, of: int, ends: str) -> None:
    """By hand: 1.96 sqrt(.7 .3 / 1,000) = .028, so .70 is from .67 to .73, and outward from 6 to 8 of 10."""
    assert saying.chance(Chance(held, of)) == ends


@pytest.mark.parametrize(
    ("resting", "keep", "says"),
    [
        (80, 12, "it also stays: it comes to rest there, without us"),
        (0, 12, "it fades in the end, if slowly"),
        (
            40,
            12,
            "it stays for good in about 5 of 10 such versions; in the others it fades in the end, too slowly",
        ),
        (40, 0, "in the others it fades in the end, once we have stopped"),
        (None, 12, "Whether it stays for good was not looked at: the model is large."),
    ],
)
def test_what_stays_and_what_fades_is_told_apart(resting: int | None, keep: int, says: str) -> None:
    goal = dataclasses.replace(GOAL, target=Target("x", 0.3, 24, keep))
    assert says in saying.afterwards(goal, dataclasses.replace(SURE, resting=resting))


def test_of_a_plan_that_never_gets_there_nothing_is_said_to_stay() -> None:
    assert saying.afterwards(GOAL, found(0)) == ""


def test_each_plan_says_what_it_stands_for() -> None:
    likeliest = found(92, RACKS, WALKS, TALKS)
    got = backcast(SURE, likeliest)
    assert saying.called(got, SURE) == "The cheapest that is sure enough"
    assert saying.called(got, likeliest) == "The one that gets there in most versions"
    never = found(0, TALKS)
    assert saying.called(backcast(SURE, never), never) == "The one that comes nearest"
    assert saying.called(got, FRONTIER[0]) == "Nothing new is done"
    assert saying.called(got, FRONTIER[1]) == ""
    both = backcast(SURE, SURE)
    assert saying.called(both, SURE) == (
        "The cheapest that is sure enough and the one that gets there in most versions"
    )
    assert saying.standing(got, FRONTIER[1]).startswith("Of the plans that were tried, none is both cheaper")


def test_what_was_not_tried_is_named() -> None:
    got = dataclasses.replace(
        backcast(SURE, SURE), left_out={"racks": "it needs 'walks', which may not be used"}
    )
    assert "“<b>Racks</b> %{y}” was left out: it needs “Walks”, which may not be used." in saying.left_out(
        got
    )
    assert saying.left_out(backcast(SURE, SURE)) == ""


def test_without_which_it_makes_no_difference() -> None:
    apart = (Worth("walks", 0.3, (0.2, 0.4)), Worth("talks", 0.0, (0.0, 0.1)))
    assert needing.most(MODEL, apart) == (
        "“Walks” is worth most: without it the plan gets there in about 3 of 10 versions fewer. Without "
        "“Talks” it hardly makes a difference."
    )
    assert needing.most(MODEL, apart, room=-0.1) == needing.most(MODEL, apart, room=0.0)
    slight = (apart[0], Worth("talks", 0.01, (0.0, 0.1)))
    assert needing.most(MODEL, slight, room=0.005).endswith(": the last small step to sure enough.")
    assert "Nothing in it is worth much alone" in needing.most(MODEL, apart[1:])


def test_what_may_be_late() -> None:
    whole = Slip(None, SURE.plan, Chance(40, 100), 0.4)
    late = (whole, Slip("walks", SURE.plan, Chance(79, 100), 0.01))
    assert needing.lateness(MODEL, late).endswith(
        "Any one thing may come a year late: that costs a few versions at most."
    )
