"""Loops That Matter as Stella computes it: the shares that Stella Architect exported (see stella.py).

Oracle: Stella's figures, printed to 16 digits. Tolerance 1e-8 of a whole: shares are ratios of differences
over one step, which are down to 9e-8 of what is subtracted, so a rounding of 1e-16 is up to 1e-9 of a
difference. Another convention is far away: changed-first misses by 2e-2 and 2e-3, second differences of the
stocks in place of differences of the net flow by 5e-2.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from stella import (
    BASS,
    BASS_LOOPS,
    BASS_PERCENT,
    MARKET,
    PREDATOR_PREY,
    PREDATOR_PREY_LOOPS,
    PREDATOR_PREY_PERCENT,
)

from loops.dominance.scores import Circuit, loop_scores

TOLERANCE = 1e-8


def shares(model, states, circuits):
    """The relative loop scores (steps + 1, F); at the start, before any step, nothing is explained."""
    steps = [model.changes(before, now) for before, now in pairwise(states)]
    gains, input_rates, accelerations = np.array(steps).transpose(1, 0, 2)
    found = loop_scores(gains, input_rates, accelerations, [Circuit(links) for links in circuits]).relative
    return np.vstack([np.zeros(len(circuits)), found])


def test_bass_diffusion_by_euler():
    states = BASS.run(steps=15 * 16, dt=1 / 16, runge_kutta=False)
    found = shares(BASS, states, BASS_LOOPS)
    assert (found[1:] * [1, -1] > 0).all()
    assert abs(found[[round(16 * year) for year in BASS_PERCENT]]) == pytest.approx(
        np.array(list(BASS_PERCENT.values())) / 100, abs=TOLERANCE, rel=0
    )


def test_predator_and_prey_by_runge_kutta():
    states = PREDATOR_PREY.run(steps=100 * 32, dt=1 / 32, runge_kutta=True)
    found = shares(PREDATOR_PREY, states, PREDATOR_PREY_LOOPS)
    assert (found * [1, -1, 1, -1, -1] >= 0).all()
    assert abs(found[[32 * year for year in PREDATOR_PREY_PERCENT]]) == pytest.approx(
        np.array(list(PREDATOR_PREY_PERCENT.values())) / 100, abs=TOLERANCE, rel=0
    )


def test_the_continuous_form_agrees_on_bass_diffusion():
    """Here the two forms meet exactly, at any step.

    The two factors of an adoption change by equal and opposite parts of the market,
    same state, of a + self-link with gain (1 - x) w and of saturation, -w x.
    """
    states = BASS.run(steps=15 * 16, dt=1 / 16, runge_kutta=False)
    x = np.array([states[round(16 * year)]["adopters"] for year in BASS_PERCENT if year])[:, None] / MARKET
    w = 1.5
    rate = w * x * (1 - x)
    gains = np.hstack([(1 - x) * w, -w * x])
    acceleration = w * (1 - 2 * x) * rate
    both = (np.hstack([each, each]) for each in (rate, acceleration))
    found = loop_scores(gains, *both, [Circuit((0,)), Circuit((1,))]).relative
    exported = np.array([percent for year, percent in BASS_PERCENT.items() if year]) / 100
    assert found == pytest.approx(exported * [1, -1], abs=TOLERANCE, rel=0)
