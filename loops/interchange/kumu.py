"""Kumu's JSON: a whole project with its maps, or a blueprint of elements, connections and loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loops.complaints import BadFile
from loops.interchange.contents import json_of
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.kumu_terms import (
    few,
    is_delay,
    is_outcome,
    kind_of,
    letter_and_name,
    push,
    pushes_of,
    values_of,
)
from loops.interchange.records import listed, recorded, said
from loops.interchange.words import number_of, sign_of
from loops.model import MAX_LINKS, MAX_LOOPS
from loops.validity import MAX_NODES

Record = dict[str, Any]
_MOST_MAPS, _MOST_BENT = 1_000, 2.0


@dataclass(frozen=True)
class _Item:
    """An element, connection or loop: its fields by name in small letters, and where it stands."""

    fields: Record
    place: str

    def text(self, *names: str) -> str:
        """The first of some fields that says anything."""
        return next((text for name in names if (text := said(self.fields.get(name)))), "")

    @property
    def id(self) -> str:
        return self.text("_id", "id")

    @property
    def tags(self) -> list[str]:
        tags = self.fields.get("tags")
        return (
            [text for tag in tags if (text := said(tag))] if isinstance(tags, list) else values_of(said(tags))
        )


def read(data: bytes, file: str) -> Draft:
    """The diagram in Kumu's JSON; raises :class:`BadFile`.

    An end of a connection is an element's id or its label. The places of boxes and the bends of arrows are
    those of the map that places most boxes.
    """
    project = recorded(json_of(data, file), file, "")
    if not {"elements", "connections"} & set(project):
        raise BadFile(file, "", "this is no Kumu file: there are no elements or connections in it.")
    draft = Draft(file, "Kumu", title=said(project.get("name")) or said(project.get("title")))
    elements = _items(project, "elements", MAX_NODES, file)
    connections = _items(project, "connections", MAX_LINKS, file)
    places, curves = _map(project, file, draft)
    keys = _keys(elements)
    draft.nodes = [
        _node(element, key, places.get(element.id)) for element, key in zip(elements, keys, strict=True)
    ]
    ends = _ends(elements, keys)
    drawn: dict[str, list[DraftArrow]] = {}
    for connection in connections:
        arrows = _arrows(connection, ends, curves.get(connection.id), draft)
        drawn.setdefault(connection.id, []).extend(arrows)
        draft.arrows += arrows
    draft.loops = [_loop(loop, drawn, file) for loop in _items(project, "loops", MAX_LOOPS, file)]
    push(draft, pushes_of({key: element.tags for element, key in zip(elements, keys, strict=True)}))
    return draft


def _items(project: Record, name: str, most: int, file: str) -> list[_Item]:
    """The elements, connections or loops of a project; attributes count as fields of their own."""
    found = []
    for number, value in enumerate(listed(project.get(name), file, name, most), start=1):
        place = f"{name}, number {number}"
        fields = recorded(value, file, place)
        if fields.get("attributes") is not None:
            fields |= recorded(fields["attributes"], file, f"{place}, attributes")
        found.append(_Item(fields, place))
    return found


def _keys(elements: Sequence[_Item]) -> list[str]:
    """A key of its own for each element: its id or label."""
    taken: dict[str, None] = {}
    for number, element in enumerate(elements, start=1):
        key = element.id or element.text("label")
        taken[key if key and key not in taken else f"{key} #{number}"] = None
    return list(taken)


def _node(element: _Item, key: str, place: tuple[float, float] | None) -> DraftNode:
    types = values_of(element.text("element type", "type"))
    description = element.text("description")
    return DraftNode(
        key,
        element.text("label"),
        kind=kind_of(types),
        position=place,
        group=", ".join(types),
        note="" if is_outcome([], description) else description,
        outcome=is_outcome(element.tags, description),
        place=element.place,
    )


def _ends(elements: Sequence[_Item], keys: Sequence[str]) -> dict[str, str]:
    """The key of an element by what a connection may call it; ids come before labels, and the first wins."""
    ends: dict[str, str] = {}
    for name in ("_id", "id", "label"):
        for element, key in zip(elements, keys, strict=True):
            if said(element.fields.get(name)):
                ends.setdefault(said(element.fields[name]), key)
    return {**{called.casefold(): key for called, key in reversed(ends.items())}, **ends}


def _end(connection: _Item, name: str, ends: Mapping[str, str], draft: Draft) -> str:
    """The key of the element at an end of a connection; what names none stays as it is."""
    called = connection.text(name)
    if called in ends or called.casefold() not in ends:
        return ends.get(called, called)
    key = ends[called.casefold()]
    draft.notes.append(Note("name", connection.place, f"“{called}” is taken as “{key}”."))
    return key


def _arrows(
    connection: _Item, ends: Mapping[str, str], curve: float | None, draft: Draft
) -> list[DraftArrow]:
    """The arrow of a connection, or both of one that goes both ways."""
    source, target = (_end(connection, name, ends, draft) for name in ("from", "to"))
    if connection.fields.get("reversed") is True:
        source, target = target, source
        curve = -curve if curve is not None else None
    types, label = connection.text("connection type", "type"), connection.text("label")
    sign = sign_of(types) if sign_of(types) != "?" else sign_of(label)
    late = connection.fields.get("delayed") is True or is_delay(connection.tags)
    notes = [types if sign_of(types) == "?" else "", label if sign_of(label) == "?" else ""]
    arrow = DraftArrow(
        source,
        target,
        sign,
        delay=DELAYED if late else None,
        delay_marked=late,
        bend=curve,
        note="\n".join(note for note in (*notes, connection.text("description")) if note),
        place=connection.place,
    )
    direction = connection.text("direction").casefold()
    if direction == "undirected":
        says = "This connection has no direction in Kumu. It leads from its first end to its second here."
        draft.notes.append(Note("assumed", connection.place, says))
    if direction != "mutual":
        return [arrow]
    return [arrow, replace(arrow, source=target, target=source)]


def _loop(loop: _Item, drawn: Mapping[str, Sequence[DraftArrow]], file: str) -> DraftLoop:
    """A named loop; of a connection that goes both ways, the arrow that leads on from the one before."""
    letter, name = letter_and_name(loop.text("label", "name"), loop.text("loop type", "type"))
    links: list[tuple[str, str]] = []
    for called in listed(loop.fields.get("connections"), file, loop.place, MAX_LINKS):
        arrows = drawn.get(said(called), ())
        before = links[-1][1] if links else None
        arrow = next((one for one in arrows if one.source == before), arrows[0] if arrows else None)
        links.append((arrow.source, arrow.target) if arrow else ("", ""))
    return DraftLoop(name, letter, links=tuple(links), place=loop.place)


def _map(project: Record, file: str, draft: Draft) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """The places of elements and the bends of connections, by id, on the map that places most elements."""
    maps = [
        recorded(one, file, f"maps, number {at}")
        for at, one in enumerate(listed(project.get("maps"), file, "maps", _MOST_MAPS), start=1)
    ]
    drawn = [(_places(one, file), one) for one in maps]
    if not drawn:
        return {}, {}
    places, best = max(drawn, key=lambda pair: len(pair[0]))
    if len(maps) > 1:
        others = [said(one.get("name")) or "without a name" for one in maps if one is not best]
        says = f"The boxes lie where the map “{said(best.get('name'))}” has them. Other maps: {few(others)}."
        draft.notes.append(Note("assumed", "maps", says))
    draft.title = draft.title or said(best.get("name"))
    curves = {}
    for one in _held(best, "connections", MAX_LINKS, file):
        curve = number_of(said(one.get("curvature")))
        if curve is not None:
            curves[said(one.get("connection"))] = min(max(curve, -_MOST_BENT), _MOST_BENT)
    return places, curves


def _places(drawn: Record, file: str) -> dict[str, tuple[float, float]]:
    places = {}
    for one in _held(drawn, "elements", MAX_NODES, file):
        spot = one.get("position")
        x, y = (number_of(said((spot if isinstance(spot, dict) else one).get(axis))) for axis in ("x", "y"))
        if x is not None and y is not None:
            places[said(one.get("element"))] = (x, y)
    return places


def _held(drawn: Record, name: str, most: int, file: str) -> list[Record]:
    """What a map holds of elements or connections; what is no object there is of no use and passed over."""
    return [one for one in listed(drawn.get(name), file, f"maps, {name}", most) if isinstance(one, dict)]
