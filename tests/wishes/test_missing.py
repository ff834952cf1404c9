"""What must not be missing from a list."""

from __future__ import annotations

import pytest
from surgery import MODEL, wish

from loops.model import Model
from loops.wishes.missing import missing


def test_an_essential_that_nobody_named_is_proposed_with_its_passage() -> None:
    (found,) = missing(MODEL, MODEL.settings[0], [wish("Bike racks", lever="racks")])
    assert (found.lever, found.passage, found.locator) == (
        "minute",
        "1-minute conversation",
        "Advice to others",
    )
    assert missing(MODEL, MODEL.settings[1], []) == ()


@pytest.mark.parametrize(
    ("label", "said", "lacks"),
    [
        ("Ask them", {"lever": "minute"}, False),
        ("1 min chat in each appointment", {}, False),
        ("1 min chat in each appointment", {"lever": "gone"}, False),
        ("1 min chat in each appointment", {"helps": "value"}, True),  # the room said: it is something new
        ("1 min chat in each appointment", {"lever": "racks"}, True),
        ("Longer consultations", {}, True),
    ],
)
def test_an_item_that_is_it_or_seems_to_be_it_is_enough(label, said, lacks) -> None:
    assert bool(missing(MODEL, MODEL.settings[0], [wish(label, **said)])) is lacks


def test_the_seeds_essential_is_missing_from_an_empty_list(active_practice: Model) -> None:
    setting = next(one for one in active_practice.settings if one.id == "gp_surgery")
    found = missing(active_practice, setting, [])
    assert "one_minute" in [one.lever for one in found]
    assert all(one.passage and one.locator for one in found if one.evidence == "stated")
