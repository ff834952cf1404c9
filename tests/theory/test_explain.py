"""Claims looked behind, on a small model in which it is known what decides."""

from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest
from oracles import plan, small

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.simulate import simulate_ensemble
from loops.ensemble.work import Work
from loops.model import Source
from loops.parts import replace
from loops.theory import explain as room
from loops.theory import sample
from loops.theory.claims import Case, Claim, Outcome
from loops.theory.explain import explain, total_indices
from loops.theory.indices import groups_of
from loops.theory.prim import SLICE
from loops.theory.told import sentence
from loops.worlds import Worlds


@pytest.fixture(scope="module")
def model():
    """A lever wins x, and a circumstance wears it down; what y does, x never hears of."""
    return small(
        [
            {"from": "push", "to": "x", "polarity": "+", "strength": 0.2},
            {"from": "hard", "to": "x", "polarity": "-", "strength": 0.2, "spread": "narrow"},
            {"from": "x", "to": "y", "polarity": "+", "strength": 0.1},
        ],
        {"x": {"fade": 0.02}, "y": {"fade": 0.1}},
        levers=("push",),
        contexts=("hard",),
    )


@pytest.fixture(scope="module")
def claims():
    """The same claim with a bound that is met when the circumstance is easy, with none, and as a level."""
    about = {"for_whom": "x", "context": "x", "resource": "x", "reasoning": "x"}
    run, against = Case(scenario="pushed"), Case(scenario="quiet")

    def claim(name: str, at_least: float, **more) -> Claim:
        outcome = Outcome(variable="x", month=36, direction="more", at_least=at_least)
        return Claim(id=name, sentence=name, outcome=outcome, run=run, **about, **more)

    return [
        claim("often", 0.55, against=against, path=("push", "x")),
        claim("never", 0.999, against=against),
        claim("level", 0.001),
    ]


@pytest.fixture(scope="module")
def asked(model, claims):
    known = {"pushed": plan(model, push=[(0, 1)]), "quiet": replace(plan(model), id="quiet")}
    return Comparison.of(
        model,
        questions=[
            Question(
                known[claim.run.scenario],
                known[claim.against.scenario] if claim.against else None,
                claim.outcome.variable,
                claim.outcome.month,
            )
            for claim in claims
        ],
    )


@pytest.fixture(scope="module")
def ensemble(model, asked):
    return simulate_ensemble(asked, worlds=Worlds.of([model], width="wide", seed=1), count=1024, threads=1)


@pytest.fixture(scope="module")
def explained(claims, ensemble):
    return explain(claims, ensemble)


def test_what_decides_is_named(model, explained):
    """What wins x, and the circumstance that wears it down, decide; nothing about y does."""
    often = explained[0]
    assert {index.group for index in often.first.ranked[:2]} == {"link push->x", "context hard"}
    assert {index.group for index in often.totals.ranked[:2]} == {"link push->x", "context hard"}
    assert often.totals["link x->y"].value == 0
    assert often.totals["variable y"].value == 0
    named = {condition.name for condition in often.discovery.conditions}
    assert named & {"context hard", "link push->x strength", "link push->x presence"}
    assert not any("y" in name.split(" ")[1] for name in named)
    assert sentence(often.discovery, model, often.way).startswith(f"It tends to {often.way} when ")


