"""Expected against happened: kept and read again as it was, and every verdict by hand."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import small

from loops.journey.ahead import Course
from loops.journey.begin import begin
from loops.journey.doing import Doing
from loops.journey.happened import MOST_LEVELS, compare, keep, read, summary
from loops.journey.standing import standing
from loops.partners import UNKNOWN, Mark
from loops.parts import replace
from loops.store.bounds import PAYLOAD

DAY = date(2026, 1, 5)
LATER = DAY + timedelta(days=183)
"""Within the hour six months later: 6.01 months."""
MODEL = small(
    [{"from": "tell", "to": "ready", "polarity": "+", "strength": 0.1}],
    {"ready": {"start": 0.1}, "tired": {"start": 0.1}},
    levers=("tell",),
)


def course_of(model, months, low, middle, high):
    """A course whose every box has the same band."""
    count = len(model.variables)
    lines = [np.repeat(np.array(line, float)[:, None], count, axis=1) for line in (low, middle, high)]
    plan = Doing.of(model, ["tell"]).plan("Tell")
    names = tuple(sorted(node.id for node in model.variables))
    return Course(plan, names, np.array(months, float), *lines, {}, 512)


@pytest.fixture(scope="module")
def begun():
    return begin(MODEL, standing(MODEL, []), seed=7, count=64, width="narrow")


@pytest.fixture(scope="module")
def kept(begun):
    """Expected a little at first (.15 to .35), and partly after a year (.4 to .6)."""
    found = course_of(MODEL, [0, 12], [0.15, 0.4], [0.25, 0.5], [0.35, 0.6])
    return read(keep(found, begun, day=DAY))


def test_a_course_is_kept_with_what_it_was(kept):
    assert (kept.model, kept.day, kept.levers, kept.doing) == ("small", DAY, ("tell",), ("tell",))
    assert (kept.seed, kept.width, kept.versions, kept.months) == (7, "narrow", 512, (0, 12))
    assert read(kept.model_dump_json()) == kept


def test_between_two_months_it_is_read_along_a_straight_line_and_beyond_the_last_it_stays(kept):
    half = (LATER - DAY).days / (365.25 / 12) / 12
    assert kept.expected("ready", LATER) == pytest.approx(
        (0.15 + 0.25 * half, 0.25 + 0.25 * half, 0.35 + 0.25 * half)
    )
    assert kept.expected("ready", DAY) == (0.15, 0.25, 0.35)
    assert kept.expected("ready", DAY + timedelta(days=4_000)) == (0.4, 0.5, 0.6)


@pytest.mark.parametrize(
    ("said", "day", "verdict"),
    [
        ("not yet", LATER, "less than expected"),  # up to .125, and .275 was expected at least
        ("a little", LATER, "as expected"),  # up to .375
        ("partly", LATER, "as expected"),  # from .375 on, and .475 was expected at most
        ("mostly", LATER, "more than expected"),  # from .625 on
        (UNKNOWN, LATER, "nobody has said since"),
        ("mostly", DAY, "nobody has said since"),  # what was said that day is where it began
        ("mostly", LATER + timedelta(days=1), "nobody has said since"),  # not by the day that is asked for
    ],
)
def test_each_verdict(kept, said, day, verdict):
    ready, tired = compare(MODEL, kept, [Mark("ready", said, day)], on=LATER)
    assert (ready.box, ready.verdict, tired.verdict) == ("ready", verdict, "nobody has said since")
    told = verdict != "nobody has said since"
    assert (ready.happened, ready.day) == ((said, LATER) if told else (None, None))
    assert ready.words == ("a little", "partly", "partly")


def test_what_is_expected_is_that_of_the_day_on_which_it_was_said(kept):
    early = DAY + timedelta(days=1)
    (ready, _) = compare(MODEL, kept, [Mark("ready", "partly", early)], on=DAY + timedelta(days=365))
    assert ready.verdict == "more than expected"
    assert ready.high == pytest.approx(0.35, abs=0.25 / 365)


def test_a_box_that_is_gone_is_left_out(kept):
    fewer = small([], {"tired": {}, "new": {}})
    assert [each.box for each in compare(fewer, kept, [], on=LATER)] == ["tired"]


def test_one_sentence_for_all(kept):
    assert summary(compare(MODEL, kept, [], on=LATER)) == "Nobody has said anything since."
    one = [Mark("ready", "mostly", LATER)]
    assert summary(compare(MODEL, kept, one, on=LATER)) == (
        "Of 1 box that somebody has rated since, 1 is more than expected."
    )
    both = [*one, Mark("tired", "partly", LATER)]
    assert summary(compare(MODEL, kept, both, on=LATER)) == (
        "Of 2 boxes that somebody has rated since, 1 is as expected and 1 is more than expected."
    )


def test_the_largest_model_is_kept_within_what_the_store_holds(begun):
    """500 boxes with the longest names and labels, of which as many as can be are levers that are done."""
    for count in (66, 300, 499):
        variables = {f"v{number:063d}": {} for number in range(count)}
        levers = tuple(f"l{number:063d}" for number in range(500 - count))
        model = small([], variables, levers=levers)
        model = replace(model, levers=[replace(lever, label="x" * 200) for lever in model.levers])
        line = np.full((61, count), 0.123)
        plan = Doing.of(model, levers).plan("All")
        found = Course(plan, tuple(variables), np.arange(61.0), line, line, line, {}, 512)
        text = keep(found, dataclasses.replace(begun, model=model), day=DAY)
        assert len(text) <= PAYLOAD
        held = read(text)
        assert held.months[-1] == 60
        assert 3 * count * len(held.months) <= MOST_LEVELS


@given(st.data())
def test_whatever_else_is_read_gives_one_sentence(kept, data):
    text = kept.model_dump_json()
    place, length = (data.draw(st.integers(0, len(text))) for _ in range(2))
    damaged = text[:place] + data.draw(st.text(max_size=5)) + text[place + length :]
    says = ""
    try:
        assert compare(MODEL, read(damaged), [], on=LATER) is not None
    except ValueError as error:
        says = str(error)
    assert not says or says.startswith("this is not an expected course as it is kept here (")
    assert "\n" not in says


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"months":[0.0,12.0]', '"months":[1.0,12.0]'),
        ('"months":[0.0,12.0]', '"months":[0.0,0.0]'),
        ('"months":[0.0,12.0]', '"months":[0.0,12.0,24.0]'),
        ("0.15", "NaN"),
        ("0.15", "1.5"),
        ('"format":1', '"format":2'),
        ('"width":"narrow"', '"width":"vast"'),
        ('"seed":7', '"seed":7,"more":1'),
    ],
)
def test_what_cannot_be_is_refused(kept, was, now):
    text = kept.model_dump_json()
    assert was in text
    with pytest.raises(ValueError, match="keep it again from the page"):
        read(text.replace(was, now))
