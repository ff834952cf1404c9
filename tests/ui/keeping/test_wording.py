"""Values along a line in words."""

from __future__ import annotations

import pytest
from onscreen import catalogue_model

from loops.equilibrium.along import LeverLevel, ProgrammeLength
from loops.parts import replace
from loops.scenario import Scenario, Schedule
from loops.ui.keeping import wording

MODEL = catalogue_model()
QUIET = Scenario(id="quiet", model="common_purpose", title="Quiet")


def test_what_could_be_otherwise_depends_on_what_the_plan_does() -> None:
    always = replace(QUIET, levers=(Schedule(id="training", always=1.0),))
    assert wording.ways(MODEL, QUIET) == {}
    assert list(wording.ways(MODEL, always)) == [wording.LENGTH]
    full = wording.ways(MODEL, always, ended=True)
    assert len(full) == 1 + len(MODEL.levers) + len(MODEL.contexts)
    assert full["context:competing_priorities"] == "Circumstance: Pressure from everything else"


@pytest.mark.parametrize(
    ("months", "says"),
    [
        (0, "0 months"),
        (1, "1 month"),
        (8, "8 months"),
        (12, "12 months (1 year)"),
        (23, "23 months (a little under 2 years)"),
        (27, "27 months (a little over 2 years)"),
        (30, "30 months (2½ years)"),
        (59, "59 months (a little under 5 years)"),
        (60, "5 years"),
        (66, "5½ years"),
    ],
)
def test_a_time_is_said_in_months_while_a_plan_is_made_in_them(months: float, says: str) -> None:
    assert wording.span(months) == says


def test_values_in_tables_are_all_alike() -> None:
    assert [wording.amount(ProgrammeLength())(months) for months in (0, 10, 100)] == [
        "0 months",
        "10 months",
        "100 months",
    ]
    assert wording.amount(LeverLevel("training"))(0.25) == "25%"
    years = wording.axis(MODEL, ProgrammeLength())
    assert years.marks[0] == (0, "0")
    assert years.marks[-1] == (120, "10")
    assert years.title == "How long the work goes on (years)"
    longer = wording.axis(MODEL, ProgrammeLength(high=600)).marks
    assert len(longer) <= 8
