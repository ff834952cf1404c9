"""From a model and scenarios to the arrays of the equations.

For a variable i, with y the (possibly delayed) level of a link's source and w its strength::

    dx_i/dt = (1 - x_i) G_i - x_i L_i
    G_i = gain_i + sum over + links of w f(y)
    L_i = fade_i + sum over - links of w f(y)
    f(y) = y,  or with a threshold k and steepness m:  (1 + k^m) y^m / (k^m + y^m)

A link whose sign nobody knows pulls both ways, with a share `plus` of its strength up and the rest down: half
each in a single run, all of it one way in a world that has drawn the sign.

A delayed link follows its source through three stages of a third of the delay each (Erlang-3). Everything is
ordered by id, so the order of a file and the words in it change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loops.kernel import STAGES, Floats, Ints, Lanes, Wiring
from loops.model import Context, Lever, Link, Model
from loops.parts import Polarity, nearest
from loops.scenario import Scenario, fits

_PULLS: Mapping[Polarity, tuple[int, ...]] = {"+": (1,), "-": (-1,), "?": (1, -1)}
_PLUS: Mapping[Polarity, float] = {"+": 1.0, "-": 0.0, "?": 0.5}


@dataclass(frozen=True)
class Parameters:
    """Everything uncertain, in the file's units; one column per lane, rows in the order of `Equations`."""

    strength: Floats  #  (K, L) per month
    plus: Floats  #      (K, L) share of it that wins: 1 of a + link, 0 of a - link, a half of an unknown one
    delay: Floats  #     (K, L) months; 0 stays 0
    threshold: Floats  # (K, L) levels; ignored for plain links
    gain: Floats  #      (n, L) per month
    fade: Floats  #      (n, L) per month
    start: Floats  #     (n, L) levels


@dataclass(frozen=True)
class Drives:
    """Levers and contexts over time, straight between `stops`."""

    stops: Floats  #  (S + 1,) months, first to last
    level: Floats  #  (S, U, L) at the start of each segment
    slope: Floats  #  (S, U, L) per month
    before: Floats  # (U, L) level before month 0


