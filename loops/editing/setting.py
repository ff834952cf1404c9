"""Other values for the fields of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from loops.editing.fitting import fitted
from loops.editing.kinds import by_kind
from loops.editing.pieces import links_at, part_name, split
from loops.editing.rounds import KINDS, letter_of, why_no_loop
from loops.editing.words import renewed
from loops.model import Lever, Link, Loop, Model
from loops.parts import Part, repeated, replace

_STRUCTURE = {"format", "id", "variables", "levers", "contexts", "links", "loops"}
"""The fields of a model that other changes are for, or none."""


def with_values(model: Model, part: str, given: object) -> Model:
    """The model with other values, as pairs of a field and its value, for some fields of a part.

    Raises :class:`ValueError`, in one sentence, when a field is not there or fixed, or a value does not fit.
    """
    kind, name = split(part)
    subject = part_name(model, part)
    if kind == "model":
        return renewed(model, _values(given, Model, _STRUCTURE), subject)
    if kind == "node":
        node = model.nodes[name]
        new = renewed(node, _values(given, type(node), {"id"}), subject)
        if isinstance(new, Lever):
            _check_lever(model, new, subject)
        return replace(model, **by_kind(new if one is node else one for one in model.nodes.values()))
    if kind == "loop":
        values = _values(given, Loop, {"id"})
        named = [renewed(one, values, subject) if one.id == name else one for one in model.loops]
        check_loop(model, next(one for one in named if one.id == name))
        return replace(model, loops=tuple(named))
    links, values = list(model.links), _values(given, Link, {"source", "target"})
    for at in links_at(model, part):
        links[at] = renewed(links[at], values, subject)
        if values.keys() & {"evidence", "passage", "locator"}:
            _check_stated(links[at], subject)
    return fitted(model, model.nodes.values(), links)


def _values(given: Any, part: type[Part], fixed: Iterable[str]) -> Mapping[str, Any]:
    """The values to set by field; raises :class:`ValueError` for a field that is not there or is fixed."""
    try:
        values = dict(given)
    except (TypeError, ValueError):
        raise ValueError("give pairs of a field and its value") from None
    if wrong := [str(name)[:60] for name in values if name not in part.model_fields.keys() - set(fixed)]:
        raise ValueError(f"this has no {wrong[0]} that can be changed")
    return values


def _check_lever(model: Model, lever: Lever, subject: str) -> None:
    """Whether what it needs can be needed and each of its cells stands once, in the words of the screen."""
    there = {one.id for one in model.levers} - {lever.id}
    if any(name not in there for name in lever.needs):
        raise ValueError(
            f"{subject}: what must have begun before it is something else that we do: take the rest out"
        )
    if repeated(f"{cell.at} {cell.on}" for cell in lever.influence):
        raise ValueError(
            f"{subject}: it stands twice in one place of the influencer matrix: keep one of them"
        )


def _check_stated(link: Link, subject: str) -> None:
    if link.evidence == "stated" and not (link.passage and link.locator):
        raise ValueError(
            f"{subject}: what is stated needs the passage and where it stands: "
            "add both, or say that it is inferred or assumed"
        )


def check_loop(model: Model, loop: Loop) -> None:
    """Raise :class:`ValueError` when a loop does not close, or its label is wrong or another's."""
    if why := why_no_loop(model, loop.path, loop.name):
        raise ValueError(f"{why}: draw it, or choose another way round")
    letter = letter_of(model, loop.path)
    if loop.label and letter and loop.label[0] != letter:
        raise ValueError(
            f"the label {loop.label} disagrees with its path: “{loop.name}” is {KINDS[letter]}, so call it "
            f"{letter}{loop.label[1:]}, or check the signs of its arrows"
        )
    if loop.label and any(one.label == loop.label for one in model.loops if one.id != loop.id):
        raise ValueError(f"another loop has the label {loop.label}: choose another number")
