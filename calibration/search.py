"""Search for strengths, rates and thresholds under which a model's reference modes hold with room to spare.

    python calibration/search.py MODEL SCENARIOS --seed 1 --rounds 2000 --out values.json

The search is CMA-ES (Hansen 2016, arXiv:1604.00772, the `cma` package) on logarithms. A candidate's score is how
far each criterion is from holding with its margin, squared and summed; starts are not searched, they are the
state of rest that the candidate reaches without a programme. A found set is only ever a set that fits: it is not
measured, and many others would fit as well.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cma
import numpy as np
import typer

from loops.equations import Parameters
from loops.files import read_model, read_scenarios
from loops.kernel import Floats
from loops.model import Model
from loops.reference import Figure, Plan
from loops.scenario import Scenario
from loops.simulate import DidNotFinish, settle

STRENGTH = (0.004, 0.3)
GAIN = (0.0001, 0.02)
FADE = (0.01, 0.2)
THRESHOLD = (0.15, 0.45)
COARSE = 1e-4
ROOM = 0.35
"""Share of a criterion by which it should be met, so that small changes of the assumptions do not undo it."""


class Candidate:
    """A vector of logarithms read as strengths, gains, fades and thresholds of one model."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.quiet = [plan.scenarios["nothing_new"]]
        own = plan.equations.parameters(self.quiet)
        self.kinks = [k for k, link in enumerate(plan.equations.links) if link.threshold]
        parts = [
            (own.strength[:, 0], STRENGTH),
            (own.gain[:, 0], GAIN),
            (own.fade[:, 0], FADE),
            (own.threshold[self.kinks, 0], THRESHOLD),
        ]
        self.cuts = np.cumsum([values.size for values, _ in parts])[:-1]
        self.first = np.concatenate([np.log(np.clip(values, low, high)) for values, (low, high) in parts])
        self.low = np.concatenate([np.full(values.size, np.log(low)) for values, (low, _) in parts])
        self.high = np.concatenate([np.full(values.size, np.log(high)) for values, (_, high) in parts])
        self._own: dict[int, Parameters] = {}

    def settings(self, vector: Floats, runs: Sequence[Scenario], start: Floats | None = None) -> Parameters:
        """Parameters for `runs`, one lane each; links that a run cuts stay cut."""
        own = self._own.setdefault(len(runs), self.plan.equations.parameters(runs))
        strength, gain, fade, kinks = np.split(np.exp(vector), self.cuts)
        threshold = own.threshold.copy()
        threshold[self.kinks] = kinks[:, None]
        wide = np.ones((1, len(runs)))
        return Parameters(
            strength=strength[:, None] * (own.strength > 0),
            delay=own.delay,
            threshold=threshold,
            gain=gain[:, None] * wide,
            fade=fade[:, None] * wide,
            start=own.start if start is None else start[:, None] * wide,
        )

    def rest(self, vector: Floats) -> Floats:
        """Where everything rests without a programme."""
        equations = self.plan.equations
        drives = equations.drives(self.quiet, 1_800)
        lanes = equations.lanes(self.settings(vector, self.quiet), drives)
        return settle(equations, lanes)[: len(equations.variables), 0]

    def measure(self, vector: Floats, tolerance: float) -> list[Figure]:
        """The reference modes under this candidate."""
        start = np.round(self.rest(vector), 4)
        return self.plan.measure(lambda runs: self.settings(vector, runs, start), tolerance=tolerance)


def shortfall(figure: Figure, room: float) -> float:
    """How far a criterion is from being met with `room` to spare, in units of its own size; 0 when it is."""
    criterion = figure.criterion
    bound = criterion.at_least if criterion.at_least is not None else criterion.at_most or 0.0
    size = max(abs(bound), 0.02)
    missing = bound - figure.value if criterion.at_least is not None else figure.value - bound
    still = max(0.0, figure.moving - 1e-4) * 100
    return max(0.0, missing / size + room) + still


_candidate: Candidate


def _begin(plan: Plan) -> None:
    global _candidate
    _candidate = Candidate(plan)


def score(vector: Floats, room: float = ROOM) -> float:
    """Sum of squared shortfalls, and a light pull towards where the search began."""
    try:
        figures = _candidate.measure(vector, COARSE)
    except DidNotFinish:
        return 1e3
    pull = 2e-4 * float(((vector - _candidate.first) ** 2).sum())
    return sum(shortfall(figure, room) ** 2 for figure in figures) + pull


def values(candidate: Candidate, vector: Floats) -> dict:
    """The candidate as numbers for the model's file, rounded as the file holds them."""
    equations = candidate.plan.equations
    rounded = np.array([float(f"{value:.3g}") for value in np.exp(vector)])
    strength, gain, fade, kinks = np.split(rounded, candidate.cuts)
    start = candidate.rest(np.log(rounded))
    threshold = dict(zip(candidate.kinks, kinks, strict=True))
    return {
        "variables": {
            name: {"start": round(float(start[i]), 4), "gain": float(gain[i]), "fade": float(fade[i])}
            for i, name in enumerate(equations.variables)
        },
        "links": [
            {"from": link.source, "to": link.target, "strength": float(strength[k])}
            | ({"threshold": float(threshold[k])} if k in threshold else {})
            for k, link in enumerate(equations.links)
        ],
    }


def search(
    model: Path,
    scenarios: Path,
    seed: Annotated[int, typer.Option()],
    out: Annotated[Path, typer.Option()],
    rounds: Annotated[int, typer.Option()] = 2_000,
    workers: Annotated[int, typer.Option()] = 2,
    spread: Annotated[float, typer.Option()] = 0.3,
) -> None:
    """Search, print the score every 50 rounds, and write the best values found."""
    loaded: Model = read_model(model)
    plan = Plan(loaded, read_scenarios(scenarios, loaded))
    candidate = Candidate(plan)
    options = {"seed": seed, "bounds": [candidate.low, candidate.high], "verbose": -9, "popsize": 40}
    evolution = cma.CMAEvolutionStrategy(np.clip(candidate.first, candidate.low, candidate.high), spread, options)
    with multiprocessing.get_context("fork").Pool(workers, _begin, (plan,)) as pool:
        for count in range(rounds):
            vectors = evolution.ask()
            evolution.tell(vectors, pool.map(score, vectors, chunksize=4))
            if count % 50 == 49 or count == rounds - 1:
                best = np.asarray(evolution.result.xbest)
                out.write_text(json.dumps(values(candidate, best), indent=1))
                figures = candidate.measure(best, 1e-6)
                missed = [f"{f.mode.id}={f.value:.3f}" for f in figures if not f.holds]
                typer.echo(f"round {count + 1}: score {evolution.result.fbest:.4f}; not met: {missed or 'none'}")


if __name__ == "__main__":
    typer.run(search)
