"""The sheets of boxes and of loops that may stand beside a list of links in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.interchange.draft import DraftLoop, DraftNode
from loops.interchange.tables import Rows, cell_of, headed
from loops.interchange.words import kind_in, number_of, plain

_BOXES = ("box", "kind", "start", "gain", "fade", "x", "y", "description")
_LOOPS = ("loop", "letter", "story", "first box")


def boxes_in(tables: Mapping[str, Rows]) -> tuple[dict[str, DraftNode], str | None]:
    """The boxes by label, and the name of the sheet they stand in; none when no sheet is one of boxes."""
    name, first, columns = _found(tables, _BOXES, 2)
    known: dict[str, DraftNode] = {}
    for number, row in enumerate(tables[name][first:] if name is not None else [], start=first + 1):
        if label := cell_of(row, columns, "box"):
            known.setdefault(label, _box(row, columns, label, f"sheet {name}, row {number}"))
    return known, name


def _box(row: Sequence[str], columns: Mapping[str, int], label: str, place: str) -> DraftNode:
    numbers = {name: number_of(cell_of(row, columns, name)) for name in ("start", "gain", "fade", "x", "y")}
    x, y = numbers["x"], numbers["y"]
    return DraftNode(
        label,
        label,
        kind=kind_in(cell_of(row, columns, "kind")),
        position=(x, y) if x is not None and y is not None else None,
        note=cell_of(row, columns, "description"),
        level=numbers["start"],
        place=place,
        gain=numbers["gain"],
        fade=numbers["fade"],
    )


def loops_in(tables: Mapping[str, Rows]) -> tuple[list[DraftLoop], str | None]:
    """The named loops, their boxes from their fourth column on, and the name of the sheet they stand in."""
    name, first, columns = _found(tables, _LOOPS, 4)
    found = []
    for number, row in enumerate(tables[name][first:] if name is not None else [], start=first + 1):
        if label := cell_of(row, columns, "loop"):
            path = tuple(map(plain, row[columns["first box"] :]))
            story, letter = (cell_of(row, columns, column) for column in ("story", "letter"))
            found.append(DraftLoop(label, letter, path, place=f"sheet {name}, row {number}", story=story))
    return found, name


def _found(
    tables: Mapping[str, Rows], wanted: Sequence[str], least: int
) -> tuple[str | None, int, Mapping[str, int]]:
    """The sheet whose head has the first few of some names, its first row below that, and their columns."""
    for name, rows in tables.items():
        found = headed(rows, {column: column for column in wanted})
        if found is not None and set(wanted[:least]) <= set(found[1]):
            return name, found[0] + 1, found[1]
    return None, 0, {}
