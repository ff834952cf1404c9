"""Extreme conditions: whatever is pushed to its end, or taken away, every level stays between 0 and 1.

The exact solution does by proof (at x = 0 a level can only rise, at x = 1 only fall); the computed one may
leave by the solver's error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loops.equations import Equations
from loops.simulate import TOLERANCE
from loops.validation.trials import Bench, Progress, Trial, every_lever, thinned

ROOM = 10 * TOLERANCE
"""How far a computed level may lie outside [0, 1]."""
KINDS = ("levers", "circumstances", "arrows cut", "starts")


@dataclass(frozen=True)
class Extreme:
    """One thing tried, with the lowest and highest level of any variable at any month."""

    trial: Trial
    lowest: float
    highest: float

    @property
    def outside(self) -> float:
        """How far the worst level is outside [0, 1]; negative while it is inside."""
        return max(-self.lowest, self.highest - 1)

    @property
    def holds(self) -> bool:
        """Whether every level stayed within :data:`ROOM` of [0, 1]; what is not a number did not."""
        return self.outside <= ROOM


@dataclass(frozen=True)
class Extremes:
    """What became of every trial, and how many were left out of each kind because there were too many."""

    found: tuple[Extreme, ...]
    left_out: dict[str, int]


def extremes(equations: Equations, *, progress: Progress = lambda share, words: None) -> Extremes:
    """Run each lever off and full, each context at 0 and 1, each link cut, each start at 0 and 1.

    Levers go off and full one by one and all together; everything else is tried with the levers as in the
    file and again with all of them full. Raises :class:`loops.simulate.DidNotFinish`.
    """
    bench = Bench(equations)
    every = {kind: [trial for trial in _trials(equations) if trial.kind == kind] for kind in KINDS}
    kept = {kind: thinned(trials, max(1, bench.most // len(KINDS))) for kind, trials in every.items()}
    chosen = [trial for trials in kept.values() for trial in trials]
    found = tuple(
        Extreme(trial, float(levels[..., lane].min()), float(levels[..., lane].max()))
        for trials, levels in bench.run(chosen, progress=progress)
        for lane, trial in enumerate(trials)
    )
    return Extremes(found, {kind: len(every[kind]) - len(kept[kind]) for kind in KINDS})


def _trials(equations: Equations) -> Iterator[Trial]:
    model = equations.model
    levers, circumstances, arrows, starts = KINDS
    ends = ((0.0, "off"), (1.0, "full"))
    conditions: list[tuple[dict[str, float], str]] = [({}, "")]
    if model.levers:
        for level, word in ends:
            yield Trial(levers, f"every lever {word}", every_lever(equations, level))
        conditions.append((every_lever(equations, 1.0), ", every lever full"))
    for lever in model.levers:
        for level, word in ends:
            yield Trial(levers, f"{lever.id} {word}", {lever.id: level})
    for held, under in conditions:
        for context in model.contexts:
            for level in (0.0, 1.0):
                yield Trial(circumstances, f"{context.id} at {level:g}{under}", {**held, context.id: level})
        for k, link in enumerate(equations.links):
            yield Trial(arrows, f"{link.name} cut{under}", held, cut=k)
        for i, name in enumerate(equations.variables):
            for level in (0.0, 1.0):
                yield Trial(starts, f"{name} starts at {level:g}{under}", held, start=(i, level))
