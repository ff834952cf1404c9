"""A workbook's parts, cut down to those that hold its cells, and bounded before any program builds them."""

from __future__ import annotations

import io
import re
import zipfile

from loops.complaints import BadFile

_PARTS, _UNPACKED, _RATIO = 100, 50_000_000, 200
"""Files inside a workbook, their bytes once unpacked, and that as a multiple of their bytes packed."""
_TAGS, _SMALL = 500_000, 100_000
"""Opening brackets in all that is kept, and bytes of a part that is no table: they bound time and memory."""
_TABLE = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_NEEDED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?workbook\.xml(\.rels)?", re.IGNORECASE)
"""The rest that says where the tables are. Styles are not among it: a small file can hold millions."""


def lean(data: bytes, file: str) -> bytes:
    """The workbook with its tables and without styles, pictures and macros; raises :class:`BadFile`.

    What a part says of its size bounds what is read of it.
    """
    kept = io.BytesIO()
    tags = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(kept, "w") as cut:
            _check_size(whole.infolist(), len(data), file)
            for part in whole.infolist():
                table = _TABLE.fullmatch(part.filename)
                if not table and not _NEEDED.fullmatch(part.filename):
                    continue
                content = whole.read(part)
                tags += content.count(b"<")
                if tags > _TAGS or (not table and len(content) > _SMALL):
                    raise _too_large(file)
                cut.writestr(part.filename, content)
    except BadFile:
        raise
    except Exception:  # a damaged or encrypted zip raises anything at all
        raise BadFile(
            file, "", "this workbook is damaged or locked: save it again in a spreadsheet."
        ) from None
    return kept.getvalue()


def _check_size(parts: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or unpacked > min(_UNPACKED, _RATIO * packed):
        raise _too_large(file)


def _too_large(file: str) -> BadFile:
    return BadFile(
        file, "", "this workbook unpacks to far more than a diagram: copy its tables into a new one."
    )
