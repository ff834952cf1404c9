"""Mental Modeler's file that we write: the fields of its own samples, and influences that give strengths."""

from __future__ import annotations

import json

import pytest

from loops.interchange.detect import import_file
from loops.interchange.export.mentalmodeler import write
from loops.model import Model


def model(*links, **fields):
    boxes = {
        "a": {"label": "Trust", "start": 0.1, "position": [10.4, -3.6]},
        "b": {"label": "Doing", "start": 0},
    }
    return Model.model_validate(
        {
            "id": "ours",
            "title": "Ours",
            "variable": boxes,
            "lever": {"help": {"label": "Help"}},
            "context": {"rain": {"label": "Rain", "level": 1.0}},
            "link": [{"from": "a", "to": "b", "polarity": "+", "strength": 0.05} | link for link in links],
        }
        | fields
    )


def concepts(ours):
    return {one["name"]: one for one in json.loads(write(ours))["concepts"]}


def test_every_field_of_the_samples_is_there_and_is_text():
    told = json.loads(write(model({})))
    assert set(told) == {"info", "groupNames", "concepts", "scenarios"}
    assert set(told["groupNames"]) == set("012345")
    for one in told["concepts"]:
        fields = {*("id", "name", "notes", "units", "group", "x", "y", "preferredState"), "relationships"}
        assert set(one) == fields
        assert all(isinstance(one[field], str) for field in fields - {"relationships"})
    (arrow,) = concepts(model({}))["Trust"]["relationships"]
    assert arrow == {"id": "2", "name": "Doing", "notes": "", "confidence": "0", "influence": "1"}


def test_influences_are_shares_of_the_strongest_with_their_sign():
    ours = model({"to": "b", "strength": 0.2}, {"to": "a", "polarity": "-"}, {"from": "b", "polarity": "?"})
    told = concepts(ours)
    assert [one["influence"] for one in told["Trust"]["relationships"]] == ["1", "-0.25"]
    assert [one["influence"] for one in told["Doing"]["relationships"]] == ["0"]
    assert json.loads(write(ours))["info"]["description"] == "An influence of 1 is a strength of 0.2 a month."


@pytest.mark.parametrize("strengths", [(0.1, 0.1), (0.0193, 1 / 3), (2.0, 1e-6)])
def test_strengths_come_back_whatever_the_middle_one_is(strengths):
    first, second = strengths
    ours = model({"strength": first}, {"from": "b", "to": "a", "strength": second, "polarity": "-"})
    imported = import_file(write(ours), "ours.mmp")
    assert [link.strength for link in imported.model.links] == pytest.approx(strengths, rel=1e-9)
    assert not [note for note in imported.notes if "usual strength" in note.says]


def test_an_arrow_without_strength_keeps_its_sign():
    ours = model({"strength": 0.0, "polarity": "-"}, {"from": "help", "strength": 0.1})
    assert [link.polarity for link in import_file(write(ours), "ours.mmp").model.links] == ["-", "+"]
    assert import_file(write(model({"strength": 0.0})), "ours.mmp").model.links[0].polarity == "+"


def test_of_several_arrows_from_one_box_to_another_the_strongest_goes():
    ours = model({}, {"delay": 6.0, "polarity": "-", "strength": 0.3}, {"delay": 9.0})
    (arrow,) = concepts(ours)["Trust"]["relationships"]
    assert arrow["influence"] == "-1"


def test_kinds_are_groups_with_names():
    told = json.loads(write(model({})))
    groups = {one["name"]: told["groupNames"][one["group"]] for one in told["concepts"]}
    assert groups == {
        "Trust": "What changes",
        "Doing": "What changes",
        "Help": "What we do",
        "Rain": "Circumstances",
    }
    theirs = import_file(write(model({})), "ours.mmp").model
    assert ([one.label for one in theirs.levers], [one.label for one in theirs.contexts]) == (
        ["Help"],
        ["Rain"],
    )
    assert {one.description for one in theirs.nodes.values()} == {""}
