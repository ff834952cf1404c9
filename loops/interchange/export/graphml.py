"""GraphML, as yEd, Gephi and networkx read it: what a box or arrow says is data with a name and a type.

Named loops are data of the graph: a JSON list of objects with name, label, path (ids of boxes) and story.
Source: GraphML Primer, GraphML-Attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from loops.interchange import loop_list
from loops.interchange.contents import fit
from loops.model import Link, Model, Node, Variable
from loops.scenario import Scenario

Value = str | float | int | None
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_KEYS = {
    "graph": {"name": "string", "description": "string", "loops": "string"},
    "node": {
        **dict.fromkeys(("label", "kind"), "string"),
        **dict.fromkeys(("start", "gain", "fade", "level", "x", "y"), "double"),
        "description": "string",
    },
    "edge": {
        **dict.fromkeys(("label", "polarity"), "string"),
        **dict.fromkeys(("strength", "delay", "threshold"), "double"),
        "steepness": "int",
        "bend": "double",
        **dict.fromkeys(("evidence", "reason", "passage", "locator"), "string"),
    },
}
"""The names and types of what is said of each, in this order."""


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The diagram of `model` with its rates and evidence; a plan has no place in this format."""
    rows = [
        f'  <key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'
        for of, names in _KEYS.items()
        for name, kind in names.items()
    ]
    graph: dict[str, Value] = {
        "name": model.title,
        "description": model.description,
        "loops": loop_list.written(model),
    }
    rows += ['  <graph id="G" edgedefault="directed">', *_data("graph", graph, "    ")]
    for node in model.nodes.values():
        rows += [f'    <node id="{node.id}">', *_data("node", _node(node), "      "), "    </node>"]
    for number, link in enumerate(model.links, start=1):
        rows.append(f'    <edge id="e{number}" source="{link.source}" target="{link.target}">')
        rows += [*_data("edge", _edge(link), "      "), "    </edge>"]
    return (_HEAD + "\n".join(rows) + "\n  </graph>\n</graphml>\n").encode()


def _data(of: str, said: Mapping[str, Value], indent: str) -> list[str]:
    """The data of an element: what is empty is not said."""
    return [
        f'{indent}<data key="{of}_{name}">{escape(fit(str(value)))}</data>'
        for name in _KEYS[of]
        if (value := said.get(name)) not in (None, "")
    ]


def _node(node: Node) -> dict[str, Value]:
    x, y = node.position or (None, None)
    numbers = ("start", "gain", "fade") if isinstance(node, Variable) else ("level",)
    return {
        "label": node.label,
        "kind": type(node).__name__.casefold(),
        **{name: getattr(node, name) for name in numbers},
        "x": x,
        "y": y,
        "description": node.description,
    }


def _edge(link: Link) -> dict[str, Value]:
    said: dict[str, Value] = {name: getattr(link, name, None) for name in _KEYS["edge"]}
    return said | {
        "label": link.polarity,
        "steepness": link.steepness if link.threshold else None,
        "delay": link.delay or None,
    }
