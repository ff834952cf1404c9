"""The equations as they stand at rest, where every delay stage has the level of its source.

So delays decide when and how a system comes to rest, and whether it stays there, but not where: the state is
the n variables alone, and with G and L taken at x itself

    F_i(x) = (1 - x_i) G_i(x) - x_i L_i(x) = 0   for every variable i

Each variable heads for phi_i = G_i / (G_i + L_i). How far it is from there,
|x_i - phi_i| = |F_i| / (G_i + L_i), is a level, so that fast and slow variables compare.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from loops import jacobian
from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.jacobian import Terms
from loops.kernel import Floats, Ints, Lanes
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, run_block

MOST_TURNS = 40
"""Newton steps from one start: some twenty are usual, and what has not arrived after these wanders."""
MOST_HELD = 4_000_000
"""Numbers in the Jacobians that are held at one time: 32 MB, and a few times that while they are solved."""
MOST_WORK = 200_000_000
"""Steps times lanes times rows and links of one run, a second or two: a large fast model is run less long."""
STRIDE = 3.3
"""A step of the integrator is stable up to about this over the fastest rate (Hairer & Wanner 1996, IV.2)."""
LONGEST_STEP = 0.25
"""Largest change of any level in one Newton step: longer ones would leap over states of rest."""
FAINT = 1e-6
"""Per month: a weaker pull (a time constant of 80,000 years) counts as this much, so none divides by 0."""
DAMPING = 1e-12
"""Taken off the diagonal in Newton's steps, so that a variable that nothing moves stays."""
NEAR = 1e-3
"""How far from the end of a run a state of rest may be: further off, the run had not come to rest."""
ROUNDINGS = 1_000
"""Rounding errors in |x - phi| besides those of the sums: a level's own one counts up to 400 times, the
relative slope of the steepest threshold that a file may have (8 / (4 * .01) where f is a half)."""


