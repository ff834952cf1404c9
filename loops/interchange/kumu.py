"""Kumu's JSON: a whole project with its maps, or a blueprint of elements, connections and loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loops.complaints import BadFile
from loops.interchange.contents import json_of
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.kumu_maps import Drawn, drawn_of
from loops.interchange.kumu_terms import (
    ARROW_FIELDS,
    BOX_FIELDS,
    LOOP_NAME,
    UNDIRECTED,
    few,
    is_delay,
    is_outcome,
    kind_of,
    letter_and_name,
    push,
    pushes_of,
    undirected,
    values_of,
)
from loops.interchange.records import keys_of, listed, recorded, said
from loops.interchange.words import kind_in, number_of, sign_of
from loops.model import MAX_LINKS, MAX_LOOPS
from loops.validity import MAX_NODES

Record = dict[str, Any]
_MOST_TAGS = 100
"""Tags of one element that are looked at."""


@dataclass(frozen=True)
class _Item:
    """An element, connection or loop: its fields by name in small letters, and where it stands."""

    fields: Record
    place: str

    def text(self, *names: str) -> str:
        """The first of some fields that says anything."""
        return next((text for name in names if (text := said(self.fields.get(name)))), "")

    def number(self, name: str) -> float | None:
        """The number in a field, if it holds one."""
        return number_of(self.text(name))

    @property
    def id(self) -> str:
        return self.text("_id", "id")

    @property
    def tags(self) -> list[str]:
        tags = self.fields.get("tags")
        if isinstance(tags, list):
            return [text for tag in tags[:_MOST_TAGS] if (text := said(tag))]
        return values_of(said(tags))


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
    drawn = drawn_of(project, file)
    keys = keys_of(element.id or element.text("label") for element in elements)
    draft.nodes = [
        _node(element, key, drawn.places.get(element.id)) for element, key in zip(elements, keys, strict=True)
    ]
    ends = _ends(elements, keys)
    arrows = {}
    for connection in connections:
        arrows[connection.id] = _arrows(connection, ends, drawn.bends.get(connection.id))
        draft.arrows += arrows[connection.id]
    draft.loops = [_loop(loop, arrows, file) for loop in _items(project, "loops", MAX_LOOPS, file)]
    _tell(draft, connections, ends)
    _tell_maps(draft, elements, connections, drawn)
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


def _node(element: _Item, key: str, place: tuple[float, float] | None) -> DraftNode:
    types = values_of(element.text("element type", "type"))
    description = element.text("description")
    return DraftNode(
        key,
        element.text("label"),
        kind=kind_of(types),
        position=place,
        group=", ".join(kind for kind in types if not kind_in(kind)),
        note="" if is_outcome([], description) else description,
        outcome=is_outcome(element.tags, description),
        place=element.place,
        level=element.number(BOX_FIELDS["start"]),
        gain=element.number(BOX_FIELDS["gain"]),
        fade=element.number(BOX_FIELDS["fade"]),
    )


@dataclass(frozen=True)
class _Ends:
    """The keys of elements by what connections may call them: as it is written, and in small letters."""

    exact: Mapping[str, str]
    folded: Mapping[str, str]

    def key(self, called: str) -> str:
        """The key of an element, and what names none as it is."""
        return self.exact.get(called, self.folded.get(called.casefold(), called))

    def differs(self, called: str) -> bool:
        """Whether this is an element's name but for small and capital letters."""
        return called not in self.exact and called.casefold() in self.folded


def _ends(elements: Sequence[_Item], keys: Sequence[str]) -> _Ends:
    """What elements may be called: ids come before labels, and the first wins."""
    exact: dict[str, str] = {}
    for name in ("_id", "id", "label"):
        for element, key in zip(elements, keys, strict=True):
            if element.text(name):
                exact.setdefault(element.text(name), key)
    return _Ends(exact, {called.casefold(): key for called, key in reversed(exact.items())})


