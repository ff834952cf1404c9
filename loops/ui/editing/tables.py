"""The boxes and the arrows as two tables, for quick work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from loops.draw.layout import link_keys
from loops.editing.changes import AddLink, AddNode, Become, Change, Remove, Set, new_id
from loops.editing.kinds import Kind, kind_of, level_of
from loops.editing.pieces import SIGNS, ends, part_name
from loops.editing.strengths import NUMBERS
from loops.model import LONGEST_DELAY, Link, Model, Variable
from loops.ui.bringing.words import KINDS
from loops.ui.editing import drafts, form
from loops.ui.editing.drafts import Draft
from loops.ui.editing.form import Step
from loops.ui.editing.knowing import KNOWN
from loops.ui.editing.tabled import Cells, Column, Edits, Table, choice, number, show, text
from loops.ui.text import unique

HINT = (
    "Change a cell, add a row at the bottom, or mark rows and delete them. "
    "What cannot be is said, and the old value stands there again."
)
"""Said above each table."""


def boxes(draft: Draft) -> None:
    """The table of boxes."""
    st.caption(HINT)
    show("boxes", *box_table(draft.model, partial(drafts.do, draft.key)))


def box_table(model: Model, do: Callable[..., None]) -> Table:
    """Columns, rows and edits of the boxes of a model; `do` makes a step."""
    columns = {
        **text("label", "Name", wide=False),
        **choice("kind", "What it is", KINDS),
        **number("level", "Where it starts (0 to 1)", 1.0, step=0.01, empty=None),
        **text("not_yet", "Not yet"),
        **text("fully", "Fully"),
        **text("description", "Description"),
    }
    rows = {
        name: {**node.model_dump(), "kind": kind_of(node), "level": level_of(node)}
        for name, node in model.nodes.items()
    }
    edits = Edits(partial(_box_cells, model), partial(gone, model, "node"), partial(_new_box, model), do)
    return columns, rows, edits


def _box_cells(model: Model, name: str, cells: Cells) -> Step:
    node, part, values = model.nodes[name], f"node:{name}", dict(cells)
    changes: list[Change] = []
    kind = values.pop("kind", None)
    if kind:
        changes.append(Become(name, kind))
    kept = isinstance(node, Variable) if kind in (None, kind_of(node)) else kind == "variable"
    if "level" in values:
        values["start" if kept else "level"] = values.pop("level")
    if values:
        changes.append(Set(part, tuple(values.items())))
    says = form.told(model, part, values) if values else f"“{node.label}”: {KINDS[kind].casefold()}"
    return says, tuple(changes)


def _new_box(model: Model, cells: Cells) -> Step | None:
    label = cells.get("label")
    if not label:
        return None
    name = new_id(model, label)
    kind: Kind = cells.get("kind") or "variable"
    level = "start" if kind == "variable" else "level"
    rest = {level if field == "level" else field: value for field, value in cells.items() if value}
    rest = {field: value for field, value in rest.items() if field not in ("label", "kind")}
    more = (Set(f"node:{name}", tuple(rest.items())),) if rest else ()
    return f"“{label}” is added", (AddNode(name, label, kind), *more)


def arrows(draft: Draft) -> None:
    """The table of arrows."""
    st.caption(HINT)
    show("arrows", *arrow_table(draft.model, partial(drafts.do, draft.key)))


def arrow_table(model: Model, do: Callable[..., None]) -> Table:
    """Columns, rows and edits of the arrows of a model; `do` makes a step."""
    names = unique({name: node.label for name, node in model.nodes.items()})
    changing = {node.id: names[node.id] for node in model.variables}
    columns: dict[str, Column] = {
        **choice("source", "From", names),
        **choice("target", "To", changing),
        **choice("polarity", "Sign", SIGNS),
        **number("strength", "Strength a month", 2.0, step=0.001),
        **number("delay", "Months late", float(LONGEST_DELAY), step=0.5),
        **number("threshold", "Critical mass (0 to 1, or none)", 1.0, step=0.01, empty=None),
        **choice("evidence", "How we know", KNOWN),
        **text("reason", "Why"),
        **text("passage", "The source’s own words", none=True),
        **text("locator", "Where they stand", none=True, wide=False),
    }
    rows = {key: link.model_dump() for key, link in link_keys(model).items()}
    edits = Edits(partial(_arrow_cells, model), partial(gone, model, "link"), partial(_new_arrow, model), do)
    return columns, rows, edits


def _arrow_cells(model: Model, key: str, cells: Cells) -> Step:
    link, part = link_keys(model)[key], f"link:{key}"
    if {"source", "target"} & cells.keys():
        moved: dict[str, Any] = {**link.model_dump(exclude={"bend"}), **cells}
        source, target = moved.pop("source"), moved.pop("target")
        says = f"{part_name(model, part)} becomes {ends(model, (source, target))}"
        left = [one for name, one in link_keys(model).items() if name != key]
        return says, (Remove(part), *_drawn(left, source, target, moved))
    return form.told(model, part, cells), (Set(part, tuple(cells.items())),)


def _new_arrow(model: Model, cells: Cells) -> Step | None:
    rest = {field: value for field, value in cells.items() if value is not None}
    source, target = rest.pop("source", None), rest.pop("target", None)
    if not source or not target:
        return None
    rest.setdefault("strength", NUMBERS["moderate"])
    return f"{ends(model, (source, target))} is added", _drawn(model.links, source, target, rest)


def _drawn(links: Sequence[Link], source: str, target: str, values: Cells) -> tuple[Change, ...]:
    """A new arrow behind those that are there, with all that is said of it."""
    before = sum((link.source, link.target) == (source, target) for link in links)
    key = f"{source}|{target}" + (f"|{before + 1}" if before else "")
    delay = values.get(
        "delay", 0.0
    )  # what tells it from another arrow of the pair, so it has it from the first
    new = AddLink(source, target, values.get("polarity", "+"), delay=delay)
    return new, Set(f"link:{key}", tuple(values.items()))


def gone(model: Model, kind: str, names: Sequence[str]) -> Step:
    """Several parts removed at once; of parallel arrows the last first, or the others' names would change."""
    parts = [f"{kind}:{name}" for name in names]
    first = part_name(model, parts[0])
    says = f"{first} is removed" if len(parts) == 1 else f"{first} and {len(parts) - 1} more are removed"
    return says, tuple(Remove(part) for part in sorted(parts, key=_number, reverse=True))


def _number(part: str) -> int:
    *_, last = part.split("|")
    return int(last) if last.isdigit() and part.count("|") == 2 else 1
