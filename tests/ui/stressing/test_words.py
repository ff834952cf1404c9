"""Verdicts, comparisons and amounts as the page says them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from onscreen import catalogue_model

from loops import library
from loops.parts import replace
from loops.scenario import Scenario
from loops.theory.claims import Case, Claim, claims_of
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
        ((99, 95, 90), "Our assumptions support this, however far off our guesses are."),
        ((40, 10, 0), "Our assumptions do not support this, however far off our guesses are."),
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


def test_what_is_supported_and_what_is_not_is_counted() -> None:
    found = [judged(99, 99, 99), judged(99, 60, 10), judged(0, 0, 0), judged(-1, -1, -1)]
    assert words.in_all(found) == (
        "Of 4 things we think happen, 1 is supported however far off our guesses are, 1 is not supported, "
        "1 lies between and 1 was not tried."
    )
    assert "2 are not supported and 0 lie between" in words.in_all([judged(0, 0, 0)] * 2)


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        ("", ""),
        (
            "stopped after 512 of 4,096 worlds",
            "It was stopped: what stands here is from the first 512 of 4,096",
        ),
        (
            "this model is large: 512 of 4,096 worlds were run",
            "This model is large: what stands here is from",
        ),
    ],
)
def test_a_part_says_that_it_is_one(stopped: str, said: str) -> None:
    found: Any = SimpleNamespace(stopped=stopped, done=512, asked=4_096)
    assert words.cut_short([found]).startswith(said)
    assert bool(words.cut_short([found])) == bool(stopped)


def test_a_comparison_names_plans_levers_and_arrows_as_on_screen() -> None:
    asked = Case(
        scenario="everything_for_four_years",
        without=("training",),
        cut=(("peer_norm", "buy_in"), ("*", "trust")),
    )
    assert words.case(asked, MODEL, PLANS) == (
        "“Everything for four years” without “Train for good conversations” with the arrows from “Others "
        "like us are doing it” to “Buy-in: ready to act” and from anything to “Trust between partners” taken out"
    )
    many = CLAIMS["whole_beats_one"].run
    assert words.case(many, MODEL, PLANS).endswith("and 7 more set otherwise")


def test_what_follows_says_how_it_was_measured() -> None:
    said = words.follows(ANY, MODEL, PLANS)
    assert "is higher by at least 0.05 after 1 year under “Relationships first” than under “If" in said
    assert "lower by at most 0.05" in words.follows(CLAIMS["routine_survives_turnover"], MODEL, PLANS)
    alone = replace(ANY, against=None)
    assert words.follows(alone, MODEL, PLANS).endswith(
        "is at least 0.05 after 1 year under “Relationships first” (0 is not yet, 1 is fully)."
    )
