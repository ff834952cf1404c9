"""The second step of a stress test as a whole, on the clinic: one lever, one arrow, one claim in doubt."""

from __future__ import annotations

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE

from loops.ensemble.comparison import Question
from loops.ensemble.simulate import Cancelled
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.theory.claims import parse_claims
from loops.theory.stress import Job, ask, run
from loops.theory.why import why

MODEL = parse_model(MODEL_FILE.encode(), "clinic.toml")
SCENARIOS = {
    "nothing_new": Scenario(id="nothing_new", model="clinic", title="Nothing new"),
    "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", MODEL),
}
# 1 - exp(-12 w) is at least .7 where w is at least .1003, its median: half of the worlds
CLAIMS = parse_claims(
    (CLAIMS_FILE + CLAIM.format(name="half", outcome='direction = "more", at_least = 0.7')).encode(),
    "claims.toml",
    MODEL,
    SCENARIOS,
)
PLAN = Question(SCENARIOS["tell_all"], None, "known", 12)


def asked(worlds: int):
    return run([Job(ask(MODEL, SCENARIOS, CLAIMS), "middle", worlds)], seed=1)[0]


def test_the_one_arrow_explains_the_doubt_and_the_one_lever_the_outcome():
    told = []
    found = why(CLAIMS, asked(512), plan=PLAN, progress=lambda share, words: told.append(share))
    (explained,) = found.explained
    assert [each.name for each in explained.discovery.conditions] == ["link tell->known strength"]
    assert found.gaps is not None
    (gap,) = found.gaps.links
    assert gap.decides == ("half",)
    # a step half-way, seen by polynomials of degree 8: 7% are missed (loops.theory.indices)
    assert gap.influence == pytest.approx(0.93, abs=0.02)
    assert found.levers is not None
    assert [effect.lever for effect in found.levers.levers] == ["tell"]
    assert told == sorted(told)
    assert told[-1] == 1


def test_what_was_not_run_is_none():
    found = why(CLAIMS, asked(32))
    assert found.gaps is None
    assert found.levers is None
    assert found.explained[0].first is None


def test_it_can_be_stopped():
    def stop(share: float, words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        why(CLAIMS, asked(64), progress=stop)
