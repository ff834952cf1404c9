"""Search for strengths, rates and thresholds under which a model's reference modes hold with room to spare.

    python calibration/search.py find MODEL SCENARIOS --seed 1 --rounds 1500 --out values.json
    python calibration/search.py put MODEL values.json
    python calibration/search.py shake MODEL SCENARIOS --seed 1

The search is CMA-ES (Hansen 2016, arXiv:1604.00772, the `cma` package) on logarithms. A candidate's score is
how far each criterion is from holding with its margin, squared and summed; starts are not searched, they are
the state of rest that the candidate reaches without a programme. With `--noise 0.05 --draws 8` the score is
the mean over eight copies of the candidate with 5% noise on every value, drawn afresh each round: a second
search that begins where the first ended looks for values that hold under small changes too. A found set is
only ever a set that fits: it is not measured, and many others would fit as well.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import cma
import numpy as np
import typer

from loops.equations import Parameters
from loops.files import open_model, read_model, read_scenarios, save
from loops.kernel import Floats
from loops.noise import Shaken
from loops.parts import replace
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
        # the plan hands over the same few tuples again and again
        if id(runs) not in self._own:
            self._own[id(runs)] = self.plan.equations.parameters(runs)
        own = self._own[id(runs)]
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
            plus=own.plus,
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


_worker: dict[str, Candidate] = {}
"""What a worker of the pool keeps for all its scores: the candidate, put here once when it starts."""


def _begin(plan: Plan) -> None:
    _worker["candidate"] = Candidate(plan)


def score(task: tuple[Floats, Floats]) -> float:
    """Mean over the noises of the summed squared shortfalls, and a light pull to where the search began."""
    candidate = _worker["candidate"]
    vector, noises = task
    total = 2e-4 * float(((vector - candidate.first) ** 2).sum())
    for noise in noises:
        try:
            figures = candidate.measure(vector + noise, COARSE)
        except DidNotFinish:
            return 1e3
        total += sum(shortfall(figure, ROOM) ** 2 for figure in figures) / len(noises)
    return total


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


app = typer.Typer(add_completion=False)


@app.command()
def find(
    model: Path,
    scenarios: Path,
    seed: Annotated[int, typer.Option()],
    out: Annotated[Path, typer.Option()],
    rounds: Annotated[int, typer.Option()] = 1_500,
    spread: Annotated[float, typer.Option()] = 0.3,
    noise: Annotated[float, typer.Option()] = 0.0,
    draws: Annotated[int, typer.Option()] = 1,
    workers: Annotated[int, typer.Option()] = 2,
) -> None:
    """Search from the model's own values; every 50 rounds print the score and write the values."""
    loaded = read_model(model)
    plan = Plan(loaded, read_scenarios(scenarios, loaded))
    candidate = Candidate(plan)
    random = np.random.default_rng(seed)
    options = {"seed": seed, "bounds": [candidate.low, candidate.high], "verbose": -9, "popsize": 40}
    evolution = cma.CMAEvolutionStrategy(
        np.clip(candidate.first, candidate.low, candidate.high), spread, options
    )
    with multiprocessing.get_context("fork").Pool(workers, _begin, (plan,)) as pool:
        for count in range(1, rounds + 1):
            noises = noise * random.standard_normal((draws, candidate.first.size))
            vectors = evolution.ask()
            evolution.tell(vectors, pool.map(score, [(vector, noises) for vector in vectors], chunksize=4))
            if count % 50 == 0 or count == rounds:
                # under noise the best score ever is a lucky draw; the middle of the population is not
                best = np.asarray(evolution.result.xfavorite if noise else evolution.result.xbest)
                out.write_text(json.dumps(values(candidate, best), indent=1))
                missed = [f"{f.mode.id} {f.value:.3f}" for f in candidate.measure(best, 1e-6) if not f.holds]
                typer.echo(f"round {count}: score {evolution.result.fbest:.4f}; not met: {missed or 'none'}")


@app.command()
def shake(
    model: Path,
    scenarios: Path,
    seed: Annotated[int, typer.Option()],
    noise: Annotated[float, typer.Option()] = 0.05,
    draws: Annotated[int, typer.Option()] = 200,
) -> None:
    """In how many draws, every value multiplied by lognormal noise, do all reference modes hold?"""
    loaded = read_model(model)
    plan = Plan(loaded, read_scenarios(scenarios, loaded))
    shaken = Shaken.of(loaded, noise=noise, draws=draws, seed=seed)
    missed: Counter[str] = Counter()
    held = 0
    for draw in range(draws):
        figures = plan.measure(partial(shaken.parameters, draw=draw), tolerance=COARSE)
        missing = {figure.mode.id for figure in figures if not figure.holds}
        held += not missing
        missed.update(missing)
    typer.echo(f"all modes hold in {held} of {draws} draws at {noise:.0%} noise; missed: {dict(missed)}")


@app.command()
def put(model: Path, found: Path) -> None:
    """Write found values into the model's file; its words and comments stay as they are."""
    opened = open_model(model)
    given = json.loads(found.read_text())
    links = {(link["from"], link["to"]): link for link in given["links"]}
    changed = replace(
        opened.part,
        variables=[replace(node, **given["variables"][node.id]) for node in opened.part.variables],
        links=[
            replace(link, strength=new["strength"], threshold=new.get("threshold"))
            for link in opened.part.links
            for new in [links[link.source, link.target]]
        ],
    )
    save(opened, changed)


if __name__ == "__main__":
    app()
