"""The ledger of observations: what was seen of a box, an arrow or a claim, with every version of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update

from loops import sheet
from loops.store.bounds import LABEL, MOST, TEXT, VERSIONS, room, words
from loops.store.database import Database, Space, now
from loops.store.problems import StoreProblem
from loops.store.records import BEARINGS, EXPECTED, Observation, ObservationVersion, Seen
from loops.store.rows import here, latest, one, past
from loops.store.tables import observation_versions as versions
from loops.store.tables import observations as table

_ELEMENT = re.compile(r"(node|link|claim):\S.*")
_SEEN = tuple(versions.c[name] for name in Seen.__dataclass_fields__)


def add_observation(  # noqa: PLR0913  what was seen, of what, and who wrote it down
    store: Database, token: str, *, model: str, element: str, seen: Seen, author: str = ""
) -> Observation:
    """Keep an observation of a ``node:ID``, ``link:KEY`` or ``claim:ID``; its author may stay unnamed."""
    with store.writing(token) as space:
        return _found(space, added_all(space, model, [(element, seen)], author))[0]


def edit_observation(  # noqa: PLR0913  which observation, as it read, and how it should
    store: Database, token: str, observation_id: int, *, version: int, seen: Seen, author: str = ""
) -> Observation:
    """Change the observation that read as its `version`; returns it, or an observation beside it.

    When somebody else has changed it in the meantime theirs stays, and this becomes a new one `beside` it:
    nothing is lost.
    """
    seen, author = checked(seen), words(author, "The name", needed=False)
    with store.writing(token) as space:
        old = Observation(
            *_record(one(space, _find(here(space, table) & _is(observation_id)), "observation"))
        )
        if old.version != version:
            number = added_all(space, old.model, [(old.element, seen)], author)
            space.connection.execute(update(table).where(_is(number[0])).values(beside=old.id))
            return _found(space, number)[0]
        room(old.version, VERSIONS, "versions of this observation")
        _write(space, [(old.id, seen)], old.version + 1, author)
        space.connection.execute(update(table).where(_is(old.id)).values(version=old.version + 1))
        return _found(space, [old.id])[0]


def observations_of(
    store: Database,
    token: str,
    *,
    model: str | None = None,
    element: str | None = None,
    deleted: bool = False,
) -> tuple[Observation, ...]:
    """The observations, of one model and element if they are named; or the deleted ones. By their date."""
    with store.reading(token) as space:
        wanted = here(space, table, deleted=deleted)
        if model is not None:
            wanted &= table.c.model == model
        if element is not None:
            wanted &= table.c.element == element
        return _listed(space, wanted)


def observation_history(store: Database, token: str, observation_id: int) -> tuple[ObservationVersion, ...]:
    """Every version of an observation, the first one first."""
    with store.reading(token) as space:
        columns = (versions.c.version, *_SEEN, versions.c.author, versions.c.made_at)
        rows = past(space, table, versions, observation_id, columns)
        return tuple(ObservationVersion(row[0], Seen(*row[1:-2]), *row[-2:]) for row in rows)


def added_all(space: Space, model: str, entries: Sequence[tuple[str, Seen]], author: str) -> list[int]:
    """Add many observations, each of an element; returns their ids. All of them, or none."""
    model, author = words(model, "The name of the model"), words(author, "The name", needed=False)
    whole = [(_element(element), checked(seen)) for element, seen in entries]
    if not whole:
        return []
    count = select(func.count()).select_from(table).where(table.c.workspace_id == space.id)
    room(
        int(space.connection.scalar(count) or 0) + len(whole) - 1, MOST[table.name], "observations with these"
    )
    common = {"workspace_id": space.id, "model": model, "version": 1, "made_at": now()}
    new = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    rows = [common | {"element": element} for element, _ in whole]
    numbers = [int(number) for number in space.connection.scalars(new, rows)]
    _write(space, [(number, seen) for number, (_, seen) in zip(numbers, whole, strict=True)], 1, author)
    return numbers


def not_here(space: Space, model: str, entries: Sequence[tuple[str, Seen]]) -> list[tuple[str, Seen]]:
    """The entries that no observation of the model that is kept reads as, or has ever read as."""
    find = select(table.c.element, *_SEEN).join(versions, versions.c.observation_id == table.c.id)
    rows = space.connection.execute(find.where(here(space, table) & (table.c.model == model)))
    known = {(row[0], Seen(*row[1:])) for row in rows}
    return [entry for entry in entries if entry not in known]


def checked(seen: Seen) -> Seen:
    """The observation as it is kept; raises :class:`StoreProblem` that says what to mend.

    >>> checked(Seen(" 3/2/2024 ", "Minutes", "Two more practices joined", "supports")).date
    '2024-02-03'
    """
    if seen.bearing not in BEARINGS:
        raise StoreProblem(
            f"An observation {', '.join(BEARINGS[:-1])} or {BEARINGS[-1]}. Choose one of them."
        )
    if seen.expected not in EXPECTED:
        raise StoreProblem("Whether it was expected is yes, no or not said. Choose one of them.")
    return replace(
        seen,
        date=dated(seen.date),
        source=words(seen.source, "The source", TEXT),
        what=words(seen.what, "What was seen", TEXT),
        who=words(seen.who, "Who", LABEL, needed=False),
        why=words(seen.why, "Why", TEXT, needed=False),
        how=words(seen.how, "How", TEXT, needed=False),
    )


def dated(text: str) -> str:
    """A day, a month or a year as :func:`loops.sheet.dated` reads it; raises :class:`StoreProblem`."""
    try:
        return sheet.dated(text)
    except ValueError as error:
        raise StoreProblem(str(error)) from None


def _element(element: str) -> str:
    element = words(element, "What was observed")
    if not _ELEMENT.fullmatch(element):
        raise StoreProblem("An observation is of a box, an arrow or a claim. Choose one first.")
    return element


def _write(space: Space, entries: Sequence[tuple[int, Seen]], version: int, author: str) -> None:
    common = {"version": version, "author": author, "made_at": now()}
    rows = [common | {"observation_id": number} | asdict(seen) for number, seen in entries]
    if rows:
        space.connection.execute(insert(versions), rows)


def _is(number: int) -> ColumnElement[bool]:
    return table.c.id == number


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    columns = (table.c.id, table.c.model, table.c.element, *_SEEN, versions.c.author, table.c.version)
    find = select(*columns, table.c.beside, table.c.made_at, versions.c.made_at)
    return find.join(versions, latest(table, versions)).where(wanted).order_by(versions.c.date, table.c.id)


def _record(row: Any) -> tuple[Any, ...]:
    end = 3 + len(_SEEN)
    return (*row[:3], Seen(*row[3:end]), *row[end:])


def _listed(space: Space, wanted: ColumnElement[bool]) -> tuple[Observation, ...]:
    return tuple(Observation(*_record(row)) for row in space.connection.execute(_find(wanted)))


def _found(space: Space, numbers: Sequence[int]) -> tuple[Observation, ...]:
    return _listed(space, here(space, table) & table.c.id.in_(numbers))
