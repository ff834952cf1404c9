"""The press test of a signed graph about whose strengths nothing is known.

A community matrix has, for every link, a magnitude uniform in (0, 1) with the link's sign (either sign where
that is unknown). Of many such matrices A the stable ones are kept: a system that has lasted long enough to be
drawn comes back when it is pushed. In these the long-run response of every variable to a press on another is
an entry of -A^-1 (J. Dambacher, H. Li & P. Rossignol, 2002, Ecology 83, 1372-1385; 2003, American Naturalist
161, 876-888; J. Melbourne-Thomas et al., 2012, Ecological Monographs 82, 505-519).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.ensemble.simulate import Cancelled, Progress
from loops.equilibrium.still import MOST_HELD
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.theory.press import FEWEST, Presses, tallied

Arrow = tuple[str, str, str]
"""From, to, and "+", "-" or "?"."""
WANTED = 1_000
"""Stable matrices after which no more are drawn: shares are then known to 3 in 100."""
MOST_DRAWS = 100_000
MOST_CUBES = 500_000_000
"""Matrices times cubed variables, some ten seconds of eigenvalues: of a large graph fewer are drawn."""
TOGETHER = 4_096
UNSTABLE = "not stable"


@dataclass(frozen=True)
class Graph:
    """Links by number; whatever no link points to is an input, which can be pushed but is not moved."""

    variables: tuple[str, ...]
    inputs: tuple[str, ...]
    target: Ints  # (E,) places among the variables
    source: Ints  # (E,) places among the variables and then the inputs
    sign: Ints  #   (E,) 1, -1, or 0 where it is unknown

    @classmethod
    def of(cls, arrows: Sequence[Arrow]) -> Graph:
        """The graph of these arrows, in the order of their names; equal ones are added up.

        Raises :class:`ValueError` for another sign, and when nothing is moved.
        """
        if wrong := [sign for _, _, sign in arrows if sign not in ("+", "-", "?")]:
            raise ValueError(f"'{wrong[0]}' is no sign: use +, - or ?")
        variables = sorted({target for _, target, _ in arrows})
        if not variables:
            raise ValueError("there is no arrow, so nothing can be moved")
        inputs = sorted({source for source, _, _ in arrows} - set(variables))
        place = {name: number for number, name in enumerate([*variables, *inputs])}
        numbers = [(place[target], place[source], "-?+".index(sign) - 1) for source, target, sign in arrows]
        target, source, sign = np.array(numbers, dtype=np.int64).T
        return cls(tuple(variables), tuple(inputs), target, source, sign)

    def matrices(self, drawn: Floats) -> Floats:
        """The matrices (S, n, n + U) of uniform numbers (S, E + unknown): magnitudes, then unknown signs."""
        n, wide = len(self.variables), len(self.variables) + len(self.inputs)
        unknown = np.flatnonzero(self.sign == 0)
        size = drawn[:, : self.sign.size] * self.sign
        size[:, unknown] = np.where(drawn[:, self.sign.size :] < 0.5, -1, 1) * drawn[:, unknown]
        flat = np.zeros((n * wide, len(drawn)))
        np.add.at(flat, self.target * wide + self.source, size.T)
        return np.ascontiguousarray(flat.T).reshape(-1, n, wide)

    @property
    def width(self) -> int:
        """How many numbers one matrix takes."""
        return self.sign.size + int(np.count_nonzero(self.sign == 0))


def arrows_of(model: Model) -> list[Arrow]:
    """A model's links, and what limits every variable by itself: its saturation and fading.

    A self-link is a further arrow.
    """
    own = [(node.id, node.id, "-") for node in model.variables]
    return [*((link.source, link.target, link.polarity) for link in model.links), *own]


def community(
    arrows: Sequence[Arrow],
    *,
    seed: int,
    wanted: int = WANTED,
    most: int = MOST_DRAWS,
    progress: Progress = lambda share, words: None,
) -> Presses:
    """Draw matrices until `wanted` are stable or `most` are drawn, and press each thing in the stable ones.

    The arrows hold every self-limit there is: see :func:`arrows_of`. The same seed gives the same matrices.
    Of a large graph fewer are drawn, or none where they would be too few to say. What is done stands when the
    progress raises :class:`loops.ensemble.simulate.Cancelled`. Raises :class:`ValueError` as :meth:`Graph.of`
    does.

    >>> snowshoe = [("V", "V", "-"), ("P", "P", "-"), ("H", "V", "-"), ("V", "H", "+"),
    ...             ("P", "H", "-"), ("H", "P", "+"), ("V", "P", "+")]
    >>> found = community(snowshoe, seed=1)
    >>> round(found.used / found.tried, 1), found.shares("P", "P")
    (0.8, (1.0, 0.0, 0.0))
    """
    graph, random = Graph.of(arrows), np.random.default_rng(seed)
    n = len(graph.variables)
    limit = min(most, MOST_CUBES // n**3)
    stopped = ""
    if limit < min(most, FEWEST):
        limit, stopped = 0, "this diagram is too large for random versions of it, and none was drawn"
    together = max(1, min(TOGETHER, MOST_HELD // (n * (n + len(graph.inputs)))))
    pushes = graph.inputs + graph.variables
    counts = np.zeros((3, len(pushes), n), dtype=np.int64)
    tried = used = 0
    try:
        while tried < limit and used < wanted:
            matrices = graph.matrices(random.random((min(together, limit - tried), graph.width)))
            stable = np.flatnonzero(_stable(matrices[..., :n]))[: wanted - used]
            counts += tallied(_responses(matrices[stable], n))
            used += stable.size
            tried += len(matrices) if used < wanted else int(stable[-1]) + 1
            progress(max(tried / limit, used / wanted), f"versions tried: {tried:,}, of which last: {used:,}")
    except Cancelled:
        stopped = f"stopped after {tried:,} draws"
    if used < wanted and not stopped:
        stopped = f"only {used:,} of {tried:,} random versions were stable"
    left_out = {UNSTABLE: tried - used}
    return Presses(pushes, graph.variables, counts[0], counts[1], counts[2], used, tried, left_out, stopped)


def _stable(matrices: Floats) -> NDArray[np.bool_]:
    """Whether a small push dies out (S,): every eigenvalue has a negative real part.

    The product of -A's eigenvalues is its determinant, so where that is not above 0 they are not worked out.
    """
    found = np.asarray(np.linalg.slogdet(-matrices).sign > 0)
    found[found] = np.linalg.eigvals(matrices[found]).real.max(axis=1) < 0
    return found


def _responses(matrices: Floats, n: int) -> Floats:
    """What each variable does per unit of a push on each input and variable, (S, n, U + n)."""
    ones = np.broadcast_to(np.eye(n), (len(matrices), n, n))
    return np.linalg.solve(-matrices[..., :n], np.concatenate([matrices[..., n:], ones], axis=2))
