"""Ensembles: against stored trajectories, bit by bit in threads, partial, refused, and flat in memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace as changed

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble import simulate
from loops.ensemble.comparison import BINS, Comparison, Question
from loops.ensemble.simulate import Cancelled, simulate_ensemble
from loops.ensemble.work import Work
from loops.parts import replace
from loops.worlds import MOST_WORLDS, Worlds


def stored(comparison, worlds, count: int):
    """Levels (R, T, n, W) of every run and world, kept."""
    work = Work.of(comparison, worlds)
    versions = work.assumptions.versions(worlds.units(0, count))
    return np.array(
        [work.runs.levels(run, versions, comparison.months) for run in range(len(comparison.runs))]
    )


def test_percentiles_are_those_of_stored_trajectories_within_one_bin(comparison, worlds, quiet, pushed):
    """Oracle: the world at place ceil(q W) of the sorted levels. It and the histogram's percentile lie in one
    bin, of 1/256 for levels and for differences, so they are at most that far apart."""
    ensemble = simulate_ensemble(comparison, worlds=worlds, count=700)
    levels = stored(comparison, worlds, 700)
    for variable, name in enumerate(ensemble.variables):
        for q in (0.5, 5, 25, 50, 75, 95, 100):
            for run, scenario in enumerate((quiet, pushed)):
                oracle = np.percentile(levels[run, :, variable], q, axis=1, method="inverted_cdf")
                assert np.abs(ensemble.percentile(scenario, name, q) - oracle).max() <= 1 / BINS
            apart = np.percentile(
                levels[1, :, variable] - levels[0, :, variable], q, axis=1, method="inverted_cdf"
            )
            assert np.abs(ensemble.difference(pushed, quiet, name, q) - apart).max() <= 1 / BINS
    assert np.all(ensemble.counts.sum(axis=3) == 700)
    assert np.all(ensemble.differences.sum(axis=3) == 700)


def test_answers_are_the_stored_levels_and_differences(comparison, worlds):
    ensemble = simulate_ensemble(comparison, worlds=worlds, count=300)
    levels = stored(comparison, worlds, 300)
    at = [int(np.flatnonzero(comparison.months == month)[0]) for month in (20, 31.5)]
    assert np.array_equal(ensemble.outcomes[:, 0], levels[1, at[0], 0].astype(np.float32))
    apart = levels[1, at[1], 1] - levels[0, at[1], 1]
    assert np.array_equal(ensemble.outcomes[:, 1], apart.astype(np.float32))
    assert ensemble.outcomes.dtype == np.float32
    assert (ensemble.asked, ensemble.done, ensemble.stopped) == (300, 300, "")


def test_equal_scenarios_differ_by_exactly_nothing(pair_of_boxes, pushed, worlds):
    """In every world, month and variable: the same numbers on the same steps."""
    twin = replace(pushed, id="twin", title="The same by another name")
    comparison = Comparison.of(
        pair_of_boxes, [], [Question(pushed, twin, "a", 60)], pairs=[(pushed, twin)], horizon=60
    )
    ensemble = simulate_ensemble(comparison, worlds=worlds, count=500)
    assert not ensemble.outcomes.any()
    # also where one of them has to run longer, for another question
    longer = [Question(pushed, twin, "a", 20), Question(twin, None, "b", 60)]
    answers = simulate_ensemble(Comparison.of(pair_of_boxes, [], longer), worlds=worlds, count=500).outcomes
    assert not answers[:, 0].any()
    assert answers[:, 1].all()
    assert np.all(ensemble.differences[:, :, :, BINS] == 500)


def test_the_digest_is_the_same_on_one_thread_and_on_two_and_however_worlds_are_cut(
    comparison, worlds, monkeypatch
):
    first = simulate_ensemble(comparison, worlds=worlds, count=3_000, threads=1)
    assert simulate_ensemble(comparison, worlds=worlds, count=3_000, threads=2).digest == first.digest
    monkeypatch.setattr(simulate, "PIECE", 170)
    assert simulate_ensemble(comparison, worlds=worlds, count=3_000, threads=2).digest == first.digest
    other = changed(worlds, seed=2)
    assert simulate_ensemble(comparison, worlds=other, count=3_000).digest != first.digest
    assert simulate_ensemble(comparison, worlds=worlds, count=2_999).digest != first.digest


def test_any_world_replays_exactly(comparison, worlds):
    """World 1,234 by itself, and a few worlds of many."""
    many = simulate_ensemble(comparison, worlds=worlds, count=1_300)
    alone = Work.of(comparison, worlds).run(1_234, 1)
    assert np.array_equal(alone.outcomes[0], many.outcomes[1_234])
    few = simulate_ensemble(comparison, worlds=worlds, count=10)
    assert np.array_equal(few.outcomes, many.outcomes[:10])


def test_a_cancelled_ensemble_is_the_first_worlds_and_says_so(comparison, worlds, monkeypatch):
    monkeypatch.setattr(simulate, "PIECE", 100)
    seen = []

    def stop_half_way(share: float, words: str) -> None:
        seen.append((share, words))
        if share >= 0.5:
            raise Cancelled

    part = simulate_ensemble(comparison, worlds=worlds, count=1_000, progress=stop_half_way)
    assert seen == [(k / 10, f"versions tried: {100 * k} of 1,000") for k in range(1, 6)]
    assert (part.asked, part.done) == (1_000, 500)
    assert part.stopped == "stopped after 500 of 1,000 worlds"
    assert part.interrupted
    whole = simulate_ensemble(comparison, worlds=worlds, count=500)
    assert part.digest == whole.digest
    assert whole.stopped == ""


def test_cancelled_at_once_nothing_is_known_and_cancelled_at_the_end_all_is(comparison, worlds, quiet):
    def stop(share: float, words: str) -> None:
        raise KeyboardInterrupt

    whole = simulate_ensemble(comparison, worlds=worlds, count=100, progress=stop)
    assert (whole.done, whole.stopped) == (100, "")
    nobody = changed(whole, counts=np.zeros_like(whole.counts), done=0)
    with pytest.raises(ValueError, match="no world has run"):
        nobody.percentile(quiet, "a", 50)


def test_an_error_of_the_watcher_ends_the_work(comparison, worlds):
    def fail(share: float, words: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        simulate_ensemble(comparison, worlds=worlds, count=5_000, progress=fail)


def test_of_a_large_model_fewer_worlds_are_run_and_it_says_so(comparison, worlds, monkeypatch):
    monkeypatch.setattr(simulate, "MOST_WORK", 10 * Work.of(comparison, worlds).size)
    ensemble = simulate_ensemble(comparison, worlds=worlds, count=1_000)
    assert (ensemble.asked, ensemble.done, ensemble.outcomes.shape) == (1_000, 10, (10, 2))
    assert ensemble.stopped == "this model is large: 10 of 1,000 worlds were run"
    assert not ensemble.interrupted


def test_a_ring_of_hundreds_of_boxes_all_delayed_has_room_for_its_steps():
    """With 64 pilots of 12,300 rows and links each, a block's work was used up after 635 steps."""
    names = [f"v{number}" for number in range(300)]
    links = [
        {"from": source, "to": names[(place + hop) % 300], "polarity": "+-"[hop % 2], "strength": 1.0}
        | {"delay": 0.5}
        for place, source in enumerate(names)
        for hop in range(1, 11)
    ]
    model = replace(small(links, {name: {"start": 0.2, "fade": 0.05} for name in names}), horizon=240)
    work = Work.of(Comparison.of(model, [plan(model)]), Worlds.of([model], width="middle", seed=1))
    assert work.runs.mesh.size > 635
    assert np.isfinite(work.run(0, 8).counts).all()


