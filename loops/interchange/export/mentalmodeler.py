"""Mental Modeler's own file, JSON with the ending `.mmp`: concepts, what they influence, and groups.

Influence is a number from -1 to 1: here the share of the strongest arrow's strength, and the description of
the map says what that is per month. Source: sample maps of mentalmodeler-js and mentalmodeler-suite (MIT).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from loops.editing.changes import USUAL
from loops.editing.kinds import kind_of
from loops.interchange.export.pieces import label_of, strongest
from loops.interchange.mentalmodeler import FULL
from loops.interchange.naming import text_of
from loops.interchange.words import KIND_WORDS, plain
from loops.model import Link, Model
from loops.scenario import Scenario

Record = dict[str, Any]
_GROUPS = list(KIND_WORDS)
_LEAST = 0.01
"""The influence of an arrow of known sign and no strength: 0 stands for a sign that nobody knows."""


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The map of a model, with one arrow from one box to another; a plan has no place in it."""
    links = strongest(model.links)
    numbers = {name: str(number) for number, name in enumerate(model.nodes, start=1)}
    full = max((link.strength for link in links), default=0.0) or USUAL
    project = {
        "info": {
            "id": model.id,
            "name": plain(model.title) or model.id,
            "version": "1.1",
            "author": "",
            "description": FULL.format(full),
            "date": "",
        },
        "groupNames": {str(at): KIND_WORDS[_GROUPS[at]] if at < len(_GROUPS) else "" for at in range(6)},
        "concepts": list(_concepts(model, links, numbers, full)),
        "scenarios": [{"name": "Scenario", "concepts": []}],
    }
    return json.dumps(project, ensure_ascii=False, indent=1).encode()


def _concepts(model: Model, links: list[Link], numbers: dict[str, str], full: float) -> Iterator[Record]:
    """The boxes, each with the arrows that leave it."""
    for name, node in model.nodes.items():
        x, y = node.position or (0.0, 0.0)
        yield {
            "id": numbers[name],
            "name": label_of(node),
            "notes": text_of(node.description),
            "units": "",
            "group": str(_GROUPS.index(kind_of(node))),
            "x": str(round(x)),
            "y": str(round(y)),
            "preferredState": "0",
            "relationships": [
                {
                    "id": numbers[link.target],
                    "name": label_of(model.nodes[link.target]),
                    "notes": text_of(link.reason),
                    "confidence": "0",
                    "influence": _influence(link, full),
                }
                for link in links
                if link.source == name
            ],
        }


def _influence(link: Link, full: float) -> str:
    if link.polarity == "?":
        return "0"
    share = link.strength / full or _LEAST
    return f"{-share if link.polarity == '-' else share:.12g}"
