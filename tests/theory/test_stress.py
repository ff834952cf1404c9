"""The stress test: claims asked of many worlds, at three widths."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from scipy.stats import norm

from loops.ensemble import simulate
from loops.ensemble.cluster import ClusterError
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Cancelled, simulate_ensemble
from loops.ensemble.work import Work
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.spread import SPREAD, WIDTHS
from loops.theory.claims import parse_claims
from loops.theory.stress import Job, ask, bands, digest, jobs, judged_in, run, verdicts
from loops.worlds import Worlds

MODEL = parse_model(MODEL_FILE.encode(), "clinic.toml")
SCENARIOS = {
    "nothing_new": Scenario(id="nothing_new", model="clinic", title="Nothing new"),
    "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", MODEL),
}
SHOWN = bands(MODEL, list(SCENARIOS.values()), 24)


def claims(**outcomes: str):
    text = CLAIMS_FILE + "".join(CLAIM.format(name=name, outcome=each) for name, each in outcomes.items())
    return parse_claims(text.encode(), "claims.toml", MODEL, SCENARIOS)


def judged(made, *, worlds: int = 512, seed: int = 1):
    found = run(jobs(ask(MODEL, SCENARIOS, made), SHOWN, worlds), seed=seed)
    return {verdict.claim.id: verdict for verdict in verdicts(made, found)}


def test_what_is_true_by_construction_holds_in_all_worlds_and_what_is_false_in_none():
    """Nothing but telling moves it, and that only up: by 1 - exp(-w 12), at least .2 for any w above .019.

    At the wide width w is .1 times a lognormal factor of spread .3: .019 is 5.5 deviations below.
    """
    found = judged(
        claims(
            up='direction = "more", at_least = 0.2',
            down='direction = "less", at_least = 0.005',
            hardly='direction = "more", at_most = 0.005',
        )
    )
    for width in WIDTHS:
        share = {name: next(s for s in each.shares if s.width == width) for name, each in found.items()}
        assert (share["up"].held, share["up"].worlds) == (512, 512)
        assert share["down"].held == share["hardly"].held == 0
    assert found["up"].words == ("supported",)
    assert found["down"].words == found["hardly"].words == ("not supported",)


def test_a_share_is_what_the_distribution_says():
    """Closed form: 1 - exp(-12 w) is at least d where w is at least -ln(1 - d) / 12; ln w is normal.

    Allowed: 10 times the tolerance of the mesh in the level, and one world for the points of a Sobol
    sequence of a power of 2 in one dimension.
    """
    worlds, bound = 4_096, 0.72
    (verdict,) = judged(claims(it=f'direction = "more", at_least = {bound}'), worlds=worlds).values()
    for share in verdict.shares:

        def expected(d: float, sigma: float = SPREAD[share.width]["stated"]) -> float:
            return float(norm.cdf(np.log(0.1 / (-np.log(1 - d) / 12)) / sigma))

        assert expected(bound + 1e-3) - 1 / worlds <= share.value <= expected(bound - 1e-3) + 1 / worlds
        assert 0.05 < share.value < 0.95


def test_questions_are_asked_in_the_order_of_the_claims():
    asked = ask(MODEL, SCENARIOS, claims(up='direction = "more"', down='direction = "less"'))
    assert [(question.variable, question.month) for question in asked.questions] == [("known", 12)] * 2
    assert asked.scenarios == asked.pairs == ()
    assert asked.months[-1] == 12
    with pytest.raises(ValueError, match="at least one scenario or question"):
        ask(MODEL, SCENARIOS, ())


def test_bands_are_those_shown_and_their_lead_over_the_first():
    assert SHOWN.scenarios == tuple(SCENARIOS.values())
    assert SHOWN.pairs == ((SCENARIOS["tell_all"], SCENARIOS["nothing_new"]),)
    assert SHOWN.months[-1] == 24


@pytest.mark.parametrize(
    ("worlds", "judged"), [(1, 1), (4_096, 4_096), (10_000, 4_096), (81_940, 4_097), (1_000_000, 50_000)]
)
def test_claims_are_judged_in_a_twentieth_of_the_worlds_but_not_in_few(worlds, judged):
    asked = ask(MODEL, SCENARIOS, claims(up='direction = "more"'))
    assert judged_in(worlds) == judged
    assert jobs(asked, SHOWN, worlds) == [
        Job(asked, "middle", judged),
        Job(asked, "narrow", judged),
        Job(asked, "wide", judged),
        Job(SHOWN, "middle", worlds),
    ]
    assert jobs(None, SHOWN, worlds) == [Job(SHOWN, "middle", worlds)]


def test_no_worlds():
    with pytest.raises(ValueError, match="at least one world"):
        jobs(None, SHOWN, 0)


def test_the_same_seed_gives_the_same_digest_on_any_number_of_threads():
    todo = jobs(ask(MODEL, SCENARIOS, claims(up='direction = "more"')), SHOWN, 2_000)

    def fingerprint(seed: int, threads: int) -> str:
        return digest(run(todo, seed=seed, simulate=partial(simulate_ensemble, threads=threads)))

    assert fingerprint(1, 1) == fingerprint(1, 2)
    assert fingerprint(1, 1) != fingerprint(2, 1)


def test_progress_goes_from_nothing_to_all_over_every_job():
    told: list[tuple[float, str]] = []
    todo = jobs(ask(MODEL, SCENARIOS, claims(up='direction = "more"')), SHOWN, 1_500)
    run(todo, seed=1, progress=lambda *each: told.append(each))
    assert [share for share, _ in told] == pytest.approx(
        [1 / 4 * (k + part) for k in range(4) for part in (1_024 / 1_500, 1)]
    )
    assert [" ".join(words.split()[:2]) for _, words in told[::2]] == [
        "claims, middle",
        "claims, narrow",
        "claims, wide",
        "bands, middle",
    ]


def test_what_was_cut_short_is_kept_and_what_was_not_run_says_so():
    made = claims(up='direction = "more"')

    def stop(share: float, words: str) -> None:
        raise Cancelled

    found = run(jobs(ask(MODEL, SCENARIOS, made), SHOWN, 3_000), seed=1, progress=stop)
    assert [(each.width, each.done) for each in found] == [("middle", 1_024)]
    assert "stopped after 1,024 of 3,000" in found[0].stopped
    (verdict,) = verdicts(made, found)
    assert [(share.width, share.worlds) for share in verdict.shares] == [("middle", 1_024)]


def test_a_cluster_that_fails_between_two_jobs_costs_only_what_comes_after():
    made, calls = claims(up='direction = "more"'), []

    def failing(comparison, **asked) -> Ensemble:
        calls.append(asked["worlds"].width)
        if len(calls) == failing_at:
            raise ClusterError("nobody answers")
        return simulate_ensemble(comparison, **asked)

    todo, failing_at = jobs(ask(MODEL, SCENARIOS, made), SHOWN, 100), 3
    found = run(todo, seed=1, simulate=failing)
    assert [(each.width, each.done, each.stopped) for each in found] == [
        ("middle", 100, ""),
        ("narrow", 100, "nobody answers"),
    ]
    assert digest(found) == digest(run(todo[:2], seed=1))
    calls.clear()
    failing_at = 1
    with pytest.raises(ClusterError, match="nobody answers"):
        run(todo, seed=1, simulate=failing)


def test_of_a_large_model_fewer_worlds_are_run_at_every_width(monkeypatch):
    """A model's size cuts each job short and does not end the test: a verdict needs all three widths."""
    made = claims(up='direction = "more"')
    todo = jobs(ask(MODEL, SCENARIOS, made), SHOWN, 200)
    size = max(Work.of(job.comparison, Worlds.of([MODEL], width=job.width, seed=1)).size for job in todo)
    monkeypatch.setattr(simulate, "MOST_WORK", 10 * size)
    found = run(todo, seed=1)
    assert [each.width for each in found] == ["middle", "narrow", "wide", "middle"]
    assert all(10 <= each.done < 200 and "this model is large" in each.stopped for each in found)
    (verdict,) = verdicts(made, found)
    assert [share.width for share in verdict.shares] == list(WIDTHS)


def test_the_simulation_is_handed_in():
    """As a page does, which keeps what it has run."""
    asked_for: list[tuple[str, int]] = []

    def remembering(comparison, *, worlds, count, progress) -> Ensemble:
        asked_for.append((worlds.width, count))
        return simulate_ensemble(comparison, worlds=worlds, count=count, progress=progress)

    run(jobs(None, SHOWN, 4), seed=1, simulate=remembering)
    assert asked_for == [("middle", 4)]
