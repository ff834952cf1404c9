"""Directions told by the signs: against an enumeration of paths and loops, and against what runs do.

Oracle of the runs: Kamke's theorem. A system whose signs come from a labelling of its nodes keeps the order
of two runs for good, so raising a lever moves each variable by the sign of the two labels or not at all.
"""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import models, small

from loops.equations import Equations
from loops.model import Model
from loops.parts import replace
from loops.validation.monotone import ROOM, Pair, directions, monotone, wrong_way
from loops.validation.trials import Bench, Trial

SIGN = {"+": 1, "-": -1, "?": 0}


def seen(value: float) -> float:
    return value if value >= 1e-3 else 0.0


@st.composite
def consistent(draw) -> tuple[Model, dict[str, int]]:
    """Random diagrams, delays and thresholds included, whose signs come from a label + or - on each node.

    What is less than one in a thousand is nothing here: the solver's tolerance is a distance, so growth from
    far below it is only noise that has grown.
    """
    model = draw(models())
    model = replace(
        model,
        variables=[replace(node, start=seen(node.start), gain=seen(node.gain)) for node in model.variables],
        links=[replace(link, strength=seen(link.strength)) for link in model.links],
        contexts=[replace(node, level=seen(node.level)) for node in model.contexts],
    )
    label = {node: draw(st.sampled_from([1, -1])) for node in model.nodes}
    signed = [
        replace(link, polarity="+" if label[link.source] == label[link.target] else "-")
        for link in model.links
    ]
    return replace(model, links=signed, horizon=60), label


