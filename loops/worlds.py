"""Worlds: one draw each of everything uncertain in a model, keyed by seed, number and stable ids.

How widely each number is drawn, and why, is in :mod:`loops.spread`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import qmc

from loops.equations import Equations, Parameters
from loops.kernel import Floats, Ints
from loops.model import LONGEST_DELAY, Model
from loops.scenario import Scenario
from loops.spread import WIDTHS, Draw, Width, drawn, draws_of, keys_of

MOST_WORLDS = 2**20
_BITS = 30
"""Of a Sobol number in scipy: worlds are points of a grid of 2^-30."""


@dataclass(frozen=True)
class Versions:
    """W worlds of one model: factors on the file's numbers, and the levels of levers and contexts."""

    strength: Floats  #  (K, W) 0 where the link is absent
    sign: Floats  #      (K, W) 0 or 2 where an unknown sign is - or +; 1 where it is known
    delay: Floats  #     (K, W)
    threshold: Floats  # (K, W)
    gain: Floats  #      (n, W)
    fade: Floats  #      (n, W)
    start: Floats  #     (n, W)
    inputs: Floats  #    (U, W) levels where no scenario says otherwise

    def applied(self, own: Parameters) -> Parameters:
        """The S lanes of the file's numbers `own` in every world, within bounds: W x S lanes, by world."""
        return Parameters(
            strength=_times(own.strength, self.strength, 0.0, 2.0),
            plus=_times(own.plus, self.sign, 0.0, 1.0),
            delay=_times(own.delay, self.delay, 0.5, LONGEST_DELAY),
            threshold=_times(own.threshold, self.threshold, 0.01, 0.99),
            gain=_times(own.gain, self.gain, 0.0, 2.0),
            fade=_times(own.fade, self.fade, 0.0, 2.0),
            start=_times(own.start, self.start, 0.0, 1.0),
        )


@dataclass(frozen=True)
class Assumptions:
    """One model's uncertain numbers: which column each is drawn from, and how.

    Places are those of the model's own columns; -1 stands for a number that is not uncertain.
    """

    columns: Ints  #   (M,) places among the columns of all compared models
    draws: tuple[Draw, ...]  # M of them
    strength: Ints  #  (K,)
    presence: Ints  #  (K,)
    sign: Ints  #      (K,)
    delay: Ints  #     (K,)
    threshold: Ints  # (K,)
    gain: Ints  #      (n,)
    fade: Ints  #      (n,)
    start: Ints  #     (n,)
    inputs: Ints  #    (U,)
    own: Floats  #     (U,) the file's levels of levers and contexts

    def versions(self, units: Floats) -> Versions:
        """The worlds whose uniform numbers, one per column of all compared models, are `units` (W, C)."""
        found = np.vstack([drawn(self.draws, units[:, self.columns]).T, np.ones(units.shape[0])])
        held = np.repeat(self.own[:, None], units.shape[0], axis=1)
        return Versions(
            strength=found[self.strength] * found[self.presence],
            sign=found[self.sign],
            delay=found[self.delay],
            threshold=found[self.threshold],
            gain=found[self.gain],
            fade=found[self.fade],
            start=found[self.start],
            inputs=np.where(self.inputs[:, None] < 0, held, found[self.inputs]),
        )


