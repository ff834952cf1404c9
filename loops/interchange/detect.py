"""Bring in a file of any known format: which one it is shows in what it holds, never in its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from loops.complaints import BadFile
from loops.files import MAX_BYTES
from loops.interchange import (
    dot,
    graphml,
    kumu,
    kumu_excel,
    links,
    loopy,
    mentalmodeler,
    plain,
    relationships,
    vensim,
    xmile,
)
from loops.interchange.complete import Imported, complete
from loops.interchange.contents import decoded, json_of, text_of
from loops.interchange.dot_graph import is_dot
from loops.interchange.draft import Draft, Note
from loops.interchange.tables import ZIPPED, Rows, csv_rows, sheet_names
from loops.interchange.words import alike

Read: TypeAlias = Callable[[bytes, str], Draft]
_TAGS: dict[str, Read] = {"graphml": graphml.read, "xmile": xmile.read, "mentalmodeler": mentalmodeler.read}
_KEYS: dict[str, Read] = {
    "elements": kumu.read,
    "connections": kumu.read,
    "concepts": mentalmodeler.read,
    "nodes": loopy.read,
    "relationships": relationships.read,
    "model": relationships.read,
}
_KNOWN = (
    "Known are Kumu (JSON, Excel), Loopy (link, JSON), Mental Modeler, Vensim (.mdl), Stella and XMILE, "
    "GraphML, Graphviz (DOT), tables with from, to and sign (CSV, Excel), and lines of text such as A + B."
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_TAG = re.compile(r"<(?:[\w-]{1,50}:)?([A-Za-z][\w-]{0,50})")
_ASIDE = {"<?": "?>", "<!--": "-->", "<!": ">"}
"""What may stand before the first tag of XML: how it begins and ends."""
_LOOPY = re.compile(r"\S{0,200}[?&#]data=|\S{0,200}#(?:\[|%5B)|\[\s*\[\s*\[|%5B\s*%5B", re.IGNORECASE)
_VENSIM = re.compile(r"\A\{UTF-8\}|^\\\\\\---///|^\t~\t", re.MULTILINE)
_HEAD = re.compile(r'"?(from|source)"?[,;\t|]"?(to|target)"?[,;\t|]', re.IGNORECASE)
"""How a table of links begins whose names may look like links themselves, such as “fewer > more”."""
_OWN = re.compile(
    r"^[ \t]*(format[ \t]*=[ \t]*\d|\[(variable|context|lever)\.\w+\]|\[\[link\]\])", re.MULTILINE
)


def import_file(data: bytes, name: str) -> Imported:
    """The model that a file of any known format makes, with the notes; raises :class:`BadFile`.

    The file is named by `name` in messages, and nothing is concluded from that.

    >>> imported = import_file(b"Trust + Buy-in\\nBuy-in + Trust", "ours.txt")
    >>> len(imported.model.nodes), len(imported.model.links), imported.model.links[0].name
    (2, 2, 'trust -> buy_in')
    """
    if len(data) > MAX_BYTES:
        says = f"the file is larger than {MAX_BYTES // 1_000_000} MB, too large for one diagram."
        raise BadFile(name, "", says)
    if not data.strip():
        raise BadFile(name, "", "the file is empty.")
    imported = complete(reader_of(data, name)(data, name))
    if data.startswith(ZIPPED) or decoded(data)[1]:
        return imported
    says = "The file is not UTF-8 text. Letters beyond A to Z may have come out wrong: look at the names."
    return replace(imported, notes=(*imported.notes, Note("assumed", "", says)))


def is_own(data: bytes) -> bool:
    """Whether this is a model, or something else, that this program itself has written.

    >>> is_own(b'format = 1\\nid = "ours"'), is_own(b"Trust + Buy-in")
    (True, False)
    """
    return _OWN.search(text_of(data)) is not None


def reader_of(data: bytes, file: str) -> Read:
    """The reader of the format that a file is in; raises :class:`BadFile` when it is none that is known."""
    if data.startswith(ZIPPED):
        return kumu_excel.read if {"elements", "connections"} & sheet_names(data, file) else links.read
    if data.startswith(_OLD_OFFICE):
        raise BadFile(file, "", "this is an old Excel file (.xls): save it as .xlsx and try again.")
    text = text_of(data).lstrip()
    if _VENSIM.search(text):
        return vensim.read
    if text.startswith("<"):
        return _by_tag(text, file)
    if _LOOPY.match(text):
        return loopy.read
    if text.startswith("{"):
        return _by_keys(data, file)
    return _by_lines(data, text, file)


def _by_tag(text: str, file: str) -> Read:
    at = 0
    while end := next((end for begin, end in _ASIDE.items() if text.startswith(begin, at)), None):
        after = text.find(end, at)
        at = text.find("<", after) if after > 0 else len(text)
    found = _TAG.match(text, max(at, 0))
    name = found[1].casefold() if found else ""
    if name not in _TAGS:
        raise BadFile(file, "", f"this XML is of no format that is known here (<{name}>). {_KNOWN}")
    return _TAGS[name]


def _by_keys(data: bytes, file: str) -> Read:
    keys = [key.casefold() for key in json_of(data, file)]
    found = next((key for key in _KEYS if key in keys), None)
    if found is None:
        raise BadFile(file, "", f"this JSON is of no format that is known here. {_KNOWN}")
    return _KEYS[found]


def _by_lines(data: bytes, text: str, file: str) -> Read:
    if is_dot(text):
        return dot.read
    if _HEAD.match(text):
        return links.read
    if re.match(r"https?://\S+\s*$", text):
        raise BadFile(
            file, "", "this is an address. Save the diagram as a file there, and bring in the file."
        )
    if is_own(data):
        raise BadFile(file, "", "this is a model of this program already. Open it where models are opened.")
    if plain.is_links(data, file):
        return plain.read
    rows = csv_rows(data, file)
    if links.is_list(rows):
        return links.read
    if _is_matrix(rows):
        return mentalmodeler.read
    raise BadFile(file, "", f"this is of no format that is known here. {_KNOWN}")


def _is_matrix(rows: Rows) -> bool:
    """Whether at least half of the names at the head of columns stand at the head of rows too."""
    rows = [row for row in rows if row]
    if len(rows) < 2:
        return False
    heads = {alike(cell) for cell in rows[0][1:] if cell.strip()}
    return bool(heads) and 2 * len(heads & {alike(row[0]) for row in rows[1:]}) >= len(heads)