def by_hand(model: Model, source: str, variable: str) -> str:
    """The issue's own words: no balancing loop between the two, and every path has the same sign."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(model.nodes)
    graph.add_edges_from(
        (link.source, link.target, k) for k, link in enumerate(model.links) if link.source != link.target
    )
    between = (nx.descendants(graph, source) | {source}) & (nx.ancestors(graph, variable) | {variable})
    if variable not in between or source not in between:
        return "no path"
    inside = graph.subgraph(between)
    delayed = {
        (k,) for k, link in enumerate(model.links) if link.delay and link.source == link.target in between
    }
    circuits = {
        tuple(edge[2] for edge in walk)
        for nodes in nx.simple_cycles(nx.DiGraph(inside))
        for walk in _walks(inside, [*nodes, nodes[0]])
    }
    walks = {tuple(k for _, _, k in path) for path in nx.all_simple_edge_paths(inside, source, variable)}
    if any(_sign(model, circuit) < 1 for circuit in circuits | delayed):
        return "not decided"
    signs = {_sign(model, walk) for walk in walks}
    return {(1,): "raises", (-1,): "lowers"}.get(tuple(signs), "not decided")


def _walks(graph, nodes):
    """Every choice of parallel arrows along the nodes."""
    walks = [[]]
    for pair in pairwise(nodes):
        walks = [[*walk, (*pair, k)] for walk in walks for k in graph[pair[0]][pair[1]]]
    return walks


def _sign(model: Model, walk) -> int:
    return int(np.prod([SIGN[model.links[k].polarity] for k in walk]))


@given(models(most_variables=5, most_links=10))
@settings(max_examples=200, deadline=None)
def test_the_signs_decide_where_no_loop_balances_and_all_paths_agree(model):
    for (source, variable), direction in directions(model).items():
        assert direction == by_hand(model, source, variable)


@given(consistent())
@settings(max_examples=100, deadline=None)
def test_runs_move_as_the_signs_say(given):
    model, label = given
    pairs = monotone(Equations.of(model))
    assert len(pairs) == 2 * len(model.variables)
    for pair in pairs:
        assert pair.direction != "not decided"
        if pair.direction != "no path":
            assert pair.direction == ("raises" if label[pair.source] == label[pair.variable] else "lowers")
        assert pair.wrong is not None
        assert pair.wrong <= ROOM


@given(consistent(), st.data())
@settings(max_examples=100, deadline=None)
def test_one_flipped_arrow_on_a_loop_leaves_nothing_decided(given, data):
    """A ring through every variable, entered from the lever: with one of its arrows flipped it balances."""
    model, label = given
    names = [node.id for node in model.variables]
    pairs = list(zip(["lever", *names], [*names, names[0]], strict=True))
    ring = [
        {
            "from": a,
            "to": b,
            "polarity": "+" if label[a] == label[b] else "-",
            "strength": 0.1,
            "delay": 0.75,  # so that no arrow of the diagram is its parallel twin
        }
        for a, b in pairs
    ]
    whole = replace(model, links=[*model.links, *ring])
    assert "not decided" not in directions(whole).values()
    place = data.draw(st.integers(1, len(ring) - 1))
    flipped = dict(ring[place], polarity="-" if ring[place]["polarity"] == "+" else "+")
    broken = replace(model, links=[*model.links, *ring[:place], flipped, *ring[place + 1 :]])
    told = directions(broken)
    assert {told["lever", name] for name in names} == {"not decided"}


def test_the_way_between_decides_and_nothing_else():
    """A balancing loop beside the way does not matter; one on it does. A path of - - raises."""
    links = [("lever", "a", "+"), ("a", "b", "-"), ("b", "c", "-"), ("c", "d", "+"), ("d", "c", "-")]
    model = small(
        [{"from": s, "to": t, "polarity": sign, "strength": 0.1} for s, t, sign in links],
        {name: {"fade": 0.05} for name in "abcde"},
        levers=("lever",),
        contexts=("weather",),
    )
    told = directions(model)
    says = ["raises", "lowers", "not decided", "not decided", "no path"]
    assert [told["lever", name] for name in "abcde"] == says
    assert {told["weather", name] for name in "abcde"} == {"no path"}


@pytest.mark.parametrize(("delay", "says"), [(0.0, "raises"), (3.0, "not decided")])
def test_a_box_that_brakes_itself_at_once_is_on_the_diagonal(delay, says):
    own = {"from": "a", "to": "a", "polarity": "-", "strength": 0.4, "delay": delay}
    model = small(
        [{"from": "lever", "to": "a", "polarity": "+", "strength": 0.1}, own], {"a": {}}, levers=("lever",)
    )
    (pair,) = monotone(Equations.of(model))
    assert pair.direction == says
    assert pair.wrong == (0.0 if says == "raises" else None)


def test_a_delayed_brake_does_overshoot():
    """Why a balancing loop is left undecided: under a late brake, more of the lever is less for a while.

    The runs themselves, measured as if the signs had decided: the step the wrong way is far above the room.
    """
    links = [
        {"from": "lever", "to": "a", "polarity": "+", "strength": 0.5},
        {"from": "a", "to": "b", "polarity": "+", "strength": 1.5, "delay": 12.0},
        {"from": "b", "to": "a", "polarity": "-", "strength": 2.0, "threshold": 0.5, "steepness": 8},
    ]
    model = small(links, {"a": {}, "b": {"fade": 0.5}}, levers=("lever",))
    equations = Equations.of(model)
    trials = [Trial("raised", "lever", {"lever": level}) for level in (0.0, 0.5, 1.0)]
    ((_, levels),) = Bench(equations).run(trials, together=3)
    assert directions(model)["lever", "a"] == "not decided"
    assert wrong_way(levels[:, 0], "raises") > 1000 * ROOM


def test_a_step_the_wrong_way_is_seen():
    rising = np.array([[0.1, 0.2, 0.3], [0.2, 0.25, 0.24]])
    assert wrong_way(rising, "raises") == pytest.approx(0.01)
    assert wrong_way(rising, "lowers") == pytest.approx(0.1)
    assert wrong_way(rising, "no path") == pytest.approx(0.1)
    assert wrong_way(rising[:1], "raises") == 0.0
    assert not Pair("lever", "a", "raises", 2 * ROOM).holds
    assert Pair("lever", "a", "raises", ROOM / 2).holds
    assert Pair("lever", "a", "not decided", None).holds
