"""A room's list as part of a model: what the model has is set, what is new becomes a lever with an arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loops.editing.changes import AddLink, AddNode, Change, Remove, Set
from loops.editing.naming import id_of
from loops.editing.pieces import link_keys
from loops.editing.strengths import NUMBERS
from loops.influence import Influence
from loops.model import Lever, Link, Model
from loops.store.records import Item

_PLACED = "Placed here by the room that made the list."
_OURS = "From the list that a room made: "
_TEXT = 4_000
"""Characters of a reason."""
Arrows = dict[str, Link]
"""The arrows that leave a lever, by their keys."""


def changes(model: Model, items: Sequence[Item]) -> tuple[Change, ...]:
    """What makes the items levers of the model, with their hours, cost, place and what they help.

    Items that are one lever are one effort: their hours and pounds are added up. A lever that the model has
    of itself keeps its numbers where its items have none. On the model that came of it nothing is left to
    change; of items that were changed since, their levers are. Raises :class:`ValueError`, in one sentence,
    when an item is no lever of the model and helps no variable of it.
    """
    levers = {lever.id: lever for lever in model.levers}
    leaving: dict[str, Arrows] = {}
    for key, link in link_keys(model).items():
        leaving.setdefault(link.source, {})[key] = link
    made: list[Change] = []
    for name, same in by_lever(model, items).items():
        arrows = leaving.get(name, {})
        made += _numbers(levers.get(name), name, same, own=all(map(_ours, arrows.values())))
        made += _helped(model, name, same, arrows)
    return tuple(made)


def chosen(model: Model, items: Sequence[Item]) -> tuple[str, ...]:
    """The ids of the levers that a plan may use, in the model before the :func:`changes` and after them."""
    return tuple(name for name, same in by_lever(model, items).items() if any(item.chosen for item in same))


def by_lever(model: Model, items: Sequence[Item]) -> dict[str, list[Item]]:
    """The id of each lever that items are or become, in the order of the list; one label is one lever."""
    levers = {lever.id for lever in model.levers}
    called = {_plain(lever.label): lever.id for lever in model.levers}
    taken = {*model.nodes, *(loop.id for loop in model.loops)}
    found: dict[str, list[Item]] = {}
    for item in items:
        name = item.lever if item.lever in levers else called.get(_plain(item.label), "")
        if not name:
            name = called[_plain(item.label)] = id_of(item.label, taken)
            taken.add(name)
        found.setdefault(name, []).append(item)
    return found


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())


def _ours(link: Link) -> bool:
    """Whether an arrow came of a list."""
    return link.reason.startswith(_OURS)


def _numbers(there: Lever | None, name: str, same: Sequence[Item], *, own: bool) -> Iterator[Change]:
    """The lever, if it is not there yet, and what it takes and where it acts; `own` if it came of a list."""
    if there is None:
        yield AddNode(name, same[0].label, "lever")
    lever = there or Lever(id=name, label=same[0].label)
    told = {one: sum(getattr(item, one) for item in same) for one in ("hours_us", "hours_partner", "cost")}
    values: dict[str, object] = dict(told) if own or any(told.values()) else {}
    cells = dict.fromkeys((item.at, item.on) for item in same if item.at and item.on)
    if cells:
        kept = tuple(cell for cell in lever.influence if cell.reason != _PLACED)
        known = {(cell.at, cell.on) for cell in kept}
        placed = (Influence(at=at, on=on, reason=_PLACED) for at, on in cells if at and on)
        values["influence"] = (*kept, *(cell for cell in placed if (cell.at, cell.on) not in known))
    yield from _set(f"node:{name}", lever, values)


def _helped(model: Model, name: str, same: Sequence[Item], arrows: Arrows) -> Iterator[Change]:
    """The arrows to what new items help; those of the list as it was before go when it helps something else.

    What a room calls stated is that the item helps, not that it acts on this variable: so it is inferred.
    """
    levers, variables = ({node.id for node in nodes} for nodes in (model.levers, model.variables))
    new = {item.helps: item for item in same if item.lever not in levers and item.helps in variables}
    if not new and name not in levers:
        raise ValueError(
            f"“{same[0].label}” is not in the diagram, and nobody has said which of its boxes it helps: "
            "choose one"
        )
    for key, link in arrows.items():
        if new and _ours(link) and link.target not in new:
            yield Remove(f"link:{key}")
    there = {link.target: (key, link) for key, link in arrows.items()}
    for target, item in new.items():
        strength = NUMBERS[item.strength]
        if target not in there:
            yield AddLink(name, target, strength=strength)
        key, link = there.get(target) or (
            f"{name}|{target}",
            Link(source=name, target=target, polarity="+", strength=strength, reason=_OURS),
        )
        evidence = "assumed" if item.evidence == "assumed" else "inferred"
        reason = f"{_OURS}{item.why or 'nobody has said yet how we know'}"[:_TEXT]
        if _ours(link):
            yield from _set(
                f"link:{key}", link, {"strength": strength, "evidence": evidence, "reason": reason}
            )


def _set(part: str, there: Lever | Link, values: dict[str, object]) -> Iterator[Change]:
    """What differs from what is there."""
    if different := tuple((name, value) for name, value in values.items() if getattr(there, name) != value):
        yield Set(part, different)
