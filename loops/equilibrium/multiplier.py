"""How much of a nudge comes back: the feedback multiplier, and the reproduction number where there is one.

At a state of rest, K_ij = (slope of link j -> i) / (G_i + L_i) is how far i moves in the end when j alone is
moved by 1 and held: the slope is the link's own term in d(dx_i/dt)/dx_j, a delay transmits 1. If levels are
nudged for good by d (what the nudge does to each by itself, everything else held), feedback makes it

    d + K d + K^2 d + ...  =  (I - K)^-1 d

The sum is finite exactly if the spectral radius rho of K is below 1; the inverse is where everything goes in
the end wherever the state of rest is stable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from loops.dominance.shares import parts_of
from loops.equilibrium.rest import SAME
from loops.equilibrium.still import Still
from loops.jacobian import Terms, by_pull, reads, targets
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario


@dataclass(frozen=True)
class Multiplier:
    """How strongly a state of rest feeds back on itself."""

    rho: float
    """The spectral radius of K: the share of a nudge that comes back each time round. Infinite where a
    variable on a loop loses nothing, so that any nudge takes it all the way."""
    amplification: float | None
    """1 / (1 - rho): how many times its own size a lasting nudge along rho's eigenvector grows to. None
    unless rho is below 1 and `exact`."""
    exact: bool
    """Whether no loop of links that act here is balancing. Then rho is an eigenvalue of K, and the state is
    stable just if rho is below 1 (whatever the delays, if everything has a pull). With balancing loops rho
    says neither how much is amplified nor what is stable: that is for the eigenvalues to say."""
    coupling: Floats
    """K (n, n); a row of 0 where a variable has no pull at all."""

    def push(self, place: int) -> float | None:
        """How far one variable moves in the end for each unit of a lasting push on it: [(I - K)^-1]_oo.

        With phi the return curve of the variable (:mod:`loops.equilibrium.returns`) it is 1 / (1 - phi'): the
        inverse of the Schur complement of everything else in I - K. It means something at a stable state of
        rest, with or without B loops. None where rho is infinite or I - K is singular.
        """
        if not np.isfinite(self.rho):
            return None
        unit = np.eye(len(self.coupling))
        try:
            return float(np.linalg.solve(unit - self.coupling, unit[place])[place])
        except np.linalg.LinAlgError:
            return None


def feedback_multiplier(model: Model, scenario: Scenario, levels: Floats) -> Multiplier:
    """The feedback multiplier at a state of rest (n,) of what holds after `scenario`.

    rho(K) below 1 is stability without B loops whatever the delays, since I - K is then an M-matrix (Berman &
    Plemmons, Nonnegative Matrices in the Mathematical Sciences, 1994, chapter 6). Raises :class:`ValueError`
    for a scenario that does not fit the model.
    """
    still = Still.of(model, scenario)
    terms = still.terms(levels[None])
    coupling, rho = _coupling(still, terms)
    exact = not _balancing(still, terms)
    return Multiplier(rho, 1 / (1 - rho) if exact and rho < 1 else None, exact, coupling)


@dataclass(frozen=True)
class Reproduction:
    """The reproduction number of a set of variables, or why it has none."""

    value: float | None
    """How many units of the set one unit brings about before it fades; infinite where it never fades."""
    why: str
    """Why it is not defined; empty where it is."""


def reproduction(model: Model, scenario: Scenario, names: Sequence[str]) -> Reproduction:
    """The reproduction number R of the set `names` where all of it is at 0, in what holds after `scenario`.

    It is the spectral radius of the next-generation matrix of Diekmann, Heesterbeek & Metz (1990,
    doi 10.1007/BF00178324), here K within the set: from almost nothing the set grows if R > 1 and dies out if
    R < 1, whatever its delays (van den Driessche & Watmough 2002, doi 10.1016/S0025-5564(02)00108-6). It is
    only defined where the set can stay at 0, seeded neither by a gain nor by a + link from a variable outside
    it or from a circumstance above 0 (levers are off), and where everything else then rests at one level,
    coming from nothing and from everything. A link with a threshold is flat at 0 and adds nothing to R.
    Raises :class:`ValueError` for a name that is no variable and a scenario that does not fit the model, and
    :class:`loops.simulate.DidNotFinish` when the integration is stopped.

    >>> rumour = Model.model_validate({
    ...     "id": "rumour", "title": "Rumour",
    ...     "variable": {"told": {"label": "Told", "start": 0.1, "fade": 0.1}},
    ...     "link": [{"from": "told", "to": "told", "polarity": "+", "strength": 0.2}],
    ... })
    >>> reproduction(rumour, Scenario(id="quiet", model="rumour", title="Quiet"), ["told"])
    Reproduction(value=2.0, why='')
    """
    still = Still.of(model, scenario)
    places = [still.equations.place(name) for name in names]
    seeds = _seeds(still, set(names))
    if seeds:
        more = f" and {len(seeds) - 3} more" if len(seeds) > 3 else ""
        return Reproduction(None, f"not defined: the system is seeded by {', '.join(seeds[:3])}{more}")
    inside = np.isin(range(still.size), places)
    starts = still.placed(np.array([np.zeros(still.size), np.ones(still.size)]))
    starts[:, inside] = 0
    ends, settled = still.holding(np.flatnonzero(inside)).rest_from(starts)
    if not settled.all():
        return Reproduction(None, "not defined: everything else does not come to rest")
    if np.abs(ends[0] - ends[1]).max() > SAME:
        return Reproduction(None, "not defined: everything else can rest at more than one level")
    _, rho = _coupling(still, still.terms(ends[:1]), inside)
    return Reproduction(rho, "")


def together(model: Model, outcome: str) -> list[str]:
    """The variables that act on `outcome` and on which it acts in turn, itself among them."""
    return next((list(part) for part in parts_of(model) if outcome in part), [outcome])


def _seeds(still: Still, inside: set[str]) -> list[str]:
    """The labels of what wins something for the set while all of it is at 0, in alphabetical order."""
    nodes = still.equations.model.nodes
    up, _, _ = by_pull(still.equations, still.lanes, 0)
    level = dict(zip(still.equations.inputs, still.lanes.u_level[-1, :, 0], strict=True))
    gains = {
        f"{nodes[name].label} (by itself)"
        for name, gain in zip(still.equations.variables, still.lanes.gain[:, 0], strict=True)
        if name in inside and gain > 0
    }
    outside = {
        nodes[link.source].label
        for link, strength in zip(still.equations.links, up, strict=True)
        if link.target in inside
        and link.source not in inside
        and strength > 0
        and level.get(link.source, 1) > 0
    }
    return sorted(gains | outside)


def _coupling(still: Still, terms: Terms, inside: NDArray[np.bool_] | None = None) -> tuple[Floats, float]:
    """K (n, n) at one state of rest, of all variables or a set of them, and its spectral radius."""
    matrix = still.slopes(terms)[0]
    pull = (terms.winning + terms.losing)[0]
    matrix[np.diag_indices(still.size)] += pull  # only links are left
    if inside is not None:
        matrix[~inside] = matrix[:, ~inside] = 0
    coupling = np.divide(matrix, pull[:, None], out=np.zeros_like(matrix), where=pull[:, None] > 0)
    for part in _parts(matrix):
        if (pull[part] == 0).any():
            return coupling, np.inf
    return coupling, float(np.abs(np.linalg.eigvals(coupling)).max())


def _parts(matrix: Floats) -> list[list[int]]:
    """The sets of variables that lie on common loops of what is not 0 in the matrix."""
    graph = nx.from_numpy_array((matrix != 0).T, create_using=nx.DiGraph)
    return [
        sorted(part)
        for part in nx.strongly_connected_components(graph)
        if len(part) > 1 or graph.has_edge(*2 * tuple(part))
    ]


def _balancing(still: Still, terms: Terms) -> bool:
    """Whether a loop of links that act at this state is balancing.

    A strongly connected part has none just if each of its nodes can be given a sign such that every link
    leads from one sign to the same (+) or the other (-): F. Harary (1953), Michigan Math. J. 2:143-146.
    """
    acting = np.flatnonzero((reads(still.equations) < still.size) & (terms.links[0] != 0))
    source, target = reads(still.equations)[acting], targets(still.equations)[acting]
    signs = np.sign(terms.links[0][acting])
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(
        zip(source.tolist(), target.tolist(), ({"sign": sign} for sign in signs), strict=True)
    )
    colour = np.zeros(still.size)
    part_of = np.full(still.size, -1)
    for number, part in enumerate(nx.strongly_connected_components(graph)):
        root = min(part)
        part_of[list(part)] = number
        colour[root] = 1
        for before, after in nx.bfs_edges(graph.subgraph(part), root):
            colour[after] = colour[before] * graph[before][after]["sign"]
    within = part_of[source] == part_of[target]
    return bool((colour[source] * signs != colour[target])[within].any())
