"""What the versions left have in common, and ridges: on versions that are left by a rule that is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from oracles import small
from rated import history
from scipy.stats import kstest

from loops.journey.apart import told_apart
from loops.journey.matched import FEWEST_LEFT, Matched
from loops.journey.matching import match
from loops.partners import Deed

MODEL = small(
    [
        {"from": "tell", "to": "known", "polarity": "+", "strength": 0.1},
        {"from": "known", "to": "liked", "polarity": "?", "strength": 0.1, "evidence": "inferred"},
    ],
    {"known": {"start": 0.2, "fade": 0.05}, "liked": {"start": 0.2, "fade": 0.05}},
    ("tell",),
    contexts=("hard",),
)
STRENGTH, PRESENCE = "link tell->known strength", "link tell->known presence"
SIGN, FADE = "link known->liked sign", "variable known fade"


@pytest.fixture(scope="module")
def every() -> Matched:
    """Two thousand versions of which nothing is ruled out."""
    marks = [(month, box, "partly") for month in range(5) for box in ("liked", "known")]
    found = match(MODEL, history(MODEL, *marks), seed=1, count=2000)
    assert isinstance(found, Matched)
    return left(found, np.ones(found.tried, bool))


def left(found: Matched, kept: np.ndarray) -> Matched:
    """The same where only some versions are left."""
    beyond = np.repeat(~kept[None], len(found.observed.observations), axis=0)
    return Matched(found.observed, found.begun, found.numbers, beyond)


def unit(found: Matched, name: str) -> np.ndarray:
    return found.numbers.units[:, found.numbers.columns.index(name)]


def value(found: Matched, name: str) -> np.ndarray:
    return found.numbers.values[:, found.numbers.columns.index(name)]


def test_where_nothing_is_ruled_out_nothing_is_told(every):
    known = told_apart(every)
    assert (known.ended, known.numbers, known.ridges) == ("nothing found", (), ())
    assert known.untold == len(every.numbers.columns)


def test_luck_alone_tells_nothing_nineteen_times_in_twenty(every):
    """Versions left by chance, forty times. Either test names something 1 time in 20 at most, so both less
    than 1 in 10 times: 4 of 40, and with the binomial's 1% bound 9."""
    rng = np.random.default_rng(5)
    told = [told_apart(left(every, rng.random(every.tried) < 0.1)) for _ in range(40)]
    assert sum(known.ended == "found" for known in told) <= 9


def test_a_number_that_decided_is_told_with_where_it_is_now(every):
    """By hand. Strengths in the lower half alone: uniform numbers up to a half, so 5%, 50% and 95% are at
    .025, .25 and .475 of all, each to 4 standard errors of a quantile of a thousand (at most .06). Half of a
    normal distribution has the standard deviation sqrt(1 - 2/pi) of the whole, so it is .40 narrower."""
    known = told_apart(left(every, unit(every, STRENGTH) < 0.5))
    (number,) = known.numbers
    assert number.name == STRENGTH
    tried = np.sort(value(every, STRENGTH))
    for found, share in zip(number.after, (0.025, 0.25, 0.475), strict=True):
        assert np.searchsorted(tried, found) / tried.size == pytest.approx(share, abs=0.06)
    assert number.narrower == pytest.approx(1 - np.sqrt(1 - 2 / np.pi), abs=0.05)
    assert (number.condition.low, number.condition.high) == (None, number.after[2])
    assert number.condition.share == pytest.approx(0.475, abs=0.06)
    assert known.untold == len(every.numbers.columns) - 1


def test_a_number_in_between_has_both_bounds(every):
    known = told_apart(left(every, np.abs(unit(every, FADE) - 0.5) < 0.2))
    (number,) = known.numbers
    assert (number.condition.low, number.condition.high) == (number.after[0], number.after[2])


def test_whether_an_arrow_is_there_and_its_sign_are_told(every):
    presence, sign = value(every, PRESENCE), value(every, SIGN)
    numbers = {each.name: each for each in told_apart(left(every, (presence > 0) & (sign == 0))).numbers}
    assert {*numbers} == {PRESENCE, SIGN}
    assert (numbers[PRESENCE].condition.low, numbers[PRESENCE].condition.high) == (1.0, None)
    assert (numbers[SIGN].condition.low, numbers[SIGN].condition.high) == (None, 0.0)
    assert numbers[PRESENCE].narrower == numbers[SIGN].narrower == 1
    assert numbers[SIGN].condition.share == np.mean(sign == 0)


@pytest.mark.parametrize(("way", "high"), [(1, True), (-1, False)])
def test_a_ridge_is_two_numbers_of_which_only_a_sum_or_a_difference_was_seen(every, way, high):
    """Left is what lies near a line through all pairs of the two, up or down."""
    other = unit(every, FADE) if way > 0 else 1 - unit(every, FADE)
    known = told_apart(left(every, np.abs(unit(every, STRENGTH) - other) < 0.2))
    (ridge,) = known.ridges
    assert {ridge.high.name, ridge.other.name} == {STRENGTH, FADE}
    assert ridge.correlation * way > 0.5
    assert (ridge.other.low is not None) == high
    assert known.numbers == (), "each by itself may be anything still"
    assert known.more == 0


def test_of_very_many_numbers_only_those_told_of_are_paired(every, monkeypatch):
    monkeypatch.setattr("loops.journey.apart.MOST_PAIRED", 3)
    strength, fade = unit(every, STRENGTH), unit(every, FADE)
    both = (np.abs(strength - fade) < 0.2) & (strength < 0.5) & (fade < 0.5)
    known = told_apart(left(every, both))
    assert {each.name for each in known.numbers} == {STRENGTH, FADE}
    assert (known.paired, len(known.ridges)) == (2, 1)
    none = told_apart(every)
    assert (none.ended, none.paired) == ("nothing found", 0)


def test_chance_is_kolmogorovs(every):
    """Against scipy's own test of each column by itself, times as many."""
    found = left(every, unit(every, STRENGTH) < 0.5)
    (number,) = told_apart(found).numbers
    alone = kstest(unit(every, STRENGTH)[found.kept], "uniform").pvalue
    assert number.condition.chance == pytest.approx(alone * len(every.numbers.columns))


def test_too_few_versions_say_nothing(every):
    known = told_apart(left(every, np.arange(every.tried) < FEWEST_LEFT - 1))
    assert (known.ended, known.untold) == ("too few left", len(every.numbers.columns))


def test_a_ridge_is_found_in_a_partner():
    """Closed form: long told, known rests at w / (w + fade), so ratings of a place at rest have seen only the
    ratio of the two. Presence is taken away: an arrow that is stated is there."""
    stated = {"from": "tell", "to": "known", "polarity": "+", "strength": 0.2, "evidence": "stated"}
    model = small([{**stated, "spread": "wide"}], {"known": {"start": 0.5, "fade": 0.2}}, ("tell",))
    deeds = [Deed("We told them", date(2020, 1, 1), None, "tell")]
    rests = history(model, *((month, "known", "a little") for month in range(0, 60, 6)), deeds=deeds)
    known = told_apart(match(model, rests, seed=1, count=2000))
    assert [(ridge.high.name, ridge.correlation > 0) for ridge in known.ridges] == [(STRENGTH, True)]
