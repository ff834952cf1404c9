"""Which boxes somebody is asked about first."""

from __future__ import annotations

import pytest
from sittings import MODEL

from loops.model import Model
from loops.parts import replace
from loops.ui.partnering.boxes import asked

ROLES = [role.label for role in MODEL.roles]


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_box_that_can_be_rated_is_asked_about_once(role: str) -> None:
    first, rest = asked(MODEL, (), role)
    rated = {box.id for box in (*MODEL.variables, *MODEL.contexts)}
    assert len(first) + len(rest) == len(rated)
    assert {box.id for box in (*first, *rest)} == rated


def test_a_role_is_asked_about_its_own_information_and_not_about_that_of_others() -> None:
    first, rest = asked(MODEL, (), "Practice manager")
    assert [box.id for box in first] == ["info_manager", "value", "buy_in", "embedded", "impact"]
    assert "info_gp" in [box.id for box in rest]


def test_of_the_whole_those_roles_count_that_are_there() -> None:
    first, _ = asked(MODEL, ("Nurse", "Reception"))
    assert [box.id for box in first][:3] == ["info_nurse", "info_reception", "value"]
    assert {"info_gp", "info_prescriber"} <= {box.id for box in asked(MODEL, ())[0]}


def test_a_role_of_ones_own_is_asked_about_the_few_of_the_opening_view(common_purpose: Model) -> None:
    first, _ = asked(common_purpose, ("Park ranger",), "Park ranger")
    assert [box.id for box in first] == list(common_purpose.core)


def test_a_model_without_an_opening_view_asks_about_all_that_changes(common_purpose: Model) -> None:
    first, rest = asked(replace(common_purpose, core=()), ())
    assert [box.id for box in first] == [box.id for box in common_purpose.variables]
    assert [box.id for box in rest] == [box.id for box in common_purpose.contexts]
