"""A file that says it is a workspace: nothing in it is believed before it is checked against the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, String, Table

from loops.store.bounds import MOST, POUNDS, past_day, words
from loops.store.columns import Moment
from loops.store.problems import StoreProblem

FORMAT = 4
"""1 had no observations, 2 no utopias and 3 no partners; a program that knows only those would lose them."""
_SINCE: dict[str, dict[str, object]] = {"decisions": {"partner_id": None}}
"""Columns that an older format did not have, with what they hold then."""
BAD = "This file is no shared space that was saved here, or it was changed since:"
_MOST_CHARACTERS = 200_000_000
_MOST_ROWS = 500_000
_LARGEST = 2**31 - 1


def read(text: str) -> dict[str, Any]:
    """The content of an exported file; raises :class:`StoreProblem`."""
    if len(text) > _MOST_CHARACTERS:
        raise StoreProblem("This file is too large to be a shared space.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise StoreProblem(f"{BAD} it is not JSON.") from None
    if not isinstance(content, dict) or not isinstance(content.get("living_loops_space"), int):
        raise StoreProblem(f"{BAD} its beginning is missing.")
    if content["living_loops_space"] > FORMAT:
        raise StoreProblem("This file is from a newer version of this program. Install the newest version.")
    if not isinstance(content.get("name"), str):
        raise StoreProblem(f"{BAD} its name is not text.")
    return content


def checked(table: Table, rows: object) -> Iterator[dict[str, Any]]:
    """The rows of one table with the values of its columns; raises :class:`StoreProblem`."""
    if not isinstance(rows, list) or len(rows) > MOST.get(table.name, _MOST_ROWS):
        raise StoreProblem(f"{BAD} {table.name} is not a list of what can be kept.")
    columns = {column.name: column for column in table.c if column.name != "workspace_id"}
    since = _SINCE.get(table.name, {})
    for given in rows:
        row = since | given if isinstance(given, dict) else {}
        if row.keys() != columns.keys():
            raise StoreProblem(f"{BAD} something in {table.name} has other parts than it should.")
        yield {name: _value(column, row[name]) for name, column in columns.items()}


def _value(column: Column[Any], value: object) -> object:
    """One value, as its column keeps it."""
    called = f"“{column.name}” in {column.table.name}"
    if value is None and column.nullable:
        return None
    match column.type, value:
        case String(length=most), str():
            return words(value, called, most or 0, needed=False)
        case Integer(), int() if not isinstance(value, bool) and 0 <= value <= _LARGEST:
            return value
        case Float(), int() | float() if not isinstance(value, bool) and 0 <= value <= POUNDS:
            return float(value)
        case Boolean(), bool():
            return value
        case Moment() | Date(), str():
            return _time(column, value, called)
    raise StoreProblem(f"{BAD} {called} is not what it should be.")


def _time(column: Column[Any], value: str, called: str) -> date:
    """A moment, or a day on which something was said or done."""
    try:
        if isinstance(column.type, Date):
            return past_day(date.fromisoformat(value), called)
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise StoreProblem(f"{BAD} {called} is not a time.") from None
