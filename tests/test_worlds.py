"""Worlds: the same draw however it is asked for, as wide as the tables say, and within bounds."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import models, small
from scipy.special import ndtri
from scipy.stats import qmc

from loops.equations import Equations
from loops.parts import replace
from loops.scenario import LinkChange, Scenario
from loops.simulate import run_block
from loops.spread import ABSENT, AROUND, SPREAD, THRESHOLD_SHARE, WIDTHS
from loops.worlds import MOST_WORLDS, Worlds

MANY = 4_096
"""Of so many points, a power of 2, each column has one in every 4,096th of 0 to 1: a (0, 12, 1)-net."""


def nothing(model) -> Scenario:
    return Scenario(id="nothing", model=model.id, title="Nothing new")


def column(worlds: Worlds, values, name: str):
    return values[:, worlds.columns.index(name)]


ARROW = {"from": "a", "to": "b", "polarity": "+", "strength": 0.1}
BOXES = {"a": {"gain": 0.1, "start": 0.2}, "b": {"fade": 0.1}}


def written(model, plus):
    """The model with the signs that a world has drawn: `plus` in the order of its equations' links."""
    drawn = dict(zip(map(id, Equations.of(model).links), plus, strict=True))
    return replace(
        model, links=tuple(replace(link, polarity="-+"[int(drawn[id(link)])]) for link in model.links)
    )


def levels_in(equations, worlds, unit, mesh):
    """One world's levels, every row of the state of every month, on a given mesh or one of its own."""
    plans = [nothing(equations.model)]
    numbers, inputs = worlds.parameters(equations, plans, unit)
    lanes = equations.lanes(numbers, equations.drives(plans, 24, levels=inputs[:, 0]))
    return run_block(equations.wiring, lanes, np.arange(25.0), mesh=mesh, rows=equations.depth), numbers


@given(models(), st.integers(0, 1_000))
def test_a_world_that_draws_signs_is_that_world_of_the_model_with_those_signs(model, number):
    """Bitwise, delays and thresholds and all: what an arrow does not pull adds 0. Compared on one mesh."""
    of_delay = {(link.source, link.target, link.delay): link for link in model.links}
    model = replace(model, links=tuple(of_delay.values()))
    equations = Equations.of(model)
    worlds = Worlds.of([model], width="middle", seed=1)
    unit = worlds.units(number, 1)
    drawn, numbers = levels_in(equations, worlds, unit, None)
    plus = np.where([bool(link.strength) for link in equations.links], numbers.plus[:, 0], 0)
    assert set(plus) <= {0.0, 1.0}
    known = Equations.of(written(model, plus))
    one, _ = levels_in(known, worlds, unit, drawn.mesh)
    two, _ = levels_in(equations, worlds, unit, drawn.mesh)
    assert known.depth == equations.depth
    assert np.array_equal(one.levels, two.levels)


def test_an_unknown_sign_is_either_in_half_of_the_worlds_and_a_column_of_its_own():
    """By the balance of the sequence each half of a column has half of 4,096 points, exactly."""
    unknown = small([{**ARROW, "polarity": "?"}], BOXES)
    worlds, known = (Worlds.of([each], width="wide", seed=3) for each in (unknown, small([ARROW], BOXES)))
    assert sorted(set(worlds.columns) - set(known.columns)) == ["link a->b sign"]
    drawn = column(worlds, worlds.values(worlds.units(0, MANY)), "link a->b sign")
    assert sorted(set(drawn)) == [0, 2]
    assert drawn.mean() == 1


@given(st.integers(0, 5_000), st.integers(0, 40), st.integers(0, 40))
def test_a_world_is_the_same_however_the_worlds_are_cut(first, some, more):
    worlds = Worlds.of([small([ARROW], BOXES)], width="middle", seed=1)
    together = worlds.units(first, some + more)
    apart = [worlds.units(first, some), worlds.units(first + some, more)]
    assert np.array_equal(together, np.concatenate(apart))


def test_worlds_are_the_points_of_scipys_own_sequence(common_purpose):
    """Oracle: scipy drawing them one after another; ours lie in the middle of its grid's cells of 2^-30."""
    worlds = Worlds.of([common_purpose], width="middle", seed=7)
    points = qmc.Sobol(len(worlds.columns), rng=np.random.default_rng(7)).random(1_024)
    assert np.array_equal(worlds.units(0, 1_024) - points, np.full_like(points, 2**-31))


