"""Trials: each is the run it says it is, however many stand beside it, and one that fails is lost alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import dop853, plan, small

from loops import simulate
from loops.equations import Equations
from loops.parts import replace
from loops.scenario import LinkChange
from loops.simulate import TOLERANCE, DidNotFinish
from loops.validation import trials
from loops.validation.trials import Bench, Trial, every_lever, thinned


def only(bench: Bench, given: list[Trial], **options) -> np.ndarray:
    """Levels (T, n, L) of all the trials."""
    return np.concatenate([levels for _, levels in bench.run(given, **options)], axis=2)


@pytest.fixture(scope="module")
def bench(common_purpose):
    return Bench(Equations.of(replace(common_purpose, horizon=60)))


def test_a_trial_is_the_run_it_says(common_purpose, bench):
    """Oracle: DOP853 at 1e-10 on the design's equations, with the model itself changed by hand.

    Bound: at most TOLERANCE a step, at most 100 steps of consequence in 60 months, on one mesh.
    """
    k, link = next((k, link) for k, link in enumerate(bench.equations.links) if link.source == "buy_in")
    place = bench.equations.variables.index("trust")
    levers = every_lever(bench.equations, 1.0)
    given = [
        Trial("", "", {"training": 1.0, "competing_priorities": 0.0}),
        Trial("", "", levers, cut=k),
        Trial("", "", start=(place, 1.0)),
    ]
    cut = LinkChange(source=link.source, target=link.target, cut=True)
    full = replace(plan(common_purpose, **levers), links=[cut])
    moved = [replace(node, start=1.0) if node.id == "trust" else node for node in common_purpose.variables]
    expected = [
        dop853(common_purpose, plan(common_purpose, training=1, competing_priorities=0), bench.months),
        dop853(common_purpose, full, bench.months),
        dop853(replace(common_purpose, variables=moved), plan(common_purpose), bench.months),
    ]
    assert only(bench, given) == pytest.approx(np.stack(expected, axis=2), abs=100 * TOLERANCE)


@pytest.mark.parametrize("bound", ["MOST_WORK", "MOST_NUMBERS"])
def test_what_stands_together_is_never_parted(bench, monkeypatch, bound):
    """In threes on one mesh even when there is room for one lane only: equal trials stay bitwise equal."""
    monkeypatch.setattr(trials, bound, 1)
    given = [Trial("", "", {"training": level}) for level in (0.0, 0.0, 0.0, 1.0, 1.0, 1.0)]
    blocks = list(bench.run(given, together=3))
    assert [len(chosen) for chosen, _ in blocks] == [3, 3]
    for _, levels in blocks:
        assert np.array_equal(levels[..., 0], levels[..., 2])
    assert not np.array_equal(blocks[0][1], blocks[1][1])


def test_a_run_that_does_not_finish_is_lost_alone(monkeypatch):
    """With steps enough for the file's own run only, the trials that are stiffer have no numbers."""
    model = small(
        [{"from": name, "to": "a", "polarity": "+", "strength": 2.0} for name in ("u", "v")],
        {"a": {"fade": 0.01}},
        levers=("u", "v"),
    )
    bench = Bench(Equations.of(model))
    given = [Trial("", "", {"u": level}) for level in (0.0, 1.0, 0.0, 0.0, 0.01)]
    whole = only(bench, given)
    monkeypatch.setattr(simulate, "MOST_STEPS", 40)
    lost = only(bench, given)
    assert np.isnan(lost[:, :, 1]).all()
    rest = [0, 2, 3, 4]
    # on other meshes, each with errors of at most TOLERANCE in at most 40 steps
    assert lost[..., rest] == pytest.approx(whole[..., rest], abs=80 * TOLERANCE)
    monkeypatch.setattr(simulate, "MOST_STEPS", 2)
    with pytest.raises(DidNotFinish):
        Bench(Equations.of(model))


def test_progress_is_told_before_each_block(bench, monkeypatch):
    monkeypatch.setattr(trials, "MOST_WORK", 1)
    told = []
    given = [Trial("levers", f"number {k}") for k in range(4)]
    only(bench, given, progress=lambda share, words: told.append((share, words)))
    assert told == [(k / 4, f"levers: number {k}") for k in range(4)]

    def stop(share, words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        only(bench, given, progress=stop)


@given(st.integers(1, 60), st.integers(1, 60))
@settings(deadline=None)
def test_what_is_thinned_is_spread_and_keeps_its_order(count, most):
    kept = thinned(range(count), most)
    assert len(set(kept)) == len(kept) == min(count, most)
    assert kept == sorted(kept)
    assert kept[0] == 0
    if len(kept) > 1:
        gaps = np.diff(kept)
        assert gaps.max() - gaps.min() <= 1
