"""From here: courses and what each thing adds, against closed forms and by trying everything."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from oracles import small

from loops.ensemble.runs import TOLERANCE
from loops.journey.ahead import course, options
from loops.journey.begin import begin
from loops.journey.doing import Doing
from loops.journey.standing import standing
from loops.model import Lever
from loops.partners import Mark
from loops.parts import replace
from loops.scenario import Scenario
from loops.theory.claims import MARGIN

DAY = date(2026, 1, 5)
NEAR = 10 * TOLERANCE
"""A lane whose local error is above ten tolerances runs again on finer steps."""


@pytest.fixture(scope="module")
def model():
    """Telling, training and walking lift being ready, walking most; racks do nothing for it."""
    made = small(
        [
            {"from": name, "to": "ready", "polarity": "+", "strength": strength, "evidence": "stated"}
            for name, strength in (("tell", 0.02), ("train", 0.03), ("walk", 0.04), ("late", 0.05))
        ]
        + [{"from": "racks", "to": "used", "polarity": "+", "strength": 0.1}]
        + [{"from": "ready", "to": "tired", "polarity": "-", "strength": 0.1}],
        {"ready": {"start": 0.1}, "used": {"start": 0.1}, "tired": {"start": 0.9}},
        levers=("tell", "train", "walk", "late", "racks", "usual"),
    )
    given = {
        "tell": {"hours_us": 1},
        "train": {"hours_us": 2, "hours_partner": 1},
        "walk": {"hours_us": 3, "needs": ["train"]},
        "late": {"earliest": 12},
        "racks": {},
        "usual": {"level": 1.0},
    }
    return replace(made, levers=[Lever(id=name, label=name, **more) for name, more in given.items()])


@pytest.fixture(scope="module")
def begun(model):
    marks = [Mark("ready", "a little", DAY), Mark("used", "not yet", DAY), Mark("tired", "mostly", DAY)]
    return begin(model, standing(model, marks), seed=1, count=200)


def lifted(begun, months, *levers):
    """Closed form: what is missing of being ready dies out at the rate of all that acts, late from 12 on."""
    own = begun.versions.applied(begun.equations.parameters([Doing.of(begun.model, []).plan("x")])).strength
    place = {(link.source, link.target): k for k, link in enumerate(begun.equations.links)}
    acted = sum(
        own[place[name, "ready"]] * (months - 12 if name == "late" else months) for name in set(levers)
    )
    return 1 - (1 - begun.start("ready")) * np.exp(-acted)


def test_a_course_is_what_the_closed_form_says(begun, model):
    found = course(begun, Doing.of(model, ["tell", "train"]).plan("Tell and train"), months=24)
    assert found.months.tolist() == list(range(25))
    assert (found.versions, found.plan.title) == (200, "Tell and train")
    low, middle, high = found.of("ready")
    for place in (0, 7, 24):
        true = np.percentile(lifted(begun, place, "tell", "train"), [10, 50, 90])
        assert [low[place], middle[place], high[place]] == pytest.approx(true, abs=NEAR)
    # the file names no outcomes, so the first two boxes stand for them
    assert found.rises == {"ready": 1.0, "used": 0.0}


def test_a_long_course_is_looked_at_sixty_times(begun, model):
    plan = Doing.of(model, ["tell"]).plan("Tell")
    found = course(begun, plan, months=600)
    assert found.months.tolist() == list(range(0, 601, 10))
    # who starts from rest starts from here all the same
    resting = course(begun, replace(plan, start="rest"), months=600)
    assert resting.middle.tolist() == found.middle.tolist()
    with pytest.raises(ValueError, match="no lever 'dance'"):
        course(begun, Scenario(id="p", model=model.id, title="P", lever={"dance": 1.0}), months=2)


def test_each_thing_alone_adds_what_the_closed_form_says(begun, model):
    found = {each.doing.levers: each for each in options(begun, outcome="ready", months=24)}
    quiet = begun.start("ready")
    for name, doing in (("tell", ["tell"]), ("walk", ["walk", "train"]), ("late", ["late"])):
        gain = lifted(begun, 24, *doing) - quiet
        one = found[name,]
        assert [one.gain.low, one.gain.middle, one.gain.high] == pytest.approx(
            np.percentile(gain, [10, 50, 90]), abs=NEAR
        )
        assert (one.helps, one.versions, one.why_not) == (1.0, 200, "")


def test_what_cannot_be_done_says_why_and_comes_last(begun):
    found = options(begun, outcome="ready", months=12, hours_us=2)
    cannot = [(each.doing.levers[0], each.why_not) for each in found if each.gain is None]
    assert cannot == [
        ("walk", "With “train”, which it needs, it takes 5 hours a month of ours, and there are 2."),
        ("late", "It cannot begin before month 12."),
        ("racks", "No arrow leads from it to “ready”."),
        ("usual", "It is done in full already."),
    ]
    assert [each.doing.levers for each in found[:2]] == [("train",), ("tell",)]
    assert all(each.gain is None for each in found[2:])


@pytest.mark.parametrize("hours", [3, 6, None])
def test_the_widest_bundle_is_the_best_there_is_within_the_hours(begun, model, hours):
    """Oracle: the closed form of everything up to three things. All that is done adds up in one rate here, so
    going one by one loses nothing."""
    some = [chosen for size in (1, 2, 3) for chosen in combinations(("tell", "train", "walk", "late"), size)]
    fit = [doing for doing in (Doing.of(model, chosen) for chosen in some) if doing.fits(hours, None)]
    gains = {
        frozenset(doing.levers): np.median(
            lifted(begun, 24, *doing.levers, *doing.needs) - begun.start("ready")
        )
        for doing in fit
    }
    first = next(iter(options(begun, outcome="ready", months=24, hours_us=hours)))
    assert first.gain.middle == pytest.approx(max(gains.values()), abs=NEAR)
    assert gains[frozenset(first.doing.levers)] == pytest.approx(first.gain.middle, abs=NEAR)


def test_bundles_end_where_nothing_more_is_added(begun):
    found = options(begun, outcome="ready", months=24)
    sizes = sorted(len(each.doing.levers) for each in found if each.gain)
    assert sizes == [1, 1, 1, 1, 2, 3]
    gains = {len(each.doing.levers): each.gain.middle for each in found if each.gain}
    assert gains[3] >= gains[2] + MARGIN
    assert [each.gain.middle for each in found if each.gain] == sorted(
        (each.gain.middle for each in found if each.gain), reverse=True
    )


def test_more_hours_take_nothing_away(begun):
    """What one may do with few hours is told with many, and adds as much."""
    few, many = (options(begun, outcome="ready", months=12, hours_us=hours) for hours in (2, 20))
    more = {each.doing.levers: each.gain for each in many}
    for each in few:
        if each.gain and len(each.doing.levers) == 1:
            assert more[each.doing.levers].middle == pytest.approx(each.gain.middle, abs=NEAR)


@pytest.mark.parametrize("months", [0, 2_401])
def test_months_that_nobody_can_look_ahead_are_refused(begun, model, months):
    with pytest.raises(ValueError, match="look ahead at least 1 month and at most 2,400"):
        course(begun, Doing.of(model, []).plan("x"), months=months)
    with pytest.raises(ValueError, match="look ahead"):
        options(begun, outcome="ready", months=months)


def test_an_outcome_that_is_no_box_is_refused(begun):
    with pytest.raises(ValueError, match="no variable 'redy'"):
        options(begun, outcome="redy", months=12)


def test_a_large_model_is_run_in_fewer_versions(monkeypatch, begun):
    monkeypatch.setattr("loops.journey.ahead.MOST_WORK", 1)
    monkeypatch.setattr("loops.journey.ahead.most_plans", lambda equations: 2)
    found = options(begun, outcome="ready", months=24)
    assert {each.versions for each in found if each.gain} == {16}
    assert [each.doing.levers for each in found if each.gain][-1] == ("tell",)


def test_whoever_is_told_hears_it_go_on_and_may_stop_it(begun):
    heard = []
    options(begun, outcome="ready", months=12, told=heard.append)
    assert heard == sorted(heard)
    assert (heard[-1], max(heard)) == (1.0, 1.0)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        options(begun, outcome="ready", months=12, told=stop)