@pytest.mark.parametrize("count", [0, -1, MOST_WORLDS + 1])
def test_no_worlds_and_too_many_are_refused(comparison, worlds, count):
    with pytest.raises(ValueError, match="at least 1 and at most 1,048,576"):
        simulate_ensemble(comparison, worlds=worlds, count=count)


def test_no_threads_are_refused(comparison, worlds):
    with pytest.raises(ValueError, match="at least 1"):
        simulate_ensemble(comparison, worlds=worlds, count=10, threads=0)


def test_memory_does_not_grow_with_the_worlds_but_for_their_answers(comparison, worlds, monkeypatch):
    """What may differ is the answers, 4 bytes each, and how many pieces happened to be under way, at most
    two and the one at hand; both sizes have more, and would differ by 105 pieces if they were kept."""
    monkeypatch.setattr(simulate, "PIECE", 32)

    def peak(count: int) -> int:
        tracemalloc.start()
        simulate_ensemble(comparison, worlds=worlds, count=count, threads=1)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(640)  # what is compiled or imported on the way counts once
    piece = Work.of(comparison, worlds).empty(32)
    size = piece.counts.nbytes + piece.differences.nbytes + piece.outcomes.nbytes
    answers = (4_000 - 640) * len(comparison.questions) * 4
    assert peak(4_000) - peak(640) <= answers + (2 + 1) * size
