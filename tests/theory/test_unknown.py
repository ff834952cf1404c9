"""Which unknown sign matters most, against the shares of variance between the worlds of either sign."""

from __future__ import annotations

import numpy as np
import pytest
from clinic import CALM, CLAIM, CLAIMS_FILE, MODEL_FILE
from oracles import plan, small

from loops.ensemble.comparison import Question
from loops.files import parse_model
from loops.scenario import Scenario
from loops.theory.claims import parse_claims
from loops.theory.sample import answers
from loops.theory.unknown import UnknownSign, UnknownSigns, signless, unknown_signs
from loops.worlds import Worlds

WORLDS = 1_000


def arrow(source: str, target: str, polarity: str = "?", strength: float = 0.1) -> dict:
    return {"from": source, "to": target, "polarity": polarity, "strength": strength, "evidence": "stated"}


@pytest.fixture(scope="module")
def model():
    """Two levers push x, one much harder than the other, and neither way is known; a third moves y alone."""
    return small(
        [
            arrow("hard", "x", strength=0.2),
            arrow("soft", "x", strength=0.02),
            arrow("aside", "y"),
            arrow("soft", "y", strength=0.0),
        ],
        {"x": {"start": 0.5, "fade": 0.02, "gain": 0.02}, "y": {"start": 0.5}},
        levers=("aside", "hard", "soft"),
    )


@pytest.fixture(scope="module")
def question(model):
    return Question(plan(model, hard=1, soft=1, aside=1), None, "x", 24)


def between(outcome, plus) -> float:
    """Oracle: the share of the variance between two groups; what is left within them has W - 2 freedoms."""
    r2 = sum((outcome[group].mean() - outcome.mean()) ** 2 * group.mean() for group in (plus, ~plus))
    return 1 - (1 - r2 / outcome.var()) * outcome.size / (outcome.size - 2)


def test_the_strong_arrows_sign_matters_most_by_the_variance_between_its_halves(model, question):
    """Of a column of two values the regression is the two means, exactly; tolerance: roundings of 1,000."""
    worlds = Worlds.of([model], width="narrow", seed=1)
    found = unknown_signs((), [question], worlds, WORLDS)
    values, outcomes = answers([question], worlds, WORLDS)
    assert found.worlds == WORLDS
    assert found.most is found.ranked[0]
    assert found.most.pair == ("hard", "x")
    for sign in found.ranked:
        drawn = values[:, worlds.columns.index("link {}->{} sign".format(*sign.pair))] > 0
        assert sign.share == pytest.approx(between(outcomes[:, 0], drawn), abs=1e-10)
        assert sign.low <= sign.share <= sign.high
    last = next(sign for sign in found.ranked if sign.pair == ("aside", "y"))
    assert last.low <= 0


def test_an_arrow_without_strength_has_no_sign_to_find(model):
    assert sorted(signless(model)) == ["link aside->y sign", "link hard->x sign", "link soft->x sign"]
    assert not signless(small([arrow("u", "x", "+")], {"x": {}}, levers=("u",)))


def test_claims_come_before_the_questions():
    """Closed form of the claim: what is known adds to calm if the sign is +, so all depends on that alone."""
    model = parse_model((MODEL_FILE + CALM.format(sign="?")).encode(), "clinic.toml")
    quiet = Scenario(id="nothing_new", model="clinic", title="Nothing new")
    tell = plan(model, tell=1)
    known = {"nothing_new": quiet, "tell_all": tell}
    text = CLAIMS_FILE + CLAIM.format(name="up", outcome='direction = "more"')
    text = text.replace('variable = "known"', 'variable = "calm"')
    claims = parse_claims(text.encode(), "claims.toml", model, known)
    questions = [Question(tell, quiet, "calm", 12)]
    found = unknown_signs(claims, questions, Worlds.of([model], width="middle", seed=1), 200)
    assert [sign.pair for sign in found.ranked] == [("known", "calm")]
    assert found.ranked[0].share == pytest.approx(1, abs=1e-10)
    same = [Question(tell, None, "known", 12), Question(quiet, None, "known", 12)]
    nothing = unknown_signs((), same[1:], Worlds.of([model], width="middle", seed=1), 200)
    assert nothing.ranked == ()
    assert nothing.most is None


@pytest.mark.parametrize(("share", "low"), [(0.04, 0.01), (0.3, 0.0), (0.3, -0.1)])
def test_what_is_small_or_may_be_luck_is_not_said_to_matter(share, low):
    assert UnknownSigns(100, (UnknownSign(("a", "b"), share, low, 0.5),)).most is None


def test_the_progress_goes_up_to_all_and_few_versions_are_refused(model, question):
    worlds, told = Worlds.of([model], width="middle", seed=1), []
    unknown_signs((), [question], worlds, 64, progress=told.append)
    assert told == sorted(told)
    assert np.max(told) <= 1
    with pytest.raises(ValueError, match="63 versions are too few"):
        unknown_signs((), [question], worlds, 63)
