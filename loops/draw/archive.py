"""Files made of files: Office documents and zips that are the same, byte for byte, for the same input."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""
_DATES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of the named files, in their order and without a date."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # fast rather than small: pictures and workbooks inside are compressed already
            archive.writestr(ZipInfo(name, _BEGINNING), data, compress_type=ZIP_DEFLATED, compresslevel=3)
    return out.getvalue()


def settled(document: bytes) -> bytes:
    """An Office document without the dates its library put in, in itself and in the workbooks inside it."""
    with ZipFile(io.BytesIO(document)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, data in files.items():
        if name == "docProps/core.xml":
            files[name] = _DATES.sub(b"", data)
        elif name.endswith(".xlsx"):
            files[name] = settled(data)
    return zipped(files)


def printable(text: str) -> str:
    r"""Text without the characters that no XML may hold.

    >>> printable("Trust\x07 in\nus")
    'Trust in\nus'
    """
    return _BROKEN.sub("", text)
