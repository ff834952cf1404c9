"""A room's list as part of a model: what the model has is set, what is new becomes a lever with an arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loops.editing.changes import AddLink, AddNode, Change, Remove, Set
from loops.editing.naming import id_of
from loops.editing.pieces import link_keys
from loops.editing.strengths import NUMBERS
from loops.influence import Influence
from loops.model import Lever, Model
from loops.store.records import Item

_PLACED = "Placed here by the room that made the list."
_OURS = "From the list that a room made: "
_TEXT = 4_000
"""Characters of a reason."""


def changes(model: Model, items: Sequence[Item]) -> tuple[Change, ...]:
    """What makes the items levers of the model, with their hours, cost, place and what they help.

    Items that are one lever are one effort: their hours and pounds are added up. A lever of the model keeps
    its own numbers where its items have none. On the model that came of it nothing is left to change; of
    items that were changed since, their levers are. Raises :class:`ValueError`, in one sentence, when an
    item is no lever of the model and helps no variable of it.
    """
    return tuple(
        change
        for name, same in _by_lever(model, items).items()
        for change in (*_lever(model, name, same), *_arrows(model, name, same))
    )


def chosen(model: Model, items: Sequence[Item]) -> tuple[str, ...]:
    """The ids of the levers that a plan may use, in the model before the :func:`changes` and after them."""
    return tuple(name for name, same in _by_lever(model, items).items() if any(item.chosen for item in same))


def _by_lever(model: Model, items: Sequence[Item]) -> dict[str, list[Item]]:
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


def _lever(model: Model, name: str, same: Sequence[Item]) -> Iterator[Change]:
    """The lever, if it is not there yet, and its numbers and cells."""
    lever = next((lever for lever in model.levers if lever.id == name), None)
    if lever is None:
        lever = Lever(id=name, label=same[0].label)
        yield AddNode(name, lever.label, "lever")
    told = {one: sum(getattr(item, one) for item in same) for one in ("hours_us", "hours_partner", "cost")}
    new = {one: value for one, value in told.items() if any(told.values()) and value != getattr(lever, one)}
    if new:
        yield Set(f"node:{name}", tuple(new.items()))
    there = {(cell.at, cell.on) for cell in lever.influence}
    cells = dict.fromkeys((item.at, item.on) for item in same)
    placed = [
        Influence(at=at, on=on, reason=_PLACED) for at, on in cells if at and on and (at, on) not in there
    ]
    if placed:
        yield Set(f"node:{name}", (("influence", (*lever.influence, *placed)),))


def _arrows(model: Model, name: str, same: Sequence[Item]) -> Iterator[Change]:
    """The arrows to what new items help; those of an earlier list that no item wants any more go.

    What a room calls stated is that the item helps, not that it acts on this variable: so it is inferred.
    """
    levers, variables = ({node.id for node in nodes} for nodes in (model.levers, model.variables))
    new = {item.helps: item for item in same if item.lever not in levers and item.helps in variables}
    if not new and name not in levers:
        raise ValueError(
            f"“{same[0].label}” is not in the diagram, and nobody has said which of its boxes it helps: "
            "choose one"
        )
    there = [(key, link) for key, link in link_keys(model).items() if link.source == name]
    ours = {link.target: (key, link) for key, link in there if link.reason.startswith(_OURS)}
    for target, (key, _) in ours.items():
        if target not in new:
            yield Remove(f"link:{key}")
    for target in (one for one in new if one not in {link.target for _, link in there}):
        yield AddLink(name, target, strength=NUMBERS[new[target].strength])
        yield Set(f"link:{name}|{target}", tuple(_told(new[target]).items()))
    for target in (one for one in new if one in ours):
        key, link = ours[target]
        told = _told(new[target]).items()
        if different := tuple((field, value) for field, value in told if getattr(link, field) != value):
            yield Set(f"link:{key}", different)


def _told(item: Item) -> dict[str, object]:
    """What an arrow says that comes of an item."""
    return {
        "strength": NUMBERS[item.strength],
        "evidence": "assumed" if item.evidence == "assumed" else "inferred",
        "reason": f"{_OURS}{item.why or 'nobody has said yet how we know'}"[:_TEXT],
    }
