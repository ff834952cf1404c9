"""Graphviz DOT: every box where it stands in the diagram, arrows with signs, and our numbers as attributes.

Graphviz passes over attributes that it does not know. Draw it with ``neato``. Source: The DOT Language.
"""

from __future__ import annotations

from collections.abc import Mapping

from loops.interchange import loop_list
from loops.interchange.contents import fit
from loops.model import Context, Lever, Link, Model, Node, Variable
from loops.parts import Polarity
from loops.scenario import Scenario

_LOOKS = {
    "+": {"color": "#0072B2", "fontcolor": "#0072B2"},
    "-": {"color": "#C44601", "fontcolor": "#C44601", "arrowhead": "tee"},
    "?": {"color": "#5f6368", "fontcolor": "#5f6368", "arrowhead": "onormal"},
}
"""The colours that the diagram has on paper, and heads that tell the signs apart without them."""
_LINES = {"stated": "solid", "inferred": "dashed", "assumed": "dotted"}
_BOXES: dict[type[Node], dict[str, str]] = {
    Variable: {"style": "rounded"},
    Lever: {"penwidth": "2.5"},
    Context: {"style": "dashed"},
}
_SHOWN: dict[Polarity, str] = {"+": "+", "-": "\u2212", "?": "?"}
_UNITS = 72.0
"""Of our drawings in one inch of Graphviz."""


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The diagram of `model` with its rates and evidence; a plan has no place in this format."""
    graph = {"label": model.title, "layout": "neato", "inputscale": f"{_UNITS:g}", "splines": "true"}
    rows = ["digraph {", f"  graph {_said(graph | {'loops': loop_list.written(model)})};"]
    rows += ['  node [shape="box", fontname="Helvetica"];', '  edge [fontname="Helvetica"];']
    rows += [f"  {_quoted(node.id)} {_said(_node(node))};" for node in model.nodes.values()]
    rows += [f"  {_quoted(one.source)} -> {_quoted(one.target)} {_said(_edge(one))};" for one in model.links]
    return ("\n".join(rows) + "\n}\n").encode()


def _said(said: Mapping[str, object]) -> str:
    """Attributes in brackets: what is empty is not said."""
    given = (f"{name}={_quoted(str(value))}" for name, value in said.items() if value not in (None, ""))
    return f"[{' '.join(given)}]"


def _quoted(text: str) -> str:
    text = fit(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\r\n", "\n").replace("\n", "\\n") + '"'


def _node(node: Node) -> dict[str, object]:
    numbers = ("start", "gain", "fade") if isinstance(node, Variable) else ("level",)
    place = f"{node.position[0]!r},{0 - node.position[1]!r}!" if node.position else None
    return {
        "label": node.label,
        "pos": place,
        **_BOXES[type(node)],
        "kind": type(node).__name__.casefold(),
        **{name: getattr(node, name) for name in numbers},
        "description": node.description,
    }


def _edge(link: Link) -> dict[str, object]:
    return {
        "label": _SHOWN[link.polarity],
        "style": _LINES[link.evidence],
        **_LOOKS[link.polarity],
        "sign": link.polarity,
        "strength": link.strength,
        "delay": link.delay or None,
        "threshold": link.threshold,
        "steepness": link.steepness if link.threshold else None,
        "bend": link.bend,
        **{name: getattr(link, name) for name in ("evidence", "reason", "passage", "locator")},
    }
