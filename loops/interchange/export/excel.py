"""An Excel workbook: a sheet of boxes, one of arrows, and one of loops, all as text and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from loops.interchange.export.pieces import kind_words, names_of, rates_of, said_of
from loops.interchange.naming import text_of
from loops.interchange.words import plain
from loops.model import Model
from loops.scenario import Scenario

Row = Sequence[str | float]
_BOXES = ("box", "kind", "start", "gain", "fade", "x", "y", "description")
_ARROWS = ("from", "to", "sign", "strength", "delay", "threshold", "steepness", "bend", "evidence")
_WORDS = ("reason", "passage", "locator")
_LOOPS = ("loop", "letter", "story", "first box", "and so on")
_WIDE, _NARROW = 38, 11
"""Columns of words and of numbers, in characters."""
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that the workbook bears, so that the same model gives the same bytes."""


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The workbook; levels are 0 to 1, rates per month, delays in months. A plan has no place in it."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": plain(model.title), "created": _BEGINNING})
        bold = book.add_format({"bold": True})
        tables = {
            "Boxes": (_BOXES, _boxes(model)),
            "Arrows": ((*_ARROWS, *_WORDS), _arrows(model)),
            "Loops": (_LOOPS, _loops(model)),
        }
        for name, (head, rows) in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(head):
                words = title in ("box", "from", "to", "loop", "description", "story", "first box", *_WORDS)
                sheet.set_column(column, column, _WIDE if words else _NARROW)
            _fill(sheet, 0, head, bold)
            for at, row in enumerate(rows, start=1):
                _fill(sheet, at, row)
    return out.getvalue()


def _fill(sheet: Worksheet, at: int, row: Row, style: object = None) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str) and value:
            sheet.write_string(at, column, value, style)
        elif not isinstance(value, str):
            sheet.write_number(at, column, value, style)


def _boxes(model: Model) -> Iterator[Row]:
    names = names_of(model)
    for name, node in model.nodes.items():
        rates = rates_of(node)
        own = [rates.get(column, "") for column in ("start", "gain", "fade")]
        yield (names[name], kind_words(node), *own, *(node.position or ("", "")), text_of(node.description))


def _arrows(model: Model) -> Iterator[Row]:
    names = names_of(model)
    for link in model.links:
        said = said_of(link) | ({} if link.bend is None else {"bend": link.bend})
        ends = (names[link.source], names[link.target], link.polarity)
        yield (*ends, *(said.get(column, "") for column in (*_ARROWS[3:], *_WORDS)))


def _loops(model: Model) -> Iterator[Row]:
    names = names_of(model)
    for loop in model.loops:
        story = text_of(loop.story)
        yield (plain(loop.name) or loop.id, loop.label or "", story, *(names[name] for name in loop.path))
