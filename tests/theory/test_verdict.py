"""Verdicts: shares of worlds, their sampling error and their words."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from loops.theory.claims import Claim
from loops.theory.verdict import PARTLY, SUPPORTED, Share, Verdict, judge, weakest_first

CLAIM = Claim.model_validate(
    {
        "id": "it_helps",
        "sentence": "It helps.",
        "for_whom": "Anybody.",
        "context": "Always.",
        "resource": "A session.",
        "reasoning": "Now I know.",
        "outcome": {"variable": "value", "month": 12, "direction": "more", "at_least": 0.1},
        "run": {"scenario": "train"},
        "against": {"scenario": "nothing_new"},
    }
)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons(counts):
    """Oracle: scipy's binomial test. Both are sums and roots of some ten terms near 1, so to 1e-12."""
    held, worlds = counts
    found = binomtest(held, worlds).proportion_ci(0.95, method="wilson")
    assert Share("middle", held, worlds).interval == pytest.approx((found.low, found.high), abs=1e-12)


@pytest.mark.parametrize(("held", "worlds"), [(5_000, 10_000), (9_000, 10_000), (99_000, 100_000)])
def test_the_interval_is_twice_the_binomial_standard_error_wide(held, worlds):
    """Closed form: 1.96 sqrt(p (1 - p) / n) each way. Wilson's differs by z^2 / n at most."""
    share = Share("middle", held, worlds)
    error = 1.96 * sqrt(share.value * (1 - share.value) / worlds)
    low, high = share.interval
    assert (low, high) == pytest.approx((share.value - error, share.value + error), abs=3.85 / worlds)


def test_the_interval_covers_the_share_it_was_drawn_from_as_often_as_it_says():
    """2,000 draws of 500 worlds at p = .9: covered in 95%, give or take 4 standard errors of that (.0195).

    Wilson's interval covers 95% on average over p and up to about 1% more or less at one p (Brown, Cai &
    DasGupta 2001), so .03 in all.
    """
    held = np.random.default_rng(5).binomial(500, 0.9, size=2_000)
    covered = [low <= 0.9 <= high for low, high in (Share("wide", int(k), 500).interval for k in held)]
    assert abs(np.mean(covered) - 0.95) < 0.03


def test_none_and_all_of_few_worlds_are_not_certain():
    """Closed form: z^2 / (n + z^2) from the end, where a plain standard error would say 0."""
    edge = 1.96**2 / (10 + 1.96**2)
    assert Share("middle", 0, 10).interval == pytest.approx((0, edge), abs=1e-4)
    assert Share("middle", 10, 10).interval == pytest.approx((1 - edge, 1), abs=1e-4)


@pytest.mark.parametrize(
    ("held", "word"),
    [
        (1_000, "supported"),
        (1_000 * SUPPORTED, "supported"),
        (1_000 * SUPPORTED - 1, "partly"),
        (1_000 * PARTLY, "partly"),
        (1_000 * PARTLY - 1, "not supported"),
        (0, "not supported"),
    ],
)
def test_words_change_at_the_thresholds(held, word):
    assert Share("narrow", int(held), 1_000).word == word


def test_not_run_is_not_the_same_as_not_supported():
    share = Share("wide", 0, 0)
    assert (share.word, share.interval) == ("not run", (0, 1))
    assert np.isnan(share.value)
    verdict = Verdict(CLAIM, (share,))
    assert verdict.words == ("not run",)
    assert np.isnan(verdict.range).all()
    assert judge(CLAIM, {}).words == ("not run",)


def test_a_verdict_is_a_range_over_the_widths():
    narrow, wide = np.full(10, 0.2, np.float32), np.arange(1, 21) / 100
    verdict = judge(CLAIM, {"wide": wide, "narrow": narrow})
    assert [(share.width, share.held, share.worlds) for share in verdict.shares] == [
        ("narrow", 10, 10),
        ("wide", 11, 20),
    ]
    assert verdict.range == (0.55, 1.0)
    assert verdict.words == ("supported", "partly")
    assert judge(CLAIM, {"narrow": narrow, "middle": narrow}).words == ("supported",)
    assert judge(CLAIM, {"narrow": -narrow, "middle": wide, "wide": narrow}).words == (
        "supported",
        "not supported",
    )


def test_the_weakest_come_first_and_what_was_not_run_last():
    shares = {"a": (9, 9), "b": (2, 10), "c": (0, 0), "d": (2, 4)}
    verdicts = {
        name: Verdict(
            CLAIM, (Share("narrow", min(10, first + 1), 10 if more else 0), Share("wide", first, more))
        )
        for name, (first, more) in shares.items()
    }
    assert weakest_first(verdicts.values()) == [verdicts[name] for name in ("b", "d", "a", "c")]
