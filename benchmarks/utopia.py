"""How long backcasting takes, where, and how good its plans are: python benchmarks/utopia.py

The question of the README about the active practice model (embedded at .6 by month 60 and 60 months later, 10
hours a month, seed 1), on two threads, with seconds of wall and processor time; then the same seed with twice
and four times the work, to see what more searching would find. Last a model whose best plan is known: ten
levers alike, five at half the price, of which the cheapest sure plan takes 120 hours.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from loops import library
from loops.ensemble.simulate import Cancelled
from loops.files import parse_model, read_model
from loops.utopia import backcast as work
from loops.utopia.found import Backcast
from loops.utopia.target import Limits, Target

TIMES = (1, 2, 4)
"""Of the usual work."""
UP_TO = 600
"""Hours up to which the frontier is averaged: how likely the best plan is that one can have for so much."""
HALF_YEARS = 19.4
"""What the target of the known model takes in all, at a strength of .02 a month."""


def timed(times: int, *given, **more) -> Backcast:
    """Search with so many times the usual work, and print what it took and found."""
    usual, began, spent = (work.MOST_TRIED, work.MOST_WORK), time.perf_counter(), time.process_time()
    work.MOST_TRIED, work.MOST_WORK = (times * most for most in usual)
    try:
        found = work.backcast(*given, **more)
    finally:
        work.MOST_TRIED, work.MOST_WORK = usual
    wall, processor = time.perf_counter() - began, time.process_time() - spent
    print(
        f"\n{times} times the work: {wall:.0f} s, {processor:.0f} s of processor time, {found.tried:,} plans"
    )
    if found.cheapest:
        chance = found.cheapest.chance
        print(f"  cheapest sure plan {found.cheapest.cost.total:,.0f} hours, holds in {chance.share:.1%}")
    print(f"  likeliest plan {found.likeliest.cost.total:,.0f} hours, {found.likeliest.chance.share:.1%}")
    shares = [
        max((each.chance.share for each in found.frontier if each.cost.total <= hours), default=0.0)
        for hours in range(0, UP_TO, 5)
    ]
    print(f"  the frontier up to {UP_TO} hours, on average: {np.mean(shares):.3f}")
    return found


def known() -> bytes:
    """The model of ten levers, as a file."""
    names = [(f"cheap_{k}", 1) for k in range(5)] + [(f"dear_{k}", 2) for k in range(5)]
    parts = ['format = 1\nid = "known"\ntitle = "Known"\n[variable.x]\nlabel = "X"\nstart = 0.0\n']
    parts += [f'[lever.{name}]\nlabel = "{name}"\nhours_us = {hours}\n' for name, hours in names]
    parts += [
        f'[[link]]\nfrom = "{name}"\nto = "x"\npolarity = "+"\nstrength = 0.02\nevidence = "stated"\n'
        'passage = "x"\nlocator = "x"\n'
        for name, _ in names
    ]
    return "".join(parts).encode()


def main() -> None:
    """Print all of it."""
    model = read_model(Path(library.shipped_models()["active_practice"]))
    target, limits = Target("embedded", 0.6, by=60, keep=60), Limits(budget=10.0)
    work.backcast(model, target, limits, seed=1, progress=stop_at_once)  # what is compiled on first use
    for times in TIMES:
        timed(times, model, target, limits, seed=1)
    print("\nA known best plan of 120 hours, four seeds:")
    goal = Target("x", 1 - float(np.exp(-0.02 * 6 * HALF_YEARS)), by=60)
    for seed in range(1, 5):
        timed(1, parse_model(known(), "known.toml"), goal, Limits(budget=8.0), seed=seed, width="narrow")


def stop_at_once(share: float, words: str) -> None:
    """Raise what stops a search."""
    raise Cancelled


if __name__ == "__main__":
    main()
