"""What can be asked, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import small

from loops.ensemble.comparison import BINS, EVERY, MOST_COUNTS, Comparison, Question
from loops.parts import replace
from loops.scenario import Scenario


def test_months_are_the_counted_ones_and_those_of_the_questions(comparison):
    assert comparison.months.tolist() == sorted({*range(0, 60, EVERY), 20, 31.5, 60})


def test_each_run_is_run_once(comparison, quiet, pushed):
    assert comparison.runs == (quiet, pushed)


def test_without_a_horizon_the_last_question_decides_and_without_questions_the_model(pair_of_boxes, pushed):
    asked = Comparison.of(pair_of_boxes, [], [Question(pushed, None, "a", 7)])
    assert asked.months.tolist() == [0, 3, 6, 7]
    assert Comparison.of(pair_of_boxes, [pushed]).months[-1] == pair_of_boxes.horizon


def test_what_cannot_be_asked_is_refused_in_a_sentence(pair_of_boxes, pushed):
    other = replace(pushed, model="other")
    for given, words in (
        (([], []), "ask for at least one"),
        (([other], []), "this scenario is for 'other'"),
        (([], [Question(pushed, None, "push", 6)]), "no variable 'push'. Choose from: a, b"),
        (([], [Question(pushed, None, "a", -1)]), "month -1"),
    ):
        with pytest.raises(ValueError, match=words):
            Comparison.of(pair_of_boxes, *given)
    with pytest.raises(ValueError, match="month 70 is not between 0 and the horizon, 60"):
        Comparison.of(pair_of_boxes, [], [Question(pushed, None, "a", 70)], horizon=60)


def test_a_large_model_is_counted_at_fewer_months():
    model = small([], {f"v{i}": {"gain": 0.1} for i in range(400)})
    nothing = Scenario(id="nothing", model=model.id, title="Nothing")
    months = Comparison.of(model, [nothing] * 4, horizon=240).months
    assert months[0] == 0
    assert months[-1] == 240
    assert np.diff(months).max() > EVERY
    assert 4 * months.size * 400 * BINS <= 1.1 * MOST_COUNTS
