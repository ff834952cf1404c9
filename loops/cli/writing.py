"""Files that commands write: tables and JSON, never over something of another kind, and documents."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from loops.complaints import BadFile
from loops.interchange.cells import guarded


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> None:
    """Write a table; None is an empty cell. Raises :class:`BadFile` when the file cannot be written.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    with _opened(path, ".csv") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([_cell(cell) for cell in row] for row in rows)


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON. Raises :class:`BadFile` when the file cannot be written."""
    with _opened(path, ".json") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a document. Raises :class:`BadFile` when the file cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, error) from None


def writable(path: Path | None, suffix: str) -> None:
    """Say before any work begins that a file could not be written in the end; raises :class:`BadFile`."""
    if path is None:
        return
    if path.is_dir():
        raise BadFile(str(path), "", f"this is a folder: give the name of a {suffix} file in it.")
    if path.exists() and path.suffix.lower() != suffix:
        raise BadFile(
            str(path), "", f"this file is there already and is no {suffix}, so it was not overwritten."
        )
    if not path.absolute().parent.is_dir():
        raise BadFile(str(path), "", "the file cannot be written: there is no such folder.")


def apart(*paths: Path | None) -> None:
    """Say before any work begins that one file would be written over another; raises :class:`BadFile`."""
    told = [path.absolute() for path in paths if path]
    for number, path in enumerate(told):
        if path in told[:number]:
            raise BadFile(str(path), "", "two things would be written to this file: give each a name.")


@contextmanager
def _opened(path: Path, suffix: str) -> Iterator[TextIO]:
    writable(path, suffix)
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> BadFile:
    return BadFile(str(path), "", f"the file cannot be written: {error.strerror}.")


def _cell(cell: str | float | None) -> str:
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return guarded(cell or "")
