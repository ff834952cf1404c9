"""What the charts and the reasons say, on figures chosen for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from onscreen import catalogue_model

from loops import library
from loops.draw.fans import Fan
from loops.parts import replace as part
from loops.scenario import Scenario
from loops.theory.claims import claims_of
from loops.theory.discovery import Discovery
from loops.theory.explain import Explained
from loops.theory.gaps import Gap, GapMap
from loops.theory.humps import Humps
from loops.theory.indices import Index, Indices
from loops.theory.path import LinkShare, PathShare, Share
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.stressing import apart, behind, lookout

MODEL = catalogue_model()
PLANS = {
    NOTHING_NEW: Scenario(id=NOTHING_NEW, model=MODEL.id, title="If nothing new is done"),
    **library.scenarios_of(MODEL),
}
CLAIM = next(claim for claim in claims_of(MODEL, PLANS) if claim.id == "information_that_fits")
MONTHS = np.array([0.0, 12.0, 24.0])
LINK = "link insight->value"


def fan(name: str, low: float, middle: float, high: float) -> Fan:
    return Fan(name, *(np.array([0.0, each, each]) for each in (low, middle, high)), 0)


def test_bands_are_told_by_where_they_end() -> None:
    said = apart.reaches("Buy-in", [fan("A", 0.0, 0.3, 0.5), fan("B", 0.0, 0.02, 0.05)], MONTHS)
    assert said == (
        "After 2 years, in 8 of 10 versions, “Buy-in” is between not yet and partly (a little in the middle) "
        "under “A” and at not yet under “B”."
    )


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (
            fan("A", 0.2, 0.25, 0.3),
            "clearly higher under “A” than under “B”, and so it is in 8 of 10 versions.",
        ),
        (
            fan("A", -0.1, 0.1, 0.5),
            "slightly higher under “A” than under “B”, and between slightly lower and far higher in 8 of 10",
        ),
        (
            fan("A", 0.0, 0.0, 0.0),
            "about the same under “A” as under “B” in the middle of the versions, and so",
        ),
    ],
)
def test_a_difference_is_told_where_it_is_largest(lead: Fan, said: str) -> None:
    assert said in apart.leads("Buy-in", lead, "B", MONTHS)


def explained(*ranked: Index, **more: Any) -> Explained:
    indices = Indices(0.1, 0.01 if ranked else 0.0, 4_096, ranked)
    found = Discovery("none fail", 4_096, 0)
    return replace(Explained(CLAIM, "fail", found, indices, None, None, None, None), **more)


def test_the_arrow_that_decides_is_named_only_where_one_does() -> None:
    one = Index(LINK, 0.5, 0.4, 0.6)
    assert behind.decides(explained(one), MODEL).startswith("Most depends on the arrow from “")
    assert "about half of what makes the answer differ" in behind.decides(explained(one), MODEL)
    assert "No single thing does" in behind.decides(explained(Index(LINK, 0.01, -0.01, 0.02)), MODEL)
    assert "the same in every version" in behind.decides(explained(), MODEL)
    assert "Too few versions" in behind.decides(explained(first=None), MODEL)
    camps = explained(one, humps=Humps(0.3, 0.1, 0.5, 0.5), sustained=Indices(0.5, 0.25, 4_096, (one,)))
    assert "fall into two camps" in behind.decides(camps, MODEL)
    assert "Which camp it is depends most on the arrow" in behind.decides(camps, MODEL)


def shared(value: float, *others: str) -> PathShare:
    weak = LinkShare(("insight", "value"), Share(value, value, value), Share(0.1, 0.0, 0.2), others)
    full = LinkShare(("tailored_insight", "insight"), Share(2.0, 2.0, 2.0), Share(0.1, 0.0, 0.2), ())
    return PathShare("measured", 0.2, 512, (full, weak))


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, "At most about half of"), (1.2, "At most more than all"), (-0.1, "At most next to")],
)
def test_a_path_carries_at_most_what_its_weakest_arrow_does(value: float, said: str) -> None:
    assert behind.path(shared(value), MODEL, CLAIM).startswith(said)


def test_a_path_that_was_not_measured_says_why() -> None:
    assert "is too small to say" in behind.path(PathShare("no effect", 0.001, 512), MODEL, CLAIM)
    assert "only one run" in behind.path(None, MODEL, CLAIM)
    assert behind.path(None, MODEL, part(CLAIM, path=(), loop=None)).startswith("Nobody")
    loop = next(loop for loop in MODEL.loops if ("insight", "value") in loop.pairs)
    assert f"also part of: {loop.name}." in behind.path(shared(0.5, loop.id), MODEL, CLAIM)


def gap(influence: float, grade: str = "assumed") -> Gap:
    return Gap(LINK, grade, {}, influence, 0.0, 1.0, ())


def test_where_to_look_names_what_pays_and_nothing_else() -> None:
    assert "find out more about the arrow" in lookout.sentence(GapMap(0.1, (gap(0.2),), ()), MODEL)
    assert "many explain a little" in lookout.sentence(
        GapMap(0.1, (gap(0.2, "stated"), gap(0.01)), ()), MODEL
    )
    assert "no doubt to explain" in lookout.sentence(GapMap(0.0, (), ()), MODEL)
