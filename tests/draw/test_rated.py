"""The diagram filled by ratings: each box with its word, roles that differ, and what nobody knows."""

from __future__ import annotations

from datetime import date

from svg import find, groups, parsed

from loops.draw.diagram import View
from loops.draw.palette import LIGHT
from loops.draw.rated import LEVELS, in_short, rated_diagram
from loops.draw.scale import in_words
from loops.journey.standing import standing
from loops.model import Model
from loops.partners import SAID, UNKNOWN, Mark

DAY = date(2026, 3, 2)
MARKS = [
    Mark("insight", "not yet", DAY, "Reception"),
    Mark("insight", "mostly", DAY, "GP"),
    Mark("insight", "don't know", DAY, "Nurse"),
    Mark("trust", "mostly", DAY),
    Mark("value", "don't know", DAY),
    Mark("competing_priorities", "partly", DAY),
    Mark("gone_from_the_model", "partly", DAY),
]


def test_a_box_is_drawn_as_full_as_the_word_that_the_diagram_has_for_it() -> None:
    assert set(LEVELS) == set(SAID) - {UNKNOWN}
    assert all(in_words(level) == word for word, level in LEVELS.items())


def test_roles_that_differ_are_named_by_their_words(common_purpose: Model) -> None:
    boxes = standing(common_purpose, MARKS).boxes
    assert in_short(boxes["insight"]) == "not yet to mostly"
    assert in_short(boxes["trust"]) == "mostly"
    assert in_short(boxes["value"]) == "don't know"


def test_every_box_says_what_was_said_of_it(common_purpose: Model) -> None:
    boxes = groups(parsed(rated_diagram(common_purpose, standing(common_purpose, MARKS), LIGHT)), "node")
    heard = {name: box.get("aria-label") for name, box in boxes.items()}
    assert heard["insight"] == "Information that makes sense to me, not yet to mostly"
    assert heard["competing_priorities"].endswith("nobody here controls, partly")
    assert heard["buy_in"] == "Buy-in: ready to act"
    assert {name for name, box in boxes.items() if find(box, "hatch") is not None} == {"value"}
    assert {name for name, box in boxes.items() if find(box, "gauge") is not None} == {
        *("insight", "trust", "competing_priorities")
    }


def test_the_opening_view_shows_its_boxes_alone(common_purpose: Model) -> None:
    core = common_purpose.core
    now, view = standing(common_purpose, MARKS), View(shown=core, short=True)
    boxes = groups(
        parsed(rated_diagram(common_purpose, now, LIGHT, view, also={"insight": "missing"})), "node"
    )
    assert set(boxes) == set(core)
    assert boxes["insight"].get("aria-label").endswith("not yet to mostly, missing")
