"""Shares of an effect along a path against closed forms of two ways from a lever to an outcome."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble.comparison import Question
from loops.ensemble.runs import TOLERANCE
from loops.equations import Equations
from loops.model import Loop
from loops.parts import replace
from loops.reference import left_out
from loops.theory import path
from loops.theory.path import WORLDS, path_share
from loops.worlds import Worlds

LATE, NOW = 24.0, 0.4
"""The month looked at, and the lever's level in the comparison run; it is 1 in the run."""


@pytest.fixture(scope="module")
def two_ways():
    """push -> middle -> x and push -> x, nothing else; nothing is there at the start and nothing fades."""
    return small(
        [
            {"from": "push", "to": "middle", "polarity": "+", "strength": 0.1},
            {"from": "middle", "to": "x", "polarity": "+", "strength": 0.05},
            {"from": "push", "to": "x", "polarity": "+", "strength": 0.03},
        ],
        {"middle": {}, "x": {}},
        levers=("push",),
    )


@pytest.fixture(scope="module")
def question(two_ways):
    return Question(plan(two_ways, push=[(0, 1)]), plan(two_ways, push=[(0, NOW)]), "x", LATE)


@pytest.fixture(scope="module")
def worlds(two_ways):
    return Worlds.of([two_ways], width="middle", seed=1)


def won(strength, middle: float, straight: float):
    """x at the end when `middle` and x see the lever at these levels: 1 - exp(-(w I + v s t)).

    With a lever at l the middle is 1 - exp(-u l t), and I its integral over t months.
    """
    u = strength["push", "middle"] * middle
    integral = LATE - np.divide(1 - np.exp(-u * LATE), u, out=np.full_like(u, LATE), where=u > 0)
    return 1 - np.exp(-strength["middle", "x"] * integral - strength["push", "x"] * straight * LATE)


@pytest.fixture(scope="module")
def strength(two_ways, worlds):
    """Each link's strength in each world."""
    equations = Equations.of(two_ways)
    factor = worlds.assumptions(equations).versions(worlds.units(0, WORLDS)).strength
    return {
        (link.source, link.target): link.strength * row
        for link, row in zip(equations.links, factor, strict=True)
    }


def test_two_ways_share_the_effect_as_the_closed_form_says(two_ways, question, worlds, strength):
    """A level is off by a few tolerances of a step, at most 10: an effect by 20, a share by 40 over it."""
    found = path_share(
        two_ways, question, [("push", "middle"), ("middle", "x"), ("push", "x")], worlds=worlds
    )
    effect = np.mean(won(strength, 1, 1) - won(strength, NOW, NOW))
    assert found.ended == "measured"
    assert found.worlds == WORLDS
    assert found.effect == pytest.approx(effect, abs=20 * TOLERANCE)
    margin = 40 * TOLERANCE / effect
    none = {pair: {**strength, pair: 0 * strength[pair]} for pair in strength}
    for link, left in zip(found.links, [(NOW, 1), (NOW, 1), (1, NOW)], strict=True):
        held = np.mean(won(strength, *left) - won(strength, NOW, NOW))
        without = np.mean(won(none[link.pair], 1, 1) - won(none[link.pair], NOW, NOW))
        assert link.frozen.value == pytest.approx(1 - held / effect, abs=margin)
        assert link.cut.value == pytest.approx(1 - without / effect, abs=margin)
        for share in (link.frozen, link.cut):
            assert share.low < share.value < share.high
    assert found.links[0].frozen == pytest.approx(found.links[1].frozen)
    assert found.weakest in found.links[:2]  # by the closed form the straight link carries more


def test_the_whole_effect_passes_the_only_way(two_ways, worlds):
    """Without the straight link everything passes both others: frozen, nothing is left at all."""
    only = replace(two_ways, links=two_ways.links[:2])
    asked = Question(plan(only, push=[(0, 1)]), plan(only), "x", LATE)
    found = path_share(
        only,
        asked,
        [("push", "middle"), ("middle", "x")],
        worlds=Worlds.of([only], width="middle", seed=1),
    )
    for link in found.links:
        assert (link.frozen.value, link.frozen.low, link.frozen.high) == (1, 1, 1)


