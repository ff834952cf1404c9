"""Kumu's JSON that we write: the shape of its project backups, and all of ours in fields with units."""

from __future__ import annotations

import json

from loops.interchange.detect import import_file
from loops.interchange.export.kumu import write
from loops.interchange.kumu import read
from loops.model import Model

OURS = Model.model_validate(
    {
        "id": "ours",
        "title": "Ours",
        "variable": {
            "trust": {"label": 'Trust "us"', "start": 0.1, "gain": 0.02, "position": [-10.5, 3.25]},
            "again": {"label": 'Trust "us"', "start": 0.0, "position": [300.0, 0.0], "description": "Two."},
        },
        "lever": {"help": {"label": "Help", "level": 0.25, "position": [0.0, 200.0]}},
        "link": [
            {"from": "help", "to": "trust", "polarity": "+", "strength": 0.1, "bend": 0.25},
            {"from": "trust", "to": "again", "polarity": "-", "strength": 0.2, "delay": 6.5, "reason": "So."},
            {"from": "again", "to": "trust", "polarity": "?", "strength": 0.3, "threshold": 0.4},
        ],
        "loop": {"up": {"label": "R1", "name": "B2 or not", "path": ["trust", "again"], "story": "Up."}},
    }
)


def project():
    return json.loads(write(OURS))


def test_elements_and_connections_refer_to_each_other_by_ids():
    ours = project()
    elements = {one["_id"]: one["attributes"] for one in ours["elements"]}
    assert [one["label"] for one in elements.values()] == ['Trust "us"', 'Trust "us"', "Help"]
    assert [one["element type"] for one in elements.values()] == ["What changes"] * 2 + ["What we do"]
    ends = [(elements[one["from"]]["label"], elements[one["to"]]["label"]) for one in ours["connections"]]
    assert ends == [("Help", 'Trust "us"'), ('Trust "us"', 'Trust "us"'), ('Trust "us"', 'Trust "us"')]
    ids = [one["_id"] for part in ("elements", "connections", "loops", "maps") for one in ours[part]]
    assert len(ids) == len(set(ids))


def test_signs_and_delays_are_in_kumus_own_fields_too():
    connections = project()["connections"]
    assert [one["attributes"]["connection type"] for one in connections] == ["+", "-", "?"]
    assert [one["delayed"] for one in connections] == [False, True, False]
    assert {(one["direction"], one["reversed"]) for one in connections} == {("directed", False)}
    assert connections[1]["attributes"]["delay in months"] == 6.5


def test_the_map_places_every_element_and_bends_what_is_bent():
    (drawn,) = project()["maps"]
    assert [one["position"] for one in drawn["elements"]] == [
        {"x": -10.5, "y": 3.25},
        {"x": 300.0, "y": 0.0},
        {"x": 0.0, "y": 200.0},
    ]
    assert [one.get("curvature") for one in drawn["connections"]] == [0.25, None, None]
    assert [one["loop"] for one in drawn["loops"]] == ["loop-1"]


def test_a_loop_names_its_connections_in_their_order():
    (loop,) = project()["loops"]
    assert loop["attributes"]["label"] == "R1: B2 or not"
    assert loop["connections"] == ["conn-2", "conn-3"]


def test_twins_places_and_a_name_that_looks_like_a_letter_come_back():
    drafted = read(write(OURS), "ours.json")
    assert [(node.label, node.position) for node in drafted.nodes] == [
        ('Trust "us"', (-10.5, 3.25)),
        ('Trust "us"', (300.0, 0.0)),
        ("Help", (0.0, 200.0)),
    ]
    theirs = import_file(write(OURS), "ours.json").model
    assert [(loop.label, loop.name, loop.story) for loop in theirs.loops] == [("R1", "B2 or not", "Up.")]
    assert [link.delay for link in theirs.links] == [0.0, 6.5, 0.0]
    assert [link.bend for link in theirs.links] == [0.25, None, None]


def test_a_delay_that_is_marked_in_kumu_later_counts_as_one():
    changed = project()
    changed["connections"][0]["delayed"] = True
    theirs = import_file(json.dumps(changed).encode(), "ours.json")
    assert [link.delay for link in theirs.model.links] == [3.0, 6.5, 0.0]


def test_a_field_that_others_call_strength_is_not_taken_for_ours():
    changed = project()
    changed["connections"][0]["attributes"] = {"connection type": "+", "strength": 5}
    assert import_file(json.dumps(changed).encode(), "ours.json").model.links[0].strength == 0.02
