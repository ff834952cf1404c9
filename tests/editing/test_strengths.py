"""Strengths in words: borders in time, and a number for each word."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.editing.strengths import NUMBERS, WORDS, meaning, rate_of, word_of
from loops.model import Link, Model, Variable
from loops.scenario import Scenario
from loops.simulate import TOLERANCE, simulate

RATES = st.floats(0, 2)


@given(RATES, RATES)
def test_more_is_never_called_less(one, other):
    low, high = sorted((one, other))
    assert WORDS.index(word_of(low)) <= WORDS.index(word_of(high))


@given(RATES, st.sampled_from(WORDS))
def test_choosing_a_word_gives_a_rate_of_that_word_and_keeps_one_that_has_it(rate, word):
    chosen = rate_of(word, rate)
    assert word_of(chosen) == word
    assert chosen == rate or word_of(rate) != word
    assert rate_of(word, chosen) == chosen


def test_the_borders_are_three_years_and_one_year():
    assert word_of(math.log(2) / 36.01) == "weak"
    assert word_of(math.log(2) / 35.99) == word_of(math.log(2) / 12.01) == "moderate"
    assert word_of(math.log(2) / 11.99) == "strong"


def test_the_shipped_model_uses_each_word(common_purpose):
    words = [word_of(link.strength) for link in common_purpose.links]
    assert [words.count(word) for word in WORDS] == [29, 23, 21]  # as the docstring says


@pytest.mark.parametrize("rate", NUMBERS.values())
def test_half_is_won_when_the_words_say_so(rate):
    """dx/dt = (1 - x) w from 0 is half at ln 2 / w: so far the run has come just before and after."""
    half = math.log(2) / rate
    model = Model(
        id="m",
        title="M",
        variables=(
            Variable(id="full", label="Full", start=1.0),
            Variable(id="x", label="X", start=0.0),
        ),
        links=(Link(source="full", target="x", polarity="+", strength=rate),),
    )
    (run,) = simulate(model, [Scenario(id="quiet", model="m", title="Quiet")], months=math.ceil(half))
    # the local error is at most TOLERANCE a step, errors shrink as x settles, and steps are fewer than months
    error = math.ceil(half) * TOLERANCE
    for month in (math.floor(half), math.ceil(half)):
        assert run.at("x", month) == pytest.approx(1 - math.exp(-rate * month), abs=error)
    assert run.at("x", math.floor(half)) < 0.5 < run.at("x", math.ceil(half))


@pytest.mark.parametrize(
    ("rate", "sign", "says"),
    [
        (
            0.1,
            "+",
            "alone, and when its source is complete, half of what is missing is won in about 7",
        ),
        (0.02, "-", "alone, and when its source is complete, half of what is there is lost in about 3 years"),
        (2.0, "+", "alone, and when its source is complete, half of what is missing is won in less than a"),
        (0.0001, "+", "more than 50 years"),
        (0.0, "+", "it does nothing: its strength is 0"),
        (
            0.1,
            "?",
            "its sign is not known; alone, and when its source is complete, half of what is missing",
        ),
    ],
)
def test_what_a_rate_means(rate, sign, says):
    assert says in meaning(rate, sign)
