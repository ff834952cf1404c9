"""A table whose cells, rows and all can be changed at once: every edit becomes one step of the draft.

Streamlit tells an edit as cells by row and heading, rows that are gone and rows that are new. A table begins
again from the model after every step, and when one was refused: then the old value stands there again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from loops.ui import saving
from loops.ui.editing.form import Step

Cells = Mapping[str, Any]
"""Values by heading."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column: the field of a part that it holds, how it looks, and how its value is read back."""

    field: str
    config: Any
    kind: type = str
    show: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True)
class Edits:
    """What becomes of an edit, each a step of its own; a new row that is not complete yet gives no step."""

    cells: Callable[[str, Cells], Step]
    gone: Callable[[Sequence[str]], Step]
    new: Callable[[Cells], Step | None]
    do: Callable[..., None]


Table = tuple[Mapping[str, Column], Mapping[str, Cells], Edits]
"""Its columns, its rows by part, and what becomes of an edit."""


def show(name: str, columns: Mapping[str, Column], rows: Mapping[str, Cells], edits: Edits) -> None:
    """Draw the table of the parts in `rows`, by name and field, and take in what is edited."""
    shown: dict[str, NDArray[Any]] = {
        head: _column([one.show(cells[one.field]) for cells in rows.values()], one.kind)
        for head, one in columns.items()
    }
    key = saving.field(f"change:table:{name}")
    st.data_editor(
        shown,
        key=key,
        column_config={head: one.config for head, one in columns.items()},
        num_rows="dynamic",
        hide_index=True,
        height=420,
        placeholder="",
        on_change=_edited,
        args=(name, columns, tuple(rows), edits, key),
    )


def text(field: str, head: str, *, none: bool = False, wide: bool = True) -> dict[str, Column]:
    """A column of words; `none` where no words are none in the file."""
    config = st.column_config.TextColumn(head, width="large" if wide else "medium")
    empty = None if none else ""
    return {head: Column(field, config, str, lambda value: value or "", lambda value: _text(value) or empty)}


def number(
    field: str, head: str, most: float, *, step: float, empty: float | None = 0.0
) -> dict[str, Column]:
    """A column of numbers from 0 to `most`; a cell without one is `empty`."""
    config = st.column_config.NumberColumn(head, min_value=0.0, max_value=most, step=step, format="%.4g")
    return {head: Column(field, config, float, _shown, lambda value: _number(value, empty))}


def choice(field: str, head: str, words: Mapping[str, str]) -> dict[str, Column]:
    """A column of choices, each of which has its words."""
    meant = {said: value for value, said in words.items()}
    config = st.column_config.SelectboxColumn(head, options=list(meant), required=True)
    return {head: Column(field, config, str, words.__getitem__, meant.get)}


def many(field: str, head: str, words: Mapping[Any, str] | None) -> dict[str, Column]:
    """A column of several choices, each of which has its words; without words whatever is typed."""
    meant = {said: value for value, said in (words or {}).items()}
    config = st.column_config.MultiselectColumn(
        head, options=list(meant), accept_new_options=words is None, width="medium"
    )

    def read(value: Any) -> tuple[Any, ...]:
        said = [one for one in value or () if isinstance(one, str)]
        return tuple(meant[one] for one in said if one in meant) if words is not None else tuple(said)

    return {
        head: Column(
            field, config, object, lambda value: [words[one] if words else one for one in value], read
        )
    }


def _column(cells: Sequence[Any], kind: type) -> NDArray[Any]:
    """The cells of one column; of lists, one a cell, however long they are."""
    if kind is not object:
        return np.array(cells, kind)
    column = np.empty(len(cells), object)
    for place, cell in enumerate(cells):
        column[place] = cell
    return column


def _edited(name: str, columns: Mapping[str, Column], parts: Sequence[str], edits: Edits, key: str) -> None:
    """Make the steps; new rows that are not complete stay on the screen."""
    if steps := steps_of(st.session_state[key], columns, parts, edits):
        for says, changes in steps:
            edits.do(says, *changes)
        saving.empty(f"change:table:{name}")


def steps_of(
    state: Mapping[str, Any], columns: Mapping[str, Column], parts: Sequence[str], edits: Edits
) -> list[Step]:
    """A step for each thing that was edited in a table of `parts`, as Streamlit tells it."""
    steps = [
        edits.cells(parts[int(row)], _read(columns, cells))
        for row, cells in state["edited_rows"].items()
        if int(row) < len(parts)
    ]
    if gone := [parts[row] for row in state["deleted_rows"] if row < len(parts)]:
        steps.append(edits.gone(gone))
    steps += filter(None, (edits.new(_read(columns, cells)) for cells in state["added_rows"]))
    return steps


def _read(columns: Mapping[str, Column], cells: Cells) -> Cells:
    """The values of some cells by field."""
    return {
        columns[head].field: columns[head].read(value) for head, value in cells.items() if head in columns
    }


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str) else ""


def _shown(value: float | None) -> float:
    return math.nan if value is None else value


def _number(value: Any, empty: float | None) -> float | None:
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else empty