def test_a_planted_condition_is_told_in_words(model, claims):
    """x rests at .2 / (.22 + .2 h): .55 or more when h is at most .72, all arrows being surely there.

    A spread of 5% on the stated strength moves that by .2 * .05 / .55 / .2 = .09, one of 10% on the inferred
    by .07, together .12; a box's bound is off by a slice more.
    """
    sure = [replace(link, evidence="inferred", spread="narrow") for link in model.links[1:]]
    first = replace(model.links[0], evidence="stated", spread="narrow", passage="It does.", locator="p. 1")
    source = Source(id="seed", title="Seed")
    model = replace(model, links=[replace(first, cited="seed"), *sure], sources=[source])
    known = {"pushed": plan(model, push=[(0, 1)]), "quiet": replace(plan(model), id="quiet")}
    asked = Comparison.of(model, questions=[Question(known["pushed"], known["quiet"], "x", 36)])
    worlds = Worlds.of([model], width="wide", seed=1)
    (found,) = explain(claims[:1], simulate_ensemble(asked, worlds=worlds, count=2048, threads=1))
    condition = min(found.discovery.conditions, key=lambda each: each.chance)
    assert (condition.name, condition.high) == ("context hard", None)
    assert condition.low == pytest.approx(0.72, abs=2 * 0.12 + SLICE)
    # the fade and both strengths move x too, a little, so they may be named; nothing about y does
    assert not [each.name for each in found.discovery.conditions if "y" in each.name.split(" ")[1]]
    said = sentence(found.discovery, model)
    assert said.startswith("It tends to fail when ")
    assert "“hard” is rather high" in said
    assert found.first.ranked[0].group == "context hard"


def test_it_is_told_where_the_rarer_thing_happens(explained):
    for each in explained:
        assert each.discovery.failures <= each.discovery.worlds / 2
    assert [each.way for each in explained] == [explained[0].way, "hold", "fail"]
    assert explained[1].discovery.ended == "none fail"


def test_the_whole_effect_runs_along_the_only_way(explained):
    (link,) = explained[0].path.links
    assert (link.pair, link.frozen.value) == (("push", "x"), 1)
    assert [each.path for each in explained[1:]] == [None, None]


def test_an_outcome_with_two_humps_is_asked_about_twice(explained):
    """In the worlds without the arrow from the lever (a quarter, when wide) nothing is won at all."""
    assert explained[0].humps.share_above == pytest.approx(0.75, abs=0.02)
    assert explained[0].sustained.ranked[0].group == "link push->x"
    assert explained[0].sustained.ranked[0].value > 0.95


def test_threads_and_later_worlds_change_nothing(claims, ensemble, explained):
    assert explain(claims, ensemble, threads=1) == explained


def test_only_the_first_worlds_are_looked_into(claims, ensemble, monkeypatch):
    monkeypatch.setattr(sample, "WORLDS", 512)
    short = changed(ensemble, outcomes=ensemble.outcomes[:512], done=512)
    assert explain(claims[:1], ensemble) == explain(claims[:1], short)


def test_few_worlds_have_no_indices(claims, ensemble):
    few = changed(ensemble, outcomes=ensemble.outcomes[:63], done=63)
    (only,) = explain(claims[:1], few)
    assert (only.first, only.totals, only.sustained) == (None, None, None)
    assert only.discovery.worlds == 63


def test_a_large_model_has_a_smaller_design_or_none(model, asked, monkeypatch):
    worlds = Worlds.of([model], width="wide", seed=1)
    groups = groups_of(worlds.columns)
    usual = total_indices(model, asked.questions[0], groups, worlds=worlds)
    one = Work.of(Comparison.of(model, questions=[asked.questions[0]]), worlds).size * (len(groups) + 1)
    monkeypatch.setattr(room, "MOST_WORK", 100 * one)
    less = total_indices(model, asked.questions[0], groups, worlds=worlds)
    assert (less.worlds, usual.worlds) == (64 * (len(groups) + 1), 512 * (len(groups) + 1))
    monkeypatch.setattr(room, "MOST_WORK", 31 * one)
    assert total_indices(model, asked.questions[0], groups, worlds=worlds) is None


def test_progress_is_told_and_may_stop_it(claims, ensemble):
    told = []
    explain(claims, ensemble, progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert told[-1][1] == "looked behind: level"

    def stop(share, words):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        explain(claims, ensemble, progress=stop)


def test_no_world(claims, ensemble):
    nothing = changed(ensemble, outcomes=np.empty((0, 3), np.float32), done=0)
    with pytest.raises(ValueError, match="no world has run"):
        explain(claims, nothing)
