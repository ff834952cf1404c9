"""A change about the same things where they go by other ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from loops.editing.changes import AddLink, AddNode, Become, Change, Merge, NameLoop, Remove, Set, new_id
from loops.model import Model

NAMES = ("needs", "core", "outcomes", "path")
"""Fields whose values are names of boxes."""


def renamed(change: Change, ids: Mapping[str, str]) -> Change:
    """The change where the boxes and loops of `ids` go by their new ones.

    >>> renamed(Remove("link:trust|new_box|2"), {"new_box": "new_box_2"})
    Remove(part='link:trust|new_box_2|2')
    """

    def new(name: str) -> str:
        return ids.get(name, name)

    match change:
        case AddNode(id=name) | Become(id=name):
            return replace(change, id=new(name))
        case AddLink(source=source, target=target):
            return replace(change, source=new(source), target=new(target))
        case NameLoop(id=name, path=path):
            return replace(change, id=new(name), path=tuple(map(new, path)))
        case Merge(kept=kept, gone=gone):
            return Merge(new(kept), new(gone))
        case Set(part=part, values=values):
            fields = tuple((field, _named(field, value, new)) for field, value in values)
            return Set(_part(part, new), fields)
        case Remove(part=part):
            return Remove(_part(part, new))


def _part(part: str, new: Callable[[str], str]) -> str:
    kind, colon, name = part.partition(":")
    return kind + colon + "|".join(map(new, name.split("|")))


def _named(field: str, value: Any, new: Callable[[str], str]) -> Any:
    """A value that a field gets, which may be names of boxes."""
    if field in NAMES and isinstance(value, list | tuple):
        return tuple(new(name) if isinstance(name, str) else name for name in value)
    return value


def ids_anew(model: Model, changes: Iterable[Change], ids: Mapping[str, str]) -> dict[str, str]:
    """New ids for boxes and loops that some changes add, where the one that `ids` says is in use already."""
    named = {loop.id for loop in model.loops}
    anew = {}
    for change in changes:
        if not isinstance(change, AddNode | NameLoop):
            continue
        match renamed(change, ids):
            case AddNode(id=name, label=label) if name in model.nodes:
                anew[change.id] = new_id(model, label)
            case NameLoop(id=name, name=label) if name in named:
                anew[change.id] = new_id(model, label)
    return anew
