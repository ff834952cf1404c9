"""Graphviz DOT: beside Graphviz' own attributes those count that :mod:`loops.interchange.export.dot` writes.

A sign may also be the label of an arrow, and an arrowhead ``tee`` is a -. In Graphviz y goes upwards.
"""

from __future__ import annotations

import re
from typing import Literal

from loops.interchange import loop_list
from loops.interchange.contents import text_of
from loops.interchange.dot_graph import Edge, Said, graph_of
from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.words import delay_of, number_of, plain, sign_of
from loops.parts import Polarity

Kind = Literal["", "variable", "lever", "context"]
_KINDS: dict[str, Kind] = {"variable": "variable", "lever": "lever", "context": "context"}
_SIGNS = ("sign", "polarity", "label", "xlabel", "headlabel", "taillabel")
_NOTES = ("description", "reason", "comment")
_PLACE = re.compile(r"([^,!]{1,40}),([^,!]{1,40})!?")


def read(data: bytes, file: str) -> Draft:
    """The diagram in a DOT file; raises :class:`~loops.complaints.BadFile`."""
    graph = graph_of(text_of(data), file)
    draft = Draft(file, "Graphviz (DOT)", title=plain(graph.said.get("label")))
    draft.loops = list(loop_list.read(graph.said.get("loops", ""), draft.notes))
    draft.nodes = [_node(name, said) for name, said in graph.nodes.items()]
    draft.arrows = [_arrow(edge) for edge in graph.edges]
    if not graph.directed and graph.edges:
        says = "Edges have no direction in the file. Each leads from its first end to its second here."
        draft.notes.append(Note("assumed", "", says))
    return draft


def _node(name: str, said: Said) -> DraftNode:
    found = _PLACE.fullmatch(said.get("pos", ""))
    x, y = (number_of(found[1]), number_of(found[2])) if found else (None, None)
    return DraftNode(
        name,
        plain(said.get("label", "\\N").replace("\\N", name)) or name,
        kind=_KINDS.get(said.get("kind", "").casefold(), ""),
        position=(x, -y) if x is not None and y is not None else None,
        note=next((said[key] for key in _NOTES if said.get(key)), ""),
        level=number_of(said.get("start") or said.get("level")),
        place=f"node {plain(name)}",
        gain=number_of(said.get("gain")),
        fade=number_of(said.get("fade")),
    )


def _arrow(edge: Edge) -> DraftArrow:
    said = edge.said
    signs = [sign_of(said[key]) for key in _SIGNS if key in said]
    tee: Polarity = "-" if said.get("arrowhead", "").casefold() == "tee" else "?"
    delay, marked = delay_of(said.get("delay"))
    return DraftArrow(
        edge.source,
        edge.target,
        next((sign for sign in signs if sign != "?"), tee),
        strength=number_of(said.get("strength")),
        delay=delay,
        delay_marked=marked,
        bend=number_of(said.get("bend")),
        note=next((said[key] for key in _NOTES if said.get(key)), ""),
        evidence=said.get("evidence", ""),
        place=edge.place,
        threshold=number_of(said.get("threshold")),
        steepness=number_of(said.get("steepness")),
        passage=said.get("passage", ""),
        locator=said.get("locator", ""),
    )
