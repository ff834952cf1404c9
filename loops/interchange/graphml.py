"""GraphML, plain or as yEd writes it, or as :mod:`loops.interchange.export.graphml` does.

Data that is ours: ``kind``, ``start``, ``gain`` and ``fade`` of nodes, ``polarity``, ``strength``, ``delay``,
``threshold``, ``steepness``, ``bend``, ``passage`` and ``locator`` of edges, and ``loops`` of the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element

from loops.complaints import BadFile
from loops.interchange import loop_list
from loops.interchange.contents import local, xml_of
from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.naming import text_of
from loops.interchange.words import delay_of, number_of, plain, sign_of
from loops.model import MAX_LINKS
from loops.parts import Polarity
from loops.validity import MAX_NODES

Kind = Literal["", "variable", "lever", "context"]
Said = dict[str, str]
_LABELS = ("label", "name", "title", "nodelabel")
_SIGNS = ("polarity", "sign", "type", "label", "edgelabel", "relationship")
_NOTES = ("description", "reason", "note", "notes", "d")
_KINDS: dict[str, Kind] = {"variable": "variable", "lever": "lever", "context": "context"}


def read(data: bytes, file: str) -> Draft:
    """The diagram in a GraphML file; raises :class:`BadFile`.

    The data of a node or edge counts under the name its key has, in small letters. Nodes inside groups are
    boxes like any other.
    """
    root = xml_of(data, file)
    if local(root) != "graphml":
        raise BadFile(file, "", "this XML is no GraphML.")
    names = {
        key.get("id", ""): plain(key.get("attr.name") or key.get("id")).casefold()
        for key in root
        if local(key) == "key"
    }
    graph = next((element for element in root if local(element) == "graph"), root)
    draft = Draft(file, "GraphML", title=plain(_said(graph, names).get("name")))
    nodes, edges = (
        _every(root, name, most, file) for name, most in (("node", MAX_NODES), ("edge", MAX_LINKS))
    )
    draft.nodes = [_node(node, names, number) for number, node in enumerate(nodes, start=1)]
    listed = (data for data in graph if local(data) == "data" and names.get(data.get("key", "")) == "loops")
    draft.loops = [loop for data in listed for loop in loop_list.read(data.text or "", draft.notes)]
    directed = {"undirected": "false"}.get(graph.get("edgedefault", ""), "true")
    for number, edge in enumerate(edges, start=1):
        draft.arrows.append(_arrow(edge, names, number))
        if (edge.get("directed") or directed) == "false":
            says = "This edge has no direction in the file. It leads from its first end to its second here."
            draft.notes.append(Note("assumed", draft.arrows[-1].place, says))
    return draft


def _every(root: Element, name: str, most: int, file: str) -> list[Element]:
    """Every element of a name, those in groups too; raises :class:`BadFile` when there are too many."""
    found = [element for element in root.iter() if local(element) == name]
    if len(found) > most:
        raise BadFile(
            file, "", f"there are {len(found):,} {name}s: at most {most:,} are allowed. Split the diagram."
        )
    return found


def _said(element: Element, names: Mapping[str, str]) -> Said:
    """What the data of an element says, by name; what yEd draws by the name of its tag."""
    said: Said = {}
    for data in (child for child in element if local(child) == "data"):
        key = data.get("key", "")
        said.setdefault(names.get(key, key.casefold()), text_of(data.text or ""))
        for drawn in data.iter():
            if drawn is not data and plain(drawn.text):
                said.setdefault(local(drawn), plain(drawn.text))
            if local(drawn) == "geometry":
                said |= {name: value for name, value in _centre(drawn).items() if name not in said}
    return said


def _centre(geometry: Element) -> Said:
    """The middle of a box that yEd gives by its upper left corner and size."""
    sides = [number_of(geometry.get(name)) for name in ("x", "y", "width", "height")]
    if None in sides:
        return {}
    x, y, width, height = (side or 0.0 for side in sides)
    return {"x": repr(x + width / 2), "y": repr(y + height / 2)}


def _first(said: Said, names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _node(element: Element, names: Mapping[str, str], number: int) -> DraftNode:
    said = _said(element, names)
    key = element.get("id", "")
    x, y = number_of(said.get("x")), number_of(said.get("y"))
    kind = said.get("kind", "").casefold()
    return DraftNode(
        key,
        _first(said, _LABELS) or plain(key),
        kind=_KINDS.get(kind, ""),
        position=(x, y) if x is not None and y is not None else None,
        group=said.get("group", ""),
        note=_first(said, _NOTES),
        level=number_of(said.get("start") or said.get("level")),
        place=f"node {plain(key) or number}",
        gain=number_of(said.get("gain")),
        fade=number_of(said.get("fade")),
    )


def _arrow(element: Element, names: Mapping[str, str], number: int) -> DraftArrow:
    said = _said(element, names)
    delay, marked = delay_of(said.get("delay"))
    signs = [sign_of(said[name]) for name in _SIGNS if name in said]
    sign: Polarity = next((sign for sign in signs if sign != "?"), "?")
    unread = [name for name in ("strength", "weight") if said.get(name) and number_of(said[name]) is None]
    unread += [name for name in _SIGNS if said.get(name, "?") != "?" and sign == "?"]
    return DraftArrow(
        element.get("source", ""),
        element.get("target", ""),
        sign,
        strength=number_of(said.get("strength")),
        weight=number_of(said.get("weight")),
        delay=delay,
        delay_marked=marked,
        bend=number_of(said.get("bend")),
        note="\n".join(
            [*(f"In the file, {name}: {said[name]}" for name in unread), _first(said, _NOTES)]
        ).strip(),
        evidence=said.get("evidence", ""),
        place=f"edge {plain(element.get('id')) or number}",
        threshold=number_of(said.get("threshold")),
        steepness=number_of(said.get("steepness")),
        passage=said.get("passage", ""),
        locator=said.get("locator", ""),
    )
