"""A table of arrows as CSV: one row an arrow, and one for each box without any."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from loops.interchange.cells import guarded
from loops.interchange.export.pieces import kind_words, names_of, said_of
from loops.interchange.words import plain
from loops.model import Model
from loops.scenario import Scenario

HEAD = ("from", "to", "sign", "strength", "delay", "threshold", "steepness", "evidence", "reason", "passage")
COLUMNS = (*HEAD, "locator", "from is")
"""The last says what the box that an arrow comes from is; what one leads to changes by itself."""


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The arrows, strengths per month and delays in months; a plan has no place in it.

    Every cell is in quotes: a line never begins with what somebody has written.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in _rows(model):
        writer.writerow(guarded(plain(row.get(column, ""))) for column in COLUMNS)
    return ("\ufeff" + out.getvalue()).encode()  # by its first mark a spreadsheet knows that this is UTF-8


def _rows(model: Model) -> Iterator[dict[str, str | float]]:
    names, nodes = names_of(model), model.nodes
    for link in model.links:
        ends = {"from": names[link.source], "to": names[link.target], "sign": link.polarity}
        yield {**ends, **said_of(link), "from is": kind_words(nodes[link.source])}
    drawn = {end for link in model.links for end in (link.source, link.target)}
    for name, node in nodes.items():
        if name not in drawn:
            yield {"from": names[name], "from is": kind_words(node)}
