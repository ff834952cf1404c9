"""Where the versions start: what was rated is where it was rated, and the rest goes with it."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import small
from rated import stands

from loops.ensemble.runs import TOLERANCE, Runs
from loops.equations import Equations
from loops.journey.begin import EVERY, LENGTH, begin, begin_in
from loops.journey.paired import only
from loops.partners import RANGES, UNKNOWN
from loops.partners.said import said_of
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.worlds import Worlds


@pytest.fixture(scope="module")
def model():
    """Two boxes that come up by themselves from nothing, each at its own rate, and times that may be hard."""
    return small(
        [{"from": "hard", "to": "tired", "polarity": "+", "strength": 0.05}],
        {"one": {"gain": 0.02}, "two": {"gain": 0.03}, "tired": {"start": 0.1, "fade": 0.05}},
        contexts=("hard",),
    )


def test_what_was_rated_starts_anywhere_in_its_range_and_each_level_as_likely(model):
    """Held against the uniform law by Kolmogorov and Smirnov: 512 draws exceed 1.63/sqrt(512) once in 100.

    The file's starts are 0, which no factor could lift.
    """
    begun = begin(model, stands(model, one="mostly", hard="a_little"), seed=1)
    hard = begun.versions.inputs[begun.equations.inputs.index("hard")]
    for levels, word in ((begun.start("one"), "mostly"), (hard, "a little")):
        low, high = RANGES[word]
        share = np.sort((levels - low) / (high - low))
        assert share[0] >= 0
        assert share[-1] <= 1
        assert np.abs(share - (np.arange(512) + 0.5) / 512).max() < 1.63 / np.sqrt(512)
    assert (begun.rated, begun.unknown, begun.count) == (("one", "hard"), ("two", "tired"), 512)
    # two draws that have nothing to do with each other: correlations within 2.6 standard deviations
    assert abs(np.corrcoef(begun.start("one"), hard)[0, 1]) < 2.6 / np.sqrt(512)


def test_what_nobody_knows_is_where_it_is_when_what_is_known_is_there(model):
    """Closed form: from 0, a box that only comes up by its gain is at 1 - exp(-gain t), in each version with
    its own gains. The tolerance: ten times the solver's local error, as everywhere."""
    begun = begin(model, stands(model, one="partly"), seed=2, count=64)
    own = begun.versions.applied(Equations.of(model).parameters([plan(model)])).gain
    months = np.arange(0.0, LENGTH + 1, EVERY)[:, None]
    place = {name: begun.equations.place(name) for name in ("one", "two")}
    one, two = (1 - np.exp(-own[row] * months) for row in place.values())
    likest = np.abs(one - begun.start("one")).argmin(axis=0)
    assert begun.start("two") == pytest.approx(two[likest, np.arange(64)], abs=10 * TOLERANCE)


def plan(model, **stops):
    levers = tuple(
        Schedule(id=name, changes=(Change(month=0, level=1), Change(month=stop, level=0)))
        for name, stop in stops.items()
    )
    return Scenario(id="plan", model=model.id, title="Plan", levers=levers)


@pytest.mark.parametrize("said", [{}, {"one": UNKNOWN}, {"hard": "mostly"}])
def test_where_no_box_was_rated_all_start_as_in_the_model(model, said):
    begun = begin(model, stands(model, **said), seed=1, count=64)
    worlds = Worlds.of([model], width="middle", seed=1)
    versions = worlds.assumptions(Equations.of(model)).versions(worlds.units(0, 64))
    own = versions.applied(Equations.of(model).parameters([plan(model)])).start
    assert begun.versions.start.tolist() == own.tolist()
    assert (begun.versions.inputs == versions.inputs).all() == ("hard" not in said)
    assert begun.versions.strength.tolist() == versions.strength.tolist()


