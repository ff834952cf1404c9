"""Shares of the change, part by part: they sum to 1 while a part moves, and are 0 at rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from oracles import plan, runs, small

from loops.dominance.moments import STILL, moments
from loops.dominance.shares import bands, by_kind, on_average, parts_of, shares
from loops.feedback import find
from loops.parts import replace

ROUNDING = np.finfo(float).eps


def shares_of(model, scenario=None, *, months=24, most=2_000):
    (run,) = moments(model, [scenario or plan(model)], months=months)
    return shares(run, find(model, most=most))


def plus(source, target, strength=0.2, **more):
    return {"from": source, "to": target, "polarity": "+", "strength": strength} | more


def total_of(found, part=0):
    return sum(np.abs(band.share) for band in bands(found, part))


@given(runs())
def test_the_shares_of_a_part_sum_to_1_or_are_all_0(case):
    """Tolerance: each of at most some thousand shares is rounded once, the largest is below 1.

    They may all be 0 only where a part is at rest, or none of its variables both moves and accelerates.
    """
    model, scenario = case
    found = shares_of(model, scenario, months=20)
    run = found.moments
    for number, part in enumerate(found.parts):
        rows = [run.equations.row[name] for name in part]
        total = total_of(found, number)
        nothing = total == 0
        assert total[~nothing] == pytest.approx(1, abs=1e3 * ROUNDING)
        steady = ((run.rates[:, rows] == 0) | (run.accelerations[:, rows] == 0)).all(axis=1)
        slow = (np.abs(run.rates[:, rows]) < STILL).all(axis=1)
        assert (steady | slow)[nothing].all()
        assert nothing[run.resting].all()


@given(runs())
def test_every_share_has_the_sign_of_its_letter(case):
    found = shares_of(*case, months=12)
    for loop, share in zip(found.found.loops, found.scores.T, strict=True):
        assert loop.letter == "?" or (share >= 0 if loop.letter == "R" else share <= 0).all()
    assert (found.saturation <= 0).all()
    assert (found.fading <= 0).all()


def test_a_snowball_by_itself_hands_over_to_saturation_at_half():
    """By hand: the + self-link scores (1 - x) w x_dot / x_ddot and saturation -x w x_dot / x_ddot, so their
    shares are 1 - x and x. Tolerance: ten roundings."""
    model = small([plus("x", "x")], {"x": {"start": 0.02}})
    found = shares_of(model, months=48)
    snowball, built_in = bands(found)
    x = found.moments.levels[:, 0]
    assert x[0] < 0.5 < x[-1]
    assert snowball.share == pytest.approx(1 - x, abs=10 * ROUNDING)
    assert built_in.share == pytest.approx(-x, abs=10 * ROUNDING)
    assert found.fading.tolist() == np.zeros_like(found.fading).tolist()


def test_a_loop_of_unknown_sign_is_neither_and_its_share_is_signed_as_it_acts():
    """By hand, of an arrow of unknown sign to itself: its slope is s (1 - 2x)/2, of saturation -s x/2 and
    of fading -s x/2, so of the whole it has |1 - 2x| / (|1 - 2x| + 2x). Tolerance: ten roundings."""
    model = small([{**plus("x", "x", 0.4), "polarity": "?"}], {"x": {"start": 0.05}})
    found = shares_of(model, months=24)
    undecided, built_in = bands(found)
    x = found.moments.levels[:, 0]
    assert x[-1] < 0.5
    assert (undecided.kind, undecided.letter) == ("other ?", "?")
    assert undecided.share == pytest.approx(1 - 2 * x, abs=10 * ROUNDING)
    assert built_in.share == pytest.approx(-2 * x, abs=10 * ROUNDING)
    assert (found.scores > 0).all()
    falling = shares_of(small([{**plus("x", "x", 0.4), "polarity": "?"}], {"x": {"start": 0.9}}), months=24)
    assert (falling.scores < 0).all()


def test_repeats_of_a_link_are_one_arrow():
    """Two arrows of half the strength, one behind the other: the same shares. Tolerance: ten roundings."""
    variables = {"a": {"start": 0.1, "fade": 0.02}, "b": {"start": 0.2, "fade": 0.03}}
    back = plus("b", "a", 0.1, delay=3)
    whole = shares_of(small([plus("a", "b", 0.2), back], variables))
    halves = shares_of(small([plus("a", "b", 0.1), back, plus("a", "b", 0.1)], variables))
    assert len(halves.found.loops) == 1
    assert halves.scores == pytest.approx(whole.scores, abs=1e-9)
    assert halves.saturation == pytest.approx(whole.saturation, abs=1e-9)


def test_each_part_has_a_whole_of_its_own():
    """Two pairs, one acting on the other, and a box on no loop, which belongs to no part."""
    model = small(
        [plus("a", "b"), plus("b", "a"), plus("b", "c"), plus("c", "d"), plus("d", "c"), plus("d", "end")],
        {name: {"start": 0.1, "fade": 0.02} for name in "abcd"} | {"end": {}},
    )
    found = shares_of(model)
    assert found.parts == (("a", "b"), ("c", "d"))
    for number in (0, 1):
        assert total_of(found, number) == pytest.approx(1, abs=10 * ROUNDING)
        assert [band.kind for band in bands(found, number)] == ["other R", "built in"]
    end = found.moments.equations.row["end"]
    assert not found.saturation[:, end].any()
    assert not found.fading[:, end].any()
    assert bands(found, 2) == ()


def test_a_part_at_rest_explains_nothing_while_another_moves():
    model = small([plus("a", "a"), plus("b", "b")], {"a": {"start": 0.1}, "b": {"start": 1.0}})
    found = shares_of(model)
    assert found.parts == (("a",), ("b",))
    assert total_of(found, 0) == pytest.approx(1, abs=10 * ROUNDING)
    assert not total_of(found, 1).any()


def test_an_average_is_over_the_months_in_which_the_part_moves():
    """By hand: the shares of a + self-link and of saturation are 1 - x and x; the lever moves another box.

    Part a moves in all months, part b comes to rest, and c never moves. Tolerance: ten roundings.
    """
    model = small(
        [plus("a", "a"), plus("b", "b", 2.0), plus("c", "c")],
        {"a": {"start": 0.01}, "b": {"start": 0.5}, "c": {"start": 1.0}},
    )
    found = shares_of(model, months=24)
    moving = total_of(found, 1) > 0
    assert 5 < moving.sum() < 20
    b = found.moments.levels[moving, 1]
    assert on_average(found, 1) == pytest.approx(
        {"other R": (1 - b).mean(), "built in": b.mean()}, abs=10 * ROUNDING
    )
    assert sum(on_average(found, 0).values()) == pytest.approx(1, abs=10 * ROUNDING)
    assert on_average(found, 2) == {}


def test_kinds_are_their_bands_together(common_purpose, scenarios):
    found = shares_of(common_purpose, scenarios["everything_for_four_years"])
    sizes = by_kind(found)
    assert list(sizes) == ["named", "other R", "other B", "built in"]
    assert sum(sizes.values()) == pytest.approx(total_of(found), abs=1e3 * ROUNDING)


def test_without_loops_there_are_no_parts_and_no_bands():
    found = shares_of(small([plus("a", "b")], {"a": {"start": 1.0}, "b": {}}))
    assert found.parts == ()
    assert bands(found) == ()
    assert on_average(found) == {}
    assert found.scores.shape == (25, 0)
    assert not found.saturation.any()
    assert found.complete


def test_at_rest_nothing_is_shared_out(common_purpose):
    still = replace(plan(common_purpose), start="rest")
    found = shares_of(common_purpose, still)
    assert found.moments.resting.all()
    assert not total_of(found).any()


def test_the_bands_of_the_common_purpose_model(common_purpose, scenarios):
    found = shares_of(common_purpose, scenarios["everything_for_four_years"], months=240)
    drawn = bands(found)
    assert [band.kind for band in drawn] == ["named"] * 13 + ["other R", "other B", "built in"]
    assert [band.name for band in drawn[:13]] == [loop.name for loop in common_purpose.loops]
    assert [band.letter for band in drawn] == ["R"] * 10 + ["B"] * 3 + ["R", "B", "B"]
    assert total_of(found) == pytest.approx(1, abs=1e3 * ROUNDING)
    assert found.parts == (tuple(sorted(node.id for node in common_purpose.variables)),)


def test_too_many_loops_to_list_are_a_partial_list_with_the_named_kept(common_purpose, scenarios):
    scenario = scenarios["everything_for_four_years"]
    partial = shares_of(common_purpose, scenario, months=60, most=20)
    assert not partial.complete
    assert [loop.named for loop in partial.found.loops[:13]] == list(common_purpose.loops)
    ids = [loop.id for loop in partial.found.loops]
    assert len(ids) == len(set(ids)) > 20
    assert total_of(partial) == pytest.approx(1, abs=1e3 * ROUNDING)
    whole = shares_of(common_purpose, scenario, months=60)
    every = {loop.id: share for loop, share in zip(whole.found.loops, whole.scores.T, strict=True)}
    assert set(ids) <= set(every)
    # shares of fewer loops: each as large or larger, and in the same proportion to what is built in
    for loop, share in zip(partial.found.loops, partial.scores.T, strict=True):
        assert (np.abs(share) >= np.abs(every[loop.id]) * (1 - 1e-9)).all()


def test_too_many_loops_and_nothing_moves(common_purpose):
    still = replace(plan(common_purpose), start="rest")
    partial = shares_of(common_purpose, still, most=20)
    assert not partial.complete
    assert not total_of(partial).any()


def test_parts_are_the_largest_first():
    model = small(
        [plus("z", "z"), plus("a", "b"), plus("b", "a"), plus("a", "lone")],
        {name: {} for name in ("z", "a", "b", "lone")},
    )
    assert parts_of(model) == (("a", "b"), ("z",))
