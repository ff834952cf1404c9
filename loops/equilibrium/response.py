"""How a state of rest moves under a small lasting push, in many lanes at once.

At rest F(x, u) = 0, and a push on an input u moves the levels by dx/du = -J^-1 dF/du with J = dF/dx (Bender,
Case & Gilpin 1984; loop analysis: Levins 1974; Dambacher, Li & Rossignol 2002). Delays do not matter: at rest
every delay stage has the level of its source, so J is that of the n variables alone. A variable is pushed by
a little more gain, dF_i/dgain_i = 1 - x_i. What nothing moves is an input too: its level is pushed.

A large push may do otherwise: cross a tipping point, or reach past a threshold, which is flat at 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops import jacobian
from loops.compare import STILL
from loops.equations import Equations
from loops.equilibrium.ends import ends
from loops.equilibrium.stability import EDGE
from loops.equilibrium.still import DAMPING, FAINT, NEAR
from loops.kernel import STAGES, Floats, Lanes
from loops.simulate import LONG_RUN

Answers = NDArray[np.bool_]
TURNS = 8
"""Newton steps from where a run has come to rest: each squares the distance, so three are usual."""
CLOSE = 1e-10
"""Largest |x - G / (G + L)| that counts as at rest."""
ALL = 1e-9
"""A level within this of 0 or 1 is there: else what is left of it, a rounding error, would have a sign."""


@dataclass(frozen=True)
class Response:
    """What each lane's variables do at its own state of rest."""

    levels: Floats  #  (L, n) the state of rest
    changes: Floats  # (L, n, P) of each level per unit of each push: levers and contexts, then variables
    resting: Answers  # (L,) whether the lane had come to rest
    stable: Answers  #  (L,) and whether a small push dies out there; the changes are 0 where not


def respond(equations: Equations, lanes: Lanes) -> Response:
    """Run every lane to rest and push there on each lever, context and variable.

    Raises :class:`loops.simulate.DidNotFinish` when the integration is stopped.
    """
    n = len(equations.variables)
    end = ends(equations.wiring, lanes)
    held = lanes._replace(
        stops=np.array([0.0, LONG_RUN]), u_level=lanes.u_level[-1:], u_slope=np.zeros_like(lanes.u_slope[-1:])
    )
    reached = end.state[:n].T
    idle = _idle(equations, lanes)
    levels, arrived = _newton(equations, held, reached, idle)
    levels = np.where(levels < ALL, 0.0, np.where(levels > 1 - ALL, 1.0, levels))
    resting = (end.moving <= STILL) & arrived & (np.abs(levels - reached).max(axis=1) < NEAR)
    slopes = _slopes(equations, _terms(equations, held, levels), levels)
    inner = _inner(slopes, idle)
    pushed = np.eye(n) * np.where(idle, 1.0, 1 - levels)[..., None]
    pushes = np.concatenate([slopes[..., n:], pushed], axis=2)
    stable = resting.copy()
    stable[resting] = np.linalg.eigvals(inner[resting]).real.max(axis=1) < -EDGE
    changes = np.zeros_like(pushes)
    changes[stable] = np.linalg.solve(-inner[stable], pushes[stable])
    return Response(levels, changes, resting, stable)


def _slopes(equations: Equations, found: jacobian.Terms, levels: Floats) -> Floats:
    """dF_i/d(each variable, then each lever and context) at rest, (L, n, n + U)."""
    place = {name: column for column, name in enumerate(equations.variables + equations.inputs)}
    read = np.array([place[link.source] for link in equations.links], dtype=np.int64)
    n, wide = len(equations.variables), len(place)
    matrix = np.zeros((len(levels), n, wide))
    matrix[:, range(n), range(n)] = -(found.winning + found.losing)
    flat = matrix.reshape(len(levels), -1).T
    np.add.at(flat, jacobian.targets(equations) * wide + read, found.links.T)
    return matrix


def _inner(slopes: Floats, idle: Answers) -> Floats:
    """J (L, n, n), in which what nothing moves goes where it is pushed."""
    n = idle.shape[1]
    return np.where(idle[..., None], -np.eye(n), slopes[..., :n])


def _terms(equations: Equations, lanes: Lanes, levels: Floats) -> jacobian.Terms:
    """What every link does in each lane at its own `levels` (L, n), every delay stage full."""
    every = np.arange(len(levels))
    states = np.empty((len(levels), equations.depth))
    states[:, : levels.shape[1]] = levels
    for name in equations.signals:
        states[:, equations.row[name]] = lanes.u_level[0, equations.inputs.index(name)]
    for k, row in equations.delayed.items():
        states[:, row : row + STAGES] = states[:, equations.row[equations.links[k].source], None]
    return jacobian.terms(equations, lanes, states, np.zeros(len(levels)), lane=every)


def _newton(equations: Equations, lanes: Lanes, starts: Floats, idle: Answers) -> tuple[Floats, Answers]:
    """The state of rest next to each of `starts` (L, n), and whether it was met (L,)."""
    levels, damped = starts.copy(), DAMPING * np.eye(starts.shape[1])
    arrived = np.zeros(len(starts), bool)
    for _ in range(TURNS):
        found = _terms(equations, lanes, levels)
        pull = found.winning + found.losing
        rate = found.winning - levels * pull
        arrived[:] = (np.abs(rate) <= CLOSE * np.maximum(pull, FAINT)).all(axis=1)
        if arrived.all():
            break
        inner = _inner(_slopes(equations, found, levels), idle)
        step = np.linalg.solve(inner - damped, -rate[..., None])[..., 0]
        levels = np.where(arrived[:, None], levels, levels + np.clip(step, -NEAR, NEAR))
    return levels, arrived


def _idle(equations: Equations, lanes: Lanes) -> Answers:
    """Whether nothing at all moves each variable, (L, n): it stays where it starts."""
    lane = np.arange(lanes.gain.shape[1])
    moved = lanes.gain + lanes.fade
    np.add.at(moved, jacobian.targets(equations), jacobian.by_link(equations, lanes, lane)[0])
    return np.asarray(moved.T == 0)
