"""Items: the shopping list of a utopia, with every version of what is said of each."""

from __future__ import annotations

from typing import Any, Unpack

from sqlalchemy import ColumnElement, Select, insert, select, update

from loops.editing.strengths import WORDS
from loops.store.bounds import HOURS, LABEL, POUNDS, TEXT, amount, words
from loops.store.database import Database, Space, now
from loops.store.idea import check_cell
from loops.store.problems import StoreProblem
from loops.store.records import GRADES, Item, ItemFields
from loops.store.rows import added, here, latest, next_version, one, past
from loops.store.tables import item_versions as versions
from loops.store.tables import items as table
from loops.store.utopia import utopia

_FIELDS = tuple(ItemFields.__annotations__)
_NOTHING_SAID: ItemFields = {
    "label": "",
    "lever": "",
    "at": "",
    "on": "",
    "hours_us": 0.0,
    "hours_partner": 0.0,
    "cost": 0.0,
    "owner": "",
    "evidence": "assumed",
    "why": "",
    "helps": "",
    "strength": "weak",
    "chosen": True,
}
_TEXTS = {
    "label": ("The item", LABEL),
    "lever": ("What it is in the diagram", LABEL),
    "owner": ("Who looks after it", LABEL),
    "why": ("How we know", TEXT),
    "helps": ("What it helps", LABEL),
}
_AMOUNTS = {
    "hours_us": ("Our hours a month", HOURS),
    "hours_partner": ("The partner’s hours a month", HOURS),
    "cost": ("What it costs in pounds", POUNDS),
}


def add_item(store: Database, token: str, utopia_id: int, **said: Unpack[ItemFields]) -> Item:
    """Put an item on the list of a utopia; only its label must be said."""
    whole = _checked({**_NOTHING_SAID, **said})
    with store.writing(token) as space:
        utopia(space, utopia_id)
        number = added(space, table, "items", utopia_id=utopia_id, version=1)
        _write(space, number, 1, whole)
        return _item(space, number)


def edit_item(store: Database, token: str, item_id: int, *, version: int, **said: Unpack[ItemFields]) -> Item:
    """Change what is said of the item that read as its `version`; what is not said here stays.

    Raises :class:`StoreProblem` when somebody else has changed it in the meantime: theirs stays, and this
    one is not kept, for an item has one number of hours.
    """
    with store.writing(token) as space:
        old = _item(space, item_id)
        now_said: ItemFields = {name: getattr(old, name) for name in _FIELDS}  # type: ignore[assignment]
        whole = _checked({**now_said, **said})
        if whole == now_said:
            return old
        number = next_version(old.version, version, "item", old.label)
        _write(space, old.id, number, whole)
        space.connection.execute(update(table).where(table.c.id == old.id).values(version=number))
        return _item(space, old.id)


def items(store: Database, token: str, utopia_id: int, *, deleted: bool = False) -> tuple[Item, ...]:
    """The items on the list of a utopia; or the deleted ones."""
    with store.reading(token) as space:
        utopia(space, utopia_id)
        find = _find(here(space, table, deleted=deleted) & (table.c.utopia_id == utopia_id))
        return tuple(Item(*row) for row in space.connection.execute(find))


def item_history(store: Database, token: str, item_id: int) -> tuple[Item, ...]:
    """An item as it read in every version, the first one first."""
    with store.reading(token) as space:
        columns = _columns(versions.c.version)
        return tuple(Item(*row) for row in past(space, table, versions, item_id, columns))


def _checked(said: ItemFields) -> dict[str, Any]:
    """What is said of an item as it is kept; raises :class:`StoreProblem` that says what to mend."""
    whole: dict[str, Any] = dict(said)
    for name, (called, most) in _TEXTS.items():
        whole[name] = words(whole[name], called, most, needed=name == "label")
    for name, (called, most) in _AMOUNTS.items():
        whole[name] = amount(whole[name], called, most)
    check_cell(whole["at"], whole["on"])
    if whole["evidence"] not in GRADES:
        raise StoreProblem("How we know it is stated, inferred or assumed. Choose one of the three.")
    if whole["strength"] not in WORDS:
        raise StoreProblem("It helps weakly, moderately or strongly. Choose one of the three.")
    return whole | {"chosen": bool(whole["chosen"])}


def _write(space: Space, number: int, version: int, whole: dict[str, Any]) -> None:
    row = {"item_id": number, "version": version, "made_at": now(), **whole}
    space.connection.execute(insert(versions).values(row))


def _columns(version: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    said = (versions.c[name] for name in _FIELDS)
    return (table.c.id, table.c.utopia_id, *said, version, table.c.made_at, versions.c.made_at)


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    find = select(*_columns(table.c.version)).join(versions, latest(table, versions))
    return find.where(wanted).order_by(table.c.id)


def _item(space: Space, number: int) -> Item:
    return Item(*one(space, _find(here(space, table) & (table.c.id == number)), "item"))
