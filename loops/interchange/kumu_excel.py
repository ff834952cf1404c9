"""Kumu's workbooks: sheets of elements and connections, and those made for `systemdynamics` (D2D)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loops.complaints import BadFile
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.kumu_terms import (
    UNDIRECTED,
    few,
    is_delay,
    is_outcome,
    kind_of,
    letter_and_name,
    push,
    pushes_of,
    undirected,
    values_of,
)
from loops.interchange.records import bound
from loops.interchange.tables import Rows, sheets
from loops.interchange.words import number_of, plain, sign_of
from loops.model import MAX_LINKS
from loops.validity import MAX_NODES

_SHEETS = {
    "elements": ("label", "type", "tags", "description"),
    "connections": ("from", "to", "direction", "label", "type", "tags", "description", "lb", "ub"),
    "loops": ("label", "type", "description"),
}
"""The sheets that Kumu reads and writes, and the columns of each that are of use here."""
_LONGEST = 32_767
"""Characters of a cell in Excel."""
_INTERACTIONS = {"interactions", "interaction terms"}


@dataclass(frozen=True)
class _Row:
    """One row of a sheet: what it says by column, and where it stands."""

    cells: Mapping[str, str]
    place: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read(data: bytes, file: str) -> Draft:
    """The diagram in a workbook with Kumu's sheets; raises :class:`BadFile`.

    Connections name their ends by label. A label that no element has is an element all the same, as in Kumu,
    and one that differs in case alone is that element.
    """
    draft = Draft(file, "Kumu workbook")
    tables = {plain(name).casefold(): rows for name, rows in sheets(data, file).items()}
    if "connections" not in tables and "elements" not in tables:
        raise BadFile(file, "", "this workbook has neither a sheet 'Elements' nor a sheet 'Connections'.")
    rows = {name: list(_rows(tables.get(name, []), name, draft)) for name in _SHEETS}
    for name, most in (("elements", MAX_NODES), ("connections", MAX_LINKS)):
        bound(len(rows[name]), most, file, f"sheet {name.title()}")
    _leave_out(tables, draft)
    tags = _add_nodes(rows["elements"], draft)
    names = {node.label.casefold(): node.key for node in reversed(draft.nodes) if node.label}
    unsaid = [row.place for row in rows["connections"] if plain(row["direction"]).casefold() == UNDIRECTED]
    if unsaid:
        draft.notes.append(Note("assumed", unsaid[0], undirected(len(unsaid))))
    listed = len(draft.nodes)
    for row in rows["connections"]:
        _add_arrows(row, names, draft)
    if listed and len(draft.nodes) > listed:
        alone = [node.label for node in draft.nodes[listed:]]
        draft.notes.append(Note("assumed", "", f"Only connections name {few(alone)}: they are boxes too."))
    for row in rows["loops"]:
        letter, name = letter_and_name(row["label"], row["type"])
        draft.loops.append(DraftLoop(name, letter, place=row.place))
    push(draft, pushes_of(tags))
    told: dict[str, Note] = {}
    for note in draft.notes:
        told.setdefault(note.says, note)
    draft.notes = list(told.values())
    return draft


def _rows(rows: Rows, name: str, draft: Draft) -> Iterator[_Row]:
    """The rows of a sheet that say anything; columns that are of no use are told of in a note."""
    if not rows:
        return
    columns = [plain(cell).casefold() for cell in rows[0]]
    place = f"sheet {name.title()}"
    needed = ("from", "to") if name == "connections" else ("label",)
    for column in needed:
        if column not in columns:
            raise BadFile(draft.file, place, f"the first row has no column '{column.title()}'.")
    wasted = [
        plain(rows[0][at]) for at, column in enumerate(columns) if column and column not in _SHEETS[name]
    ]
    if wasted:
        draft.notes.append(Note("left out", place, f"Columns that are not used: {few(wasted)}."))
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(
            zip(reversed(columns), reversed([*row, *[""] * len(columns)][: len(columns)]), strict=True)
        )
        if any(plain(cell) for cell in cells.values()):
            yield _Row(cells, f"{place}, row {number}")


def _leave_out(tables: Mapping[str, Rows], draft: Draft) -> None:
    """Tell of sheets that are not read."""
    for name in _INTERACTIONS & set(tables):
        number = sum(any(map(plain, row)) for row in tables[name][1:])
        if number:
            says = f"Joint effects of two boxes on a third ({number}): an arrow acts by itself here."
            draft.notes.append(Note("left out", f"sheet {name.capitalize()}", says))
    others = [name for name in tables if name not in _SHEETS and name not in _INTERACTIONS and tables[name]]
    if others:
        draft.notes.append(Note("left out", "", f"Sheets that are not read: {few(others)}."))


def _add_nodes(rows: Sequence[_Row], draft: Draft) -> dict[str, list[str]]:
    """Add the elements, one of each label, to the draft; their tags by key."""
    tags: dict[str, list[str]] = {}
    for row in rows:
        label, types, description = plain(row["label"]), values_of(row["type"]), plain(row["description"])
        if label in tags and label:
            says = f"“{label}” is in an earlier row too. As in Kumu, it is one box."
            draft.notes.append(Note("name", row.place, says))
            continue
        key = label or row.place
        tags[key] = values_of(row["tags"])
        draft.nodes.append(
            DraftNode(
                key,
                label,
                kind=kind_of(types),
                group=", ".join(types),
                note="" if is_outcome([], description) else row["description"],
                outcome=is_outcome(tags[key], description),
                place=row.place,
            )
        )
    return tags


def _ends(cell: str, row: _Row, names: dict[str, str], draft: Draft) -> list[str]:
    """The keys of the elements that a cell names, one or, parted by `|`, several."""
    label = plain(cell)
    keys = []
    for name in [label] if label.casefold() in names else values_of(cell):
        key = names.get(name.casefold())
        if key is None:
            key = names[name.casefold()] = name
            draft.nodes.append(DraftNode(key, name, place=row.place))
        elif name != key:
            draft.notes.append(Note("name", row.place, f"“{name}” is taken as “{key}”."))
        keys.append(key)
    return keys or [""]


def _add_arrows(row: _Row, names: dict[str, str], draft: Draft) -> None:
    """Add the arrows of a connection to the draft: both of one that goes both ways."""
    types, tags, label = values_of(row["type"]), values_of(row["tags"]), plain(row["label"])
    signs = [sign for words in (*types, label) if (sign := sign_of(words)) != "?"]
    agreed = len(set(signs)) == 1
    notes = [words for words in (*types, label) if words and (not agreed or sign_of(words) == "?")]
    late = is_delay(tags)
    mutual = plain(row["direction"]).casefold() == "mutual"
    sources, targets = (_ends(row[column], row, names, draft) for column in ("from", "to"))
    bound(len(draft.arrows) + len(sources) * len(targets), MAX_LINKS, draft.file, row.place)
    for source in sources:
        for target in targets:
            arrow = DraftArrow(
                source,
                target,
                signs[0] if agreed else "?",
                weight=_weight(row),
                delay=DELAYED if late else None,
                delay_marked=late,
                note="\n".join([*notes, row["description"]]).strip(),
                place=row.place,
            )
            draft.arrows.append(arrow)
            if mutual:
                draft.arrows.append(replace(arrow, source=target, target=source))


def _weight(row: _Row) -> float | None:
    """The middle between a connection's bounds in D2D, where a coefficient is drawn from 0 to 1."""
    low, high = number_of(row["lb"]), number_of(row["ub"])
    return min(abs(low + high) / 2, 1.0) if low is not None and high is not None and low + high else None
