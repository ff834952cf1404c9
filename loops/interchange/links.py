"""A list of links as CSV or Excel: ``from, to, sign`` and, if known, ``strength, delay, evidence``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.complaints import BadFile
from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.sheets import boxes_in, loops_in
from loops.interchange.tables import ZIPPED, Rows, cell_of, csv_rows, headed, sheets
from loops.interchange.told import left_out
from loops.interchange.words import delay_of, kind_in, number_of, plain, sign_of

_SPELLINGS = {
    "source": "from, source, cause, from node, start",
    "target": "to, target, effect, to node, end",
    "sign": "sign, polarity, +/-, type, effect sign, relationship",
    "strength": "strength, strength per month",
    "weight": "weight",
    "delay": "delay, delay months, delay (months), lag",
    "evidence": "evidence, grade",
    "note": "note, notes, description, reason, comment, comments",
    "threshold": "threshold, critical mass",
    "steepness": "steepness",
    "bend": "bend",
    "passage": "passage, quote",
    "locator": "locator, where it stands",
    "kind": "from is",
}
HEAD = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split(", ")}
"""The column that each spelling of a head stands for."""
_NUMBERS = ("strength", "weight", "threshold", "steepness", "bend")
_BARE = {name: at for at, name in enumerate(("source", "target", "sign", "strength", "delay", "evidence"))}
"""The columns of a table without a head."""


def is_list(rows: Rows) -> bool:
    """Whether a table is a list of links: it has a head that says so, or a sign in its third column."""
    return _columns(rows) is not None


def read(data: bytes, file: str) -> Draft:
    """The diagram of a list of links, its boxes in the order they are first named; raises :class:`BadFile`.

    Strengths are per month, delays in months; a delay that is no number marks one. A row with nothing but its
    first name is a box without a link. In a workbook, boxes and loops may have sheets beside that of links.
    """
    tables = sheets(data, file) if data.startswith(ZIPPED) else {"": csv_rows(data, file)}
    name, rows = next(((name, rows) for name, rows in tables.items() if is_list(rows)), ("", []))
    found = _columns(rows)
    if found is None:
        raise BadFile(
            file, "", "no table here has the columns from, to and sign: name them so in its first row."
        )
    first, columns = found
    draft = Draft(file, "a list of links")
    known, of_boxes = boxes_in(tables)
    draft.loops, of_loops = loops_in(tables)
    for number, row in enumerate(rows[first:], start=first + 1):
        place = f"sheet {name}, row {number}" if name else f"row {number}"
        source, target = (cell_of(row, columns, end) for end in ("source", "target"))
        for label in filter(None, (source, target)):
            known.setdefault(label, DraftNode(label, label, place=place))
        if source and (kind := kind_in(cell_of(row, columns, "kind"))):
            known[source].kind = kind
        if target or (source and cell_of(row, columns, "sign")):
            draft.arrows.append(_arrow(row, columns, (source, target), place, draft.notes))
    draft.nodes = list(known.values())
    draft.notes += left_out("Columns that are not used", _unused(rows, first, columns))
    if others := [other for other in tables if other not in (name, of_boxes, of_loops)]:
        says = f"Only the sheet “{name}” was read, and not: {', '.join(others)}."
        draft.notes.append(Note("left out", "", says))
    return draft


def _columns(rows: Rows) -> tuple[int, Mapping[str, int]] | None:
    """The first row of links, and the column of each name; none when the table is no list of links."""
    found = headed(rows, HEAD)
    if found and {"source", "target"} <= set(found[1]):
        return found[0] + 1, found[1]
    first = next((at for at, row in enumerate(rows) if row), None)
    if first is not None and len(rows[first]) > 2 and sign_of(rows[first][2]) != "?" and all(rows[first][:2]):
        return first, _BARE
    return None


def _unused(rows: Rows, first: int, columns: Mapping[str, int]) -> list[str]:
    """The names of columns that no field is read from, in a table with a head."""
    if columns is _BARE:
        return []
    used = set(columns.values())
    return [plain(cell) for at, cell in enumerate(rows[first - 1]) if at not in used and plain(cell)]


def _arrow(
    row: Sequence[str], columns: Mapping[str, int], ends: tuple[str, str], place: str, notes: list[Note]
) -> DraftArrow:
    said = {name: cell_of(row, columns, name) for name in _SPELLINGS}
    numbers = {name: number_of(said[name]) for name in _NUMBERS}
    delay, marked = delay_of(said["delay"])
    for name in _NUMBERS:
        if said[name] and numbers[name] is None:
            says = f"The {name} “{said[name]}” is no number. The usual one is used."
            notes.append(Note("assumed", place, says))
    # "--" is Kumu's "same direction", and others' "very much less"
    sign = "?" if said["sign"] == "--" else sign_of(said["sign"])
    unread = [f"Sign in the file: {said['sign']}"] if sign == "?" and said["sign"] not in ("", "?") else []
    return DraftArrow(
        *ends,
        sign,
        strength=numbers["strength"],
        weight=numbers["weight"],
        delay=delay,
        delay_marked=marked,
        bend=numbers["bend"],
        note="\n".join(filter(None, [*unread, said["note"]])),
        evidence=said["evidence"],
        place=place,
        threshold=numbers["threshold"],
        steepness=numbers["steepness"],
        passage=said["passage"],
        locator=said["locator"],
    )
