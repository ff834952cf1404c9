"""Safe text: labels come from files that anybody may have written, and are shown exactly as they stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeVar

from loops.draw.scale import ASSUMPTIONS
from loops.interchange.cells import guarded
from loops.narrate import listed

__all__ = ["ASSUMPTIONS", "csv_text", "listed", "md", "table", "unique", "year_heads", "years_shown"]

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")
_Key = TypeVar("_Key")
_ADDRESS = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)
"""Where an address begins: of a bare one Streamlit makes a link, escaped or not, unless parted there."""
_YEARS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20)


def md(text: str) -> str:
    """Text for a label or message that Streamlit reads as Markdown: every mark is escaped, lines are joined.

    >>> md("![x](http://a.b)")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\:\\u2060//a\\\\.b\\\\)'
    """
    parted = _ADDRESS.sub("\\g<0>\u2060", " ".join(text.split()))
    return _MARKS.sub(r"\\\1", parted)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, least: int = 0) -> str:
    """An HTML table of escaped cells, at least so many rem wide, that scrolls sideways on a narrow screen."""
    cell = "padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top"
    rule = "border-bottom:1px solid rgba(128,128,128,.35)"
    titles = "".join(f'<th scope="col" style="{cell};{rule}">{escape(title)}</th>' for title in head)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row" style="{cell};{rule};font-weight:600">{escape(text)}</th>'
            if place == 0
            else f'<td style="{cell};{rule}">{escape(text)}</td>'
            for place, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div style="overflow-x:auto" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table style="border-collapse:collapse;width:100%;min-width:{least}rem;font-size:.95rem">'
        f'<caption style="text-align:left;opacity:.8;padding-bottom:.3rem">{escape(caption)}</caption>'
        f"<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> csv_text(["=A1", "-0.5"], [])
    "'=A1,-0.5\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (head, *rows):
        writer.writerow(map(guarded, row))
    return out.getvalue()


def years_shown(months: int) -> list[int]:
    """The years that a table shows of so many months, with the start as 0."""
    return [year for year in _YEARS if 12 * year <= months]


def year_heads(years: Sequence[int]) -> list[str]:
    """What stands above the columns of these years.

    >>> year_heads(years_shown(30))
    ['start', 'year 1', 'year 2']
    """
    return ["start", *(f"year {year}" for year in years[1:])]


def unique(labels: Mapping[_Key, str]) -> dict[_Key, str]:
    """Labels that can be told apart: a widget finds a choice by its label, so equal ones are numbered.

    >>> unique({"a": "Train", "b": "Train", "c": "Rest"})
    {'a': 'Train', 'b': 'Train (2)', 'c': 'Rest'}
    """
    taken: set[str] = set()
    found = {}
    for key, label in labels.items():
        number, made = 1, label
        while made in taken:
            number += 1
            made = f"{label} ({number})"
        taken.add(made)
        found[key] = made
    return found
