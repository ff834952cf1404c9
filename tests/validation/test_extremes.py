"""Extreme conditions: what is tried, that random diagrams stand it, and that a level outside is seen."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from oracles import models, small

from loops.equations import Equations
from loops.parts import replace
from loops.validation import trials
from loops.validation.extremes import KINDS, ROOM, Extreme, extremes
from loops.validation.trials import Trial


def counted(found) -> dict[str, int]:
    return Counter(each.trial.kind for each in found.found)


def test_everything_of_the_shipped_model_is_pushed_to_both_ends(common_purpose):
    """10 levers and all of them at once, 3 contexts, 73 links, 18 variables; these three twice."""
    found = extremes(Equations.of(common_purpose))
    levers, circumstances, arrows, starts = KINDS
    assert counted(found) == {levers: 22, circumstances: 12, arrows: 146, starts: 72}
    assert set(found.left_out.values()) == {0}
    assert all(each.holds for each in found.found)
    words = [each.trial.words for each in found.found]
    assert len(set(words)) == len(words)
    assert "insight -> value cut, every lever full" in words


def test_the_lowest_and_highest_level_are_those_of_the_run():
    """Closed form: alone, a box goes straight to gain / (gain + fade), so its start is one of the two ends.

    Bound: at rest the error of a step is at most the tolerance and is forgotten: ten of them.
    """
    model = small([], {"a": {"start": 0.4, "gain": 0.06, "fade": 0.04}})
    found = extremes(Equations.of(model)).found
    assert [each.trial.words for each in found] == ["a starts at 0", "a starts at 1"]
    assert [each.lowest for each in found] == pytest.approx([0.0, 0.6], abs=ROOM)
    assert [each.highest for each in found] == pytest.approx([0.6, 1.0], abs=ROOM)


@given(models())
@settings(max_examples=50, deadline=None)
def test_random_diagrams_stay_in_bounds(model):
    """The design's proof, with numerical room for ten times the tolerance.

    What is less than one in a thousand is nothing here, as in test_monotone.
    """
    model = replace(
        model,
        horizon=60,
        variables=[replace(node, gain=node.gain if node.gain > 1e-3 else 0.0) for node in model.variables],
    )
    for each in extremes(Equations.of(model)).found:
        assert each.holds, each


def test_a_level_outside_is_seen_and_so_is_one_that_is_no_number():
    trial = Trial("levers", "everything")
    assert Extreme(trial, -ROOM / 2, 1 + ROOM / 2).holds
    assert not Extreme(trial, -2 * ROOM, 0.5).holds
    assert not Extreme(trial, 0.5, 1 + 2 * ROOM).holds
    assert not Extreme(trial, math.nan, math.nan).holds
    assert not Extreme(trial, np.float64("nan"), np.float64("nan")).holds


def test_of_too_many_some_of_each_kind_are_run(common_purpose, monkeypatch):
    monkeypatch.setattr(trials.Bench, "most", 40)
    found = extremes(Equations.of(common_purpose))
    assert set(counted(found).values()) == {10}
    assert list(found.left_out.values()) == [12, 2, 136, 62]


def test_nothing_to_push_is_nothing_tried():
    """No lever, no context, no link: starts are all there is, and only under one plan."""
    found = extremes(Equations.of(small([], {"a": {}, "b": {"gain": 0.1}})))
    assert counted(found) == {"starts": 4}
