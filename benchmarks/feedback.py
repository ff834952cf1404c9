"""How long the questions about loops and lasting take: python benchmarks/feedback.py

Everything is of the common purpose model and everything_for_four_years, buy-in being judged. Each figure is
the least disturbed of three. Times are of this machine at this moment; the ratios, of one run, carry over:
the map on one thread and on two, and against scipy's LSODA on the same equations written in numpy, which is
run for a few cells and counted up.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from engine import best_of, right_hand_side
from scipy.integrate import solve_ivp

from loops import feedback, library
from loops.dominance.gain import loop_gains
from loops.dominance.moments import moments
from loops.dominance.shares import shares
from loops.equations import Equations
from loops.equilibrium import legacy
from loops.equilibrium.along import ProgrammeLength, both, parse
from loops.equilibrium.ends import lanes_of
from loops.equilibrium.lasting import lasting
from loops.equilibrium.rest import rest_states
from loops.equilibrium.returns import return_curve
from loops.equilibrium.tipmap import TippingMap, tipping_map
from loops.equilibrium.tipping import tipping, tipping_range
from loops.files import read_model
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import LONG_RUN

OUTCOME, SEED, TRIES = "buy_in", 1, 3
CELLS = 8
"""How many cells of the map are also run with scipy."""


def say(what: str, work: Callable[[], object]) -> float:
    """Print how long some work takes; returns the seconds."""
    seconds = best_of(TRIES, work)
    print(f"  {what:72} {seconds:8.3f} s")
    return seconds


def by_scipy(model: Model, plan: Scenario) -> float:
    """The outcome in the end by LSODA at 1e-6, restarted at each dated change."""
    equations = Equations.of(model)
    lanes = lanes_of(equations, [(plan, 0)])
    state = lanes.start[:, 0]
    for segment, span in enumerate(zip(lanes.stops, lanes.stops[1:], strict=False)):
        rates = right_hand_side(equations, lanes, segment)
        state = solve_ivp(rates, span, state, method="LSODA", rtol=1e-6, atol=1e-6).y[:, -1]
    return float(state[equations.variables.index(OUTCOME)])


def against_scipy(model: Model, plan: Scenario, drawn: TippingMap, seconds: float) -> None:
    """Run some cells of the map with scipy, compare their ends, and print the ratio of the times."""
    random = np.random.default_rng(SEED)
    rows, columns = random.integers(0, drawn.ys.size, CELLS), random.integers(0, drawn.xs.size, CELLS)
    cells = [
        both(model, plan, (drawn.x, float(drawn.xs[column])), (drawn.y, float(drawn.ys[row])))
        for row, column in zip(rows, columns, strict=True)
    ]
    equations = Equations.of(model)
    found = legacy.legacy(equations, [(cell, 0) for cell in cells], OUTCOME).levels
    begin = time.perf_counter()
    exact = np.array([by_scipy(model, cell) for cell in cells])
    each = (time.perf_counter() - begin) / CELLS
    count = drawn.fates.size
    print(
        f"  scipy's LSODA takes {each * 1e3:.0f} ms a cell, {each * count:.0f} s for {count:,}: "
        f"{each * count / seconds:.0f} times the map; ends differ by {np.abs(found - exact).max():.0e}"
    )


def of_loops(model: Model, plan: Scenario) -> None:
    """Gains and shares of every loop over the horizon."""
    found = feedback.find(model)
    print(f"\nWhich loops drive it: {len(found.loops)} loops, {model.horizon} months")
    (run,) = moments(model, [plan])
    say("finding and naming every loop", lambda: feedback.find(model))
    say("one run with all slopes and accelerations", lambda: moments(model, [plan]))
    say("gain of every loop in every month", lambda: loop_gains(run, found.loops))
    say("shares of every loop (Loops That Matter)", lambda: shares(run, found))


def of_lasting(model: Model, plan: Scenario) -> None:
    """States of rest, the tipping point, its range, and the map on one thread and two."""
    length, pressure = ProgrammeLength(), parse("competing_priorities", model)
    print(f"\nDoes it last: each run is followed for {LONG_RUN:,} months after the last change, or longer")
    say("states of rest from 256 starts, with their stability", lambda: rest_states(model, plan, seed=SEED))
    say("return curve, 81 points from both sides", lambda: return_curve(model, plan, OUTCOME))
    say("does it last: one plan to rest", lambda: lasting(model, [plan], OUTCOME, seed=SEED))
    say("tipping point along the length", lambda: tipping(model, plan, length, outcome=OUTCOME, seed=SEED))
    say(
        "its range over 64 versions",
        lambda: tipping_range(model, plan, length, outcome=OUTCOME, seed=SEED),
    )

    def draw() -> TippingMap:
        return tipping_map(model, plan, length, pressure, outcome=OUTCOME, seed=SEED)

    both_cores = say(f"map of 40 x 40, {legacy.THREADS} threads", draw)
    threads, legacy.THREADS = legacy.THREADS, 1
    alone = say("map of 40 x 40, one thread", draw)
    legacy.THREADS = threads
    print(f"  {threads} threads: {alone / both_cores:.1f} times as fast as one")
    against_scipy(model, plan, draw(), both_cores)


def main() -> None:
    """Print the figures."""
    model = read_model(library.shipped_models()["common_purpose"])
    plan = library.scenarios_of(model)["everything_for_four_years"]
    of_loops(model, plan)
    of_lasting(model, plan)


if __name__ == "__main__":
    main()