def test_the_last_world_is_reached_as_the_first_and_none_beyond(common_purpose):
    worlds = Worlds.of([common_purpose], width="middle", seed=7)
    engine = qmc.Sobol(len(worlds.columns), rng=np.random.default_rng(7))
    engine.fast_forward(MOST_WORLDS - 1)
    assert np.array_equal(worlds.units(MOST_WORLDS - 1, 1) - engine.random(1), [[2**-31] * engine.d])
    with pytest.raises(ValueError, match="at most 1,048,576"):
        worlds.units(MOST_WORLDS - 1, 2)


def test_another_seed_is_another_draw_and_the_same_seed_the_same(common_purpose):
    first, again, other = (
        Worlds.of([common_purpose], width="wide", seed=seed).units(5, 3) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.any(first == other)


def test_worlds_sent_elsewhere_are_the_same(common_purpose):
    worlds = Worlds.of([common_purpose], width="wide", seed=3)
    before = worlds.units(100, 5)
    sent = pickle.dumps(worlds)
    assert np.array_equal(pickle.loads(sent).units(100, 5), before)


def test_the_order_and_the_words_of_a_file_change_nothing(common_purpose):
    links = [replace(link, reason="said otherwise") for link in reversed(common_purpose.links)]
    turned = replace(common_purpose, links=links, variables=tuple(reversed(common_purpose.variables)))
    values = []
    for model in (common_purpose, turned):
        worlds, equations = Worlds.of([model], width="wide", seed=1), Equations.of(model)
        numbers, levels = worlds.parameters(equations, [nothing(model)], worlds.units(0, 20))
        values.append([*vars(numbers).values(), levels])
    assert all(np.array_equal(a, b) for a, b in zip(*values, strict=True))


def test_what_two_theories_share_has_one_draw():
    """A rival theory with one more arrow, drawn on the columns of both, differs in that arrow only."""
    model = small([ARROW], BOXES)
    rival = replace(model, links=[*model.links, replace(model.links[0], source="b", target="a")])
    worlds = Worlds.of([model, rival], width="middle", seed=1)
    units = worlds.units(0, 50)
    one, other = (worlds.parameters(Equations.of(each), [nothing(each)], units)[0] for each in (model, rival))
    assert "link b->a strength" in worlds.columns
    assert worlds.columns == Worlds.of([rival, model], width="middle", seed=1).columns
    shared = [link.source == "a" for link in Equations.of(rival).links]
    assert np.array_equal(one.strength, other.strength[shared])
    for name in ("gain", "fade", "start"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    with pytest.raises(ValueError, match="no 'link b->a presence'"):
        Worlds.of([model], width="middle", seed=1).assumptions(Equations.of(rival))


@pytest.mark.parametrize("width", WIDTHS)
def test_factors_levels_and_presence_are_drawn_as_the_tables_say(common_purpose, width):
    """Closed form: 4,096 points fall one in each 4,096th, so the sorted numbers lie between the quantiles at
    i/4,096 and (i+1)/4,096 of their distribution, and a share is met to within 1/4,096."""
    worlds = Worlds.of([common_purpose], width=width, seed=1)
    values = worlds.values(worlds.units(0, MANY))
    edges = np.arange(MANY + 1) / MANY

    def between(name: str, quantiles) -> None:
        found = np.sort(column(worlds, values, name))
        assert np.all((quantiles[:-1] <= found) & (found <= quantiles[1:])), name

    with np.errstate(divide="ignore"):
        normal = ndtri(edges)
    for link in common_purpose.links:
        key = f"link {link.source}->{link.target}"
        between(f"{key} strength", np.exp(SPREAD[width][link.evidence] * normal))
        if link.delay:
            between(f"{key} delay", np.exp(SPREAD[width][link.delay_evidence] * normal))
        if link.threshold:
            spread = THRESHOLD_SHARE * SPREAD[width][link.threshold_evidence]
            between(f"{key} threshold", np.exp(spread * normal))
        absent = ABSENT[width].get(link.grade)
        assert (absent is not None) == (f"{key} presence" in worlds.columns)
        if absent is not None:
            there = column(worlds, values, f"{key} presence")
            assert set(there) == {0.0, 1.0}
            assert abs(there.mean() - (1 - absent)) <= 1 / MANY
    between("variable buy_in gain", np.exp(SPREAD[width]["assumed"] * normal))
    for context in common_purpose.contexts:
        low, high = max(0, context.level - AROUND[width]), min(1, context.level + AROUND[width])
        between(f"context {context.id}", low + (high - low) * edges)


def test_wider_is_wider_and_less_evidence_is_wider():
    for grade in ("stated", "inferred", "assumed"):
        assert SPREAD["narrow"][grade] < SPREAD["middle"][grade] < SPREAD["wide"][grade]
    for width in WIDTHS:
        assert SPREAD[width]["stated"] < SPREAD[width]["inferred"] < SPREAD[width]["assumed"]
        assert 0 < ABSENT[width]["assumed"] < ABSENT[width]["contested"] <= 0.5
    assert AROUND["wide"] == 1


def test_a_links_own_spread_holds_whatever_the_width_of_the_others():
    model = small([ARROW, {**ARROW, "to": "a"}], BOXES)
    steady = replace(model, links=[replace(model.links[0], spread="narrow"), model.links[1]])
    narrow, wide = (Worlds.of([m], width=w, seed=1) for m, w in ((model, "narrow"), (steady, "wide")))
    units = wide.units(0, 50)
    first, then = narrow.values(units), wide.values(units)
    for name in ("link a->b strength", "link a->b presence"):
        assert np.array_equal(column(narrow, first, name), column(wide, then, name))
    assert np.ptp(column(wide, then, "link a->a strength")) > 3 * np.ptp(
        column(narrow, first, "link a->a strength")
    )


@given(models(), st.sampled_from(WIDTHS), st.integers(0, 2**40))
def test_every_world_is_one_that_a_file_could_hold(model, width, seed):
    worlds, equations = Worlds.of([model], width=width, seed=seed), Equations.of(model)
    numbers, levels = worlds.parameters(equations, [nothing(model)], worlds.units(0, 64))
    own = equations.parameters([nothing(model)])
    for name, low, high in (
        ("strength", 0, 2),
        ("delay", 0.5, 240),
        ("threshold", 0.01, 0.99),
        ("gain", 0, 2),
        ("fade", 0, 2),
        ("start", 0, 1),
    ):
        drawn, given_in_file = getattr(numbers, name), getattr(own, name)
        inside = (low <= drawn) & (drawn <= high)
        assert np.all(inside | (drawn == 0))
        assert np.all(drawn[given_in_file[:, 0] == 0] == 0)
    assert levels.min(initial=0) >= 0
    assert levels.max(initial=0) <= 1


def test_lanes_go_by_world_and_a_scenarios_changes_stay():
    model = small([ARROW, {**ARROW, "to": "a"}], BOXES)
    changes = [
        LinkChange(source="a", target="b", cut=True),
        LinkChange(source="a", target="a", times=0.5),
    ]
    changed = replace(nothing(model), id="changed", links=changes)
    worlds, equations = Worlds.of([model], width="middle", seed=1), Equations.of(model)
    numbers, _ = worlds.parameters(equations, [nothing(model), changed], worlds.units(0, 30))
    k, h = (equations.links.index(link) for link in model.links)
    own, other = numbers.strength[:, 0::2], numbers.strength[:, 1::2]
    assert np.count_nonzero(own[k]) > 20
    assert not other[k].any()
    assert other[h] == pytest.approx(own[h] / 2, rel=1e-15)
    assert np.array_equal(numbers.start[:, 0::2], numbers.start[:, 1::2])


def test_two_arrows_between_one_pair_are_drawn_apart():
    late = {**ARROW, "delay": 6.0}
    worlds = Worlds.of([small([ARROW, late], BOXES)], width="middle", seed=1)
    assert {"link a->b strength", "link a->b 2 strength", "link a->b 2 delay"} <= set(worlds.columns)


def test_bad_requests_are_refused_in_a_sentence():
    model = small([ARROW], BOXES)
    for given_, words in (
        ({"models": [], "width": "wide", "seed": 1}, "at least one model"),
        ({"models": [model], "width": "huge", "seed": 1}, "choose from narrow, middle, wide"),
        ({"models": [model], "width": "wide", "seed": -1}, "seed is -1"),
        ({"models": [small([], {"a": {}})], "width": "wide", "seed": 1}, "nothing to vary"),
    ):
        with pytest.raises(ValueError, match=words):
            Worlds.of(**given_)
    with pytest.raises(ValueError, match="numbered from 0"):
        Worlds.of([model], width="wide", seed=1).units(-1, 2)
