"""What was done with a partner, with every version of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update

from loops.partners import Deed
from loops.store.bounds import TEXT, past_day, words
from loops.store.database import Database, Space, now
from loops.store.partner import partner
from loops.store.problems import StoreProblem
from loops.store.records import Action
from loops.store.rows import added, here, latest, next_version, one, past
from loops.store.tables import action_versions as versions
from loops.store.tables import actions as table

_DEED = tuple(versions.c[field.name] for field in fields(Deed))


def add_action(store: Database, token: str, partner_id: int, deed: Deed) -> Action:
    """Keep what was done with a partner; only what it was and its day must be said."""
    with store.writing(token) as space:
        partner(space, partner_id)
        return _action(space, added_action(space, partner_id, deed))


def edit_action(store: Database, token: str, action_id: int, *, version: int, deed: Deed) -> Action:
    """Change what is said of the action that read as its `version`.

    Raises :class:`StoreProblem` when somebody else has changed it in the meantime: theirs stays, and this
    one is not kept.
    """
    whole = checked(deed)
    with store.writing(token) as space:
        old = _action(space, action_id)
        if whole == old.deed:
            return old
        number = next_version(old.version, version, "action", old.deed.what)
        _write(space, old.id, number, whole)
        space.connection.execute(update(table).where(table.c.id == old.id).values(version=number))
        return _action(space, old.id)


def actions(store: Database, token: str, partner_id: int, *, deleted: bool = False) -> tuple[Action, ...]:
    """What was done with a partner, by day; or what was deleted of it."""
    with store.reading(token) as space:
        partner(space, partner_id)
        return listed(space, here(space, table, deleted=deleted) & (table.c.partner_id == partner_id))


def action_history(store: Database, token: str, action_id: int) -> tuple[Action, ...]:
    """An action as it read in every version, the first one first."""
    with store.reading(token) as space:
        rows = past(space, table, versions, action_id, _columns(versions.c.version))
        return tuple(_record(row) for row in rows)


def listed(space: Space, wanted: ColumnElement[bool]) -> tuple[Action, ...]:
    """The actions that meet a condition, by day."""
    return tuple(_record(row) for row in space.connection.execute(_find(wanted)))


def added_action(space: Space, partner_id: int, deed: Deed) -> int:
    """Add an action and return its id."""
    whole = checked(deed)
    number = added(space, table, "actions", partner_id=partner_id, version=1)
    _write(space, number, 1, whole)
    return number


def ever(space: Space, partner_id: int) -> Counter[Deed]:
    """Of how many actions it was ever said that this was done, of deleted ones too."""
    find = select(table.c.id, *_DEED).join(versions).where(table.c.partner_id == partner_id)
    return Counter(Deed(*row[1:]) for row in set(space.connection.execute(find)))


def checked(deed: Deed) -> Deed:
    """What was done as it is kept; raises :class:`StoreProblem` that says what to mend."""
    until = None if deed.until is None else past_day(deed.until, "The day on which it stopped")
    if until is not None and until < deed.day:
        raise StoreProblem(
            f"It began on {deed.day} and stopped on {until}, before that. Correct one of them."
        )
    return replace(
        deed,
        what=words(deed.what, "What was done", TEXT),
        day=past_day(deed.day, "The day"),
        until=until,
        lever=words(deed.lever, "What it is in the diagram", needed=False),
        who=words(deed.who, "Who did it", needed=False),
    )


def _write(space: Space, number: int, version: int, deed: Deed) -> None:
    row = {"action_id": number, "version": version, "made_at": now(), **vars(deed)}
    space.connection.execute(insert(versions).values(row))


def _columns(version: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    return (table.c.id, table.c.partner_id, *_DEED, version, table.c.made_at, versions.c.made_at)


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    find = select(*_columns(table.c.version)).join(versions, latest(table, versions))
    return find.where(wanted).order_by(versions.c.day, table.c.id)


def _action(space: Space, number: int) -> Action:
    return _record(one(space, _find(here(space, table) & (table.c.id == number)), "action"))


def _record(row: Any) -> Action:
    number, partner_id, *said, version, made_at, edited_at = row
    return Action(number, partner_id, Deed(*said), version, made_at, edited_at)