def test_all_of_what_a_link_makes_passes_that_link(two_ways):
    """The two runs differ by nothing but the link: frozen it carries nothing, and no difference is left."""
    run = plan(two_ways, push=[(0, 1)])
    asked = Question(run, left_out(two_ways, run, without=(), cut=(("middle", "x"),)), "x", LATE)
    worlds = Worlds.of([two_ways], width="middle", seed=1)
    (link,) = path_share(two_ways, asked, [("middle", "x")], worlds=worlds).links
    assert (link.frozen.value, link.cut.value) == (1, 1)


def test_a_brake_on_the_way_has_a_share_below_nothing():
    """What the outcome itself brings on holds it back: frozen, more is left than there was."""
    model = small(
        [
            {"from": "push", "to": "x", "polarity": "+", "strength": 0.1},
            {"from": "x", "to": "load", "polarity": "+", "strength": 0.2},
            {"from": "load", "to": "x", "polarity": "-", "strength": 0.2},
        ],
        {"x": {}, "load": {"fade": 0.1}},
        levers=("push",),
    )
    held_back = Loop(id="held_back", name="Held back", path=("x", "load"))
    model = replace(model, loops=[held_back])
    asked = Question(plan(model, push=[(0, 1)]), plan(model), "x", 36)
    found = path_share(
        model,
        asked,
        [("push", "x"), ("load", "x")],
        worlds=Worlds.of([model], width="narrow", seed=1),
    )
    assert found.links[0].frozen.value == 1
    assert found.links[1].frozen.value < 0
    assert [link.shared_with for link in found.links] == [(), ("held_back",)]


def test_a_brake_beside_the_path_takes_its_part_off_the_links_they_share():
    """All that b -> y wins is won along the path, yet the link before b has what the brake leaves of it."""
    ways = [("push", "b", "+", 0.2), ("b", "y", "+", 0.05), ("b", "c", "+", 0.4), ("c", "y", "-", 0.06)]
    model = small(
        [
            {"from": source, "to": target, "polarity": polarity, "strength": strength}
            for source, target, polarity, strength in [*ways, ("push", "y", "+", 0.02)]
        ],
        {"b": {"fade": 0.1}, "c": {"fade": 0.1}, "y": {"fade": 0.05}},
        levers=("push",),
    )
    asked = Question(plan(model, push=[(0, 1)]), plan(model), "y", 48)
    found = path_share(
        model, asked, [("push", "b"), ("b", "y")], worlds=Worlds.of([model], width="narrow", seed=1)
    )
    assert found.weakest.pair == ("push", "b")
    assert found.weakest.frozen.high < found.links[1].frozen.low


def test_a_loop_is_not_told_to_share_with_itself():
    model = small(
        [
            {"from": "push", "to": "x", "polarity": "+", "strength": 0.1},
            {"from": "x", "to": "y", "polarity": "+", "strength": 0.2},
            {"from": "y", "to": "x", "polarity": "+", "strength": 0.2},
        ],
        {"x": {}, "y": {"fade": 0.1}},
        levers=("push",),
    )
    own = Loop(id="own", name="Own", path=("x", "y"))
    model = replace(model, loops=[own])
    asked = Question(plan(model, push=[(0, 1)]), plan(model), "x", 36)
    worlds = Worlds.of([model], width="narrow", seed=1)
    assert [link.shared_with for link in path_share(model, asked, own.pairs, worlds=worlds).links] == [(), ()]
    (alone,) = path_share(model, asked, [("x", "y")], worlds=worlds).links
    assert alone.shared_with == ("own",)


def test_an_effect_too_small_to_share_out(two_ways, question, worlds):
    early = Question(question.run, question.against, "x", 0.1)
    found = path_share(two_ways, early, [("push", "x")], worlds=worlds)
    assert (found.ended, found.links) == ("no effect", ())
    assert 0 < found.effect < path.LEAST_EFFECT


def test_a_large_model_is_tried_in_fewer_worlds(two_ways, question, worlds, monkeypatch):
    monkeypatch.setattr(path, "MOST_WORK", 20_000)
    assert 1 <= path_share(two_ways, question, [("push", "x")], worlds=worlds).worlds < WORLDS


def test_what_cannot_be_shared_out(two_ways, question, worlds):
    with pytest.raises(ValueError, match="there is no comparison run"):
        path_share(two_ways, Question(question.run, None, "x", 12), [("push", "x")], worlds=worlds)
    with pytest.raises(ValueError, match="a path of 0 links: give 1 to 50"):
        path_share(two_ways, question, [], worlds=worlds)
    with pytest.raises(ValueError, match=r"no link x -> push\. Choose from: middle -> x, "):
        path_share(two_ways, question, [("x", "push")], worlds=worlds)
