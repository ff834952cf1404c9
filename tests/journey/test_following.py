"""What follows from the last rating's day on: what was done, then a plan, in the versions that are left."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small
from rated import BEGUN, after, history

from loops.ensemble.runs import TOLERANCE
from loops.journey.ahead import moments
from loops.journey.following import follow
from loops.journey.matched import Matched
from loops.journey.matching import match
from loops.partners import Deed
from loops.parts import replace
from loops.scenario import Change, LinkChange, Schedule

MODEL = small(
    [
        {"from": "tell", "to": "known", "polarity": "+", "strength": 0.1, "evidence": "inferred"},
        {"from": "hard", "to": "known", "polarity": "-", "strength": 0.05, "evidence": "inferred"},
    ],
    {"known": {}, "other": {"start": 0.5, "fade": 0.1}},
    ("tell",),
    contexts=("hard",),
)
SAID = [(0, "not yet"), (3, "not yet"), (6, "a little"), (9, "a little"), (12, "a little"), (15, "a little")]
NOTHING = plan(MODEL)


def left(deeds=(), said=SAID) -> Matched:
    marks = [(month, "known", word) for month, word in said]
    found = match(MODEL, history(MODEL, *marks, (0, "hard", "partly"), deeds=deeds), seed=1, count=256)
    assert isinstance(found, Matched)
    return found


@pytest.fixture(scope="module")
def told() -> Matched:
    """A partner that was told from the first day on, and still is."""
    return left([Deed("We told them", BEGUN, None, "tell")])


def known(found: Matched, month: float, stops: float = np.inf) -> np.ndarray:
    """Closed form in every version: told until it stops at w / (w + v) from x0, then fading with v."""
    versions = found.begun.versions
    (hard, tell) = versions.strength * np.array([[0.05], [0.1]])
    hard = hard * versions.inputs[found.begun.equations.inputs.index("hard")]
    rest = tell / (tell + hard)
    top = rest + (found.begun.start("known") - rest) * np.exp(-(tell + hard) * min(month, stops))
    return top * np.exp(-hard * max(0.0, month - stops))


def test_what_is_under_way_goes_on(told):
    """To ten times the solver's local error, of levels in single precision."""
    found = follow(told, NOTHING, months=12)
    assert found.left.months.tolist() == moments(12).tolist() == [*map(float, range(13))]
    assert (found.left.versions, found.tried.versions) == (told.kept.size, 256)
    for month in (0, 12):
        every = known(told, told.observed.months + month)
        for course, levels in ((found.tried, every), (found.left, every[told.kept])):
            low, middle, high = (each[month] for each in course.of("known"))
            assert [low, middle, high] == pytest.approx(
                np.percentile(levels, [10, 50, 90]), abs=10 * TOLERANCE
            )


def test_the_versions_that_are_left_know_more(told):
    """Slowly as it rose, only versions with weak telling are left: less follows, and less widely."""
    found = follow(told, NOTHING, months=12)
    low, middle, high = (each[-1] for each in found.left.of("known"))
    before, usual, top = (each[-1] for each in found.tried.of("known"))
    assert 0.02 < told.share < 0.9
    assert middle < usual
    assert high - low < top - before


@pytest.mark.parametrize("stop", [0, 6])
def test_a_plan_takes_over_from_the_last_day(told, stop):
    ending = Schedule(id="tell", changes=(Change(month=stop, level=0),))
    found = follow(told, replace(NOTHING, levers=(ending,)), months=12)
    last = told.observed.months
    every = known(told, last + 12, stops=last + stop)
    assert found.tried.of("known")[1][-1] == pytest.approx(np.median(every), abs=10 * TOLERANCE)


def test_a_plan_that_always_holds_begins_on_that_day():
    found = left()
    course = follow(found, plan(MODEL, tell=1.0), months=12)
    first, last = course.tried.of("known")[1][[0, -1]]
    before = follow(found, NOTHING, months=12).tried.of("known")[1][0]
    assert first == pytest.approx(before, abs=10 * TOLERANCE)  # other steps are chosen
    assert last > first + 0.2


def test_deeds_after_the_last_rating_go_on_unless_the_plan_names_them():
    """Told until a year after the last rating."""
    found = left([Deed("We told them", BEGUN, after(27), "tell")])
    for month in (6, 24):
        course = follow(found, NOTHING, months=24).tried.of("known")[1]
        stops = found.observed.done.schedule("tell").changes[-1].month
        every = known(found, found.observed.months + month, stops=stops)
        assert course[month] == pytest.approx(np.median(every), abs=10 * TOLERANCE)
    named = follow(found, plan(MODEL, tell=1.0), months=24).tried.of("known")[1]
    assert named[-1] > course[-1] + 0.02


def test_it_is_bitwise_the_same_on_one_thread_and_two(told):
    one, two = (follow(told, NOTHING, months=6, threads=threads) for threads in (1, 2))
    for name in ("low", "middle", "high"):
        assert getattr(one.left, name).tolist() == getattr(two.left, name).tolist()


def test_what_cannot_follow_is_one_sentence(told):
    cut = LinkChange.model_validate({"from": "tell", "to": "known", "cut": True})
    with pytest.raises(ValueError, match="would change what has happened too"):
        follow(told, replace(NOTHING, links=(cut,)), months=6)
    with pytest.raises(ValueError, match="month"):
        follow(told, NOTHING, months=0)
    with pytest.raises(ValueError, match="no lever"):
        follow(told, replace(NOTHING, levers=(Schedule(id="tel", always=1.0),)), months=6)
