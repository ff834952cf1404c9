"""Cells of tables that a spreadsheet may open: none runs as a formula, and each comes back as it was."""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?|[+-]", re.IGNORECASE)
"""Numbers, and signs that stand alone."""


def guarded(text: str) -> str:
    """A cell with an apostrophe in front where a spreadsheet would run it, or where one stands there already.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("-0.5"), guarded("-")
    ("'=1+1", "''=1+1", '-0.5', '-')
    """
    return f"'{text}" if _RUNS.match(text) and not _HARMLESS.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """What a cell holds, without the apostrophe that :func:`guarded` puts in front.

    >>> unguarded("'=1+1"), unguarded("'tis"), unguarded("''-")
    ('=1+1', "'tis", "'-")
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
