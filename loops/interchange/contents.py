"""Bytes that may hold anything, as text, JSON or XML: bounded, with one message when they are not that."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import defusedxml.ElementTree

from loops.complaints import BadFile

MAX_TAGS = 200_000
"""Opening brackets in an XML file: a count that bounds the time it takes to read."""
_DEEPEST = 200
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not allow and that some programs write all the same."""
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def text_of(data: bytes) -> str:
    """The text that bytes hold, as :func:`decoded` finds it."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, bool]:
    """The text that bytes hold, and whether that is sure: UTF-8, or UTF-16 if they say so.

    Else it is read as Windows-1252, with U+FFFD for bytes that this has not.

    >>> decoded("trust – buy-in".encode("cp1252"))
    ('trust – buy-in', False)
    """
    named = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(named).removeprefix("\ufeff"), True
    except UnicodeDecodeError:
        other = "cp1252" if named == "utf-8" else named
        return data.decode(other, errors="replace").removeprefix("\ufeff"), False


def json_of(data: bytes, file: str) -> Any:
    """The value that JSON holds; raises :class:`BadFile`. Infinite numbers and NaN come as floats."""
    try:
        return json.loads(text_of(data))
    except json.JSONDecodeError as error:
        raise BadFile(file, f"line {error.lineno}", f"this is not valid JSON: {error.msg}.") from None
    except RecursionError:
        raise BadFile(file, "", "brackets are nested too deeply to be a diagram.") from None
    except ValueError:
        raise BadFile(file, "", "a number has too many digits to be read.") from None


def fit(text: str) -> str:
    """The text with U+FFFD for every character that XML does not allow."""
    return _UNFIT.sub("\ufffd", text)


def xml_of(data: bytes, file: str) -> Element:
    """The root of an XML file, read with entities off; raises :class:`BadFile`.

    Bytes that are no text and characters that XML forbids are read as U+FFFD.
    """
    text = fit(text_of(data))
    if text.count("<") > MAX_TAGS:
        raise BadFile(file, "", f"this file has more than {MAX_TAGS:,} tags, too many for one diagram.")
    try:
        root: Element = defusedxml.ElementTree.fromstring(_DECLARATION.sub("", text, count=1))
    except ParseError as error:
        line = getattr(error, "position", (0, 0))[0]
        raise BadFile(
            file, f"line {line}", "this is not valid XML: save it again in the program it is from."
        ) from None
    except defusedxml.DefusedXmlException:
        raise BadFile(
            file, "", "this file defines entities of its own, which is not allowed: take them out."
        ) from None
    except (ValueError, RecursionError):
        raise BadFile(file, "", "this XML cannot be read: save it again in the program it is from.") from None
    _shallow(root, file)
    return root


def _shallow(root: Element, file: str) -> None:
    """Raise :class:`BadFile` where tags are nested deeper than in any diagram."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return
    raise BadFile(file, "", "tags are nested too deeply to be a diagram.")


def local(element: Element) -> str:
    """The name of an element without its namespace, in small letters.

    >>> local(Element("{http://www.w3.org/1999/xhtml}Node"))
    'node'
    """
    return str(element.tag).rpartition("}")[2].casefold()
