"""Ratings of many partners as a table: CSV in and out. One row is what somebody said of one box on one day.

The columns, in any order:

========== ======= ============================================================================
column     needed  what it holds
========== ======= ============================================================================
partner    yes     its name; in an export without names, what stands for it
kind       no      partner or workstream; empty is partner
setting    no      its setting, such as A GP surgery
workstream no      the part of the programme that it belongs to
day        yes     2026-03-15 or 15/3/2026 (day first)
on         yes     the box or the circumstance: its words on screen, or its id
role       no      whom they spoke as; empty is the partner as a whole
rating     yes     not yet, a little, partly, mostly or don't know
reason     no      why they said so
who        no      who said it: left out of an export without names
========== ======= ============================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from loops import sheet
from loops.files import said_of
from loops.model import Model
from loops.partners.history import FIRST_DAY, KINDS, History, Mark, Profile, can_be, known_by
from loops.partners.said import SAID

COLUMNS = ("partner", "kind", "setting", "workstream", "day", "on", "role", "rating", "reason", "who")
NEEDED = ("partner", "day", "on", "rating")
NAMES = ("who",)
"""Columns that name people: in an export only when asked for."""
MOST = 100_000
"""Rows of one file."""
LONGEST = dict.fromkeys(COLUMNS, 200) | {"reason": 4_000}
"""Characters of a cell, as many as can be kept."""
_SAID: dict[str, set[str]] = {word: {word} for word in SAID}
_KINDS: dict[str, set[str]] = {kind: {kind} for kind in KINDS}


def read_table(data: bytes, file: str, model: Model) -> tuple[History, ...]:
    """The partners of a table with what was said of them; raises :class:`loops.complaints.BadFile`.

    A partner's roles are those that its rows name. What two rows say of its kind, setting or workstream
    must agree; a row may leave it empty.
    """
    with said_of(file):
        names = names_of(model)
        said: dict[str, dict[str, str]] = {}
        marks: dict[str, list[Mark]] = {}
        for number, cells in sheet.read(data, COLUMNS, NEEDED, most=MOST):
            try:
                for column, text in cells.items():
                    sheet.short(text, column, LONGEST[column])
                mark = _mark(cells, names)
                key = known_by(sheet.needed(cells["partner"], "partner", "its name"))
                said[key] = _agreed(said.get(key), cells)
                marks.setdefault(key, []).append(mark)
            except ValueError as error:
                raise ValueError(f"Row {number}: {error} Nothing was added.") from None
    return tuple(History(_profile(said[key], found), model.id, tuple(found)) for key, found in marks.items())


def write_table(histories: Sequence[History], *, with_names: bool) -> str:
    """What was said of partners as CSV that :func:`read_table` reads; who they are only `with_names`.

    Without names the alias, or a number, stands for the name. What people wrote stands as they wrote it.
    """
    columns = [name for name in COLUMNS if with_names or name not in NAMES]
    return sheet.written(columns, _written(histories, with_names))


def empty_table(boxes: Sequence[str]) -> str:
    """A table to fill in: a row for each of some boxes, by their words on screen.

    >>> empty_table(["Trust"]).splitlines()[1]
    ',,,,,Trust,,,,'
    """
    return sheet.written(COLUMNS, (dict.fromkeys(COLUMNS) | {"on": box} for box in boxes))


def names_of(model: Model) -> dict[str, set[str]]:
    """What a cell may call a box or a circumstance, in small letters, and the ids that it can mean."""
    names: dict[str, set[str]] = {}
    for node in (*model.variables, *model.contexts):
        for name in (node.id, node.label, node.short or node.id):
            names.setdefault(name.casefold(), set()).add(node.id)
    return names


def _mark(cells: Mapping[str, str], names: Mapping[str, set[str]]) -> Mark:
    day = sheet.dated(sheet.needed(cells["day"], "day", "the day on which it was said"))
    if len(day) < 10:
        raise ValueError(f"day is “{cells['day'][:40]}”. Write the whole day, such as 2026-03-15.")
    if not can_be(date.fromisoformat(day)):
        raise ValueError(f"day is {day}. Write a day from {FIRST_DAY.year} until today.")
    kept = sheet.meant(cells["rating"].replace("’", "'"), _SAID, column="rating", kinds="rating")
    return Mark(
        sheet.meant(cells["on"], names, column="on", kinds="box or circumstance"),
        next(word for word in SAID if word == kept),
        date.fromisoformat(day),
        role=cells["role"],
        reason=cells["reason"],
        who=cells["who"],
    )


def _agreed(before: dict[str, str] | None, cells: Mapping[str, str]) -> dict[str, str]:
    """What is said of a partner up to this row; raises :class:`ValueError` where rows do not agree."""
    kind = sheet.meant(cells["kind"], _KINDS, column="kind", kinds="kind") if cells["kind"] else ""
    here = {name: cells[name] for name in ("partner", "setting", "workstream")} | {"kind": kind}
    if before is None:
        return here
    for name, text in before.items():
        if name != "partner" and here[name] and text and here[name] != text:
            raise ValueError(
                f"{name} of “{before['partner'][:80]}” is “{here[name][:80]}”, "
                f"and “{text[:80]}” in a row before. Write the same in both, or leave one empty."
            )
    return {name: text or here[name] for name, text in before.items()}


def _profile(said: Mapping[str, str], marks: Sequence[Mark]) -> Profile:
    return Profile(
        said["partner"],
        kind=next((kind for kind in KINDS if kind == said["kind"]), "partner"),
        setting=said["setting"],
        workstream=said["workstream"],
        roles=tuple(dict.fromkeys(mark.role for mark in marks if mark.role)),
    )


def _written(histories: Sequence[History], with_names: bool) -> Iterator[dict[str, Any]]:
    for number, history in enumerate(histories, start=1):
        profile = vars(history.profile)
        name = history.profile.name if with_names else history.profile.alias or f"Partner {number}"
        for mark in history.marks:
            yield {**profile, **vars(mark), "partner": name, "rating": mark.said}
