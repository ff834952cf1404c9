"""What holds a box back: by hand, and by the equations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan, rates, small
from rated import arrow

from loops.journey.holding import MOSTLY, Holding, Stop, felt
from loops.journey.standing import standing
from loops.model import Link
from loops.partners import RANGES, SAID, Mark

DAY = date(2026, 1, 5)


def holding(model, **said) -> Holding:
    """With what was said of some boxes."""
    return Holding.of(model, standing(model, [Mark(box, word, DAY) for box, word in said.items()]))


WORDS = st.sampled_from(SAID[:-1])


@given(WORDS, WORDS, st.sampled_from("+-"), st.booleans(), st.none() | st.floats(0.2, 0.8))
def test_what_holds_a_box_back_is_what_the_equations_lack(source, target, polarity, needed, threshold):
    """Oracle: section 3 of the design. How much faster the box would go the way it should if the other one
    were "mostly" there, or not there at all where it is in the way."""
    model = small([arrow("a", "b", polarity, 0.1, threshold=threshold)], {"a": {}, "b": {}})
    (back,) = holding(model, a=source, b=target).back(Stop("b", needed))
    rate = rates(model, plan(model))
    levels = {name: sum(RANGES[word]) / 2 for name, word in (("a", source), ("b", target))}
    better = MOSTLY if back.gap.kind == "missing" else 0.0
    gain = rate(0, [better, levels["b"]]) - rate(0, [levels["a"], levels["b"]])
    assert back.held == pytest.approx(gain[1] if needed else -gain[1], abs=1e-12)
    assert back.stop == ("a", needed == (polarity == "+"))


def test_what_holds_back_most_comes_first_and_what_nobody_knows_last():
    """By hand, k = .5 and m = 4: f(.25) = .0625, f(.8125) = .9292, so .8667 is lost; without, .5625."""
    links = [arrow("plain", "ready", "+", 0.12), arrow("mass", "ready", "+", 0.1, threshold=0.5)]
    more = [arrow("unknown", "ready", "+", 0.5), arrow("plain", "ready", "-", 0.01, delay=3)]
    model = small([*links, *more], {name: {} for name in ("plain", "mass", "ready", "unknown")})
    back = holding(model, plain="a little", mass="a little").back(Stop("ready", True))
    assert [each.gap.box for each in back] == ["mass", "plain", "unknown"]
    assert [each.held for each in back] == pytest.approx([0.05 * 0.8667, 0.06 * 0.5625, 0], abs=1e-5)
    assert [each.known for each in back] == [True, True, False]


@given(st.floats(0, 1), st.floats(0.01, 0.99), st.integers(2, 8))
def test_what_is_felt_is_the_designs_f(level, threshold, steepness):
    """Oracle: section 3 of the design, written as a share of what a complete source gives: f(1) = 1."""
    link = Link.model_validate(arrow("a", "b", "+", 0.1, threshold=threshold, steepness=steepness))
    part = level**steepness / (threshold**steepness + level**steepness)
    whole = 1 / (threshold**steepness + 1)
    assert felt(link, level) == pytest.approx(part / whole, rel=1e-12)
