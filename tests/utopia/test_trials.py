"""Plans in worlds: the levels of single runs in double precision, however the work is cut."""

from __future__ import annotations

import numpy as np
import pytest

from loops.compare import STILL
from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.simulate import simulate_ensemble
from loops.utopia import trials as module
from loops.utopia.plan import Plan, Spell
from loops.utopia.trials import Trials
from loops.worlds import Worlds

PLANS = [Plan(), Plan((Spell("train", 0, 12),)), Plan((Spell("tell", 6, 18), Spell("train", 6, 12)))]
MONTHS = (18.0, 30.0)


def trials(place, first=0, count=64) -> Trials:
    worlds = Worlds.of([place], width="middle", seed=1)
    return Trials.of(place, worlds, first=first, count=count, edges=(0, 6, 12, 18), until=30)


def levels(made: Trials, plans, threads=2):
    return list(made.levels([(plan, MONTHS) for plan in plans], "used", threads=threads))


def test_levels_are_those_of_an_ensemble(place):
    """Both err by the ensemble's tolerance, 1e-4 (see loops.kernel.single), on steps of their own."""
    questions = [
        Question(plan.scenario(place, title=f"Run {number}"), None, "used", month)
        for number, plan in enumerate(PLANS)
        for month in MONTHS
    ]
    run = simulate_ensemble(
        Comparison.of(place, questions=questions), worlds=Worlds.of([place], width="middle", seed=1), count=64
    )
    found = np.array(levels(trials(place), PLANS))
    np.testing.assert_allclose(found, run.outcomes.T.reshape(len(PLANS), 2, 64), rtol=0, atol=2e-4)


def test_neither_threads_nor_other_plans_nor_other_worlds_change_a_level(place, monkeypatch):
    whole = levels(trials(place), PLANS)
    alone = levels(trials(place), PLANS[::-1], threads=1)[::-1]
    monkeypatch.setattr(module, "TOGETHER", 7)
    few = levels(trials(place, first=40, count=20), PLANS)
    for one, two, some in zip(whole, alone, few, strict=True):
        np.testing.assert_array_equal(one, two)
        # cut otherwise, on steps that fewer worlds have chosen: not bitwise, but within the tolerance
        np.testing.assert_allclose(one[:, 40:60], some, rtol=0, atol=2e-4)


def test_worlds_come_to_rest_in_the_end(place):
    for end, moving in trials(place).ends(PLANS, "used"):
        assert end.shape == moving.shape == (64,)
        assert (moving <= STILL).all()


def test_a_month_in_which_no_lever_may_begin_is_refused(place):
    with pytest.raises(ValueError, match="'train' begins or stops in a month that these trials do not have"):
        levels(trials(place), [Plan((Spell("train", 3, 12),))])
