"""How fast and how exact the engine is, in one run on one core: python benchmarks/engine.py

4,096 versions of the common purpose model (every strength, delay, threshold, gain, fade and start drawn from
a lognormal with 20% spread, seed 1) run everything_for_four_years over 120 months, saved monthly, in blocks
of side-by-side lanes. Times are of this machine at this moment; the ratio to scipy is what carries over.
"""

from __future__ import annotations

import time

import numpy as np
from scipy.integrate import solve_ivp

from loops import library
from loops.equations import Drives, Equations, Parameters
from loops.files import read_model
from loops.kernel import STAGES, Floats, Lanes
from loops.simulate import Block, run_block

MODELS, MONTHS, SEED, SPREAD = 4_096, 120, 1, 0.2
CHECKED = 32
"""How many of the models are also run with DOP853."""
TIMED = 20
"""How many are also timed with scipy's RK45."""


def draw(equations: Equations, own: Parameters, count: int, *, delays: bool = True) -> Parameters:
    """`count` versions of the model's parameters, within their bounds."""
    random = np.random.default_rng(SEED)

    def vary(values: Floats, low: float, high: float) -> Floats:
        factor = np.exp(SPREAD * random.standard_normal((values.shape[0], count)))
        return np.where(values[:, :1] > 0, np.clip(values[:, :1] * factor, low, high), 0.0)

    return Parameters(
        strength=vary(own.strength, 0, 2),
        delay=vary(own.delay, 0.5, 240) if delays else np.repeat(own.delay, count, axis=1),
        threshold=vary(own.threshold, 0.01, 0.99),
        gain=vary(own.gain, 0, 2),
        fade=vary(own.fade, 0, 2),
        start=vary(own.start, 0, 1),
    )


def columns(parameters: Parameters, chosen: slice) -> Parameters:
    """Some of the versions."""
    return Parameters(**{name: value[:, chosen].copy() for name, value in vars(parameters).items()})


def drives_for(drives: Drives, width: int) -> Drives:
    """The one scenario's levers and contexts, for `width` lanes."""
    level, slope = (np.repeat(field, width, axis=2) for field in (drives.level, drives.slope))
    return Drives(drives.stops, level, slope, np.repeat(drives.before, width, axis=1))


def right_hand_side(equations: Equations, lanes: Lanes, segment: int):
    """The same equations in plain numpy, for one lane and one segment, as one would write them for scipy."""
    wiring, n = equations.wiring, len(equations.variables)
    counts = np.diff(wiring.pointer)
    target = np.repeat(np.arange(n), counts)
    u_target = np.repeat(np.arange(n), np.diff(wiring.u_pointer))
    plus, u_plus = wiring.sign > 0, wiring.u_sign > 0
    push = lanes.u_weight[:, 0] * lanes.u_level[segment, wiring.u_source, 0]
    base_gain = lanes.gain[:, 0] + np.bincount(u_target[u_plus], push[u_plus], n)
    base_loss = lanes.fade[:, 0] + np.bincount(u_target[~u_plus], push[~u_plus], n)
    weight, knee, curved = lanes.weight[:, 0], lanes.knee[:, 0], wiring.power > 0
    rows = np.arange(n, n + STAGES * wiring.chain_source.size)
    follows = rows - 1
    follows[::STAGES] = wiring.chain_source
    stage_rate = np.repeat(lanes.chain_rate[:, 0], STAGES)

    def rates(_: float, state: Floats) -> Floats:
        y = state[wiring.source]
        mass = y[curved] ** wiring.power[curved]
        y[curved] = mass / (knee[curved] + mass)
        flow = weight * y
        gain = base_gain + np.bincount(target[plus], flow[plus], n)
        loss = base_loss + np.bincount(target[~plus], flow[~plus], n)
        x = state[:n]
        stages = (state[follows] - state[rows]) * stage_rate
        return np.concatenate([gain - x * (gain + loss), stages])

    return rates


def with_scipy(equations: Equations, lanes: Lanes, method: str, tolerance: float) -> Floats:
    """Levels (T, n) by scipy, restarted at each dated change."""
    state = lanes.start[:, 0]
    out = [state[: len(equations.variables)]]
    for segment, (begin, end) in enumerate(zip(lanes.stops, lanes.stops[1:], strict=False)):
        months = np.arange(begin + 1, end + 1)
        piece = solve_ivp(
            right_hand_side(equations, lanes, segment),
            (begin, end),
            state,
            method=method,
            rtol=tolerance,
            atol=tolerance * (1e-2 if method == "DOP853" else 1),
            t_eval=months,
        )
        out.extend(piece.y.T[:, : len(equations.variables)])
        state = piece.y[:, -1]
    return np.array(out)


def best_of(times: int, work) -> float:
    """Seconds of the fastest of some tries: the least disturbed one."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def measure(equations: Equations, sample: Parameters, one: Drives, months: Floats, title: str) -> None:
    """Print time and error of the engine, and the ratio to scipy, for one sample."""
    alone = [equations.lanes(columns(sample, slice(i, i + 1)), one) for i in range(CHECKED)]
    exact = [with_scipy(equations, lanes, "DOP853", 1e-10) for lanes in alone]
    seconds = best_of(2, lambda: [with_scipy(equations, lanes, "RK45", 1e-4) for lanes in alone[:TIMED]])
    scipy_each = seconds / TIMED
    print(f"\n{title}")
    print(f"  scipy solve_ivp, RK45 at 1e-4, same equations in numpy: {scipy_each * 1e6:8.0f} us a run")
    for tolerance in (1e-3, 1e-4, 1e-6):
        for width in (32, 64, 128):
            blocks = [
                equations.lanes(columns(sample, slice(i, i + width)), drives_for(one, width))
                for i in range(0, MODELS, width)
            ]

            def work(blocks: list[Lanes] = blocks, tolerance: float = tolerance) -> list[Block]:
                return [run_block(equations.wiring, lanes, months, tolerance=tolerance) for lanes in blocks]

            found = np.concatenate([block.levels for block in work()], axis=2)
            error = max(np.abs(found[:, :, i] - exact[i]).max() for i in range(CHECKED))
            each = best_of(5, work) / MODELS
            print(
                f"  engine at {tolerance:g}, blocks of {width:3}: {each * 1e6:6.1f} us a run, "
                f"max error {error:.1e} against DOP853, {scipy_each / each:5.0f} times scipy"
            )


def main() -> None:
    """Print the figures."""
    model = read_model(library.shipped_models()["common_purpose"])
    scenario = library.scenarios_of(model)["everything_for_four_years"]
    equations = Equations.of(model)
    one = equations.drives([scenario], MONTHS)
    months = np.arange(MONTHS + 1.0)
    print(
        f"{len(equations.variables)} variables, {len(equations.links)} links, "
        f"{len(equations.delayed)} delays: {equations.depth} rows; "
        f"{MONTHS} months, {MODELS:,} models, one core"
    )
    for delays in (False, True):
        sample = draw(equations, equations.parameters([scenario]), MODELS, delays=delays)
        measure(equations, sample, one, months, "delays drawn too" if delays else "delays as they are")

    single = equations.prepare([scenario], MONTHS)
    run_block(equations.wiring, single, months)
    each = best_of(50, lambda: run_block(equations.wiring, single, months))
    print(f"one run alone at 1e-6: {each * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