@dataclass(frozen=True)
class Equations:
    """The shape of a model's equations: who acts on whom, delayed or not, with or without a threshold."""

    variables: tuple[str, ...]
    inputs: tuple[str, ...]
    links: tuple[Link, ...]
    model: Model

    @classmethod
    def of(cls, model: Model) -> Equations:
        """The equations of `model`."""
        return cls(
            variables=tuple(sorted(node.id for node in model.variables)),
            inputs=tuple(sorted(node.id for node in (*model.levers, *model.contexts))),
            links=tuple(sorted(model.links, key=_link_order)),
            model=model,
        )

    @cached_property
    def row(self) -> dict[str, int]:
        """The state row of each variable, and of each lever or context that needs a signal."""
        first = len(self.variables) + STAGES * len(self.delayed)
        return {
            **{name: i for i, name in enumerate(self.variables)},
            **{name: first + z for z, name in enumerate(self.signals)},
        }

    @cached_property
    def delayed(self) -> dict[int, int]:
        """For each delayed link (its place in `links`), the state row of its first stage."""
        places = [k for k, link in enumerate(self.links) if link.delay]
        return {k: len(self.variables) + STAGES * position for position, k in enumerate(places)}

    @cached_property
    def folded(self) -> tuple[int, ...]:
        """Places in `links` of plain, undelayed links from levers and contexts, folded into base rates.

        Here and in `inner` a link of unknown sign stands twice: for what it pulls up, and down.
        """
        inputs = set(self.inputs)
        return tuple(
            k
            for k, link in enumerate(self.links)
            if link.source in inputs and not link.delay and not link.threshold
            for _ in _PULLS[link.polarity]
        )

    @cached_property
    def signals(self) -> tuple[str, ...]:
        """Levers and contexts with a delayed or threshold link: each is carried as a row of the state."""
        folded = {self.links[k] for k in self.folded}
        return tuple(
            sorted({link.source for link in self.links if link.source in self.inputs and link not in folded})
        )

    @cached_property
    def inner(self) -> tuple[int, ...]:
        """Places in `links` of every link that reads the state, grouped by target."""
        folded = set(self.folded)
        return tuple(k for k, link in enumerate(self.links) if k not in folded for _ in _PULLS[link.polarity])

    def place(self, variable: str) -> int:
        """The place of a variable; raises :class:`ValueError` naming the nearest one for what is none."""
        if variable not in self.variables:
            raise ValueError(f"there is no variable '{variable}'. {nearest(variable, self.variables)}")
        return self.variables.index(variable)

    def reads(self, k: int) -> int:
        """The state row that link `k` reads: its last delay stage, or its source."""
        if k in self.delayed:
            return self.delayed[k] + STAGES - 1
        return self.row[self.links[k].source]

    @property
    def depth(self) -> int:
        """How many rows the state has."""
        return len(self.variables) + STAGES * len(self.delayed) + len(self.signals)

    @cached_property
    def wiring(self) -> Wiring:
        """The diagram as the kernel reads it."""
        number = {name: u for u, name in enumerate(self.inputs)}
        return Wiring(
            pointer=self._pointer(self.inner),
            source=_ints(self.reads(k) for k in self.inner),
            sign=self.pulls(self.inner),
            power=_ints(self.links[k].steepness if self.links[k].threshold else 0 for k in self.inner),
            chain_source=_ints(self.row[self.links[k].source] for k in self.delayed),
            signal=_ints(number[name] for name in self.signals),
            u_pointer=self._pointer(self.folded),
            u_source=_ints(number[self.links[k].source] for k in self.folded),
            u_sign=self.pulls(self.folded),
        )

    def pulls(self, places: Sequence[int]) -> Ints:
        """Which way each of `folded` or `inner` pulls: 1 up, -1 down."""
        return _ints(sign for k in dict.fromkeys(places) for sign in _PULLS[self.links[k].polarity])

    def _pointer(self, places: Sequence[int]) -> Ints:
        targets = [self.links[k].target for k in places]
        counts = [targets.count(name) for name in self.variables]
        return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)

    def parameters(self, scenarios: Sequence[Scenario]) -> Parameters:
        """The file's values with each scenario's link changes: one lane per scenario."""
        width = len(scenarios)
        nodes = {node.id: node for node in self.model.variables}

        def spread(values: list[float]) -> Floats:
            return np.repeat(np.array(values, float)[:, None], width, axis=1)

        strength = spread([link.strength for link in self.links])
        place: dict[tuple[str, str], list[int]] = {}
        for k, link in enumerate(self.links):
            place.setdefault((link.source, link.target), []).append(k)
        for lane, scenario in enumerate(scenarios):
            for change in scenario.links:
                for k in place[change.source, change.target]:
                    strength[k, lane] = change.apply(strength[k, lane])

        return Parameters(
            strength=strength,
            plus=spread([_PLUS[link.polarity] for link in self.links]),
            delay=spread([link.delay for link in self.links]),
            threshold=spread([link.threshold or 0.5 for link in self.links]),
            gain=spread([nodes[name].gain for name in self.variables]),
            fade=spread([nodes[name].fade for name in self.variables]),
            start=spread([nodes[name].start for name in self.variables]),
        )

    @cached_property
    def levels(self) -> Floats:
        """The file's levels of levers and contexts, (U,)."""
        sources: tuple[Lever | Context, ...] = (*self.model.levers, *self.model.contexts)
        own = {node.id: node.level for node in sources}
        return np.array([own[name] for name in self.inputs])

    def drives(self, scenarios: Sequence[Scenario], months: float, *, levels: Floats | None = None) -> Drives:
        """The scenarios' levers and contexts over `months`, on the union of their dated changes.

        With `levels` (U,) those count as the file's.
        """
        default = self.levels if levels is None else levels
        plans = [[scenario.schedule(name) for scenario in scenarios] for name in self.inputs]
        corners = {month for row in plans for plan in row if plan for month in plan.corners()}
        stops = np.array(sorted({0.0, float(months), *(month for month in corners if 0 < month < months)}))
        level = np.zeros((stops.size - 1, len(self.inputs), len(scenarios)))
        slope = np.zeros_like(level)
        before = np.zeros(level.shape[1:])
        for u, row in enumerate(plans):
            level[:, u], before[u] = default[u], default[u]
            for lane, plan in enumerate(row):
                if plan is not None:
                    before[u, lane] = plan.before(default[u])
                    for segment, month in enumerate(stops[:-1]):
                        level[segment, u, lane], slope[segment, u, lane] = plan.at(month, default[u])
        return Drives(stops, level, slope, before)

    def lanes(self, parameters: Parameters, drives: Drives) -> Lanes:
        """The kernel's numbers. Delay stages start full of the level their source has before month 0."""
        knee, bend = np.zeros_like(parameters.strength), np.ones_like(parameters.strength)
        for k, link in enumerate(self.links):
            if link.threshold:
                knee[k] = parameters.threshold[k] ** link.steepness
                bend[k] = 1 + knee[k]
        weight, plus = parameters.strength * bend, parameters.plus

        def pulled(places: Sequence[int]) -> Floats:
            k, up = list(places), self.pulls(places)[:, None] > 0
            return np.ascontiguousarray(weight[k] * np.where(up, plus[k], 1 - plus[k]))

        start = np.empty((self.depth, parameters.start.shape[1]))
        start[: len(self.variables)] = parameters.start
        source_level = {
            **{name: parameters.start[i] for i, name in enumerate(self.variables)},
            **{name: drives.before[u] for u, name in enumerate(self.inputs)},
        }
        for k, row in self.delayed.items():
            start[row : row + STAGES] = source_level[self.links[k].source]
        for name in self.signals:
            start[self.row[name]] = source_level[name]
        return Lanes(
            start=start,
            gain=parameters.gain,
            fade=parameters.fade,
            weight=pulled(self.inner),
            knee=np.ascontiguousarray(knee[list(self.inner)]),
            chain_rate=STAGES / parameters.delay[list(self.delayed)],
            u_weight=pulled(self.folded),
            stops=drives.stops,
            u_level=drives.level,
            u_slope=drives.slope,
        )

    def prepare(self, scenarios: Sequence[Scenario], months: float) -> Lanes:
        """Lanes for `scenarios`, one each, over `months`.

        Raises :class:`ValueError` if one does not fit the model.
        """
        for scenario in scenarios:
            fits(self.model, scenario)
        return self.lanes(self.parameters(scenarios), self.drives(scenarios, months))


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _link_order(link: Link) -> tuple[str, str, float, float, int, float, str]:
    return (
        link.target,
        link.source,
        link.delay,
        link.threshold or 0.0,
        link.steepness,
        link.strength,
        link.polarity,  # last, so that a sign that becomes known moves nothing
    )
