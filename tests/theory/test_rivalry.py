"""Rival theories compared: planted truths, a closed form, exact pairs, intervals that keep their word."""

from __future__ import annotations

from functools import partial
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan, small
from scipy.stats import multinomial, norm

from loops.ensemble.simulate import Cancelled, simulate_ensemble
from loops.parts import replace
from loops.scenario import LinkChange
from loops.spread import SPREAD
from loops.theory.rivalry import Difference, Rivalry, compare
from loops.theory.rivals import Pattern, Rival
from loops.worlds import Worlds

KNOWN = {"evidence": "stated", "polarity": "+", "strength": 0.05}
MODEL = small(
    [{"from": "u", "to": "a", **KNOWN}, {"from": "a", "to": "b", **KNOWN}], {"a": {}, "b": {}}, ("u",)
)
SCENARIOS = {"on": plan(MODEL, u=1)}


def pattern(name, variable="b", until=24, **given):
    given = given or {"direction": "more"}
    return Pattern(
        id="p", sentence=f"Seen: {name}", run={"scenario": "on"}, variable=variable, until=until, **given
    )


def rival(**changes):
    return Rival(id="other", title="Another view", **changes).of(MODEL)


def compared(other, patterns, count=512, width="middle", model=MODEL, **more):
    worlds = Worlds.of([model, other], width=width, seed=1)
    return compare(patterns, SCENARIOS, worlds=worlds, count=count, **more)


def test_the_theory_that_made_what_was_seen_is_found():
    seen = [pattern("a rose", "a"), pattern("b rose")]
    for other in (rival(cut=[("a", "b")]), rival(reverse=[("a", "b")])):
        found = compared(other, seen)
        assert (found.share(0).held, found.share(1).held, found.done) == (512, 0, 512)
        assert (found.share(1, 0).held, found.share(1, 1).held) == (512, 0)
        assert found.difference(0, 1, 0).value == 0
        assert found.difference(0, 1).value == 1
        assert found.sentence() == (
            "“Small” shows all that was seen in 100 of 100 versions of our assumptions, “Another view” in 0: "
            "“Small” is more consistent with it, by 100 in 100 (between 99 and 100)."
        )
    # the same when the other one is the first: what is said is about theories, not about their order
    turned = compare(
        seen, SCENARIOS, worlds=Worlds.of([rival(cut=[("a", "b")]), MODEL], width="middle", seed=1), count=64
    )
    assert "“Small” is more consistent with it, by 100 in 100" in turned.sentence()


def test_a_sign_that_was_seen_the_other_way_speaks_for_the_opposite_arrow():
    model = replace(MODEL, variables=[replace(node, start=0.5) for node in MODEL.variables])
    worlds = Worlds.of(
        [model, Rival(id="o", title="O", opposite=[("a", "b")]).of(model)], width="wide", seed=1
    )
    found = compare([pattern("b fell", direction="less")], SCENARIOS, worlds=worlds, count=256)
    assert (found.share(0).held, found.share(1).held) == (0, 256)


def test_shares_and_their_difference_are_those_of_the_closed_form():
    """a(12) - a(0) = 1 - exp(-12 w), and w is lognormal about .05, in the rival about .06, by the same draw.

    So the worlds in which the model reaches .45 are among those in which the rival does, and the difference
    of the shares is that of two normal probabilities. 4 standard errors of independent draws.
    """
    other = replace(MODEL, title="Stronger", links=[replace(MODEL.links[0], strength=0.06), MODEL.links[1]])
    found = compared(other, [pattern("a lot", "a", until=12, at_least=0.45)], count=4_096)
    needed, spread = -log(1 - 0.45) / 12, SPREAD["middle"]["stated"]
    shares = [norm.sf(log(needed / strength) / spread) for strength in (0.05, 0.06)]
    for theory, share in enumerate(shares):
        assert found.share(theory).value == pytest.approx(share, abs=4 * sqrt(share * (1 - share) / 4_096))
    gap = shares[1] - shares[0]
    difference = found.difference(1, 0)
    assert difference.value == pytest.approx(gap, abs=4 * sqrt(gap * (1 - gap) / 4_096))
    assert difference.low < gap < difference.high
    assert not (found.shown[0] & ~found.shown[1]).any()  # paired: whenever the weaker one, then the stronger
    assert "“Stronger” is more consistent with it" in found.sentence()


def test_equal_theories_differ_by_exactly_nothing_in_every_world():
    wide = pattern("some", "a", until=12, at_least=1 - exp(-12 * 0.05))
    found = compared(replace(MODEL, title="The same"), [wide], width="wide")
    assert np.array_equal(found.shown[0], found.shown[1])
    assert 0.4 < found.share(0).value < 0.6  # so that there was something to pair
    assert found.difference(0, 1).value == 0
    assert found.sentence().endswith("too small a difference for 512 versions to tell them apart.")


def shown(first, second, of=10_000):
    """What two theories show of one pattern: the first in so many worlds, the second in some of the same."""
    worlds = np.arange(of)
    answers = np.stack([worlds < first, worlds < second])[..., None]
    return Rivalry(("A", "B"), (pattern("b rose"),), answers, of, 1, "middle")


