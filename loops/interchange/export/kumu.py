"""Kumu's JSON, as its "restore backup" opens it in a new project: everything with a map that places it.

What Kumu has no field for is a field of our own with its unit in its name, which Kumu shows like any other.
Source: Kumu's guide to blueprints and project backups.
"""

from __future__ import annotations

import json
from typing import Any

from loops.editing.kinds import Node
from loops.interchange.export.pieces import kind_words, label_of, rates_of, said_of
from loops.interchange.kumu_terms import ARROW_FIELDS, BOX_FIELDS, LOOP_NAME
from loops.interchange.naming import text_of
from loops.interchange.words import plain
from loops.model import Link, Loop, Model
from loops.scenario import Scenario

Record = dict[str, Any]


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The model as a Kumu project with one map; a plan has no place in it."""
    elements = {name: f"elem-{number}" for number, name in enumerate(model.nodes, start=1)}
    connections = [f"conn-{number}" for number, _ in enumerate(model.links, start=1)]
    of_pair: dict[tuple[str, str], str] = {}
    for id_, link in zip(connections, model.links, strict=True):
        of_pair.setdefault((link.source, link.target), id_)
    project = {
        "name": plain(model.title) or model.id,
        "description": text_of(model.description),
        "elements": [_element(elements[name], node) for name, node in model.nodes.items()],
        "connections": [
            _connection(id_, link, elements) for id_, link in zip(connections, model.links, strict=True)
        ],
        "loops": [
            {
                "_id": f"loop-{number}",
                "attributes": _of_loop(loop),
                "connections": [of_pair[pair] for pair in loop.pairs],
            }
            for number, loop in enumerate(model.loops, start=1)
        ],
        "maps": [_map(model, elements, connections)],
    }
    return json.dumps(project, ensure_ascii=False, indent=1).encode()


def _element(id_: str, node: Node) -> Record:
    own = {BOX_FIELDS[name]: value for name, value in rates_of(node).items()}
    described = {"description": text} if (text := text_of(node.description)) else {}
    return {
        "_id": id_,
        "attributes": {"label": label_of(node), "element type": kind_words(node), **described, **own},
    }


def _connection(id_: str, link: Link, elements: dict[str, str]) -> Record:
    return {
        "_id": id_,
        "from": elements[link.source],
        "to": elements[link.target],
        "direction": "directed",
        "delayed": link.delay > 0,
        "reversed": False,
        "attributes": {
            "connection type": link.polarity,
            **{ARROW_FIELDS[name]: value for name, value in said_of(link).items()},
        },
    }


def _of_loop(loop: Loop) -> Record:
    name, letter = plain(loop.name) or loop.id, loop.label or ""
    described = {"description": text} if (text := text_of(loop.story)) else {}
    return {
        "label": f"{letter}: {name}" if letter else name,
        LOOP_NAME: name,
        "letter": letter,
        **described,
    }


def _map(model: Model, elements: dict[str, str], connections: list[str]) -> Record:
    """The map that shows everything, boxes where the model places them."""
    placed = [
        {"element": elements[name]}
        | ({"position": {"x": node.position[0], "y": node.position[1]}} if node.position else {})
        for name, node in model.nodes.items()
    ]
    drawn = [
        {"connection": id_} | ({"curvature": link.bend} if link.bend is not None else {})
        for id_, link in zip(connections, model.links, strict=True)
    ]
    return {
        "_id": "map-1",
        "name": plain(model.title) or model.id,
        "elements": [{"_id": f"mapelem-{at}", **one} for at, one in enumerate(placed, start=1)],
        "connections": [{"_id": f"mapconn-{at}", **one} for at, one in enumerate(drawn, start=1)],
        "loops": [
            {"_id": f"maploop-{at}", "loop": f"loop-{at}"} for at, _ in enumerate(model.loops, start=1)
        ],
    }