def _tell(draft: Draft, connections: Sequence[_Item], ends: _Ends) -> None:
    """Notes of names and directions that were taken for something."""
    labels = {node.key: node.label for node in draft.nodes}
    called = {one.text(end): one.place for one in reversed(connections) for end in ("to", "from")}
    for name, place in reversed(called.items()):
        if ends.differs(name):
            draft.notes.append(Note("name", place, f"“{name}” is taken as “{labels[ends.key(name)]}”."))
    unsaid = [one.place for one in connections if one.text("direction").casefold() == UNDIRECTED]
    if unsaid:
        draft.notes.append(Note("assumed", unsaid[0], undirected(len(unsaid))))


def _tell_maps(draft: Draft, elements: Sequence[_Item], connections: Sequence[_Item], drawn: Drawn) -> None:
    """Notes of the map that places come from, and of what is on no map; a title if there is none yet."""
    if drawn.others:
        says = f"The boxes lie where the map “{drawn.name}” has them. Other maps: {few(drawn.others)}."
        draft.notes.append(Note("assumed", "maps", says))
    for what, items in (("elements", elements), ("connections", connections)):
        off = [one for one in items if one.id not in drawn.on_any]
        if off and len(off) < len(items):
            names = few([one.text("label") or one.id or one.place for one in off])
            says = f"{what.capitalize()} on no map, perhaps thrown away in Kumu, are read too: {names}."
            draft.notes.append(Note("assumed", off[0].place, says))
    draft.title = draft.title or drawn.name


def _arrows(connection: _Item, ends: _Ends, curve: float | None) -> list[DraftArrow]:
    """The arrow of a connection, or both of one that goes both ways."""
    source, target = (ends.key(connection.text(name)) for name in ("from", "to"))
    if connection.fields.get("reversed") is True:
        source, target = target, source
        curve = -curve if curve is not None else None
    types, label = connection.text("connection type", "type"), connection.text("label")
    signs = {sign_of(types), sign_of(label)} - {"?"}
    agreed = len(signs) == 1
    months = connection.number(ARROW_FIELDS["delay"])
    late = not months and (connection.fields.get("delayed") is True or is_delay(connection.tags))
    notes = [words for words in (types, label) if words != "?" and (not agreed or sign_of(words) == "?")]
    arrow = DraftArrow(
        source,
        target,
        signs.pop() if agreed else "?",
        strength=connection.number(ARROW_FIELDS["strength"]),
        delay=DELAYED if late else months,
        delay_marked=late,
        bend=curve,
        note="\n".join(note for note in (*notes, connection.text("description")) if note),
        evidence=connection.text(ARROW_FIELDS["evidence"]),
        place=connection.place,
        threshold=connection.number(ARROW_FIELDS["threshold"]),
        steepness=connection.number(ARROW_FIELDS["steepness"]),
        passage=connection.text(ARROW_FIELDS["passage"]),
        locator=connection.text(ARROW_FIELDS["locator"]),
    )
    if connection.text("direction").casefold() != "mutual":
        return [arrow]
    return [arrow, replace(arrow, source=target, target=source)]


def _loop(loop: _Item, drawn: Mapping[str, Sequence[DraftArrow]], file: str) -> DraftLoop:
    """A named loop; of a connection that goes both ways, the arrow that leads on from the one before."""
    letter, name = loop.text("letter"), loop.text(LOOP_NAME)
    if not name:
        letter, name = letter_and_name(loop.text("label", "name"), loop.text("loop type", "type"))
    links: list[tuple[str, str]] = []
    for called in listed(loop.fields.get("connections"), file, loop.place, MAX_LINKS):
        arrows = drawn.get(said(called), ())
        before = links[-1][1] if links else None
        arrow = next((one for one in arrows if one.source == before), arrows[0] if arrows else None)
        links.append((arrow.source, arrow.target) if arrow else ("", ""))
    return DraftLoop(name, letter, links=tuple(links), place=loop.place, story=loop.text("description"))
