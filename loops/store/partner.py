"""Partners: who they are, with every version of it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update

from loops.partners import KINDS, Profile
from loops.store.bounds import HOURS, ROLES, amount, words
from loops.store.database import Database, Space, now
from loops.store.problems import StoreProblem
from loops.store.records import Partner
from loops.store.rows import added, here, latest, next_version, one, past
from loops.store.tables import partner_versions as versions
from loops.store.tables import partners as table

_PROFILE = tuple(versions.c[field.name] for field in fields(Profile))
_NUMBERED = re.compile(r"Partner \d+")


def add_partner(store: Database, token: str, *, model: str, profile: Profile) -> Partner:
    """Keep a partner or workstream, in the words of a model; only its name must be said."""
    with store.writing(token) as space:
        return partner(space, added_partner(space, model, profile))


def edit_partner(store: Database, token: str, partner_id: int, *, version: int, profile: Profile) -> Partner:
    """Change the profile of the partner that read as its `version`.

    Raises :class:`StoreProblem` when somebody else has changed it in the meantime: theirs stays, and this
    one is not kept.
    """
    whole = checked(profile)
    with store.writing(token) as space:
        old = partner(space, partner_id)
        if whole == old.profile:
            return old
        _told_apart(space, whole, old.id)
        number = next_version(old.version, version, "partner", old.profile.name)
        _write(space, old.id, number, whole)
        space.connection.execute(update(table).where(table.c.id == old.id).values(version=number))
        return partner(space, old.id)


def partners(
    store: Database, token: str, *, model: str | None = None, deleted: bool = False
) -> tuple[Partner, ...]:
    """The partners, of one model if it is named; or the deleted ones."""
    with store.reading(token) as space:
        wanted = here(space, table, deleted=deleted)
        return listed(space, wanted if model is None else wanted & (table.c.model == model))


def partner_of(store: Database, token: str, partner_id: int) -> Partner:
    """One partner; raises :class:`StoreProblem` when it is not here, or is deleted."""
    with store.reading(token) as space:
        return partner(space, partner_id)


def partner_history(store: Database, token: str, partner_id: int) -> tuple[Partner, ...]:
    """A partner as it read in every version, the first one first."""
    with store.reading(token) as space:
        rows = past(space, table, versions, partner_id, _columns(versions.c.version))
        return tuple(_partner(row) for row in rows)


def partner(space: Space, number: int) -> Partner:
    """A partner of this workspace by its id; raises :class:`StoreProblem` when it is not there."""
    return _partner(one(space, _find(here(space, table) & (table.c.id == number)), "partner"))


def listed(space: Space, wanted: ColumnElement[bool]) -> tuple[Partner, ...]:
    """The partners that meet a condition."""
    return tuple(_partner(row) for row in space.connection.execute(_find(wanted)))


def added_partner(space: Space, model: str, profile: Profile) -> int:
    """Add a partner and return its id."""
    model, whole = words(model, "The name of the model"), checked(profile)
    _told_apart(space, whole)
    number = added(space, table, "partners", model=model, version=1)
    _write(space, number, 1, whole)
    return number


def checked(profile: Profile) -> Profile:
    """The profile as it is kept; raises :class:`StoreProblem` that says what to mend.

    An alias "Partner 12" is not kept: it is a number of a space, and stands there by itself.

    >>> checked(Profile(" Surgery A ", roles=("GP", "GP ", ""))).roles
    ('GP',)
    """
    if profile.kind not in KINDS:
        raise StoreProblem("It is a partner or a workstream. Choose one of the two.")
    # a line of its own for each, so none may hold one
    each = [words(" ".join(role.split()), "The role", needed=False) for role in profile.roles]
    roles = tuple(dict.fromkeys(role for role in each if role))
    if len(roles) > ROLES:
        raise StoreProblem(f"There are {len(roles)} roles, and at most {ROLES} are kept. Leave some out.")
    name = words(profile.name, "The name")
    alias = words(profile.alias, "The name for outsiders", needed=False)
    if alias.casefold() == name.casefold():
        raise StoreProblem(
            f"“{name}” is its name, so it cannot stand where names are left out. "
            "Choose another name for outsiders, or leave it empty."
        )
    return replace(
        profile,
        name=name,
        alias="" if _NUMBERED.fullmatch(alias) else alias,
        setting=words(profile.setting, "The setting", needed=False),
        workstream=words(profile.workstream, "The workstream", needed=False),
        roles=roles,
        hours_us=amount(profile.hours_us, "Our hours a month", HOURS),
        hours_partner=amount(profile.hours_partner, "The partner’s hours a month", HOURS),
    )


def _told_apart(space: Space, profile: Profile, number: int = 0) -> None:
    """Raise :class:`StoreProblem` when another partner is called alike where names are left out.

    One that was taken off the list may come back, so it counts.
    """
    alias = profile.alias.casefold()
    every = listed(space, table.c.workspace_id == space.id) if alias else ()
    if any(one.id != number and one.profile.alias.casefold() == alias for one in every):
        raise StoreProblem(
            f"Another partner, here or taken off the list, is called “{profile.alias}” for outsiders. "
            "Choose another name."
        )


def _write(space: Space, number: int, version: int, profile: Profile) -> None:
    said = {**vars(profile), "roles": "\n".join(profile.roles)}
    row = {"partner_id": number, "version": version, "made_at": now(), **said}
    space.connection.execute(insert(versions).values(row))


def _columns(version: ColumnElement[int]) -> tuple[ColumnElement[Any], ...]:
    return (table.c.id, table.c.model, *_PROFILE, version, table.c.made_at, versions.c.made_at)


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    find = select(*_columns(table.c.version)).join(versions, latest(table, versions))
    return find.where(wanted).order_by(table.c.id)


def _partner(row: Any) -> Partner:
    number, model, *said, version, made_at, edited_at = row
    profile = Profile(*said)
    lines = str(row.roles).split("\n") if row.roles else ()
    return Partner(number, model, replace(profile, roles=tuple(lines)), version, made_at, edited_at)