def test_a_version_is_the_same_however_many_there_are_and_on_any_number_of_threads(model):
    now = stands(model, one="partly", tired="a_little")
    few, many = (begin(model, now, seed=3, count=count) for count in (64, 200))
    assert few.versions.start.tolist() == many.versions.start[:, :64].tolist()
    worlds = Worlds.of([model], width="middle", seed=3)
    versions = worlds.assumptions(Equations.of(model)).versions(worlds.units(0, 200))
    alone = begin_in(model, now, versions, seed=3, threads=1)
    assert alone.versions.start.tolist() == many.versions.start.tolist()
    assert begin(model, now, seed=4, count=64).start("two").tolist() != few.start("two").tolist()


def test_a_version_starts_there_when_it_runs(model):
    begun = begin(model, stands(model, one="mostly", tired="not_yet"), seed=1, count=64)
    runs = Runs.of(begun.equations, [plan(model)], 12, begun.versions)
    first = runs.levels(0, begun.versions, np.array([0.0]))[0]
    assert first == pytest.approx(begun.versions.start, abs=1e-7)  # in single precision


def test_whoever_is_told_may_stop_it(model):
    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin(model, stands(model, one="partly"), seed=1, count=64, told=stop)


def test_a_partner_of_whom_little_is_known_is_not_half_way_there(common_purpose):
    """One word on one box. The file's starts are where a place rests that nobody has worked with."""
    first = begin(common_purpose, stands(common_purpose, value="not_yet"), seed=1, count=64)
    for name in ("buy_in", "embedded", "common_purpose", "structure"):
        assert said_of(float(np.median(first.start(name)))) == "not yet"
    far = begin(common_purpose, stands(common_purpose, value="mostly"), seed=1, count=64)
    assert all(
        np.median(far.start(name)) > np.median(first.start(name)) + 0.1 for name in ("buy_in", "trust")
    )
    assert np.median(far.start("strain")) < np.median(first.start("strain"))


def test_what_was_hidden_is_found_better_than_by_saying_half(common_purpose):
    """Four partners whose every box is known: other versions than those that look, after plans that these
    have not run. The boxes of the path are rated, thirteen are hidden. Any level of 0 to 1 for those, each as
    likely, would have a middle of .5: we are to be nearer by half at least. And a range that is said to hold
    8 of 10 is to hold half of what is hidden at least, though a partner's boxes go up and down together.
    """
    equations = Equations.of(common_purpose)
    worlds = Worlds.of([common_purpose], width="middle", seed=99)
    versions = worlds.assumptions(equations).versions(worlds.units(0, 4))
    plans = [
        plan(common_purpose),
        plan(common_purpose, tailored_insight=40),
        plan(common_purpose, co_design=25, training=25, listen_first=45),
        plan(common_purpose, **{lever.id: 45 for lever in common_purpose.levers}),
    ]
    runs = Runs.of(equations, plans, 45, versions)
    off, half, held = [], [], []
    for number in range(4):
        levels = runs.levels(number, only(versions, np.array([number])), np.array([45.0]))[0, :, 0]
        true = dict(zip(equations.variables, levels.tolist(), strict=True))
        now = stands(common_purpose, **{box: said_of(true[box]) for box in common_purpose.core})
        begun = begin(common_purpose, now, seed=1, count=64)
        for box in begun.unknown:
            low, middle, high = np.percentile(begun.start(box), [10, 50, 90])
            off.append(abs(middle - true[box]))
            half.append(abs(0.5 - true[box]))
            held.append(low <= true[box] <= high)
    assert np.mean(off) < np.mean(half) / 2
    assert np.mean(held) >= 0.5


def test_a_large_model_is_looked_at_in_fewer_runs_and_says_so(monkeypatch, model):
    monkeypatch.setattr("loops.journey.begin.MOST_WORK", 1)
    begun = begin(model, stands(model, one="partly"), seed=1, count=100)
    assert begun.count == 64
    assert begun.cut == "This model is large: 64 of 100 versions were tried."


def test_starts_of_a_changed_file_do_not_matter_where_all_is_rated(model):
    said = {"one": "partly", "two": "not_yet", "tired": "mostly"}
    moved = replace(model, variables=[replace(node, start=0.5) for node in model.variables])
    here, there = (begin(each, stands(each, **said), seed=1, count=64) for each in (model, moved))
    assert here.versions.start.tolist() == there.versions.start.tolist()
