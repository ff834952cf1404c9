"""What an ensemble is asked: whose levels to count, which differences, and the questions of each world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Model
from loops.parts import nearest
from loops.scenario import Scenario, fits

EVERY = 3
"""Months between the levels that are counted; a question's own months are always among them."""
BINS = 256
"""Of a histogram of levels, 0 to 1; a histogram of differences has twice as many, -1 to 1."""
MOST_COUNTS = 10_000_000
"""Bins of all histograms together, four bytes each: larger models are counted at fewer months."""

Pair = tuple[Scenario, Scenario]


@dataclass(frozen=True)
class Question:
    """One number per world: a variable's level in a run at a month, or how much above another run it is."""

    run: Scenario
    against: Scenario | None
    variable: str
    month: float


@dataclass(frozen=True)
class Comparison:
    """Scenarios of one model whose levels are counted, pairs whose differences are, and questions."""

    model: Model
    scenarios: tuple[Scenario, ...]
    pairs: tuple[Pair, ...]
    questions: tuple[Question, ...]
    months: Floats  # (T,) at which levels are kept, from 0 to the horizon

    @classmethod
    def of(
        cls,
        model: Model,
        scenarios: Sequence[Scenario] = (),
        questions: Sequence[Question] = (),
        *,
        pairs: Sequence[Pair] = (),
        horizon: int | None = None,
    ) -> Comparison:
        """Ask about `model` up to month `horizon`: the last month of a question, or else the model's own.

        Raises :class:`ValueError` for a scenario that does not fit, a variable that is not there, a month
        beyond the horizon, a sign that is unknown, and when nothing is asked.
        """
        asked = [question.month for question in questions]
        last = horizon if horizon is not None else max(asked, default=model.horizon)
        for question in questions:
            known = Equations.of(model).variables
            if question.variable not in known:
                raise ValueError(
                    f"there is no variable '{question.variable}'. {nearest(question.variable, known)}"
                )
            if not 0 <= question.month <= last:
                raise ValueError(f"month {question.month:g} is not between 0 and the horizon, {last:g}")
        rows = (len(scenarios) + 2 * len(pairs)) * len(model.variables) * BINS
        apart = EVERY * max(1, int(np.ceil(rows * (last / EVERY + 1) / MOST_COUNTS)))
        months = np.array(sorted({0.0, float(last), *np.arange(0.0, last, apart), *map(float, asked)}))
        comparison = cls(model, tuple(scenarios), tuple(pairs), tuple(questions), months)
        if not comparison.runs or last <= 0:
            raise ValueError("ask for at least one scenario or question, and at least one month")
        for scenario in comparison.runs:
            fits(model, scenario)
        return comparison

    @property
    def runs(self) -> tuple[Scenario, ...]:
        """Every scenario that must run, each once."""
        asked = [run for question in self.questions for run in (question.run, question.against) if run]
        paired = [run for pair in self.pairs for run in pair]
        return tuple(dict.fromkeys([*self.scenarios, *paired, *asked]))
