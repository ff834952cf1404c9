"""Observations as a table: Ripple Effects Mapping entries in, and the ledger out, as CSV.

Ripple Effects Mapping writes down with those involved what was done, what came of it, who and when, and
whether it was expected (J. Nobles et al., 2022, BMC Medical Research Methodology 22, 72,
doi 10.1186/s12874-022-01570-4). One entry is one row. The columns, in any order:

========= ======= ==========================================================================
column    needed  what it holds
========= ======= ==========================================================================
date      yes     2024-03-15 or 15/3/2024 (day first); 2024-03 or 2024 where no more is known
on        yes     the box, arrow or claim: its words on screen, or its id (trust, insight -> value)
what      yes     what was done or seen
source    yes     where that is written down: minutes, survey, interview (a role, not a name)
bearing   yes     supports, contradicts or qualifies
who       no      who did it or saw it
why       no      why it happened
how       no      how it came about
expected  no      yes or no; empty where nobody said
========= ======= ==========================================================================
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from loops.parts import nearest
from loops.store.bounds import MOST
from loops.store.database import Database
from loops.store.observations import added_all, checked, not_here, observations_of
from loops.store.problems import StoreProblem
from loops.store.records import BEARINGS, Bearing, Expected, Observation, Seen

COLUMNS = ("date", "on", "what", "source", "bearing", "who", "why", "how", "expected")
NEEDED = COLUMNS[:5]
NAMES = ("who",)
"""Columns that name people: in an export only when asked for."""
_MOST_BYTES = 5_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EXPECTED: dict[str, Expected] = {"": "not said", **{value: value for value in get_args(Expected)}}


def import_observations(  # noqa: PLR0913  which file, of which model, and who wrote it down
    store: Database, token: str, data: bytes, *, model: str, elements: Mapping[str, str], author: str = ""
) -> int:
    """Add every row of a CSV file that is not here yet; returns how many. With one bad row none is added.

    So a file that is taken in twice, or grows and is taken in again, adds no entry twice, not even one that
    was changed here since. `elements` are what a row may be on: the words on screen of each ``node:ID``,
    ``link:KEY`` and ``claim:ID``.
    """
    entries = read(data, elements)
    with store.writing(token) as space:
        return len(added_all(space, model, not_here(space, model, entries), author))


def new_entries(
    store: Database, token: str, data: bytes, *, model: str, elements: Mapping[str, str]
) -> tuple[list[tuple[str, Seen]], int]:
    """What :func:`import_observations` would add, and how many rows are here already. Nothing is changed."""
    entries = read(data, elements)
    with store.reading(token) as space:
        new = not_here(space, model, entries)
    return new, len(entries) - len(new)


def export_observations(store: Database, token: str, *, model: str, with_names: bool) -> str:
    """The ledger of a model as CSV, by date; who did or saw it is in it only `with_names`.

    What people wrote stands as they wrote it. The file can be imported again.
    """
    return written(observations_of(store, token, model=model), with_names=with_names)


def written(found: Sequence[Observation], *, with_names: bool) -> str:
    """Observations as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    columns = [name for name in COLUMNS if with_names or name not in NAMES]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for each in found:
        cells = vars(each.seen) | {"on": each.element}
        writer.writerow([_guarded(cells[name]) for name in columns])
    return out.getvalue()


def read(data: bytes, elements: Mapping[str, str]) -> list[tuple[str, Seen]]:
    """The element and the content of every row; raises :class:`StoreProblem` with the row to mend.

    >>> text = "date,on,what,source,bearing\\n2024-03,Trust,They rang us first,Minutes,supports\\n"
    >>> [(element, seen.date) for element, seen in read(text.encode(), {"node:trust": "Trust"})]
    [('node:trust', '2024-03')]
    """
    rows = _rows(data)
    head = _head(next(rows, (1, []))[1])
    places = _places(elements)
    entries = [_entry(number, _cells(number, head, row), places) for number, row in rows if any(row)]
    if not entries:
        raise StoreProblem("This file has no rows below its column names, so nothing was added.")
    if len(entries) > MOST["observations"]:
        raise StoreProblem(
            f"This file has {len(entries):,} rows, and at most {MOST['observations']:,} are kept. Split it."
        )
    return entries


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, as a spreadsheet counts, without space around its cells."""
    if len(data) > _MOST_BYTES:
        raise StoreProblem("This file is larger than 5 MB. Split it, or check that it is the right one.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoreProblem("This file is no text in UTF-8. Save it as “CSV UTF-8”, then try again.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise StoreProblem(
            f"Row {number + 1} is not CSV ({error}). Check its quotation marks; nothing was added."
        ) from None


def _head(row: Sequence[str]) -> list[str]:
    names = [name.casefold() for name in row]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in COLUMNS:
            raise StoreProblem(f"There is no column “{name[:40]}”. {nearest(name, COLUMNS)}")
        if names.count(name) > 1:
            raise StoreProblem(f"There are two columns “{name}”. Keep one of them.")
    if missing := [name for name in NEEDED if name not in names]:
        raise StoreProblem(f"The first row lacks {', '.join(missing)}. It names the columns: add them there.")
    return names


def _cells(number: int, head: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    if any(row[len(head) :]):
        raise StoreProblem(
            f"Row {number} has more cells than there are columns. "
            "Put text that holds a comma into quotation marks; nothing was added."
        )
    return dict.fromkeys(COLUMNS, "") | {name: _bare(cell) for name, cell in zip(head, row, strict=False)}


def _entry(number: int, cells: Mapping[str, str], places: Mapping[str, set[str]]) -> tuple[str, Seen]:
    try:
        return _element(cells["on"], places), checked(_seen(cells))
    except StoreProblem as problem:
        raise StoreProblem(f"Row {number}: {problem} Nothing was added.") from None


def _seen(cells: Mapping[str, str]) -> Seen:
    rest: dict[str, Any] = {name: cells[name] for name in ("date", "source", "what", "who", "why", "how")}
    bearing, expected = cells["bearing"].casefold(), cells["expected"].casefold()
    if bearing not in BEARINGS:
        raise StoreProblem(f"bearing is “{bearing[:40]}”. Write supports, contradicts or qualifies.")
    if expected not in _EXPECTED:
        raise StoreProblem(f"expected is “{expected[:40]}”. Write yes or no, or leave it empty.")
    known: dict[str, Bearing] = {each: each for each in BEARINGS}
    return Seen(**rest, bearing=known[bearing], expected=_EXPECTED[expected])


def _places(elements: Mapping[str, str]) -> dict[str, set[str]]:
    """Everything that the cell `on` may say, and what it can mean."""
    places: dict[str, set[str]] = {}
    for element, words in elements.items():
        bare = element.partition(":")[2]
        for name in (element, bare, bare.replace("|", " -> "), words, words.replace("→", "->")):
            places.setdefault(name.casefold(), set()).add(element)
    return places


def _element(text: str, places: Mapping[str, set[str]]) -> str:
    if not text:
        raise StoreProblem("on is empty. Write the box, arrow or claim that this was seen of.")
    found = sorted(places.get(text.casefold(), ()))
    if not found:
        raise StoreProblem(f"on is “{text[:80]}”, which is no box, arrow or claim. {nearest(text, places)}")
    if len(found) > 1:
        raise StoreProblem(f"on is “{text[:80]}”, which may be {' or '.join(found)}. Write one of these.")
    return found[0]


def _guarded(cell: str) -> str:
    """`'=1` and `''=1` for `=1` and `'=1`, so that :func:`_bare` gives every cell back."""
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULA else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA else cell
