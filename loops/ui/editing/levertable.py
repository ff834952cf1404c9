"""What we do as a table: hours, pounds, first months, needs, where each acts, and other words for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from loops.draw.spheres import cell_words
from loops.editing.changes import AddNode, Set, new_id
from loops.matrix import PLACES
from loops.model import Model
from loops.ui.editing import drafts, form, tabled
from loops.ui.editing.drafts import Draft
from loops.ui.editing.effort import MOST_HOURS, MOST_POUNDS, placed
from loops.ui.editing.form import Step
from loops.ui.editing.tabled import Cells, Column, Edits, Table, many, number, text
from loops.ui.editing.tables import HINT, gone
from loops.ui.text import unique

_WORDS = {place: cell_words(*place) for place in PLACES}


def show(draft: Draft) -> None:
    """The table of what we do."""
    st.caption(HINT)
    tabled.show("levers", *lever_table(draft.model, partial(drafts.do, draft.key)))


def lever_table(model: Model, do: Callable[..., None]) -> Table:
    """Columns, rows and edits of the levers of a model; `do` makes a step."""
    labels = unique({lever.id: lever.label for lever in model.levers})
    columns: dict[str, Column] = {
        **text("label", "Name", wide=False),
        **number("hours_us", "Our hours a month", MOST_HOURS, step=0.01),
        **number("hours_partner", "The partner’s hours", MOST_HOURS, step=0.01),
        **number("cost", "Pounds, once", MOST_POUNDS, step=0.01),
        **number("earliest", "First month", 1_200.0, step=1.0),
        **many("needs", "What must have begun before", labels),
        **many("places", "Where it acts: the influencer matrix", _WORDS),
        **many("also", "Other words for it", None),
    }
    rows = {
        lever.id: {**dict(lever), "places": [(cell.at, cell.on) for cell in lever.influence]}
        for lever in model.levers
    }
    edits = Edits(partial(_cells, model), partial(gone, model, "node"), partial(_new, model), do)
    return columns, rows, edits


def _cells(model: Model, name: str, cells: Cells) -> Step:
    values = _values(model, name, cells)
    return form.told(model, f"node:{name}", values), (Set(f"node:{name}", tuple(values.items())),)


def _values(model: Model, name: str, cells: Cells) -> dict[str, Any]:
    """The cells of a row as fields of a lever, of one that is new where there is none of this id."""
    values = dict(cells)
    if "earliest" in values:
        values["earliest"] = round(values["earliest"])
    if "places" in values:
        now = next((lever.influence for lever in model.levers if lever.id == name), ())
        values["influence"] = placed(now, values.pop("places"))
    return values


def _new(model: Model, cells: Cells) -> Step | None:
    label = cells.get("label")
    if not label:
        return None
    name = new_id(model, label)
    values = _values(
        model, name, {field: value for field, value in cells.items() if value and field != "label"}
    )
    more = (Set(f"node:{name}", tuple(values.items())),) if values else ()
    return f"“{label}” is added", (AddNode(name, label, "lever"), *more)
