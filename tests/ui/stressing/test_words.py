"""Verdicts, comparisons and amounts as the page says them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from onscreen import catalogue_model

from loops import library
from loops.scenario import Scenario
from loops.theory.claims import Claim, claims_of
from loops.theory.verdict import Share, Verdict
from loops.ui.stressing import words

MODEL = catalogue_model()
PLANS = {
    "nothing_new": Scenario(id="nothing_new", model=MODEL.id, title="If nothing new is done"),
    **library.scenarios_of(MODEL, library.shipped_models()["common_purpose"]),
}
CLAIMS = {claim.id: claim for claim in claims_of(MODEL, PLANS)}
ANY: Claim = CLAIMS["quick_wins"]


def judged(*held: int, worlds: int = 100) -> Verdict:
    shares = zip(words.GUESSES, held, strict=True)
    return Verdict(ANY, tuple(Share(width, each, worlds if each >= 0 else 0) for width, each in shares))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ((99, 95, 90), "Our assumptions support this, whether our guesses are nearly right or far off."),
        (
            (40, 10, 0),
            "Our assumptions do not support this, whether our guesses are nearly right or far off.",
        ),
        (
            (99, 95, 60),
            "Our assumptions support this if our guesses are nearly right or some way off and partly support "
            "this if our guesses are far off.",
        ),
        (
            (99, 60, 10),
            "Our assumptions support this if our guesses are nearly right, partly support this if our "
            "guesses are some way off and do not support this if our guesses are far off.",
        ),
        ((-1, 95, -1), "Our assumptions support this if our guesses are some way off."),
        ((-1, -1, -1), "Not tried yet."),
    ],
)
def test_a_verdict_is_a_range_over_how_far_off_our_guesses_are(held: tuple[int, ...], said: str) -> None:
    assert words.verdict(judged(*held)) == said


@pytest.mark.parametrize(
    ("stopped", "questions", "said"),
    [
        ("", True, ""),
        (
            "stopped after 512 of 4,096 worlds",
            True,
            "It was stopped: what stands here is from the first 512 of 4,096 versions where our guesses are "
            "far off, and what would have come after was not tried. What was tried before that is whole.",
        ),
        (
            "stopped after 512 of 4,096 worlds",
            False,
            "It was stopped: what stands here is from the first 512 of 4,096 versions of the plans, and what "
            "would have come after was not tried. What was tried before that is whole.",
        ),
        (
            "this model is large: 512 of 4,096 worlds were run",
            True,
            "This model is large: what stands here is from the first 512 of 4,096 versions, and what would "
            "have come after them was not tried.",
        ),
    ],
)
def test_a_part_says_that_it_is_one_and_of_what(stopped: str, questions: bool, said: str) -> None:
    whole: Any = SimpleNamespace(stopped="", done=4_096, asked=4_096)
    asked = SimpleNamespace(questions=(1,) if questions else ())
    found: Any = SimpleNamespace(stopped=stopped, done=512, asked=4_096, width="wide", comparison=asked)
    assert words.cut_short([whole, found]) == said


def test_no_share_is_said_to_reach_a_bound_that_it_does_not() -> None:
    """The words beside a verdict agree with it, for every share in a thousand versions."""
    for held in range(1_001):
        share = Share("wide", held, 1_000)
        said = words.held(share)
        assert ("about 9 of 10" not in said and "every" not in said) or share.word == "supported"
        assert "about 5 of 10" not in said or share.word == "partly"
