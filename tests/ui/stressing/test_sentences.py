"""What the charts and the reasons say, on figures chosen for it."""

from __future__ import annotations

import numpy as np
import pytest
from onscreen import catalogue_model

from loops import library
from loops.draw.fans import Fan
from loops.scenario import Scenario
from loops.theory.claims import claims_of
from loops.theory.gaps import Gap, GapMap
from loops.ui.catalogue import NOTHING_NEW
from loops.ui.stressing import apart, lookout

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


def gap(influence: float, grade: str = "assumed") -> Gap:
    return Gap(LINK, grade, {}, influence, 0.0, 1.0, ())


def test_where_to_look_names_what_pays_and_nothing_else() -> None:
    said = lookout.sentence(GapMap(0.1, (gap(0.2),), ()), MODEL)
    assert "find out more about the arrow" in said
    assert said.endswith(": about a fifth of the doubt about all that we think happens comes from it.")
    assert "many explain a little" in lookout.sentence(
        GapMap(0.1, (gap(0.2, "stated"), gap(0.01)), ()), MODEL
    )
    assert "no doubt to explain" in lookout.sentence(GapMap(0.0, (), ()), MODEL)