@dataclass(frozen=True)
class Worlds:
    """The worlds of one or more models (rival theories): world n of a seed is one draw, whoever asks.

    Columns are keyed by ids and are those of all the models, so that a number which two theories share has
    one draw. World n is point n of a scrambled Sobol sequence, with a dimension for each column in the order
    of their names (Sobol 1967; scrambled by a random linear matrix and a digital shift: Matousek 1998).
    """

    models: tuple[Model, ...]
    width: Width
    seed: int
    columns: tuple[str, ...]

    @classmethod
    def of(cls, models: Sequence[Model], *, width: Width, seed: int) -> Worlds:
        """The worlds of `models`.

        Raises :class:`ValueError` for no model, an unknown width, a seed below 0, and too many numbers.
        """
        if not models:
            raise ValueError("give at least one model")
        if width not in WIDTHS:
            raise ValueError(f"the width is '{width}': choose from {', '.join(WIDTHS)}")
        if seed < 0:
            raise ValueError(f"the seed is {seed}: use 0 or a whole number above it")
        columns = sorted({name for model in models for name in draws_of(Equations.of(model), width)})
        if not columns:
            raise ValueError("every number of this model is 0, so there is nothing to vary")
        if len(columns) > qmc.Sobol.MAXDIM:
            raise ValueError(
                f"the model has {len(columns):,} uncertain numbers, and at most {qmc.Sobol.MAXDIM:,} can be "
                "drawn: take out thresholds or delays"
            )
        return cls(tuple(models), width, seed, tuple(columns))

    def units(self, first: int, count: int) -> Floats:
        """Worlds `first` to `first + count` as numbers uniform in (0, 1), shape (count, C).

        The sequence goes in Gray code order, which is linear: point n is point 0 with a step taken (exclusive
        or) for each bit of n. So any world is reached at once, and how they are cut changes nothing.
        Raises :class:`ValueError` beyond the last world there is.
        """
        if first < 0 or count < 0 or first + count > MOST_WORLDS:
            raise ValueError(f"worlds are numbered from 0, and there are at most {MOST_WORLDS:,}")
        number = np.arange(first, first + count)
        origin, steps = _steps(len(self.columns), self.seed, _enough(first + count))
        points = np.repeat(origin[None], count, axis=0)
        for bit, step in enumerate(steps):
            points[(number >> bit) & 1 == 1] ^= step
        middle: Floats = (points + 0.5) / 2**_BITS  # of a cell of the grid: never 0 or 1
        return middle

    def values(self, units: Floats) -> Floats:
        """What the columns are in these worlds, (W, C): factors, levels, and presence as 0 or 1."""
        draws: dict[str, Draw] = {}
        for model in reversed(self.models):  # where theories differ, as the first of them has it
            draws |= draws_of(Equations.of(model), self.width)
        return drawn([draws[name] for name in self.columns], units)

    def assumptions(self, equations: Equations) -> Assumptions:
        """How the numbers of one of the models are drawn.

        Raises :class:`ValueError` for a model with numbers that these worlds do not have.
        """
        draws = draws_of(equations, self.width)
        if missing := sorted(draws.keys() - set(self.columns)):
            raise ValueError(f"these worlds were not drawn for this model: they have no '{missing[0]}'")
        number = {name: place for place, name in enumerate(self.columns)}
        mine = {name: place for place, name in enumerate(draws)}
        keys = keys_of(equations.links)

        def places(names: Iterable[str]) -> Ints:
            return np.array([mine.get(name, -1) for name in names], dtype=np.int64)

        return Assumptions(
            columns=np.array([number[name] for name in draws], dtype=np.int64),
            draws=tuple(draws.values()),
            strength=places(f"{key} strength" for key in keys),
            presence=places(f"{key} presence" for key in keys),
            sign=places(f"{key} sign" for key in keys),
            delay=places(f"{key} delay" for key in keys),
            threshold=places(f"{key} threshold" for key in keys),
            gain=places(f"variable {name} gain" for name in equations.variables),
            fade=places(f"variable {name} fade" for name in equations.variables),
            start=places(f"variable {name} start" for name in equations.variables),
            inputs=places(f"context {name}" for name in equations.inputs),
            own=equations.levels,
        )

    def parameters(
        self, equations: Equations, scenarios: Sequence[Scenario], units: Floats
    ) -> tuple[Parameters, Floats]:
        """The scenarios' numbers in the worlds `units`, and the levels of levers and contexts (U, W).

        Lanes are W x S, all the scenarios of a world side by side. What a scenario cuts or re-weights is so
        in every world.
        """
        versions = self.assumptions(equations).versions(units)
        return versions.applied(equations.parameters(scenarios)), versions.inputs


def _enough(count: int) -> int:
    """How many bits number so many worlds: a multiple of five, so that few different ones are asked for."""
    return -(-max(count - 1, 1).bit_length() // 5) * 5


@lru_cache(maxsize=16)
def _steps(columns: int, seed: int, bits: int) -> tuple[Ints, list[Ints]]:
    """Point 0, and how each point 2^bit differs from it, as whole numbers of the grid.

    scipy goes through all the points between, which of thousands of columns takes seconds at a million.
    """
    engine = qmc.Sobol(columns, rng=np.random.default_rng(seed), bits=_BITS)
    origin = _on_grid(engine.random(1))
    steps = []
    for bit in range(bits):
        if skipped := 2**bit - engine.num_generated:  # fast_forward(0) raises
            engine.fast_forward(skipped)
        steps.append(_on_grid(engine.random(1)) ^ origin)
    return origin, steps


def _times(own: Floats, factor: Floats, low: float, high: float) -> Floats:
    """Each lane's number in every world, kept between the bounds; what is 0 in the file stays 0."""
    product = factor[:, :, None] * own[:, None, :]
    kept = np.where(own[:, None, :] > 0, np.clip(product, low, high), 0.0)
    return kept.reshape(own.shape[0], factor.shape[1] * own.shape[1])


def _on_grid(points: Floats) -> Ints:
    """One point of the sequence as whole numbers, exactly: scipy divides them by a power of 2."""
    grid: Ints = (points[0] * 2**_BITS).astype(np.int64)
    return grid
