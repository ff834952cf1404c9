"""The first gap upstream in the shipped models: what those who know such a place would name."""

from __future__ import annotations

import pytest
from rated import stands

from loops import library
from loops.files import read_model
from loops.journey.missing import missing
from loops.journey.telling import missing_sentence

INFOS = [f"info_{who}" for who in ("gp", "nurse", "reception", "manager", "prescriber")]
FIRST = {
    "active_practice": [("info_gp", "info_gp")],
    "common_purpose": [("insight", "insight")],
    "recognise_value_embed": [("recognise", "recognise")],
}


@pytest.mark.parametrize("name", FIRST)
def test_at_the_very_beginning_the_first_box_of_the_path_is_missing(name):
    """A partner that has only just heard of it, rated on the path: the seed's "something is missing like a
    lack of insight". What comes last, that we can see it working, is never the reason why nobody began."""
    model = read_model(library.shipped_models()[name])
    first = stands(model, **dict.fromkeys(model.core, "not_yet"))
    for outcome in model.headlines:
        assert missing(model, first, outcome).first.box == model.core[0]


def test_information_for_reception_is_missing():
    """The seed's surgery: reception was told nothing, the others were; the path rated, or more of it."""
    model = read_model(library.shipped_models()["active_practice"])
    path = {
        "info_gp": "mostly",
        "value": "a_little",
        "buy_in": "not_yet",
        "embedded": "not_yet",
        "impact": "not_yet",
    }
    infos = {f"info_{who}": "partly" for who in ("nurse", "manager", "prescriber")}
    said = {**path, **infos, "info_reception": "not_yet"}
    found = missing(model, stands(model, **said), "buy_in")
    assert [gap.box for gap in found.trail] == ["value", "info_reception"]
    rest = {"strain": "a_little", "learning": "partly", "backing": "a_little", "connected": "a_little"}
    found = missing(model, stands(model, **said, **rest), "buy_in")
    assert missing_sentence(model, found) == "Information for reception is missing."
    later = missing(model, stands(model, **said, **rest, capability="partly"), "embedded")
    assert missing_sentence(model, later) == "Information for reception is missing."


SITUATIONS = [
    # nobody has begun and all are stretched: what is missing comes first, for a brake has nothing to take
    ("active_practice", "not_yet", {"strain": "mostly", "competing_priorities": "mostly"}, "info_reception"),
    ("common_purpose", "not_yet", {"strain": "mostly", "competing_priorities": "mostly"}, "insight"),
    # much is there and all are stretched
    ("active_practice", "partly", {"strain": "mostly"}, "strain"),
    # all were told, and nobody sees what it is for
    ("active_practice", "not_yet", {"strain": "a_little", **dict.fromkeys(INFOS, "mostly")}, "value"),
    ("common_purpose", "a_little", {"insight": "mostly", "value": "not_yet", "trust": "mostly"}, "value"),
    # no room is made for it
    (
        "active_practice",
        "mostly",
        {"backing": "not_yet", "strain": "partly", "embedded": "a_little"},
        "backing",
    ),
]


@pytest.mark.parametrize(("name", "rest", "said", "first"), SITUATIONS)
def test_in_situations_that_a_partnership_would_recognise(name, rest, said, first):
    """Every box rated, on the way to buy-in: what those who know such a place would name."""
    model = read_model(library.shipped_models()[name])
    every = {node.id: rest for node in model.variables} | said
    assert missing(model, stands(model, **every), "buy_in").first.box == first


def test_what_helps_is_not_in_the_way_for_what_comes_of_it_later():
    """Redesigning helps working practices itself; that it then gets hard to fit in is no gap."""
    model = read_model(library.shipped_models()["recognise_value_embed"])
    only = missing(model, stands(model, redesign="partly"), "practices")
    assert only.found == "nothing"
    found = missing(model, stands(model, redesign="mostly", friction="mostly"), "practices")
    assert [gap.box for gap in found.trail] == ["friction"]
    assert "redesign" not in {gap.box for gap in found.also}
