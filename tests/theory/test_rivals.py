"""Rival theories and patterns as data: what they change, what they accept, what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from oracles import small

from loops.theory.rivals import Pattern, Rival

LINKS = [
    {"from": "u", "to": "a", "polarity": "+", "strength": 0.1},
    {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "delay": 6.0},
    {"from": "b", "to": "c", "polarity": "-", "strength": 0.1},
]
MODEL = small(LINKS, {"a": {}, "b": {}, "c": {"start": 0.5}}, ("u",))
SEEN = {"id": "p", "sentence": "It rose", "run": {"scenario": "plan"}, "variable": "a", "until": 12}


def arrows(**changes):
    theory = Rival(id="other", title="Another view", **changes).of(MODEL)
    assert (theory.id, theory.title) == ("small", "Another view")
    return [(link.source, link.polarity, link.target, link.delay) for link in theory.links]


def test_links_are_cut_reversed_opposed_and_added():
    assert arrows() == [("u", "+", "a", 0), ("a", "+", "b", 6), ("b", "-", "c", 0)]
    assert arrows(cut=[("a", "b")]) == [("u", "+", "a", 0), ("b", "-", "c", 0)]
    assert arrows(cut=[("*", "b")], opposite=[("b", "*")]) == [("u", "+", "a", 0), ("b", "+", "c", 0)]
    assert arrows(reverse=[("a", "b")])[1] == ("b", "+", "a", 6)
    assert arrows(reverse=[("a", "b")], opposite=[("a", "b")])[1] == ("b", "-", "a", 6)
    new = {"from": "c", "to": "a", "polarity": "-", "strength": 0.2}
    assert arrows(add=[new])[3] == ("c", "-", "a", 0)


def test_the_shipped_model_with_a_link_cut_is_a_theory(common_purpose):
    # its named loops and reference modes use the link, which they would miss
    theory = Rival(id="other", title="Another view", cut=[("value", "buy_in")]).of(common_purpose)
    assert len(theory.links) == len(common_purpose.links) - 1
    assert (theory.loops, theory.stories, theory.reference_modes) == ((), (), ())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cut": [("a", "d")]}, "no link a -> d. Did you mean 'a -> b'"),
        ({"reverse": [("u", "a")]}, "is not a variable"),
        ({"opposite": [("c", "b")]}, "no link c -> b"),
        ({"add": [{"from": "d", "to": "a", "polarity": "+", "strength": 0.1}]}, "no node 'd'"),
        ({"add": [{"from": "b", "to": "c", "polarity": "+", "strength": 0.1}]}, "one arrow says"),
    ],
)
def test_a_theory_that_cannot_be_is_one_sentence(changes, says):
    with pytest.raises(ValueError, match=says):
        arrows(**changes)


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ({"direction": "more"}, 0.005, 1),
        ({"direction": "less"}, -1, -0.005),
        ({"direction": "alike"}, -0.005, 0.005),
        ({"at_least": 0.1}, 0.1, 1),
        ({"at_most": 0.3}, -1, 0.3),
        ({"at_least": -0.2, "at_most": 0.3}, -0.2, 0.3),
    ],
)
def test_a_pattern_is_a_range_of_the_change(given, low, high):
    pattern = Pattern(**SEEN, **given)
    assert pattern.range == (low, high)
    changes = np.array([low, high, low - 1e-9, high + 1e-9, (low + high) / 2, np.nan])
    assert pattern.shown(changes).tolist() == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "give a direction"),
        ({"direction": "more", "at_least": 0.1}, "give a direction"),
        ({"at_least": 0.2, "at_most": 0.1}, "at_least 0.2 is more than at_most 0.1"),
        ({"direction": "more", "since": 12}, "until is month 12: put it after month 12"),
        ({"direction": "up"}, "direction"),
        ({"at_least": 2.0}, "at_least"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(given, says):
    with pytest.raises(ValueError, match=says):
        Pattern(**{**SEEN, **given})
