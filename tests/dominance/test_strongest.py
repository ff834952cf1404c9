"""Strongest-path discovery against lists of all loops, made by networkx, and against planted loops."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.dominance.strongest import LONGEST, MOMENTS, strongest


def every_loop(sources, targets):
    """All loops as sets of links; no two links join one ordered pair."""
    place = {pair: k for k, pair in enumerate(zip(sources.tolist(), targets.tolist(), strict=True))}
    cycles = nx.simple_cycles(nx.DiGraph(list(place)))
    return [frozenset(place[pair] for pair in zip(c, (*c[1:], c[0]), strict=True)) for c in cycles]


def largest(scores, found):
    """The largest |score| among some loops at each moment (T,)."""
    sizes = [abs(scores[:, list(links)]).prod(axis=1) for links in found]
    return np.max([np.zeros(len(scores)), *sizes], axis=0)


@st.composite
def graphs(draw, *, top):
    """Up to 6 nodes and 3 moments: link scores (3, K) of either sign, or 0, sources and targets (K,)."""
    nodes = draw(st.integers(1, 6))
    pairs = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    ends = np.array(draw(st.lists(pairs, max_size=20, unique=True)), dtype=np.int64).reshape(-1, 2)
    score = st.one_of(st.just(0.0), st.floats(0.01, top), st.floats(-top, -0.01))
    row = st.lists(score, min_size=len(ends), max_size=len(ends))
    scores = np.array(draw(st.lists(row, min_size=3, max_size=3))).reshape(3, len(ends))
    return scores, ends[:, 0], ends[:, 1]


@given(graphs(top=100.0))
def test_what_is_found_are_loops(graph):
    scores, sources, targets = graph
    found = strongest(*graph)
    assert found == strongest(*graph)
    assert not found.complete
    assert len({frozenset(circuit) for circuit in found.circuits}) == len(found.circuits)
    for circuit in map(list, found.circuits):
        nodes = sources[circuit].tolist()
        assert targets[circuit].tolist() == [*nodes[1:], nodes[0]]
        assert len(set(nodes)) == len(nodes)
        assert nodes[0] == min(nodes)
        assert scores[:, circuit].all(axis=1).any()


@given(graphs(top=1.0))
def test_the_strongest_is_found_where_no_loop_amplifies(graph):
    """Oracle: networkx lists all. Tolerance: 6 roundings of log 100 on either side; of equals any will do."""
    scores, *ends = graph
    found = largest(scores, strongest(*graph).circuits)
    assert found == pytest.approx(
        largest(scores, every_loop(*ends)), rel=2 * 6 * 5 * np.finfo(float).eps, abs=0
    )


@pytest.mark.parametrize(
    ("nodes", "density", "spread", "middle"), [(8, 0.4, 2, 0), (9, 0.35, 1, 1.5), (6, 0.9, 1, 1)]
)
def test_it_is_nearly_always_found_where_loops_amplify(nodes, density, spread, middle):
    """Nothing is promised here: of 600 graphs of the second kind 2 fail. One in a hundred is bearable."""
    missed = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        ends = np.nonzero(rng.random((nodes, nodes)) < density)
        scores = np.exp(middle + spread * rng.normal(size=(1, ends[0].size)))
        found = largest(scores, strongest(scores, *ends).circuits)
        missed += not np.allclose(found, largest(scores, every_loop(*ends)), rtol=1e-12)
    assert missed <= 3


def planted(sources, targets, length, rng):
    """Scores with one loop that must be the strongest, and its links: through nodes 0, 1, ... `length` - 1.

    Its links score 3 and all others at most .5; another loop has at most `length` - 1 of them, and one other.
    """
    on = (sources < length) & (targets == (sources + 1) % length)
    scores = np.where(on, 3.0, rng.uniform(-0.5, 0.5, (1, sources.size)))
    return scores, tuple(np.flatnonzero(on)[np.argsort(sources[on])].tolist())


@pytest.mark.parametrize("length", [1, 12, 30])
def test_a_planted_loop_among_all_arrows_of_thirty_nodes(length):
    sources, targets = np.nonzero(np.ones((30, 30)))
    scores, loop = planted(sources, targets, length, np.random.default_rng(4))
    found = strongest(scores, sources, targets)
    assert found.circuits[0] == loop
    assert found.starts == 30


def test_a_planted_loop_in_the_largest_diagram():
    """500 nodes, 5,000 links, 240 months, and a hundredth of the usual number of steps."""
    rng = np.random.default_rng(5)
    sources, targets = rng.integers(0, 500, (2, 5000))
    sources[:20], targets[:20] = np.arange(20), (np.arange(20) + 1) % 20
    sources[20:][sources[20:] < 20] = 20  # no second link along the loop
    scores, loop = planted(sources, targets, 20, rng)
    found = strongest(np.repeat(scores, 240, axis=0), sources, targets, steps=10**6)
    assert found.circuits[0] == loop
    assert found.starts == 1
    assert len(found.moments) == MOMENTS
    assert max(map(len, found.circuits)) <= LONGEST


def test_each_moment_has_its_own():
    """The last month's strongest is weak, but comes before what was always second."""
    sources, targets = np.array([0, 1, 0, 2, 1]), np.array([1, 0, 2, 0, 1])
    scores = np.array([[0.9, 0.9, 0.1, 0.1, 0.5], [0.0] * 5, [0.01, 0.01, 0.1, -0.1, 0.001]])
    found = strongest(scores, sources, targets)
    assert found.circuits == ((0, 1), (2, 3), (4,))
    assert found.moments == (0, 2)
    assert strongest(scores, sources, targets, most=1).circuits == ((0, 1),)


def test_progress_hears_of_each_moment_and_may_end_the_work():
    heard = []

    def tell(share, _):
        heard.append(share)
        if share >= 0.5:
            raise InterruptedError

    scores = np.full((4, 2), 0.5)
    ends = np.array([0, 1]), np.array([1, 0])
    with pytest.raises(InterruptedError):
        strongest(scores, *ends, progress=tell)
    assert heard == [0, 0.25, 0.5]


@pytest.mark.parametrize("scores", [np.zeros((3, 0)), np.zeros((3, 2)), np.ones((3, 2)), np.zeros((0, 2))])
def test_no_loops(scores):
    ends = np.arange(scores.shape[1])
    assert strongest(scores, ends, ends + 1).circuits == ()


def test_parallel_arrows_make_a_loop_each():
    scores = np.array([[0.5, -0.4, 0.9]])
    assert strongest(scores, np.array([0, 0, 1]), np.array([1, 1, 0])).circuits == ((0, 2), (1, 2))
