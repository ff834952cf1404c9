"""The rows of the table: what fails, what is for information, and the right words where there is nothing."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter

import pytest

from loops.validation.extremes import KINDS, Extreme, Extremes
from loops.validation.monotone import Pair
from loops.validation.report import of_extremes, of_figures, of_pairs, of_robust
from loops.validation.robust import Robust
from loops.validation.trials import Trial


def found(*extremes: Extreme, **left_out: int) -> Extremes:
    return Extremes(extremes, dict.fromkeys(KINDS, 0) | left_out)


def lever(words: str, lowest: float, highest: float) -> Extreme:
    return Extreme(Trial("levers", words), lowest, highest)


def test_a_level_outside_fails_its_row_and_is_named():
    rows = of_extremes(found(lever("calm", 0.1, 0.9), lever("wild", -0.25, 0.5), lever("low", 0.0, 0.2)))
    assert [row.fails for row in rows] == [True, False, False, False]
    assert (rows[0].tried, rows[0].held) == (3, 2)
    assert rows[0].worst == "wild: lowest -0.25000, highest 0.50000"


def test_a_run_that_did_not_finish_is_the_worst_there_is():
    rows = of_extremes(found(lever("wild", -0.25, 0.5), lever("lost", math.nan, math.nan)))
    assert rows[0].worst == "lost: the run did not finish"
    assert rows[0].held == 0
    pairs = [Pair("u", "a", "raises", 0.5), Pair("u", "b", "raises", math.nan)]
    decided, *_ = of_pairs(pairs)
    assert (decided.held, decided.worst) == (0, "u and b: the run did not finish")


def test_none_left_out_and_not_run_are_different():
    rows = of_extremes(found(lever("calm", 0.1, 0.9), starts=7))
    assert [row.worst for row in rows[1:]] == ["none in this model", "none in this model", "not run"]
    assert rows[3].left_out == 7
    assert not any(row.fails for row in rows)


def test_pairs_by_what_the_signs_say():
    pairs = [
        Pair("u", "a", "raises", 0.0),
        Pair("u", "b", "lowers", 0.1),
        Pair("u", "c", "not decided", None),
        Pair("v", "a", "no path", 0.0),
        Pair("v", "b", "raises", None),
    ]
    decided, apart, undecided = of_pairs(pairs)
    assert (decided.tried, decided.held, decided.left_out) == (2, 1, 1)
    assert decided.fails
    assert decided.worst == "u moves b by 0.10000 the wrong way"
    assert (apart.tried, apart.held, apart.fails) == (1, 1, False)
    assert apart.worst == "none moves without a path"
    assert undecided.worst.startswith("1 of 5 pairs")
    assert not undecided.fails


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([], "no lever or circumstance in this model"),
        ([Pair("u", "a", "not decided", None)], "1 of 1 pairs: a brake on the way"),
    ],
)
def test_no_pair_decided(pairs, says):
    decided, apart, undecided = of_pairs(pairs)
    assert (decided.tried, decided.worst, apart.tried, apart.worst) == (0, "no such pair", 0, "no such pair")
    assert undecided.worst.startswith(says)
    assert not any(row.fails for row in (decided, apart, undecided))


def test_criteria_held_and_missed(one_box):
    held = of_figures(one_box(0.4).measure())
    assert (held.tried, held.held, held.fails) == (1, 1, False)
    assert held.worst == "closest: high, 0.5000 >= 0.4"
    missed = of_figures(one_box(0.6).measure())
    assert (missed.tried, missed.held, missed.fails) == (1, 0, True)
    assert missed.worst == "missed: high; worst: high, 0.5000 >= 0.6"
    assert of_figures([]).worst == "none in this file"
    (figure,) = one_box(0.4).measure()
    moving = of_figures([dataclasses.replace(figure, moving=0.25)])
    assert moving.worst == "missed: high; worst: high, 0.5000 >= 0.4, still moving"


def test_versions_are_for_information():
    row = of_robust(Robust(20, 12, 5, Counter(high=6, low=1), 1), 0.05)
    assert row.name == "reference modes hold in versions at 5% noise"
    assert (row.tried, row.held, row.left_out, row.fails) == (12, 5, 8, False)
    assert row.worst == "missed: high 6, low 1; 1 did not finish"
    assert of_robust(Robust(2, 2, 2, Counter(), 0), 0.05).worst == "none missed"
    assert of_robust(None, 0.05).worst == "not run: there are no reference modes"