@dataclass(frozen=True)
class Still:
    """What holds in the end, for one lane: nothing dated, no delays."""

    equations: Equations  # the links without their delays
    lanes: Lanes  # one lane

    @classmethod
    def of(cls, model: Model, scenario: Scenario) -> Still:
        """What holds afterwards; raises :class:`ValueError` for a scenario that does not fit the model."""
        full = Equations.of(model)
        bare = dataclasses.replace(full, links=tuple(replace(link, delay=0.0) for link in full.links))
        return cls(bare, bare.prepare([afterwards(model, scenario)], LONG_RUN))

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self.equations.variables)

    @cached_property
    def start(self) -> Floats:
        """The file's levels (n,)."""
        return self.lanes.start[: self.size, 0]

    @cached_property
    def tolerance(self) -> float:
        """Largest |x - phi| that counts as at rest: what rounding alone can make of an exact one."""
        most = np.bincount(jacobian.targets(self.equations), minlength=1).max()
        return float((ROUNDINGS + 2 * most) * np.finfo(float).eps)

    @cached_property
    def fastest(self) -> float:
        """The largest pull G + L that any variable can have, per month."""
        weight, _ = jacobian.by_link(self.equations, self.lanes, 0)
        pull = self.lanes.gain[:, 0] + self.lanes.fade[:, 0]
        np.add.at(pull, jacobian.targets(self.equations), weight)
        return float(pull.max())

    def placed(self, starts: Floats) -> Floats:
        """`starts` (S, n) with every variable that nothing moves at the file's level."""
        return np.where(inert(self.equations, self.lanes), self.start, starts)

    def holding(self, held: Sequence[int] | Ints) -> Still:
        """The same with some variables (by place) held where they start: nothing moves them."""
        into = np.isin(jacobian.targets(self.equations), held)
        gain, fade, weight, u_weight = (
            field.copy()
            for field in (self.lanes.gain, self.lanes.fade, self.lanes.weight, self.lanes.u_weight)
        )
        gain[held] = fade[held] = 0
        weight[into[list(self.equations.inner)]] = 0
        u_weight[into[list(self.equations.folded)]] = 0
        return Still(
            self.equations, self.lanes._replace(gain=gain, fade=fade, weight=weight, u_weight=u_weight)
        )

    def terms(self, levels: Floats) -> Terms:
        """What every link does at `levels` (S, n)."""
        signals = self.lanes.start[self.size :, 0]
        states = np.concatenate([levels, np.broadcast_to(signals, (len(levels), signals.size))], axis=1)
        return jacobian.terms(self.equations, self.lanes, states, np.zeros(len(levels)))

    def slopes(self, terms: Terms) -> Floats:
        """The Jacobian dF_i/dx_j of each state, (S, n, n), from its terms."""
        reads, targets = jacobian.reads(self.equations), jacobian.targets(self.equations)
        inner = np.flatnonzero(reads < self.size)
        matrix = np.zeros((len(terms.links), self.size, self.size))
        matrix[:, range(self.size), range(self.size)] = -(terms.winning + terms.losing)
        flat = matrix.reshape(len(matrix), -1).T
        np.add.at(flat, targets[inner] * self.size + reads[inner], terms.links[:, inner].T)
        return matrix

    def run(self, starts: Floats) -> Floats:
        """Where `starts` (S, n) are after 150 years without delays, or what :data:`MOST_WORK` allows of them.

        Raises :class:`loops.simulate.DidNotFinish` when the integration is stopped.
        """
        size = len(starts) * (self.equations.depth + len(self.equations.links))
        months = min(LONG_RUN, MOST_WORK * STRIDE / (size * max(self.fastest, 1e-9)))
        lanes = self.lanes._replace(
            stops=np.array([0.0, months]),
            **{
                name: np.repeat(field, len(starts), axis=-1)
                for name, field in self.lanes._asdict().items()
                if name != "stops"
            },
        )
        lanes.start[: self.size] = starts.T
        return run_block(self.equations.wiring, lanes, np.empty(0)).state[: self.size].T

    def rest_from(self, starts: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Where `starts` (S, n) come to rest without delays, and whether each has (S,); raises as `run` does.

        Newton's method makes the end of a run exact, and is believed as far as :data:`NEAR`.
        """
        ends = self.run(starts)
        exact, arrived = self.solve(ends)
        settled = arrived & (np.abs(exact - ends).max(axis=1) < NEAR)
        return np.where(settled[:, None], exact, ends), settled

    def solve(self, starts: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Newton's method from `starts` (S, n): the levels (S, n), and whether each is a state of rest (S,).

        Steps are no longer than `LONGEST_STEP` and stay within [0, 1]. Nothing makes them go downhill, so
        that unstable states are found as well as stable ones. At a double root, where a stable and an
        unstable state meet, it converges slowly, to about the square root of the tolerance.
        """
        width = max(1, MOST_HELD // self.size**2)
        parts = [self._newton(starts[first : first + width]) for first in range(0, len(starts), width)]
        levels, arrived = zip(*parts, strict=True) if parts else ([starts], [np.zeros(0, bool)])
        return np.concatenate(levels), np.concatenate(arrived)

    def _newton(self, starts: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        levels, arrived = np.clip(starts, 0, 1), np.zeros(len(starts), bool)
        under_way = np.arange(len(starts))
        for _ in range(MOST_TURNS):
            terms = self.terms(levels[under_way])
            pull = terms.winning + terms.losing
            scale = np.maximum(pull, FAINT)
            away = (terms.winning - levels[under_way] * pull) / scale
            arrived[under_way] = np.abs(away).max(axis=1) <= self.tolerance
            going = ~arrived[under_way]
            under_way = under_way[going]
            if not under_way.size:
                break
            matrix = DAMPING * np.eye(self.size) - (self.slopes(terms) / scale[..., None])[going]
            step = _solved(matrix, away[going])
            longest = np.abs(step).max(axis=1, keepdims=True)
            step *= LONGEST_STEP / np.maximum(longest, LONGEST_STEP)
            levels[under_way] = np.clip(levels[under_way] + step, 0, 1)
        return levels, arrived


def _solved(matrix: Floats, right: Floats) -> Floats:
    """The solutions (S, n) of many linear systems; the shortest nearest ones where one is singular."""
    try:
        return np.asarray(np.linalg.solve(matrix, right[..., None])[..., 0], float)
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(matrix) @ right[..., None])[..., 0], float)


def inert(equations: Equations, lanes: Lanes) -> NDArray[np.bool_]:
    """Whether nothing at all moves each variable (n,) of one undated lane: it stays where it starts.

    A lever or circumstance at 0 moves nothing.
    """
    weight, _ = jacobian.by_link(equations, lanes, 0)
    level = dict(zip(equations.inputs, lanes.u_level[-1, :, 0], strict=True))
    acts = np.array([level.get(link.source, 1.0) > 0 for link in equations.links], dtype=bool)
    moved = lanes.gain[:, 0] + lanes.fade[:, 0]
    np.add.at(moved, jacobian.targets(equations)[acts], weight[acts])
    return np.asarray(moved == 0)
