"""Measure a model's reference modes: every criterion's figure, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from loops.criteria import Criterion, Measure, ReferenceMode, Run
from loops.equations import Drives, Equations, Parameters
from loops.kernel import Floats
from loops.model import Model
from loops.parts import nearest, replace
from loops.scenario import LinkChange, Scenario, fits
from loops.simulate import AT_REST, LONG_RUN, TEN_YEARS, TOLERANCE, run_block

MOST_NUMBERS = 2_000_000
"""Runs times rows and links that are held at one time, each in some twenty arrays: some hundred megabytes."""

Pairs = tuple[tuple[str, str], ...]
Settings = Callable[[Sequence[Scenario]], Parameters]


@dataclass(frozen=True)
class Figure:
    """What one criterion measured, and in which case it came closest to failing (or failed most)."""

    mode: ReferenceMode
    criterion: Criterion
    value: float
    case: str
    moving: float
    """Change over the last ten years of the long runs used; 0 for a dated criterion."""

    @property
    def holds(self) -> bool:
        """Whether the criterion is met; one about the end also needs the runs to have come to rest."""
        at_least, at_most = self.criterion.at_least, self.criterion.at_most
        met = self.value >= at_least if at_least is not None else self.value <= (at_most or 0.0)
        return bool(met) and self.moving <= AT_REST


@dataclass(frozen=True)
class _Case:
    """One case of a criterion: pairs of run numbers. A loop's case has a pair for each of its links."""

    name: str
    pairs: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class _Row:
    """One criterion with its cases, and the case with more links cut where it is measured against that."""

    mode: ReferenceMode
    criterion: Criterion
    cases: list[_Case]
    cut: _Case | None


@dataclass
class _Runs:
    """The distinct runs a plan needs, numbered as they are first asked for."""

    number: dict[Scenario, int] = field(default_factory=dict)
    long: set[int] = field(default_factory=set)

    def add(self, scenario: Scenario, *, in_the_end: bool) -> int:
        number = self.number.setdefault(scenario, len(self.number))
        if in_the_end:
            self.long.add(number)
        return number


