"""Where a partner stands: worked by hand, and what must hold whatever people say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import small

from loops.journey.standing import changes, standing
from loops.partners import RANGES, SAID, UNKNOWN, Mark

DAY = date(2026, 1, 5)
MONTH = timedelta(days=30)
MODEL = small([], {"ready": {}, "trust": {}}, levers=("tell",), contexts=("hard",))

marks = st.lists(
    st.builds(
        Mark,
        on=st.sampled_from(["ready", "trust", "hard"]),
        said=st.sampled_from(SAID),
        day=st.integers(0, 3).map(lambda months: DAY + months * MONTH),
        role=st.sampled_from(["", "GP", "Nurse"]),
        who=st.sampled_from(["", "one", "two"]),
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda mark: mark.day))


def test_a_role_counts_with_its_last_day_and_the_box_with_the_mean_of_its_roles():
    """By hand: the nurse's last word is "mostly", .625 to 1; with "not yet", 0 to .125: in between."""
    said = [
        Mark("ready", "a little", DAY, "Nurse"),
        Mark("ready", "not yet", DAY, "GP", reason="No time"),
        Mark("ready", "mostly", DAY + MONTH, "Nurse"),
    ]
    ready = standing(MODEL, said).boxes["ready"]
    assert ready.range == (0.3125, 0.5625)
    assert (ready.low, ready.high, ready.word, ready.day) == (0.3125, 0.5625, "partly", DAY + MONTH)
    assert ready.apart
    assert ready.roles == {"not yet": ("GP",), "mostly": ("Nurse",)}
    assert ready.by_role["GP"].reason == "No time"
    before = standing(MODEL, said, on=DAY).boxes["ready"]
    assert before.range == (0.0625, 0.25)
    assert not before.apart


def test_two_people_of_a_role_on_a_day_both_count_and_one_who_speaks_twice_counts_once():
    two = [Mark("ready", said, DAY, "Nurse", who=who) for said, who in (("not yet", "a"), ("partly", "b"))]
    voice = standing(MODEL, two).boxes["ready"].by_role["Nurse"]
    assert (voice.range, voice.said) == ((0.1875, 0.375), "a little")
    again = [*two, Mark("ready", "mostly", DAY, "Nurse", who="a")]
    assert standing(MODEL, again).boxes["ready"].range == (0.5, 0.8125)
    nobody_named = [Mark("ready", "not yet", DAY), Mark("ready", "partly", DAY)]
    assert len(standing(MODEL, nobody_named).boxes["ready"].by_role[""].marks) == 2


def test_who_does_not_know_takes_nothing_away():
    known = Mark("ready", "partly", DAY, "GP")
    asked = [known, *(Mark("ready", UNKNOWN, DAY, role) for role in ("Nurse", "Reception"))]
    assert standing(MODEL, asked).boxes["ready"].range == RANGES["partly"]
    nobody = standing(MODEL, asked[1:])
    assert nobody.boxes["ready"].word == UNKNOWN
    assert (nobody.known, nobody.said("ready"), nobody.said("trust")) == ((), UNKNOWN, UNKNOWN)
    assert not nobody.boxes["ready"].apart


def test_what_the_model_does_not_have_is_named():
    """A lever is nothing that stands anywhere; boxes come in the order of the file, then circumstances."""
    said = [Mark(on, "partly", DAY) for on in ("hard", "old", "tell", "trust")]
    found = standing(MODEL, said)
    assert list(found.boxes) == ["trust", "hard"]
    assert found.gone == ("old", "tell")


@pytest.mark.parametrize(
    ("was", "now", "way"),
    [
        (None, "partly", "first time"),
        ("a little", "partly", "went up"),
        ("partly", "not yet", "went down"),
        ("partly", "partly", "same"),
        (UNKNOWN, "not yet", "known now"),
        ("mostly", UNKNOWN, "not known now"),
    ],
)
def test_each_change_has_its_words(was, now, way):
    before = [Mark("trust", was, DAY, "GP")] if was else []
    said = [*before, Mark("trust", now, DAY + MONTH, "GP", reason="Because"), Mark("ready", "partly", DAY)]
    (changed,) = changes(MODEL, said, since=DAY)
    assert (changed.box, changed.role, changed.was, changed.now) == ("trust", "GP", was, now)
    assert (changed.way, changed.day, changed.reason) == (way, DAY + MONTH, "Because")
    assert not changes(MODEL, said, since=DAY, on=DAY)


@given(marks, st.randoms())
def test_a_range_is_between_those_of_the_words_and_the_order_of_a_day_changes_nothing(said, random):
    """Of people who are named: of one who speaks twice on a day the later word counts, so only once here."""
    once = list({(mark.on, mark.role, mark.who, mark.day): mark for mark in said}.values())
    found = standing(MODEL, once)
    for box, rated in found.boxes.items():
        every = [RANGES[m.said] for voice in rated.by_role.values() for m in voice.marks if m.said != UNKNOWN]
        if box in found.known:
            # sums of eighths over at most 9 marks: exact but for the last digits of a third
            assert min(low for low, _ in every) - 1e-12 <= rated.low <= rated.high
            assert rated.high <= max(high for _, high in every) + 1e-12
        else:
            assert not every
    shuffled = random.sample(once, len(once))
    again = standing(MODEL, sorted(shuffled, key=lambda mark: mark.day))
    assert again.boxes.keys() == found.boxes.keys()
    for box, rated in again.boxes.items():
        assert rated.range == pytest.approx(found.boxes[box].range, abs=1e-12)


@given(marks)
def test_what_is_said_later_does_not_change_where_they_stood(said):
    earlier = [mark for mark in said if mark.day <= DAY + MONTH]
    assert standing(MODEL, said, on=DAY + MONTH) == standing(MODEL, earlier)
