"""A small place whose best plans can be found by trying all of them."""

from __future__ import annotations

import pytest
from oracles import small

from loops.model import Lever, Model
from loops.parts import replace


@pytest.fixture(scope="session")
def place() -> Model:
    """Two boxes that hold each other up past a critical mass, and times that are hard; four levers.

    Telling is cheap and weak, training dear and strong, racks cost money, and a walk needs training.
    """
    model = small(
        [
            {"from": "tell", "to": "ready", "polarity": "+", "strength": 0.03, "evidence": "inferred"},
            {"from": "train", "to": "ready", "polarity": "+", "strength": 0.08, "evidence": "inferred"},
            {"from": "walk", "to": "used", "polarity": "+", "strength": 0.06, "evidence": "inferred"},
            {"from": "racks", "to": "used", "polarity": "+", "strength": 0.03, "evidence": "inferred"},
            {"from": "ready", "to": "used", "polarity": "+", "strength": 0.2, "threshold": 0.4},
            {"from": "used", "to": "ready", "polarity": "+", "strength": 0.15, "delay": 3.0},
            {"from": "used", "to": "tired", "polarity": "+", "strength": 0.05, "evidence": "inferred"},
            {"from": "hard", "to": "ready", "polarity": "-", "strength": 0.02, "evidence": "inferred"},
        ],
        {
            "ready": {"start": 0.1, "gain": 0.002, "fade": 0.04},
            "used": {"start": 0.05, "fade": 0.05},
            "tired": {"start": 0.1, "fade": 0.05},
        },
        levers=("tell", "train", "walk", "racks"),
        contexts=("hard",),
    )
    given = {
        "tell": {"hours_us": 1},
        "train": {"hours_us": 3, "hours_partner": 1},
        "walk": {"hours_us": 2, "needs": ["train"]},
        "racks": {"hours_partner": 0.5, "cost": 400, "earliest": 6},
    }
    levers = [Lever(id=name, label=name, **more) for name, more in given.items()]
    return replace(model, levers=levers)
