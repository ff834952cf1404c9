"""How fast ensembles are and what they hold, in one run on two threads: python benchmarks/ensemble.py

The common purpose model at the middle width, seed 1: four years of everything against nothing new over 120
months, levels of all 16 variables counted every third month, differences too, one question. First on one
thread to see where the time goes, then 100,000 and 1,000,000 worlds on two threads, and how many times as
long PySD takes for one run of the same model as one thread here. Times are of this machine at this moment;
what carries over are the shares and the ratio.
"""

from __future__ import annotations

import resource
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from loops import kernel, library
from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.simulate import simulate_ensemble
from loops.ensemble.work import Work
from loops.files import read_model
from loops.interchange.export.xmile import write
from loops.interchange.export.xmile_words import names_of
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import run_block, simulate
from loops.worlds import Worlds

MONTHS, SEED, WIDTH = 120, 1, "middle"
SHARES = 8_192
"""Worlds of the run on one thread."""
CHECKED = 256
"""Worlds whose levels are also worked out in double precision at a tolerance of 1e-9."""
ALLOWED = 1e-3
"""Largest error of a level in any month that a run by PySD may have; that of an ensemble is far below."""
REPEATS = 3
"""Runs by PySD of which the fastest counts."""


def timed(spent: dict[str, float], name: str, function: Callable) -> Callable:
    """The same function, adding the seconds of processor time that it takes."""

    def run(*given):
        began = time.thread_time()
        try:
            return function(*given)
        finally:
            spent[name] += time.thread_time() - began

    return run


def shares(work: Work) -> float:
    """Seconds per run, and where they go: the integrator, the histograms, the draws and lanes around them."""
    work.run(0, work.together)
    spent: dict[str, float] = defaultdict(float)
    integrate, count = kernel.integrate, kernel.count
    kernel.integrate = timed(spent, "kernel", integrate)
    kernel.count = timed(spent, "histograms", count)
    try:
        timed(spent, "all", work.run)(0, SHARES)
    finally:
        kernel.integrate, kernel.count = integrate, count
    runs = SHARES * len(work.runs.own)
    print(f"\non one thread, {SHARES:,} worlds, {runs:,} runs of {work.runs.mesh.size} steps:")
    print(f"  {spent['all'] / runs * 1e6:.1f} us a run, {SHARES / spent['all']:,.0f} worlds/s")
    print(f"  integrator {spent['kernel'] / spent['all']:.0%} of the time")
    print(f"  histograms {spent['histograms'] / spent['kernel']:.0%} of the integrator's time")
    return spent["all"] / runs


def error(work: Work) -> None:
    """How far single precision on the mesh is from double precision at 1e-9."""
    versions = work.assumptions.versions(work.worlds.units(0, CHECKED))
    equations, months = work.runs.equations, work.comparison.months
    found = np.array([work.runs.levels(run, versions, months) for run in range(2)], float)
    lanes = [work.runs.lanes(run, versions) for run in range(2)]
    exact = np.array([run_block(equations.wiring, each, months, tolerance=1e-9).levels for each in lanes])
    apart = np.abs((found[1] - found[0]) - (exact[1] - exact[0])).max()
    print(f"  max error of a level {np.abs(found - exact).max():.1e}, of a difference {apart:.1e}")


def elsewhere(model: Model, plan: Scenario, own: float) -> None:
    """How long PySD takes for a run of what is exported, against `own` seconds for one of an ensemble.

    Its step, a power of two, is the largest with which no level is off by more than :data:`ALLOWED`.
    """
    try:
        with warnings.catch_warnings():  # of its libraries' own names that will go
            warnings.simplefilter("ignore", DeprecationWarning)
            import pysd  # noqa: PLC0415  it is there where the tests are
    except ImportError:
        print("\nPySD is not installed: the ratio to it is not measured")
        return
    (exact,) = simulate(model, [plan], months=MONTHS, tolerance=1e-9)
    names = names_of({name: node.label for name, node in model.nodes.items()})
    columns = [names[name] for name in exact.variables]
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        path = Path(folder, "exported.xmile")
        path.write_bytes(write(model, plan))
        theirs = pysd.read_xmile(path)
        steps = 1
        while (off := np.abs(_levels(theirs, steps, columns) - exact.levels).max()) >= ALLOWED:
            steps *= 2
        took = []
        for _ in range(REPEATS):
            began = time.thread_time()
            _levels(theirs, steps, columns)
            took.append(time.thread_time() - began)
    print(f"\nPySD {pysd.__version__}, Euler steps of 1/{steps} month, max error of a level {off:.1e}:")
    print(f"  {min(took):.2f} s a run, {min(took) / own:,.0f} times as long")


def _levels(theirs, steps: int, columns: list[str]) -> np.ndarray:
    """What PySD makes of the levels of each month."""
    asked = {"return_timestamps": range(MONTHS + 1), "return_columns": columns, "final_time": MONTHS}
    return theirs.run(time_step=1 / steps, **asked)[columns].to_numpy()


def peak() -> float:
    """Most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    model = read_model(library.shipped_models()["common_purpose"])
    plans = library.scenarios_of(model)
    nothing, everything = plans["nothing_new"], plans["everything_for_four_years"]
    comparison = Comparison.of(
        model,
        [nothing, everything],
        [Question(everything, nothing, "buy_in", MONTHS)],
        pairs=[(everything, nothing)],
        horizon=MONTHS,
    )
    worlds = Worlds.of([model], width=WIDTH, seed=SEED)
    work = Work.of(comparison, worlds)
    print(f"{len(worlds.columns)} uncertain numbers, {WIDTH} width, seed {SEED}")
    own = shares(work)
    error(work)
    print("\non two threads, pilot and draws included:")
    for count in (100_000, 1_000_000):
        began = time.perf_counter()
        ensemble = simulate_ensemble(comparison, worlds=worlds, count=count)
        took = time.perf_counter() - began
        print(
            f"  {ensemble.done:9,} worlds: {took:6.1f} s, {ensemble.done / took:,.0f} worlds/s, "
            f"peak memory {peak():.0f} MB, digest {ensemble.digest[:12]}"
        )
    elsewhere(model, everything, own)  # last, since the libraries it brings count as memory too


if __name__ == "__main__":
    main()