class Plan:
    """Every run that a model's reference modes need, each once, ready to be measured under any parameters.

    Raises :class:`ValueError` when a reference mode names a scenario that is not among `scenarios`.
    """

    def __init__(self, model: Model, scenarios: Mapping[str, Scenario]) -> None:
        self.model = model
        self.scenarios = scenarios
        self.equations = Equations.of(model)
        runs = _Runs()
        self._table = [
            _Row(mode, criterion, self._cases(criterion, runs), self._cut_case(criterion, runs))
            for mode in model.reference_modes
            for criterion in mode.criteria
        ]
        self.runs = tuple(runs.number)
        self._long = sorted(runs.long)
        self.long_runs = tuple(self.runs[number] for number in self._long)
        if len(self.runs) * (self.equations.depth + len(self.equations.links)) > MOST_NUMBERS:
            raise ValueError(
                f"the reference modes need {len(self.runs):,} runs, too many to hold: "
                "vary fewer links or levers"
            )
        self.months = max(
            [row.criterion.month for row in self._table if row.criterion.month != "end"], default=1
        )

    @cached_property
    def _drives(self) -> tuple[Drives, Drives]:
        soon = self.equations.drives(self.runs, self.months)
        return soon, self.equations.drives(self.long_runs, LONG_RUN)

    def measure(self, settings: Settings | None = None, *, tolerance: float = TOLERANCE) -> list[Figure]:
        """Run everything and measure each criterion, in the order of the file.

        `settings` gives the parameters for some runs, one lane each; without it they are the model's own.
        """
        settings = settings or self.equations.parameters
        soon, late = self._drives
        wiring = self.equations.wiring
        lanes = self.equations.lanes(settings(self.runs), soon)
        dated = run_block(wiring, lanes, np.arange(self.months + 1.0), tolerance=tolerance).levels
        ends = np.empty((2, dated.shape[1], len(self.runs)))
        if self.long_runs:
            lanes = self.equations.lanes(settings(self.long_runs), late)
            months = np.array([LONG_RUN - TEN_YEARS, LONG_RUN], float)
            ends[:, :, self._long] = run_block(wiring, lanes, months, tolerance=tolerance).levels
        return [self._figure(row, dated, ends) for row in self._table]

    def _cases(self, criterion: Criterion, runs: _Runs) -> list[_Case]:
        against = criterion.against
        if against is None or against.vary is None:
            return [self._case("", criterion, runs, [((), ())])]
        if against.vary == "each lever":
            return [self._case(node.id, criterion, runs, [((node.id,), ())]) for node in self.model.levers]
        if against.vary == "each link":
            return [
                self._case(link.name, criterion, runs, [((), ((link.source, link.target),))])
                for link in self.model.links
            ]
        return [
            self._case(loop.label or loop.id, criterion, runs, [((), (pair,)) for pair in loop.pairs])
            for loop in self.model.loops
        ]

    def _case(
        self, name: str, criterion: Criterion, runs: _Runs, changes: Sequence[tuple[tuple[str, ...], Pairs]]
    ) -> _Case:
        end = criterion.month == "end"
        first = runs.add(self._run(criterion.run), in_the_end=end)
        if criterion.against is None:
            return _Case(name, ((first, None),))
        others = [self._run(criterion.against, without, cut) for without, cut in changes]
        return _Case(name, tuple((first, runs.add(other, in_the_end=end)) for other in others))

    def _cut_case(self, criterion: Criterion, runs: _Runs) -> _Case | None:
        if not criterion.more_when_cut or criterion.against is None:
            return None
        end = criterion.month == "end"
        both = (self._run(run, (), criterion.more_when_cut) for run in (criterion.run, criterion.against))
        first, second = (runs.add(run, in_the_end=end) for run in both)
        return _Case("", ((first, second),))

    def _run(self, run: Run, without: tuple[str, ...] = (), cut: Pairs = ()) -> Scenario:
        if run.scenario not in self.scenarios:
            raise ValueError(
                f"a reference mode runs the scenario '{run.scenario}', which is not there: "
                f"put it into scenarios/{self.model.id}/ beside the model's file, or name its folder. "
                + nearest(run.scenario, self.scenarios)
            )
        scenario = fits(self.model, self.scenarios[run.scenario])
        return left_out(self.model, scenario, without=(*run.without, *without), cut=(*run.cut, *cut))

    def _figure(self, row: _Row, dated: Floats, ends: Floats) -> Figure:
        criterion = row.criterion
        values = {case.name: self._value(criterion, case, dated, ends) for case in row.cases}
        if row.cut:
            values = {"": self._value(criterion, row.cut, dated, ends) - values[""]}
        pick = min if criterion.at_least is not None else max
        name = pick(values, key=lambda each: values[each])
        moving = 0.0
        if criterion.month == "end":
            cases = [*row.cases, row.cut] if row.cut else row.cases
            used = [number for case in cases for pair in case.pairs for number in pair if number is not None]
            moving = float(np.abs(ends[1][:, used] - ends[0][:, used]).max())
        return Figure(row.mode, criterion, values[name], name, moving)

    def _value(self, criterion: Criterion, case: _Case, dated: Floats, ends: Floats) -> float:
        names = criterion.variables or self.equations.variables
        rows = [self.equations.variables.index(name) for name in names]
        paths = ends[1:] if criterion.month == "end" else dated[: criterion.month + 1]
        # the variable that decides: the least for "every one at least" and for "any one at most"
        pick = np.min if (criterion.at_least is not None) != criterion.any_variable else np.max
        return min(
            float(pick(_MEASURES[criterion.measure](*_both(paths[:, rows], pair)))) for pair in case.pairs
        )


def left_out(model: Model, scenario: Scenario, *, without: Collection[str], cut: Pairs) -> Scenario:
    """The scenario with some levers never moved and some links cut; "*" in a pair stands for any node."""
    cuts = {
        (link.source, link.target): LinkChange(source=link.source, target=link.target, cut=True)
        for link in model.links
        if any(a in ("*", link.source) and b in ("*", link.target) for a, b in cut)
    }
    kept = [change for change in scenario.links if (change.source, change.target) not in cuts]
    levers = tuple(plan for plan in scenario.levers if plan.id not in without)
    return replace(scenario, levers=levers, links=(*kept, *cuts.values()))


def _both(paths: Floats, pair: tuple[int, int | None]) -> tuple[Floats, Floats]:
    first, second = pair
    return paths[..., first], np.zeros_like(paths[..., first]) if second is None else paths[..., second]


def _ratio(run: Floats, against: Floats) -> Floats:
    """How many times as much; not a number, which meets no criterion, where it is times nothing."""
    return np.divide(run, against, out=np.full_like(run, np.nan), where=against > 0)


_MEASURES: dict[Measure, Callable[[Floats, Floats], Floats]] = {
    "level": lambda run, _: run[-1],
    "drift": lambda run, _: np.abs(run - run[0]).max(axis=0),
    "difference": lambda run, against: run[-1] - against[-1],
    "distance": lambda run, against: np.abs(run[-1] - against[-1]),
    "ratio": lambda run, against: _ratio(run[-1], against[-1]),
    "largest difference": lambda run, against: np.abs(run - against).max(axis=0),
}
"""Each takes two runs' levels over the months up to the criterion's, shape (months, variables)."""