@pytest.mark.parametrize(
    ("first", "second", "ahead", "says"),
    [
        (5_060, 5_000, 0, "“A” is more consistent with it, but by less than 1 in 100."),
        (5_000, 5_060, 1, "“B” is more consistent with it, but by less than 1 in 100."),
        (5_200, 5_000, 0, "“A” is more consistent with it, by 2 in 100 (between 2 and 2)."),
        (5_001, 5_000, None, "too small a difference for 10,000 versions to tell them apart."),
        (
            0,
            0,
            None,
            "In none of 10,000 versions of our assumptions does either theory show all that was seen.",
        ),
    ],
)
def test_a_small_difference_is_told_as_one(first, second, ahead, says):
    """Exact: 60 worlds of 10,000 in which only one shows it are above chance, and 1 is not."""
    found = shown(first, second)
    assert found.ahead(0, 1) == ahead
    assert found.sentence().endswith(says)


def test_what_neither_shows_is_said_so():
    found = compared(rival(cut=[("a", "b")]), [pattern("b fell", direction="less"), pattern("a rose", "a")])
    assert found.sentence() == (
        "In none of 512 versions of our assumptions does either theory show all that was seen."
    )
    assert found.sentence(pattern=1).startswith("“Small” shows “Seen: a rose” in 100 of 100 versions")


def test_a_theory_in_which_nothing_is_uncertain_is_run_too():
    found = compared(rival(cut=[("u", "a"), ("a", "b")]), [pattern("b rose"), pattern("a rose", "a")], 64)
    assert (found.share(0).held, found.share(1).held, found.done) == (64, 0, 64)


def test_a_link_change_that_a_rival_has_no_link_for_is_left_out_there():
    weaker = replace(
        SCENARIOS["on"],
        links=[LinkChange(source="a", target="b", times=0.5), LinkChange(source="u", target="a", times=1)],
    )
    worlds = Worlds.of([MODEL, rival(cut=[("a", "b")])], width="middle", seed=1)
    found = compare([pattern("b rose")], {"on": weaker}, worlds=worlds, count=64)
    assert (found.share(0).held, found.share(1).held) == (64, 0)


def test_a_comparison_that_is_cut_short_is_of_the_worlds_that_both_ran():
    told = []

    def stop(share, words):
        told.append(share)
        raise Cancelled

    found = compared(rival(cut=[("a", "b")]), [pattern("b rose")], count=3_000, progress=stop)
    assert 0 < found.done < 3_000
    assert found.stopped == f"stopped after {found.done:,} of 3,000 worlds"
    assert (found.share(0).held, found.share(1).held) == (found.done, 0)
    assert 0 < told[0] < 0.5 < told[1] <= 1
    whole = compared(rival(cut=[("a", "b")]), [pattern("b rose")], count=3_000)
    assert np.array_equal(whole.shown[:, : found.done], found.shown)


def test_threads_change_nothing():
    seen = [pattern("a lot", "a", until=12, at_least=0.45)]
    one, two = (
        compared(rival(), seen, count=2_048, simulate=partial(simulate_ensemble, threads=threads))
        for threads in (1, 2)
    )
    assert np.array_equal(one.shown, two.shown)


def test_nothing_run_is_not_nothing_shown():
    found = Rivalry(("A", "B"), (pattern("b rose"),), np.zeros((2, 0, 1), bool), 100, 1, "middle", "stopped")
    assert found.sentence() == "Nothing was run, so nothing can be said of all that was seen."
    assert (found.difference(0, 1).low, found.difference(0, 1).high) == (-1, 1)


def test_bad_questions_are_refused():
    with pytest.raises(ValueError, match="at least two theories"):
        compare([pattern("x")], SCENARIOS, worlds=Worlds.of([MODEL], width="wide", seed=1), count=8)
    with pytest.raises(ValueError, match="0 patterns"):
        compared(rival(), [])
    with pytest.raises(ValueError, match="no variable 'c'"):
        compared(rival(), [pattern("x", "c")])
    with pytest.raises(ValueError, match="no scenario 'off'"):
        compared(rival(), [replace(pattern("x"), run={"scenario": "off"})])
    with pytest.raises(ValueError, match="0 worlds"):
        compared(rival(), [pattern("x")], count=0)


@pytest.mark.parametrize(("one", "other"), [(0.1, 0.1), (0.3, 0.05), (0.02, 0.0), (0.5, 0.4)])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(one, other):
    """The exact coverage for 40 pairs, summed over every outcome: Agresti & Min find .93 and more of .95."""
    n, covered = 40, 0.0
    for first in range(n + 1):
        for second in range(n + 1 - first):
            same = n - first - second
            chance = multinomial.pmf([first, second, same], n, [one, other, 1 - one - other])
            a = np.repeat([True, False, True], [first, second, same])
            b = np.repeat([False, True, True], [first, second, same])
            found = Difference.between(a, b)
            covered += chance * (found.low <= one - other <= found.high)
    assert covered >= 0.93


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=200))
def test_a_difference_turned_round_is_its_opposite(pairs):
    a, b = np.array(pairs).T
    one, other = Difference.between(a, b), Difference.between(b, a)
    assert (one.value, one.low, one.high) == (-other.value, -other.high, -other.low)
    assert -1 <= one.low <= one.high <= 1
    assert one.sure == other.sure
