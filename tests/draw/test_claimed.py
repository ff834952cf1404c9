"""What is claimed, the verdict and its reasons, as page and document say them."""

from __future__ import annotations

from dataclasses import replace as changed
from typing import Any

import pytest

from loops import library
from loops.draw import claimed
from loops.files import read_model
from loops.parts import replace
from loops.scenario import Scenario
from loops.spread import WIDTHS
from loops.theory.claims import Case, Claim, claims_of
from loops.theory.discovery import Discovery
from loops.theory.explain import Explained
from loops.theory.humps import Humps
from loops.theory.indices import Index, Indices
from loops.theory.path import LinkShare, PathShare, Share
from loops.theory.verdict import Share as Held
from loops.theory.verdict import Verdict

MODEL = read_model(library.shipped_models()["common_purpose"])
PLANS = {
    "nothing_new": Scenario(id="nothing_new", model=MODEL.id, title="If nothing new is done"),
    **library.scenarios_of(MODEL),
}
CLAIMS = {claim.id: claim for claim in claims_of(MODEL, PLANS)}
ANY: Claim = CLAIMS["quick_wins"]
FITS: Claim = CLAIMS["information_that_fits"]
LINK = "link insight->value"


def judged(*held: int) -> Verdict:
    shares = zip(WIDTHS, held, strict=True)
    return Verdict(ANY, tuple(Held(width, each, 100 if each >= 0 else 0) for width, each in shares))


def replace_shares(found: Verdict) -> Verdict:
    """The verdict when only the middle width was run."""
    return changed(found, shares=found.shares[1:2])


def test_what_is_supported_and_what_is_not_is_counted() -> None:
    found = [judged(99, 99, 99), judged(99, 60, 10), judged(0, 0, 0), judged(-1, -1, -1)]
    assert claimed.in_all(found) == (
        "Of 4 things we think happen, 1 is supported at every width, from nearly right to far off, 1 is not "
        "supported at any, 1 lies between and 1 was not tried at every width."
    )
    alone = replace_shares(judged(0, 99, 0))
    assert "0 are supported" in claimed.in_all([alone])
    assert claimed.in_all([alone]).endswith("and 1 was not tried at every width.")
    assert "2 are not supported at any and 0 lie between" in claimed.in_all([judged(0, 0, 0)] * 2)


def test_a_comparison_names_plans_levers_and_arrows_as_on_screen() -> None:
    asked = Case(
        scenario="everything_for_four_years",
        without=("training",),
        cut=(("peer_norm", "buy_in"), ("*", "trust")),
    )
    assert claimed.case(asked, MODEL, PLANS) == (
        "“Everything for four years” without “Train for good conversations” with the arrows from “Others "
        "like us are doing it” to “Buy-in: ready to act” and from anything to “Trust between partners” taken "
        "out"
    )
    many = CLAIMS["whole_beats_one"].run
    assert claimed.case(many, MODEL, PLANS).endswith("and 7 more set otherwise")


def test_what_follows_says_how_it_was_measured() -> None:
    said = claimed.follows(ANY, MODEL, PLANS)
    assert "is higher by at least 0.05 after 1 year under “Relationships first” than under “If" in said
    assert "lower by at most 0.05" in claimed.follows(CLAIMS["routine_survives_turnover"], MODEL, PLANS)
    alone = replace(ANY, against=None)
    assert claimed.follows(alone, MODEL, PLANS).endswith(
        "is at least 0.05 after 1 year under “Relationships first” (0 is not yet, 1 is fully)."
    )


def explained(*ranked: Index, **more: Any) -> Explained:
    indices = Indices(0.1, 0.01 if ranked else 0.0, 4_096, ranked)
    found = Discovery("none fail", 4_096, 0)
    return changed(Explained(FITS, "fail", found, indices, None, None, None, None), **more)


def test_the_arrow_that_decides_is_named_only_where_one_does() -> None:
    one = Index(LINK, 0.5, 0.4, 0.6)
    assert claimed.decides(explained(one), MODEL).startswith("More depends on the arrow from “")
    assert "about half of what makes the answer differ" in claimed.decides(explained(one), MODEL)
    assert "No single thing does" in claimed.decides(explained(Index(LINK, 0.01, -0.01, 0.02)), MODEL)
    assert "the same in every version" in claimed.decides(explained(), MODEL)
    assert "Too few versions" in claimed.decides(explained(first=None), MODEL)
    camps = explained(one, humps=Humps(0.3, 0.1, 0.5, 0.5), sustained=Indices(0.5, 0.25, 4_096, (one,)))
    assert "fall into two camps" in claimed.decides(camps, MODEL)
    assert "Which camp it is by then depends on the arrow" in claimed.decides(camps, MODEL)
    unsure = changed(one, low=-0.01)
    camps = changed(camps, sustained=Indices(0.5, 0.25, 4_096, (unsure,)))
    assert "Which camp" not in claimed.decides(camps, MODEL)


def shared(value: float, *others: str) -> PathShare:
    weak = LinkShare(("insight", "value"), Share(value, value, value), Share(0.1, 0.0, 0.2), others)
    full = LinkShare(("tailored_insight", "insight"), Share(2.0, 2.0, 2.0), Share(0.1, 0.0, 0.2), ())
    return PathShare("measured", 0.2, 512, (full, weak))


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, "about half of the"), (1.2, "all, and more, of the"), (-0.1, "hardly any of the")],
)
def test_of_a_path_the_arrow_through_which_least_passes_is_told(value: float, said: str) -> None:
    assert claimed.path(shared(value), MODEL, FITS).endswith(
        "if the arrow from “Information that makes sense to me” to “It helps with our own priorities” "
        f"carried no more than it does in the other run, {said} difference would be gone."
    )


def test_an_arrow_that_the_other_run_is_without_makes_the_difference_by_itself() -> None:
    """What the other arrows of its path carry is what goes round and comes back."""
    less = replace(FITS, against=Case(scenario="insight_first", cut=(("insight", "value"),)))
    told = claimed.path(shared(0.1), MODEL, less)
    assert "if the arrow from “Share what each person needs to know” to “Information" in told
    assert told.endswith(
        "That is what goes round and comes back; the arrow taken out makes the rest by itself."
    )
    alone = changed(shared(0.1), links=shared(0.1).links[1:])
    assert claimed.path(alone, MODEL, less).endswith("so all of the difference runs there.")


def test_a_path_that_was_not_measured_says_why() -> None:
    assert "is too small to say" in claimed.path(PathShare("no effect", 0.001, 512), MODEL, FITS)
    assert "only one run" in claimed.path(None, MODEL, FITS)
    assert claimed.path(None, MODEL, replace(FITS, path=(), loop=None)).startswith("Nobody")
    loop = next(loop for loop in MODEL.loops if ("insight", "value") in loop.pairs)
    assert f"also part of: {loop.name}." in claimed.path(shared(0.5, loop.id), MODEL, FITS)
