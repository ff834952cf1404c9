"""Tables with named columns as CSV, as any spreadsheet writes them: read row by row, and written.

What is wrong is a :class:`ValueError` of one sentence that names the row, as a spreadsheet counts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from loops.parts import nearest

_MOST_BYTES = 5_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORMS = (("%Y-%m-%d", 10), ("%d/%m/%Y", 10), ("%Y-%m", 7), ("%m/%Y", 7), ("%Y", 4))


def read(
    data: bytes, columns: Sequence[str], needed: Sequence[str], *, most: int
) -> list[tuple[int, dict[str, str]]]:
    """The number and the cells of every row that is not empty, columns that are missing as empty text.

    >>> read(b"Date,what\\n2024,They rang\\n", ("date", "what", "why"), ("date",), most=9)
    [(2, {'date': '2024', 'what': 'They rang', 'why': ''})]
    """
    rows = _rows(data)
    head = _head(next(rows, (1, []))[1], columns, needed)
    empty = dict.fromkeys(columns, "")
    found = [(number, empty | _cells(number, head, row)) for number, row in rows if any(row)]
    if not found:
        raise ValueError("This file has no rows below its column names, so nothing was added.")
    if len(found) > most:
        raise ValueError(f"This file has {len(found):,} rows, and at most {most:,} are kept. Split it.")
    return found


def written(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV, without space around cells.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> written(("what", "why"), [{"what": "=1+1", "why": None}]).splitlines()
    ['what,why', "'=1+1,"]
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (row[name] for name in columns)
        writer.writerow(["" if cell is None else _guarded(str(cell).strip()) for cell in cells])
    return out.getvalue()


def dated(text: str) -> str:
    """A day, a month or a year as ``2024-03-15``, ``2024-03`` or ``2024``; raises :class:`ValueError`.

    A spreadsheet in Britain writes the day first, so ``15/3/2024`` and ``3/2024`` are read too.
    """
    for form, most in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()[:most]
        except ValueError:
            continue
    raise ValueError(
        f"“{text.strip()[:40]}” is no date. Write it as 2024-03-15 or 15/3/2024, or only 2024-03 or 2024."
    )


def needed(text: str, column: str, what: str) -> str:
    """The text of a cell; raises :class:`ValueError` when it is empty."""
    if not text:
        raise ValueError(f"{column} is empty. Write {what}.")
    return text


def short(text: str, column: str, most: int) -> None:
    """Raise :class:`ValueError` for a cell of more than `most` characters."""
    if len(text) > most:
        raise ValueError(f"{column} has {len(text):,} characters. Write at most {most:,}.")


def meant(text: str, names: Mapping[str, set[str]], *, column: str, kinds: str) -> str:
    """The id that a cell means, by `names` in small letters; raises :class:`ValueError` for none or several.

    >>> meant("Trust ", {"trust": {"trust"}}, column="on", kinds="box")
    'trust'
    """
    found = sorted(names.get(needed(text, column, f"the {kinds}").strip().casefold(), ()))
    if not found:
        words = [name for name in names if "_" not in name] or names  # rather words on screen than an id
        near = nearest(text.strip().casefold(), words)
        raise ValueError(f"{column} is “{text[:80]}”, which is no {kinds}. {near}")
    if len(found) > 1:
        raise ValueError(f"{column} is “{text[:80]}”, which may be {' or '.join(found)}. Write one of these.")
    return found[0]


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, without space around its cells."""
    if len(data) > _MOST_BYTES:
        raise ValueError("This file is larger than 5 MB. Split it, or check that it is the right one.")
    try:
        text = data.decode("utf-8-sig").replace("\0", "")  # which no keyboard types and no database keeps
    except UnicodeDecodeError:
        raise ValueError("This file is no text in UTF-8. Save it as “CSV UTF-8”, then try again.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise ValueError(
            f"Row {number + 1} is not CSV ({error}). Check its quotation marks; nothing was added."
        ) from None


def _head(row: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    names = [name.casefold() for name in row]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in columns:
            raise ValueError(f"There is no column “{name[:40]}”. {nearest(name, columns)}")
        if names.count(name) > 1:
            raise ValueError(f"There are two columns “{name}”. Keep one of them.")
    if missing := [name for name in needed if name not in names]:
        raise ValueError(f"The first row lacks {', '.join(missing)}. It names the columns: add them there.")
    return names


def _cells(number: int, head: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    if any(row[len(head) :]):
        raise ValueError(
            f"Row {number} has more cells than there are columns. "
            "Put text that holds a comma into quotation marks; nothing was added."
        )
    return {name: _bare(cell).strip() for name, cell in zip(head, row, strict=False)}


def _guarded(cell: str) -> str:
    """`'=1` and `''=1` for `=1` and `'=1`, so that :func:`_bare` gives every cell back."""
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULA else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA else cell
