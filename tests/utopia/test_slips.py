"""A plan that is late, held against the ensemble's own runs of the late plan."""

from __future__ import annotations

import numpy as np
import pytest

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.simulate import Cancelled, simulate_ensemble
from loops.utopia.plan import Plan, Spell
from loops.utopia.slips import slips
from loops.utopia.target import Target
from loops.worlds import Worlds

PLAN = Plan((Spell("train", 0, 24), Spell("walk", 6, 18)))
TARGET = Target("used", 0.5, by=24, keep=24)
COUNT = 256
ERROR = 1e-4
"""Of a level in an ensemble (see loops.kernel.single)."""


def test_each_lever_and_all_of_them_a_year_late(place):
    got = slips(place, TARGET, PLAN, seed=1, count=COUNT)
    late = {
        None: (Plan((Spell("train", 12, 36), Spell("walk", 18, 30))), 60),
        "train": (Plan((Spell("train", 12, 36), Spell("walk", 6, 18))), 60),
        "walk": (Plan((Spell("train", 0, 24), Spell("walk", 18, 30))), 54),
    }
    assert [(each.lever, each.plan) for each in got] == [(name, plan) for name, (plan, _) in late.items()]
    runs = [(PLAN, 48), *late.values()]
    questions = [
        Question(plan.scenario(place, title=f"Run {number}"), None, "used", month)
        for number, (plan, last) in enumerate(runs)
        for month in (24, last)
    ]
    run = simulate_ensemble(
        Comparison.of(place, questions=questions),
        worlds=Worlds.of([place], width="middle", seed=1),
        count=512 + COUNT,
    )
    # the fresh worlds begin where the search's 512 end
    lowest = run.outcomes[512:].reshape(COUNT, len(runs), 2).min(axis=2)
    fewest, most = (np.count_nonzero(lowest >= 0.5 + off, axis=0) for off in (ERROR, -ERROR))
    for each, low, high in zip(got, fewest[1:], most[1:], strict=True):
        assert low <= each.chance.held <= high
        assert fewest[0] - high <= each.lost * COUNT <= most[0] - low
        assert each.chance.of == COUNT
    assert got[0].lost > 0.05


def test_nothing_new_cannot_slip(place):
    (alone,) = slips(place, TARGET, Plan(), seed=1, count=COUNT)
    assert (alone.lever, alone.plan, alone.lost) == (None, Plan(), 0.0)


def test_it_can_be_stopped_and_says_what_cannot_be_asked(place):
    def stop(share: float, words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        slips(place, TARGET, PLAN, seed=1, count=COUNT, progress=stop)
    with pytest.raises(ValueError, match="there is no lever 'sing'"):
        slips(place, TARGET, Plan((Spell("sing", 0, 6),)), seed=1)
    with pytest.raises(ValueError, match="at least one month"):
        slips(place, TARGET, PLAN, seed=1, months=0)
