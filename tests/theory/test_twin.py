"""A frozen link against scipy on the same thing written out: a model of two copies, one link led across."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import dop853, models, plan, schedules, small

from loops.equations import Equations
from loops.model import Model
from loops.parts import replace
from loops.scenario import LinkChange, Scenario
from loops.simulate import TOLERANCE, run_block
from loops.theory.twin import frozen


def run_frozen(model: Model, run: Scenario, against: Scenario, pair, months, **options):
    """Levels (T, 2 n) with the links of the pair frozen: the comparison run's first."""
    equations = Equations.of(model)
    theirs, ours = equations.prepare([against, run], float(months[-1])), None
    ours = theirs._replace(
        **{name: value[..., 1:].copy() for name, value in theirs._asdict().items() if name != "stops"}
    )
    theirs = theirs._replace(
        **{name: value[..., :1].copy() for name, value in theirs._asdict().items() if name != "stops"}
    )
    return run_block(*frozen(equations, ours, theirs, pair), months, **options).levels[:, :, 0]


def written_out(model: Model, run: Scenario, against: Scenario, pair) -> tuple[Model, Scenario]:
    """Both runs as one model: each node once as a_... (comparison) and once as b_..., one pair led across."""

    def named(nodes):
        return [replace(node, id=f"{copy}_{node.id}") for copy in "ab" for node in nodes]

    links = []
    for copy in "ab":
        for link in model.links:
            source = "a" if (link.source, link.target) == pair else copy
            ends = {"source": f"{source}_{link.source}", "target": f"{copy}_{link.target}"}
            links.append(replace(link, **ends))
    both = Model(
        id=model.id,
        title="Both",
        variables=named(model.variables),
        levers=named(model.levers),
        contexts=named(model.contexts),
        links=links,
    )
    plans = {"a": against, "b": run}
    changes = []
    for copy in "ab":
        for link in model.links:
            across = (link.source, link.target) == pair
            changed = (plans["a"] if across else plans[copy]).links
            changes += [
                replace(
                    each, source=f"{'a' if across else copy}_{each.source}", target=f"{copy}_{each.target}"
                )
                for each in changed
                if (each.source, each.target) == (link.source, link.target)
            ]
    scenario = replace(
        run,
        links=tuple(dict.fromkeys(changes)),
        levers=[replace(each, id=f"{copy}_{each.id}") for copy in "ab" for each in plans[copy].levers],
        contexts=[replace(each, id=f"{copy}_{each.id}") for copy in "ab" for each in plans[copy].contexts],
    )
    return both, scenario


@st.composite
def frozen_runs(draw):
    """A random model with a link, two plans for it, and the ordered pair to freeze."""
    model = draw(models().filter(lambda model: model.links))
    pairs = sorted({(link.source, link.target) for link in model.links})
    changed = st.sampled_from(pairs), st.sampled_from([{"cut": True}, {"times": 0.5}])
    run, against = (
        Scenario(
            id="plan",
            model=model.id,
            title="Plan",
            levers=[draw(schedules("lever"))],
            contexts=draw(st.lists(schedules("context"), max_size=1)),
            links=[
                LinkChange(**{"from": source, "to": target}, **how)
                for (source, target), how in draw(st.lists(st.tuples(*changed), max_size=1))
            ],
        )
        for _ in range(2)
    )
    link = draw(st.sampled_from(model.links))
    return model, run, against, (link.source, link.target)


@given(frozen_runs())
def test_a_frozen_link_carries_what_it_carries_in_the_other_run(case):
    """Oracle: DOP853 at 1e-10 on the two copies. The margin is that of tests/test_simulate.py, and why."""
    months = np.arange(25.0)
    found = run_frozen(*case, months, tolerance=1e-9)
    assert found == pytest.approx(dop853(*written_out(*case), months), abs=1e-6)


