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

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from loops import sheet
from loops.store.bounds import MOST
from loops.store.database import Database
from loops.store.observations import added_all, checked, not_here, observations_of
from loops.store.problems import StoreProblem
from loops.store.records import BEARINGS, Bearing, Expected, Observation, Seen

COLUMNS = ("date", "on", "what", "source", "bearing", "who", "why", "how", "expected")
NEEDED = COLUMNS[:5]
NAMES = ("who",)
"""Columns that name people: in an export only when asked for."""
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
    return sheet.written(columns, (vars(each.seen) | {"on": each.element} for each in found))


def read(data: bytes, elements: Mapping[str, str]) -> list[tuple[str, Seen]]:
    """The element and the content of every row; raises :class:`StoreProblem` with the row to mend.

    >>> text = "date,on,what,source,bearing\\n2024-03,Trust,They rang us first,Minutes,supports\\n"
    >>> [(element, seen.date) for element, seen in read(text.encode(), {"node:trust": "Trust"})]
    [('node:trust', '2024-03')]
    """
    places = _places(elements)
    try:
        rows = sheet.read(data, COLUMNS, NEEDED, most=MOST["observations"])
        return [_entry(number, cells, places) for number, cells in rows]
    except ValueError as error:
        raise StoreProblem(str(error)) from None


def _entry(number: int, cells: Mapping[str, str], places: Mapping[str, set[str]]) -> tuple[str, Seen]:
    try:
        on = sheet.meant(cells["on"], places, column="on", kinds="box, arrow or claim")
        return on, checked(_seen(cells))
    except (StoreProblem, ValueError) as problem:
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
