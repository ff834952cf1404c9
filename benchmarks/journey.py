"""How far answers about partners can be trusted, on synthetic ones: python benchmarks/journey.py [PARTNERS]

For each shipped model, partners whose every level is known (24, or as many as are named): versions that the
answers do not use, under some levers for two years, and rated every quarter of the year that follows while
the levers go on. Then it prints

- of the boxes off the opening view, when only that is rated: how far the middle of the start is from the
  truth, how far one half is, and how often 8 in 10 versions hold it;
- of all boxes at the end of the year: how often the expected course, 8 in 10 versions, holds them, when the
  opening view is rated, and when everything is;
- with no word, one in ten and three in ten said a step too high or too low, with all of it said a quarter too
  high, and with nothing written down of what was done: how often the true numbers are ruled out, how often no
  version fits, and how many of 1,024 are left, in the middle of the partners.

Needs PYTHONPATH=tests.
"""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
from rated import BEGUN, after, history

from loops.equations import Equations
from loops.files import read_model
from loops.journey.ahead import course
from loops.journey.begin import begin
from loops.journey.matched import Matched
from loops.journey.matching import match, speaking_against
from loops.journey.observed import observe
from loops.journey.paired import only, paired
from loops.journey.replay import Replay
from loops.journey.ruling import Tally
from loops.journey.standing import standing
from loops.library import shipped_models
from loops.model import Model
from loops.partners import SAID, Deed
from loops.partners.history import months_between
from loops.partners.said import said_of
from loops.scenario import Change, Scenario, Schedule
from loops.worlds import Worlds

PARTNERS, TRUE, SEED, VERSIONS = 24, 99, 1, 512
BEFORE = 24
"""Months of work before anybody is asked."""
QUARTERS = np.array([0, 3, 6, 9, 12])
WORDS = SAID[:-1]


def plan(model: Model, levers: list[str], begun: float = 0.0) -> Scenario:
    """Levers at full effort from a month on."""
    schedules = tuple(Schedule(id=name, changes=(Change(month=begun, level=1),)) for name in levers)
    return Scenario(id="done", model=model.id, title="What was done", levers=schedules)


def partners(model: Model, count: int):
    """For each partner its levers, its version and its levels at every quarter, (5, n)."""
    rng, equations = np.random.default_rng(TRUE), Equations.of(model)
    worlds = Worlds.of([model], width="middle", seed=TRUE)
    versions = worlds.assumptions(equations).versions(worlds.units(0, count))
    chosen = [
        [lever.id for lever in model.levers if rng.random() < share] for share in rng.random(count).tolist()
    ]
    runs = paired(equations, [plan(model, levers) for levers in chosen], BEFORE + 12, versions)
    for number, levers in enumerate(chosen):
        one = only(versions, np.array([number]))
        yield levers, one, runs.levels(number, one, BEFORE + QUARTERS.astype(float))[:, :, 0]


def said(model: Model, levels, boxes, slips: float, rng) -> list[tuple[float, str, str]]:
    """What is said of some boxes on each quarter's day: month, box, word."""
    place = {name: row for row, name in enumerate(Equations.of(model).variables)}
    marks = []
    for month, row in zip(QUARTERS.tolist(), levels, strict=True):
        for box in boxes:
            word = WORDS.index(said_of(float(np.clip(row[place[box]], 0, 1))))
            step = rng.choice([-1, 1]) if rng.random() < slips else 0
            marks.append((month, box, WORDS[min(max(word + step, 0), 3)]))
    return marks


def held(low, high, true) -> float:
    """In which share the truth is within."""
    return float(np.mean((low <= true) & (true <= high)))


def ahead(model: Model, found) -> None:
    """Print how well starts and expected courses hold what is true."""
    rng, off, half, starts, ends = np.random.default_rng(SEED), [], [], [], {"opening view": [], "all": []}
    for levers, _, levels in found:
        for what, boxes in (("opening view", model.core), ("all", [node.id for node in model.variables])):
            first = [
                mark
                for mark in history(model, *said(model, levels, boxes, 0, rng)).marks
                if mark.day == BEGUN
            ]
            begun = begin(model, standing(model, first), seed=SEED, count=VERSIONS)
            run = course(begun, plan(model, levers), months=12)
            ends[what].append(held(run.low[-1], run.high[-1], levels[-1]))
            if what != "all":
                hidden = [begun.equations.place(name) for name in begun.unknown]
                low, middle, high = np.percentile(begun.versions.start[hidden], [10, 50, 90], axis=1)
                off.append(np.abs(middle - levels[0, hidden]).mean())
                half.append(np.abs(0.5 - levels[0, hidden]).mean())
                starts.append(held(low, high, levels[0, hidden]))
    middle = f"off by {np.mean(off):.2f} (one half: {np.mean(half):.2f})"
    print(f"  hidden starts: {middle}; held {np.mean(starts):.0%}")
    later = ", ".join(f"{what} rated {np.mean(each):.0%}" for what, each in ends.items())
    print(f"  after a year held: {later}")


def fit(model: Model, found, *, slips: float = 0.0, high: float = 0.0, written: bool = True) -> None:
    """Print what history matching leaves when so many words are a step off, or all are so much too high."""
    rng, gone, none, left = np.random.default_rng(SEED), 0, 0, []
    for levers, version, levels in found:
        deeds = [Deed("It went on", date(BEGUN.year - 2, 1, 1), None, name) for name in levers]
        marks = said(model, levels + high, [node.id for node in model.variables], slips, rng)
        story = history(model, *marks, deeds=deeds if written else ())
        answer = match(model, story, seed=SEED, count=1_024)
        left.append(answer.kept.size if isinstance(answer, Matched) else 0)
        none += not isinstance(answer, Matched)
        seen = observe(model, story).observations
        # the true run, from its own beginning: two years before the first day
        truth = Replay.of(model, plan(model, levers), BEFORE + months_between(BEGUN, after(12)), version)
        months, against = speaking_against(seen, truth.runs.equations)
        (spared,) = Tally.of(seen, truth.look(against, BEFORE + months, np.array([0]))).left
        gone += not spared
    out = f"truth ruled out {gone} of {len(found)}, none fits {none}"
    how = f"{slips:.0%} slips, {high:g} too high{'' if written else ', nothing written down'}"
    print(f"  {how}: {out}, left {np.median(left):.0f}")


def main(count: int) -> None:
    """Each shipped model in turn."""
    for model in map(read_model, shipped_models().values()):
        found = list(partners(model, count))
        print(f"{model.id}, {count} partners", flush=True)
        ahead(model, found)
        for slips in (0.0, 0.1, 0.3):
            fit(model, found, slips=slips)
        fit(model, found, high=0.25)
        fit(model, found, written=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PARTNERS)
