"""Runs of single worlds: held against an independent integrator, and against each other bit by bit."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import dop853, plan, small

from loops.ensemble.comparison import Comparison
from loops.ensemble.runs import TOLERANCE
from loops.ensemble.work import Work
from loops.equations import Equations
from loops.parts import replace
from loops.worlds import Worlds

LOCAL = 10 * TOLERANCE
"""A lane whose local error is above ten tolerances at some step is run again on finer steps."""


def as_a_file(model, worlds, number: int):
    """The model that a world is, written out."""
    equations = Equations.of(model)
    numbers, levels = worlds.parameters(equations, [plan(model)], worlds.units(number, 1))
    n = {name: value[:, 0] for name, value in vars(numbers).items()}
    links = [
        replace(
            link,
            strength=float(n["strength"][k]),
            delay=float(n["delay"][k]),
            threshold=float(n["threshold"][k]) if link.threshold else None,
        )
        for k, link in enumerate(equations.links)
    ]
    place = {name: i for i, name in enumerate(equations.variables)}
    variables = [
        replace(node, **{what: float(n[what][place[node.id]]) for what in ("gain", "fade", "start")})
        for node in model.variables
    ]
    contexts = [
        replace(node, level=float(levels[equations.inputs.index(node.id), 0])) for node in model.contexts
    ]
    return replace(model, links=links, variables=variables, contexts=contexts)


def levels_of(work: Work, first: int, count: int, run: int):
    versions = work.assumptions.versions(work.worlds.units(first, count))
    return work.runs.levels(run, versions, work.comparison.months)


def test_a_worlds_levels_are_those_of_its_file_by_another_integrator(pair_of_boxes, comparison, worlds):
    """Oracle: scipy's DOP853 at 1e-10 on the world written out as a model, for 20 wide worlds.

    The bound: a step adds at most `LOCAL`, and the next steps carry little of it on, since a step is as long
    as the box it follows takes to settle; five steps' worth.
    """
    work = Work.of(comparison, worlds)
    for number in range(20):
        model = as_a_file(pair_of_boxes, worlds, number)
        for run, scenario in enumerate(comparison.runs):
            ours = levels_of(work, number, 1, run)[:, :, 0]
            assert np.abs(ours - dop853(model, scenario, comparison.months)).max() <= 5 * LOCAL


def test_a_circumstance_on_a_schedule_starts_from_the_worlds_level_and_then_follows_it(pair_of_boxes, worlds):
    """Oracle: DOP853 on the written-out world, as above; the ramp starts where the world is."""
    eased = plan(pair_of_boxes, hard=[(6, 0.9, 12), (30, 0.1)])
    always = replace(plan(pair_of_boxes, hard=0.2), id="always")
    comparison = Comparison.of(pair_of_boxes, [eased, always], horizon=48)
    work = Work.of(comparison, worlds)
    for number in range(5):
        model = as_a_file(pair_of_boxes, worlds, number)
        for run, scenario in enumerate(comparison.runs):
            ours = levels_of(work, number, 1, run)[:, :, 0]
            assert np.abs(ours - dop853(model, scenario, comparison.months)).max() <= 5 * LOCAL


def test_worlds_side_by_side_are_the_worlds_one_by_one(comparison, worlds):
    """Bit by bit, whatever they are run with: also those that need finer steps, of which there are some."""
    work = Work.of(comparison, worlds)
    together = levels_of(work, 0, 300, 1)
    for width in (1, 7, 64):
        apart = [levels_of(work, first, min(width, 300 - first), 1) for first in range(0, 300, width)]
        assert np.array_equal(np.concatenate(apart, axis=2), together)


def test_steps_that_are_too_coarse_for_a_world_are_halved(pair_of_boxes, comparison, worlds):
    """Steps of a year are unstable for a delay's stages (12 months x 1 a month is beyond the method's 3.3),
    so worlds are run again: they come out right, and the same in any company."""
    work = Work.of(comparison, worlds)
    stops = work.runs.at_zero.stops[1:]
    coarse = replace_mesh(work, np.unique([*stops, *np.arange(0, 60, 12)[1:]]))
    together = levels_of(coarse, 0, 40, 1)
    apart = [levels_of(coarse, number, 1, 1) for number in range(40)]
    assert np.array_equal(np.concatenate(apart, axis=2), together)
    assert np.abs(together - levels_of(work, 0, 40, 1)).max() <= 10 * LOCAL


def test_levels_up_to_a_month_do_not_depend_on_how_long_the_run_is(comparison, worlds):
    """Bit by bit, on steps that fit most worlds and on steps of a year that fit none in the end."""
    work = Work.of(comparison, worlds)
    stops = work.runs.at_zero.stops[1:]
    coarse = replace_mesh(work, np.unique([*stops, *np.arange(0, 60, 12)[1:]]))
    for each in (work, coarse):
        versions = each.assumptions.versions(worlds.units(0, 300))
        whole = each.runs.levels(1, versions, comparison.months)
        for last in (0, 1, 5, 12, comparison.months.size - 1):
            assert np.array_equal(
                each.runs.levels(1, versions, comparison.months[: last + 1]), whole[: last + 1]
            )


def replace_mesh(work: Work, mesh):
    from dataclasses import replace as changed

    return changed(work, runs=changed(work.runs, mesh=mesh))


def test_a_run_from_rest_starts_where_its_world_rests():
    """Closed form: a box won at p and lost at q rests at p / (p + q), and nothing moves from there.

    The bound: 1,800 months forget the start (exp(-1800 x .05) < 1e-39); at rest a step's error is what is
    left, at most `LOCAL`.
    """
    model = small([], {"box": {"start": 0.9, "gain": 0.02, "fade": 0.06}})
    resting = replace(plan(model), start="rest")
    worlds = Worlds.of([model], width="wide", seed=1)
    comparison = Comparison.of(model, [resting, replace(resting, start="file", id="file")], horizon=24)
    work = Work.of(comparison, worlds)
    numbers, _ = worlds.parameters(Equations.of(model), [resting], worlds.units(0, 50))
    rest = numbers.gain / (numbers.gain + numbers.fade)
    assert np.ptp(rest) > 0.2
    assert np.abs(levels_of(work, 0, 50, 0) - rest).max() <= LOCAL
    assert np.array_equal(levels_of(work, 0, 50, 1)[0], numbers.start.astype(np.float32))


def test_a_small_seed_grows_in_every_world_as_it_should():
    """Closed form: dx/dt = k x (1 - x) - q x grows logistically at r = k - q to 1 - q / k.

    The bound: an error of e in ln x is one of at most e / 4 in x (1 - x). Up to 100 tolerances r h < 1.65,
    and the one step that this takes errs by (r h)^6 / 720 < .029. From there a step adds a tolerance to x:
    .01 of it, then less by e at each growth by e, together under .016. A quarter of both is .012.
    """
    links = [{"from": "x", "to": "x", "polarity": "+", "strength": 0.3, "evidence": "inferred"}]
    model = small(links, {"x": {"start": 0.0005, "fade": 0.05}})
    worlds = Worlds.of([model], width="middle", seed=1)
    comparison = Comparison.of(model, [plan(model)], horizon=120)
    found = levels_of(Work.of(comparison, worlds), 0, 100, 0)[:, 0]
    numbers, _ = worlds.parameters(Equations.of(model), [plan(model)], worlds.units(0, 100))
    k, q, start = numbers.strength[0], numbers.fade[0], numbers.start[0]
    top, months = 1 - q / k, comparison.months[:, None]
    exact = top / (1 + (top / start - 1) * np.exp(-(k - q) * months))
    assert np.ptp(exact[20]) > 0.5
    assert np.abs(found - exact).max() <= 0.012


def test_the_steps_end_at_every_dated_change_of_every_scenario(comparison, worlds):
    assert {3.0, 24.0, 60.0} <= set(Work.of(comparison, worlds).runs.mesh)


def test_worlds_of_another_model_are_refused(comparison):
    other = Worlds.of([small([], {"a": {"gain": 0.1}})], width="wide", seed=1)
    with pytest.raises(ValueError, match="not drawn for this model"):
        Work.of(comparison, other)