@given(frozen_runs())
def test_frozen_at_an_equal_run_nothing_changes(case):
    model, run, _, pair = case
    levels = run_frozen(model, run, run, pair, np.arange(25.0))
    count = len(model.variables)
    assert np.array_equal(levels[:, :count], levels[:, count:])


@given(frozen_runs())
def test_the_comparison_run_is_not_touched(case):
    """On one mesh it is bitwise the run alone, and so is the other run upstream of its frozen link."""
    model, run, against, pair = case
    months, mesh = np.arange(25.0), np.arange(1, 24 * 8 + 1) / 8
    levels = run_frozen(model, run, against, pair, months, mesh=mesh, tolerance=1.0)
    equations = Equations.of(model)
    alone = run_block(
        equations.wiring, equations.prepare([against, run], 24), months, mesh=mesh, tolerance=1.0
    ).levels
    count = len(model.variables)
    assert np.array_equal(levels[:, :count], alone[:, :, 0])
    downstream, known = {pair[1]}, 0
    while len(downstream) > known:
        known = len(downstream)
        downstream |= {link.target for link in model.links if link.source in downstream}
    for row, name in enumerate(equations.variables):
        if name not in downstream:
            assert np.array_equal(levels[:, count + row], alone[:, row, 1])


def test_a_late_lever_by_its_closed_form():
    """Erlang: a delayed + link of strength w from a full lever wins 1 - exp(-w I) in t months (DESIGN 3.4).

    Frozen at a run without the lever nothing is won; the other, prompt link alone wins 1 - exp(-v t).
    """
    w, v, delay, t = 0.2, 0.05, 6.0, 24.0
    link = {"from": "push", "to": "x", "polarity": "+"}
    model = small(
        [
            {**link, "strength": w, "delay": delay},
            {"from": "pull", "to": "x", "polarity": "+", "strength": v},
        ],
        {"x": {}},
        levers=("push", "pull"),
    )
    run, against = plan(model, push=[(0, 1)], pull=[(0, 1)]), plan(model)
    a = 3 / delay
    late = t - (3 - np.exp(-a * t) * (3 + 2 * a * t + (a * t) ** 2 / 2)) / a
    months = np.array([0.0, t])
    held = {pair: run_frozen(model, run, against, (pair, "x"), months)[1, 1] for pair in ("push", "pull")}
    assert held["push"] == pytest.approx(1 - np.exp(-v * t), abs=100 * TOLERANCE)
    assert held["pull"] == pytest.approx(1 - np.exp(-w * late), abs=100 * TOLERANCE)


@pytest.mark.parametrize(
    ("source", "delay"), [("push", None), ("push", 6.0), ("middle", None), ("middle", 6.0)]
)
def test_a_link_that_the_other_run_is_without_carries_nothing(source, delay):
    """Two runs that differ by one link alone: frozen, the run with it is the run without it, bit for bit."""
    model = small(
        [
            {"from": "push", "to": "middle", "polarity": "+", "strength": 0.1},
            {
                "from": source,
                "to": "x",
                "polarity": "+",
                "strength": 0.1,
                **({"delay": delay} if delay else {}),
            },
        ],
        {"middle": {"fade": 0.1}, "x": {"fade": 0.1}},
        levers=("push",),
    )
    run = plan(model, push=[(0, 1)])
    without = replace(run, links=[LinkChange(**{"from": source, "to": "x"}, cut=True)])
    months, mesh = np.arange(25.0), np.arange(1, 24 * 8 + 1) / 8
    levels = run_frozen(model, run, without, (source, "x"), months, mesh=mesh, tolerance=1.0)
    assert np.array_equal(levels[:, :2], levels[:, 2:])


def test_a_pair_that_no_link_joins():
    model = small(
        [{"from": "push", "to": "x", "polarity": "+", "strength": 0.1}], {"x": {}}, levers=("push",)
    )
    with pytest.raises(ValueError, match=r"no link x -> x\. Did you mean 'push -> x'"):
        run_frozen(model, plan(model), plan(model), ("x", "x"), np.arange(3.0))
