"""Random community matrices: a published graph, the Routh-Hurwitz conditions, and limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import small

from loops.ensemble.simulate import Cancelled
from loops.theory import community as drawing
from loops.theory.community import Graph, arrows_of, community

SNOWSHOE = [
    ("V", "V", "-"),
    ("P", "P", "-"),
    ("H", "V", "-"),
    ("V", "H", "+"),
    ("P", "H", "-"),
    ("H", "P", "+"),
    ("V", "P", "+"),
]
"""Model B of the snowshoe hare (Dambacher, Li & Rossignol 2002): V-*V, P-*P, V*->H, H*->P, V->P."""


def test_the_snowshoe_hare_is_stable_and_falls_as_often_as_published():
    """Stable share .785, and the hare falls under a push on vegetation in .362 of the stable ones.

    Both are given to .0005. Of N draws a share is known to 4 standard errors, 4 sqrt(p (1 - p) / N).
    """
    found = community(SNOWSHOE, seed=1, wanted=50_000)
    for share, known, draws in (
        (found.used / found.tried, 0.785, found.tried),
        (found.shares("V", "H")[1], 0.362, found.used),
    ):
        assert share == pytest.approx(known, abs=4 * np.sqrt(known * (1 - known) / draws) + 0.0005)
    assert (found.pushes, found.variables) == (("H", "P", "V"), ("H", "P", "V"))


def test_the_snowshoe_hare_matrix_by_matrix():
    """With a, b, ... the magnitudes in the order of the arrows, rows and columns V, H, P:

    -A = [[a, c, 0], [-d, 0, e], [-g, -f, b]]; by Routh-Hurwitz it is stable where the coefficients of the
    characteristic polynomial s^3 + c1 s^2 + c2 s + c3 are above 0 and c1 c2 > c3. The cofactor for a push on
    V and the change of H is b d - e g.
    """
    wanted = 20_000
    found = community(SNOWSHOE, seed=5, wanted=wanted)
    a, b, c, d, e, f, g = np.random.default_rng(5).random((found.tried, 7)).T
    c1, c2, c3 = a + b, a * b + c * d + e * f, a * e * f + c * d * b - c * e * g
    stable = (c3 > 0) & (c1 * c2 > c3)
    assert (stable.sum(), stable[-1]) == (wanted, True)  # the last one drawn was the last one wanted
    hare = (b * d - e * g)[stable]
    row = found.pushes.index("V"), found.variables.index("H")
    assert found.alike[row] <= 2  # 1e-6 of the largest response, in 20,000
    assert abs(found.less[row] - (hare < 0).sum()) <= found.alike[row]
    assert found.more[row] + found.less[row] + found.alike[row] == wanted


def test_a_lever_is_an_input_and_an_unknown_sign_is_either():
    arrows = [("x", "x", "-"), ("u", "x", "?"), ("x", "y", "-"), ("y", "y", "-")]
    found = community(arrows, seed=2, wanted=4_096)
    assert (found.pushes, found.tried, dict(found.left_out)) == (("u", "x", "y"), 4_096, {"not stable": 0})
    assert found.shares("x", "y") == (0, 1, 0)
    assert found.shares("y", "x") == (0, 0, 1)
    more, less, alike = found.shares("u", "x")
    assert more == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(4_096))
    assert alike <= 2 / 4_096
    assert found.shares("u", "y")[0] == pytest.approx(less, abs=2 / 4_096)


def test_a_model_is_its_links_and_every_variables_own_limit():
    links = [
        {"from": "u", "to": "x", "polarity": "+", "strength": 0.1},
        {"from": "x", "to": "y", "polarity": "-", "strength": 0.1},
        {"from": "y", "to": "y", "polarity": "+", "strength": 0.1},
    ]
    arrows = arrows_of(small(links, {"x": {}, "y": {}}, ("u", "unused")))
    assert arrows == [("u", "x", "+"), ("x", "y", "-"), ("y", "y", "+"), ("x", "x", "-"), ("y", "y", "-")]
    found = community(arrows, seed=1, wanted=100_000, most=10_000)
    # y is stable where its own arrow is weaker than its limit: half of the draws
    assert found.tried == 10_000
    assert found.used / found.tried == pytest.approx(0.5, abs=4 * 0.5 / 100)


def test_too_few_stable_versions_are_too_few_to_say(common_purpose):
    found = community(arrows_of(common_purpose), seed=1, most=10_000)
    assert found.tried == 10_000
    assert not found.enough
    assert found.way("training", "embedded") == "too few to say"
    assert found.stopped == f"only {found.used} of 10,000 random versions were stable"


def test_how_the_draws_are_cut_changes_nothing(monkeypatch):
    found = community(SNOWSHOE, seed=1, wanted=200)
    monkeypatch.setattr(drawing, "TOGETHER", 33)
    other = community(SNOWSHOE, seed=1, wanted=200)
    assert (found.used, found.tried) == (other.used, other.tried) == (200, found.tried)
    assert np.array_equal(found.more, other.more)
    assert community(SNOWSHOE, seed=2, wanted=200).tried != found.tried or not np.array_equal(
        community(SNOWSHOE, seed=2, wanted=200).more, found.more
    )


def test_what_is_done_stands_when_it_is_cut_short():
    def stop(share, words):
        raise Cancelled

    found = community(SNOWSHOE, seed=1, wanted=50_000, progress=stop)
    assert (found.tried, found.stopped) == (4_096, "stopped after 4,096 draws")
    assert found.enough


def test_of_a_large_graph_fewer_are_drawn(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_CUBES", 27 * 150)
    found = community(SNOWSHOE, seed=1)
    assert found.tried == 150
    assert found.stopped == f"only {found.used} of 150 random versions were stable"
    monkeypatch.setattr(drawing, "MOST_CUBES", 27 * 99)
    found = community(SNOWSHOE, seed=1)
    assert (found.tried, found.stopped) == (
        0,
        "this diagram is too large for random versions of it, and none was drawn",
    )


@pytest.mark.parametrize(("arrows", "says"), [([], "no arrow"), ([("a", "b", "0")], "'0' is no sign")])
def test_what_is_no_graph_is_refused(arrows, says):
    with pytest.raises(ValueError, match=says):
        community(arrows, seed=1)


NAMES = st.sampled_from("abcd")


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from("+-?")), min_size=1, max_size=12), st.integers(0, 99))
def test_any_graph_gives_counts_that_add_up(arrows, seed):
    graph = Graph.of(arrows)
    limited = [*arrows, *((name, name, "-") for name in graph.variables)]
    found = community(limited, seed=seed, wanted=20, most=200)
    assert found.used + found.left_out["not stable"] == found.tried <= 200
    assert (found.more + found.less + found.alike == found.used).all()
    assert found.used == 20 or found.stopped
