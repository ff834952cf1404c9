"""The three kinds of box, and how one becomes another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from loops.model import Context, Lever, Variable
from loops.model import Node as Common

HALF = 0.5
"""The level that a box starts from and rests at by itself, and that of circumstances, where nobody says."""
RATES = 0.1
"""Per month: what a variable gains and fades by itself, together. It is half-way back in about 7 months."""
Kind = Literal["variable", "lever", "context"]
Node: TypeAlias = Variable | Lever | Context


def kind_of(node: Node) -> Kind:
    """Which of the three a node is."""
    kinds: dict[type[Node], Kind] = {Variable: "variable", Lever: "lever", Context: "context"}
    return kinds[type(node)]


def level_of(node: Node) -> float:
    """The level of a node at month 0."""
    return node.start if isinstance(node, Variable) else node.level


def made(kind: str, about: Mapping[str, Any], level: float | None) -> Node:
    """A node of one kind at a level, none if nobody says: a variable rests at it while nothing acts on it.

    Raises :class:`pydantic.ValidationError` when a value does not fit.

    >>> made("variable", {"id": "trust", "label": "Trust"}, 0.2).gain
    0.02
    """
    usual = HALF if level is None else level
    if kind == "variable":
        # x rests where (1 - x) gain = x fade
        return Variable(
            **about, start=usual, gain=round(RATES * usual, 9), fade=round(RATES * (1 - usual), 9)
        )
    if kind == "lever":
        return Lever(**about, level=level or 0.0)
    return Context(**about, level=usual)


def turned(node: Node, kind: Kind, level: float | None = None) -> Node:
    """A node as another kind, with its words, its place and its level, or at another level if one is given.

    What only its old kind has, such as a lever's hours, goes.
    """
    if kind_of(node) == kind:
        return node
    about = {name: getattr(node, name) for name in Common.model_fields}
    return made(kind, about, level_of(node) if level is None else level)


def by_kind(nodes: Iterable[Node]) -> dict[str, tuple[Node, ...]]:
    """Nodes as the fields of a model that hold them."""
    kinds = {"variables": Variable, "levers": Lever, "contexts": Context}
    every = tuple(nodes)
    return {field: tuple(node for node in every if isinstance(node, kind)) for field, kind in kinds.items()}
