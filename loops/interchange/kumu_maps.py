"""Where Kumu's maps place elements, and how far they bend connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loops.interchange.records import listed, recorded, said
from loops.interchange.words import number_of
from loops.model import MAX_LINKS
from loops.validity import MAX_NODES

_MOST_MAPS, _MOST_BENT = 1_000, 2.0


@dataclass(frozen=True)
class Drawn:
    """A map: its name, and the names of the other maps; places of elements and bends of connections by id.

    What is on any map at all is listed by id too: Kumu's files also hold what was thrown away.
    """

    name: str = ""
    others: tuple[str, ...] = ()
    on_any: frozenset[str] = frozenset()
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bends: Mapping[str, float] = field(default_factory=dict)


def drawn_of(project: Mapping[str, Any], file: str) -> Drawn:
    """The map of a project that places most elements; raises :class:`loops.complaints.BadFile`."""
    maps = [
        recorded(one, file, f"maps, number {number}")
        for number, one in enumerate(listed(project.get("maps"), file, "maps", _MOST_MAPS), start=1)
    ]
    if not maps:
        return Drawn()
    best = max(maps, key=_size)
    bends = {
        said(one.get("connection")): min(max(bend, -_MOST_BENT), _MOST_BENT)
        for one in _held(best, "connections", MAX_LINKS, file)
        if (bend := number_of(said(one.get("curvature")))) is not None
    }
    others = tuple(said(one.get("name")) or "without a name" for one in maps if one is not best)
    return Drawn(said(best.get("name")), others, _on_any(maps), _places(best, file), bends)


def _on_any(maps: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The ids of elements and connections that any map shows."""
    return frozenset(
        shown
        for one in maps
        for name in ("element", "connection")
        if isinstance(every := one.get(f"{name}s"), list)
        for item in every
        if isinstance(item, dict) and isinstance(shown := item.get(name), str)
    )


def _size(drawn: Mapping[str, Any]) -> int:
    """How many elements a map says anything of a place of."""
    elements = drawn.get("elements")
    return (
        sum(isinstance(one, dict) and ("position" in one or "x" in one) for one in elements)
        if isinstance(elements, list)
        else 0
    )


def _places(drawn: Mapping[str, Any], file: str) -> dict[str, tuple[float, float]]:
    places = {}
    for one in _held(drawn, "elements", MAX_NODES, file):
        spot = one.get("position")
        x, y = (number_of(said((spot if isinstance(spot, dict) else one).get(axis))) for axis in ("x", "y"))
        if x is not None and y is not None:
            places[said(one.get("element"))] = (x, y)
    return places


def _held(drawn: Mapping[str, Any], name: str, most: int, file: str) -> list[dict[str, Any]]:
    """What a map holds of elements or connections; what is no object there is of no use and passed over."""
    return [one for one in listed(drawn.get(name), file, f"maps, {name}", most) if isinstance(one, dict)]
