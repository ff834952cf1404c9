"""A small comparison that runs in a moment, and the shipped one."""

from __future__ import annotations

import pytest
from oracles import plan, small

from loops.ensemble.comparison import Comparison, Question
from loops.model import Model
from loops.parts import replace
from loops.worlds import Worlds


@pytest.fixture(scope="session")
def pair_of_boxes() -> Model:
    """A lever wins a, a wins b late and past a threshold, a circumstance wears b down, b supports a."""
    model = small(
        [
            {"from": "push", "to": "a", "polarity": "+", "strength": 0.1, "evidence": "inferred"},
            {"from": "a", "to": "b", "polarity": "+", "strength": 0.2, "delay": 3.0, "threshold": 0.4},
            {"from": "b", "to": "a", "polarity": "+", "strength": 0.1},
            {"from": "hard", "to": "b", "polarity": "-", "strength": 0.1, "evidence": "inferred"},
        ],
        {"a": {"start": 0.1, "fade": 0.05}, "b": {"start": 0.1, "gain": 0.01, "fade": 0.02}},
        levers=("push",),
        contexts=("hard",),
    )
    return replace(model, horizon=60)


@pytest.fixture(scope="session")
def pushed(pair_of_boxes):
    """Two years of the lever, eased in over three months."""
    return plan(pair_of_boxes, push=[(0, 1, 3), (24, 0)])


@pytest.fixture(scope="session")
def quiet(pair_of_boxes):
    return replace(plan(pair_of_boxes), id="quiet")


@pytest.fixture(scope="session")
def comparison(pair_of_boxes, pushed, quiet) -> Comparison:
    return Comparison.of(
        pair_of_boxes,
        [quiet, pushed],
        [Question(pushed, None, "a", 20), Question(pushed, quiet, "b", 31.5)],
        pairs=[(pushed, quiet)],
        horizon=60,
    )


@pytest.fixture(scope="session")
def worlds(pair_of_boxes) -> Worlds:
    return Worlds.of([pair_of_boxes], width="wide", seed=1)
