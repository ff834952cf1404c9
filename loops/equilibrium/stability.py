"""Whether a state of rest holds when it is pushed a little, how fast it comes back, and whether it swings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.still import inert
from loops.jacobian import by_link, slopes
from loops.kernel import STAGES, Floats, Lanes
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import LONG_RUN

MOST_ROWS = 800
"""Rows of the state for which eigenvalues are computed: some tenths of a second for each state of rest."""
EDGE = 1e-6
"""Per month: what grows or shrinks more slowly counts as neutral; a double root is found no better."""
SEEN = 1e-3
"""A swing of which less than this share is left one period later is none that anybody could see. It also
keeps out pairs that rounding alone makes: a chain of equal stages has one eigenvalue many times over, which
comes out as a ring of them around it."""
SETTLED = 4.0
"""Time constants until a swing has settled to 2% (e^-4), as control engineers count it."""


@dataclass(frozen=True)
class Swing:
    """One pair of complex eigenvalues a +- bi. Times are in months."""

    period: float
    """2 pi / b."""
    damping: float
    """The damping ratio -a / |a + bi|: 0 swings for ever, below 0 the swing grows."""
    settles: float
    """Until 2% of it is left, 4 / -a; infinite if it does not shrink."""


@dataclass(frozen=True)
class Stability:
    """What becomes of a small push away from a state of rest; every field is None for a model too large."""

    eigenvalues: NDArray[np.complex128] | None
    """(D,) per month, largest real part first; a row for each variable and delay stage that can move."""
    stable: bool | None
    """Whether every small push dies out; None too where one neither grows nor dies (see :data:`EDGE`)."""
    slowest: float | None
    """Months in which the slowest push shrinks to 37% (1/e) or, if not stable, the fastest grows by e."""
    swings: tuple[Swing, ...] | None
    """The swings that can be seen, the slowest to settle first."""


NOT_COMPUTED = Stability(None, None, None, None)


def stability(model: Model, scenario: Scenario, levels: Floats) -> Stability:
    """How firm a state of rest of what holds after `scenario` is, given its levels (n,), delays included.

    By the eigenvalues of the whole Jacobian (Lyapunov's first method; Strogatz, Nonlinear Dynamics and Chaos,
    section 6.3). Nothing is computed for more than :data:`MOST_ROWS` rows. Levers, circumstances and what
    nothing moves are inputs, not state: they have no eigenvalue. Raises :class:`ValueError` for a scenario
    that does not fit the model.

    >>> from loops.model import Model
    >>> fading = Model.model_validate({
    ...     "id": "fading", "title": "Fading",
    ...     "variable": {"doing": {"label": "Doing", "start": 1, "fade": 0.1}},
    ... })
    >>> found = stability(fading, Scenario(id="quiet", model="fading", title="Quiet"), np.zeros(1))
    >>> found.stable, round(found.slowest, 9), found.swings
    (True, 10.0, ())
    """
    equations = Equations.of(model)
    return stability_of(equations, equations.prepare([afterwards(model, scenario)], LONG_RUN), levels)


def stability_of(equations: Equations, lanes: Lanes, levels: Floats) -> Stability:
    """The same for one undated lane of the equations."""
    if equations.depth > MOST_ROWS:
        return NOT_COMPUTED
    live = _live(equations, lanes)
    state = lanes.start[:, 0].copy()
    state[: levels.size] = levels
    for k, row in equations.delayed.items():
        state[row : row + STAGES] = state[equations.row[equations.links[k].source]]
    matrix = slopes(equations, lanes, state, 0.0).matrix[np.ix_(live, live)]
    return of_eigenvalues(np.linalg.eigvals(matrix).astype(complex))


def of_eigenvalues(values: NDArray[np.complex128]) -> Stability:
    """Sort eigenvalues (D,), per month, and say what they mean; without any, nothing can move: stable."""
    values = values[np.lexsort((-values.imag, -values.real))]
    leading = float(values[0].real) if values.size else -np.inf
    swings = [_swing(value) for value in values if value.imag > 0]
    return Stability(
        values,
        stable=None if abs(leading) <= EDGE else leading < 0,
        slowest=float(np.inf) if leading == 0 else 1 / abs(leading),
        swings=tuple(swing for swing in swings if _left(swing) >= SEEN),
    )


def _swing(value: complex) -> Swing:
    settles = -SETTLED / value.real if value.real < 0 else np.inf
    return Swing(float(2 * np.pi / value.imag), float(-value.real / abs(value)), float(settles))


def _left(swing: Swing) -> float:
    """The share of a swing that is left one period later."""
    return float(np.exp(-SETTLED * swing.period / swing.settles))


def _live(equations: Equations, lanes: Lanes) -> NDArray[np.int64]:
    """The rows of the state that can move, and matter: not signals, nor the delays of what never changes."""
    weight, _ = by_link(equations, lanes, 0)
    chains = [
        row + stage
        for k, row in equations.delayed.items()
        if weight[k] and equations.row[equations.links[k].source] < len(equations.variables)
        for stage in range(STAGES)
    ]
    return np.array([*np.flatnonzero(~inert(equations, lanes)), *chains], dtype=np.int64)
