"""Scores from differences over a step tend to scores from derivatives, at first order in the step."""

from __future__ import annotations

import numpy as np
import pytest
from stella import StockModel

from loops.dominance.scores import Circuit, loop_scores

G, Q, W, F, H, U, E = 0.01, 0.12, 0.05, 0.03, 0.08, 0.2, 0.01
"""Two variables in the form of the design: a has gain G, + links Q from itself and W from b, and fade F;
b has gain H, a - link U from a, and fade E. All per month."""


def rate_of_a(own, b, missing, there):
    return (1 - missing) * (G + Q * own + W * b) - there * F


def rate_of_b(a, missing, there):
    return (1 - missing) * H - there * (E + U * a)


STEP = 1 / 64


def states(months):
    """Levels a and b at whole steps, by the classical Runge-Kutta method; its error is near (0.2 / 64)^4."""
    model = StockModel(
        start={"a": 0.05, "b": 0.9},
        flows={"a": {"a'": 1}, "b": {"b'": 1}},
        formulas={
            "a'": (lambda a, b: rate_of_a(a, b, a, a), ("a", "b")),
            "b'": (lambda a, b: rate_of_b(a, b, b), ("a", "b")),
        },
    )
    run = model.run(steps=round(months / STEP), dt=STEP, runge_kutta=True)
    return np.array([[values["a"], values["b"]] for values in run])


CIRCUITS = [Circuit(links) for links in ((0,), (1, 4), (2,), (3,), (5,), (6,))]
"""a on itself; b to a and back; a's saturation and fading; b's."""


def continuous(a, b):
    """Gains, rates and accelerations by hand, links in the order of the rates' inputs."""
    rates = rate_of_a(a, b, a, a), rate_of_b(a, b, b)
    gains = np.array(
        [
            *((1 - a) * Q, (1 - a) * W, -(G + Q * a + W * b), np.full_like(a, -F)),
            *(-b * U, np.full_like(a, -H), -(E + U * a)),
        ]
    )
    inputs = np.array([rates[source] for source in (0, 1, 0, 0, 0, 1, 1)])
    through = gains * inputs
    accelerations = np.array([through[:4].sum(axis=0)] * 4 + [through[4:].sum(axis=0)] * 3)
    return gains.T, inputs.T, accelerations.T


def discrete(before, now, step):
    """The same from changed-last differences: one input set back to its value a step ago."""
    columns = []
    for rate, sources in ((rate_of_a, (0, 1, 0, 0)), (rate_of_b, (0, 1, 1))):
        current = rate(*(now[source] for source in sources))
        change = current - rate(*(before[source] for source in sources))
        for place, source in enumerate(sources):
            set_back = [before[s] if p == place else now[s] for p, s in enumerate(sources)]
            moved = now[source] - before[source]
            columns.append(((current - rate(*set_back)) / moved, moved / step, change / step))
    return tuple(np.array(column).T for column in zip(*columns, strict=True))


def test_halving_the_step_halves_the_difference():
    """Oracle: Taylor's series, the difference over a step h being D(h) = c h + d h^2 + ...

    So |D(h)| / |D(h/2)| = 2 (1 + e) with |e| at most |d| h / 2|c|, to the first order. c = 4 D(1/2) - D(1)
    and d = 2 D(1) - 4 D(1/2) are taken from steps of a month and half a month and bound the ratios of all
    shorter steps; the band is twice as wide, for the orders beyond, which shrink with h.
    """
    path = states(60)
    saved = np.arange(2, 61, 2) * round(1 / STEP)
    limit = loop_scores(*continuous(*path[saved].T), CIRCUITS).relative

    def difference(step):
        before, now = path[saved - round(step / STEP)].T, path[saved].T
        return loop_scores(*discrete(before, now, step), CIRCUITS).relative - limit

    size = np.linalg.norm
    c = size(4 * difference(1 / 2) - difference(1))
    d = size(2 * difference(1) - 4 * difference(1 / 2))
    for step in (1 / 2, 1 / 4, 1 / 8, 1 / 16):
        ratio = size(difference(step)) / size(difference(step / 2))
        assert ratio == pytest.approx(2, rel=2 * d * step / (2 * c))
        assert 2 * d * step / (2 * c) < 0.1  # far from 1 and 4, the ratios of no and of second order
