"""Ratings after the first day as ranges, and what each role said over time as patterns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import small
from rated import BEGUN, after, history

from loops.journey.observed import FEWEST, SD, Observed, TooFew, observe
from loops.partners import RANGES, SAID, UNKNOWN, History, Mark, Profile
from loops.partners.history import months_between
from loops.partners.said import said_of
from loops.parts import replace

MODEL = small([], {"trust": {}, "value": {}}, ("tell",), contexts=("hard",))


def course(*words: str, box: str = "trust", role: str = "") -> list[Mark]:
    """What was said once a month from the first day on."""
    return [Mark(box, word, after(month), role) for month, word in enumerate(words)]


def observed(*marks: Mark) -> Observed:
    """With ratings of another box, so that there are enough."""
    more = course(*["not yet"] * 6, box="value")
    said = sorted([*marks, *more], key=lambda mark: mark.day)
    found = observe(MODEL, History(Profile("Surgery A"), MODEL.id, tuple(said)))
    assert isinstance(found, Observed)
    return found


def ratings(found: Observed, box: str = "trust"):
    return [each for each in found.observations if each.box == box and each.since is None]


def patterns(found: Observed, box: str = "trust"):
    return [each for each in found.observations if each.box == box and each.since is not None]


def test_a_rating_is_the_range_of_its_word_and_the_first_day_is_none():
    found = observed(*course("a little", "partly", UNKNOWN, "mostly"))
    assert found.begun == BEGUN
    assert [(each.day, each.low, each.high, each.words) for each in ratings(found)] == [
        (after(1), *RANGES["partly"], "partly"),
        (after(3), *RANGES["mostly"], "mostly"),
    ]
    assert [each.month for each in ratings(found)] == [months_between(BEGUN, after(m)) for m in (1, 3)]
    assert found.first.said("trust") == "a little"
    assert found.months == months_between(BEGUN, after(5))


def test_what_roles_say_on_a_day_is_one_rating_and_each_role_has_its_own_pattern():
    """By hand: .375 to .625 and 0 to .125 have the mean .1875 to .375."""
    found = observed(
        *course("a little", "partly", "mostly", role="GP"), *course("a little", "not yet", role="Nurse")
    )
    assert [(each.low, each.high, each.role) for each in ratings(found)] == [
        (0.1875, 0.375, ""),
        (0.625, 1.0, ""),
    ]
    assert [(each.role, each.words, each.since, each.day) for each in patterns(found)] == [
        ("GP", "went up", BEGUN, after(2)),
        ("Nurse", "went down", BEGUN, after(1)),
    ]


def test_a_pattern_is_how_far_it_went_between_the_ends_of_its_words():
    """By hand. Up from .125-.375 to .625-1: .25 to .875; down to 0-.125: .5 or more; flat: a word's width."""
    up, down = patterns(observed(*course("a little", "partly", "mostly", "not yet")))
    assert (up.words, up.low, up.high, up.since, up.day) == ("went up", 0.25, 0.875, BEGUN, after(2))
    assert (down.words, down.low, down.high, down.since, down.day) == (
        "went down",
        -1.0,
        -0.5,
        after(2),
        after(3),
    )
    (flat,) = patterns(observed(*course("partly", "partly", "partly")))
    # the variance of a difference of two that err apart is the sum of theirs
    assert flat.sd**2 == pytest.approx(2 * SD**2)
    assert (flat.words, flat.low, flat.high, flat.since, flat.day) == ("flat", -0.25, 0.25, BEGUN, after(2))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_levels_whose_words_were_said_are_in_every_range(levels):
    found = observed(*course(*map(said_of, levels)))
    at = {after(month): level for month, level in enumerate(levels)}
    seen = [each for each in found.observations if each.box == "trust"]
    assert len(ratings(found)) == len(levels) - 1
    assert patterns(found)
    for each in seen:
        true = at[each.day] - (at[each.since] if each.since else 0.0)
        assert each.low <= true <= each.high


@given(st.lists(st.sampled_from(SAID[:-1]), min_size=2, max_size=12))
def test_patterns_follow_each_other_and_turn(words):
    found = patterns(observed(*course(*words)))
    assert (found[0].since, found[-1].day) == (BEGUN, after(len(words) - 1))
    for one, then in pairwise(found):
        assert one.day == then.since
        assert {one.words, then.words} == {"went up", "went down"}


def test_circumstances_are_no_observations_but_change_the_run():
    found = observed(
        Mark("hard", "mostly", BEGUN), Mark("hard", "partly", after(2)), Mark("hard", UNKNOWN, after(3))
    )
    assert {each.box for each in found.observations} == {"value"}
    (schedule,) = found.done.contexts
    assert [(change.month, change.level) for change in schedule.changes] == [
        (months_between(BEGUN, after(2)), 0.5)
    ]


@pytest.mark.parametrize(
    ("marks", "ratings", "days"),
    [
        ([], 0, 0),
        ([(0, "trust", "partly")], 0, 0),
        ([(0, "trust", "partly"), *((1, box, "partly") for box in ("trust", "value"))], 2, 1),
        ([(month, "trust", "partly") for month in range(FEWEST)], FEWEST - 1, FEWEST - 1),
        ([(month, "trust", UNKNOWN) for month in range(9)], 0, 0),
    ],
)
def test_too_few_observations_are_said_to_be_so(marks, ratings, days):
    found = observe(MODEL, history(MODEL, *marks))
    assert found == TooFew(ratings, days, found.says)
    there = f"there are {ratings}, on {days} day" if ratings else "there are none."
    assert there in found.says


def test_one_later_day_is_too_few_however_much_was_said_on_it():
    many = small([], {f"box_{n}": {} for n in range(9)})
    marks = [(month, f"box_{n}", "partly") for n in range(9) for month in (0, 1)]
    assert isinstance(observe(many, history(many, *marks)), TooFew)


def test_what_the_model_does_not_have_is_left_out_and_said():
    found = observed(Mark("gone", "partly", after(1)))
    assert found.left_out == "Left out: ratings of boxes that the model does not have (1)."
    assert observed().left_out == ""


def test_of_very_many_observations_the_latest_are_used(monkeypatch):
    """Nine ratings after the first day and the pattern that they make, and eight are the most."""
    monkeypatch.setattr("loops.journey.observed.MOST", 8)
    found = observe(MODEL, history(MODEL, *((month, "trust", "partly") for month in range(10))))
    assert [each.day for each in found.observations] == [*map(after, range(3, 10)), after(9)]
    assert found.left_out == "Left out: the 2 oldest observations, as 8 are the most."


def test_what_cannot_be_used_is_said_in_one_sentence():
    with pytest.raises(ValueError, match="in the words of 'small', and the model is 'other'"):
        observe(replace(MODEL, id="other"), history(MODEL))
    marks = [(month, "trust", "partly") for month in (0, 1, 2, 3, 4, 2500)]
    with pytest.raises(ValueError, match="mend the year"):
        observe(MODEL, history(MODEL, *marks))
