"""Levers ranked against closed forms: two that win the same variable, alone and together."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble.comparison import Question
from loops.ensemble.runs import TOLERANCE
from loops.ensemble.simulate import Cancelled
from loops.equations import Equations
from loops.theory import levers
from loops.theory.claims import MARGIN
from loops.theory.levers import lever_ranking
from loops.worlds import Worlds

MONTH = 12.0


@pytest.fixture(scope="module")
def model():
    """Two levers win x; a third is moved and does nothing; a fourth is not moved."""
    return small(
        [
            {"from": "much", "to": "x", "polarity": "+", "strength": 0.2},
            {"from": "little", "to": "x", "polarity": "+", "strength": 0.02},
            {"from": "idle", "to": "y", "polarity": "+", "strength": 0.1},
            {"from": "unused", "to": "x", "polarity": "+", "strength": 0.1},
        ],
        {"x": {}, "y": {}},
        levers=("much", "little", "idle", "unused"),
    )


@pytest.fixture(scope="module")
def worlds(model):
    return Worlds.of([model], width="middle", seed=1)


def ranked(model, worlds, progress=lambda share, words: None, **moved):
    asked = Question(plan(model, **moved), None, "x", MONTH)
    return lever_ranking(model, asked, worlds=worlds, progress=progress)


@pytest.fixture(scope="module")
def found(model, worlds):
    return ranked(model, worlds, little=1, idle=1, much=1)


def test_levers_are_held_against_closed_forms(model, worlds, found):
    """x = 1 - exp(-(sum of strengths) t): alone 1 - exp(-w t), missed exp(-v t) - exp(-(v + w) t).

    Two runs to the solver's tolerance each, and single precision (1e-5, as the engine's tests have it).
    """
    equations = Equations.of(model)
    factor = worlds.assumptions(equations).versions(worlds.units(0, levers.WORLDS)).strength
    w = {link.source: factor[k] * link.strength for k, link in enumerate(equations.links)}
    other = {"much": "little", "little": "much"}
    for effect in found.levers[:2]:
        mine, theirs = w[effect.lever], w[other[effect.lever]]
        for band, true in (
            (effect.alone, 1 - np.exp(-mine * MONTH)),
            (effect.missed, np.exp(-theirs * MONTH) - np.exp(-(mine + theirs) * MONTH)),
        ):
            assert [band.low, band.middle, band.high] == pytest.approx(
                np.percentile(true, [10, 50, 90]), abs=20 * TOLERANCE + 1e-5
            )
            assert band.matters == np.mean(true >= MARGIN)


def test_what_is_missed_most_comes_first_and_what_does_nothing_last(found):
    assert [effect.lever for effect in found.levers] == ["much", "little", "idle"]
    assert (found.variable, found.month, found.worlds, found.stopped) == ("x", MONTH, levers.WORLDS, "")
    idle = found.levers[-1]
    assert idle.alone == idle.missed
    assert (idle.alone.low, idle.alone.middle, idle.alone.high, idle.alone.matters) == (0, 0, 0, 0)


def test_one_lever_is_missed_as_much_as_it_does_alone(model, worlds):
    (only,) = ranked(model, worlds, much=1).levers
    assert only.alone == only.missed


def test_a_plan_without_levers_has_none_to_rank(model, worlds):
    assert ranked(model, worlds).levers == ()


def test_one_that_is_cut_short_says_so(model, worlds, monkeypatch):
    def stop(share: float, words: str) -> None:
        raise Cancelled

    part = ranked(model, worlds, stop, much=1, little=1)
    assert part.stopped.startswith("stopped after")
    assert part.worlds < levers.WORLDS
    monkeypatch.setattr(levers, "MOST_WORK", 1)
    assert ranked(model, worlds, much=1, little=1).worlds == 1
