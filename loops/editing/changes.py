"""What somebody does to a model, as data: so it can be taken back, replayed on another version, and told.

A part is named as in :mod:`loops.editing.pieces`: ``node:trust``, ``link:trust|buy_in``, ``loop:its_ours``,
``pair:trust|buy_in`` for every arrow of a pair, or ``model``. Nothing in a change is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, get_args

from pydantic import TypeAdapter, ValidationError

from loops.editing.along import dragged_along
from loops.editing.fitting import fitted
from loops.editing.kinds import Kind, made, turned
from loops.editing.merging import merged
from loops.editing.naming import id_of
from loops.editing.pieces import ends, is_there, links_at, split
from loops.editing.setting import check_loop, with_values
from loops.editing.words import refused
from loops.model import Link, Loop, Model, Variable
from loops.parts import Level, Polarity, replace

__all__ = [
    "AddLink",
    "AddNode",
    "Become",
    "Change",
    "Merge",
    "NameLoop",
    "Remove",
    "Set",
    "apply",
    "dragged_along",
    "new_id",
    "possible",
]

USUAL = 0.02
"""Per month: the strength of a link that nobody has said anything about."""
_GONE = "what this would change is no longer in the diagram"
_LEVEL: TypeAdapter[float] = TypeAdapter(Level)


@dataclass(frozen=True)
class AddNode:
    """A new box; a variable starts half-way and rests there while nothing acts on it."""

    id: str
    label: str
    kind: Kind = "variable"
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class AddLink:
    """A new arrow, behind those that are there: of parallel ones its key is the last."""

    source: str
    target: str
    polarity: Polarity = "+"
    strength: float = USUAL
    delay: float = 0.0
    threshold: float | None = None


@dataclass(frozen=True)
class NameLoop:
    """A name for a closed path."""

    id: str
    name: str
    path: tuple[str, ...]
    story: str = ""


@dataclass(frozen=True)
class Set:
    """Other values for some fields of a part, all at once; ids and the ends of arrows stay."""

    part: str
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Remove:
    """A box with its arrows, an arrow, or the name of a loop is taken out."""

    part: str


@dataclass(frozen=True)
class Become:
    """A box becomes one of another kind and keeps its level, unless another one is given."""

    id: str
    kind: Kind
    level: float | None = None


@dataclass(frozen=True)
class Merge:
    """Two boxes become one: the arrows of one become the other's, and those between them go."""

    kept: str
    gone: str


Change: TypeAlias = AddNode | AddLink | NameLoop | Set | Remove | Become | Merge


def apply(model: Model, change: Change) -> Model:
    """The model with one change made to it; the model that is given stays as it is.

    What no longer fits goes along: :func:`dragged_along` tells it. Raises :class:`ValueError`, in one
    sentence that says how to mend it, when the change does not fit the model or holds a wrong value.
    """
    if not possible(model, change):
        raise ValueError(_GONE)
    try:
        return _MADE[type(change)](model, change)
    except ValidationError as error:
        raise refused(error, Model, "", {}) from None


def possible(model: Model, change: Change) -> bool:
    """Whether what a change is about is in the model, so that it can still be made."""
    match change:
        case AddNode() | NameLoop():
            return True
        case AddLink(source=first, target=second) | Merge(kept=first, gone=second):
            return all(isinstance(name, str) and name in model.nodes for name in (first, second))
        case Set(part=part) | Remove(part=part):
            return is_there(model, part)
        case Become(id=name):
            return isinstance(name, str) and name in model.nodes


def new_id(model: Model, label: str) -> str:
    """An id for a new box or named loop that tells what its label says, in use for neither."""
    return id_of(label, {*model.nodes, *(loop.id for loop in model.loops)})


def _add_node(model: Model, change: AddNode) -> Model:
    about = {"id": change.id, "label": change.label, "position": change.position}
    _check_kind(change.kind)
    try:
        node = made(change.kind, about, None)
    except ValidationError as error:
        raise refused(error, Variable, "the new box", about) from None
    if node.id in model.nodes:
        raise ValueError(f"there is a box with the id {node.id} already: give the new one another name")
    return fitted(model, [*model.nodes.values(), node], model.links)


def _add_link(model: Model, change: AddLink) -> Model:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    try:
        link = Link(**values)
    except ValidationError as error:
        raise refused(error, Link, ends(model, (change.source, change.target)), values) from None
    return fitted(model, model.nodes.values(), [*model.links, link])


def _name_loop(model: Model, change: NameLoop) -> Model:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    try:
        loop = Loop(**values)
    except ValidationError as error:
        raise refused(error, Loop, "the loop", values) from None
    if loop.id in {one.id for one in model.loops}:
        raise ValueError(f"a loop with the id {loop.id} has a name already: change that one")
    check_loop(model, loop)
    return replace(model, loops=(*model.loops, loop))


def _remove(model: Model, change: Remove) -> Model:
    kind, name = split(change.part)
    nodes, links = list(model.nodes.values()), list(model.links)
    if kind == "model":
        raise ValueError("the diagram itself cannot be taken out: take out what is in it")
    if kind == "loop":
        return fitted(model, nodes, links, named=[loop for loop in model.loops if loop.id != name])
    if kind == "node":
        nodes = [node for node in nodes if node.id != name]
        return fitted(model, nodes, [link for link in links if name not in (link.source, link.target)])
    gone = set(links_at(model, change.part))
    return fitted(model, nodes, [link for at, link in enumerate(links) if at not in gone])


def _become(model: Model, change: Become) -> Model:
    _check_kind(change.kind)
    node = model.nodes[change.id]
    level = None if change.level is None else _LEVEL.validate_python(change.level)
    new = turned(node, change.kind, level)
    return fitted(model, [new if one is node else one for one in model.nodes.values()], model.links)


def _check_kind(kind: object) -> None:
    if kind not in get_args(Kind):
        raise ValueError("a box is a variable, a lever or a context")


_MADE: Mapping[type[Any], Callable[[Model, Any], Model]] = {
    AddNode: _add_node,
    AddLink: _add_link,
    NameLoop: _name_loop,
    Set: lambda model, change: with_values(model, change.part, change.values),
    Remove: _remove,
    Become: _become,
    Merge: lambda model, change: merged(model, change.kept, change.gone),
}
