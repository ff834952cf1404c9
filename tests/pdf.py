"""The text of a PDF, as far as a test needs it: what each piece of text says through its font's own table."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_BLOCK = re.compile(rb"BT\b(.*?)\nET\b", re.DOTALL)
_PLAIN = rb"\\.|[^\\()]"
_SHOWN = rb"(?<!/ActualText)\(((?:%s|\((?:%s|\((?:%s)*\))*\))*)\)"
_STRING = re.compile(_SHOWN % (_PLAIN, _PLAIN, _PLAIN), re.DOTALL)
"""What is shown: it stands in brackets, and may have brackets in it, which a PDF leaves as they are."""
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words(data: bytes) -> str:
    """All the text without its spaces, read through each font in turn: what is set in it reads right there.

    Spaces are left out because pictures in a PDF place every letter by itself.
    """
    streams = [
        _opened(data[one.end() : data.index(b"endstream", one.end())]) for one in _STREAM.finditer(data)
    ]
    tables = [_table(stream) for stream in streams if b"beginbfchar" in stream or b"beginbfrange" in stream]
    blocks = [block for stream in streams for block in _BLOCK.findall(stream)]
    strings = (_ESCAPE.sub(_plain, string) for block in blocks for string in _STRING.findall(block))
    codes = b"".join(strings)
    glyphs = [int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)]
    return "\n".join(plain("".join(table.get(glyph, "\ufffd") for glyph in glyphs)) for table in tables)


def plain(text: str) -> str:
    """A text as :func:`words` gives it."""
    return "".join(text.split())


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _plain(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8)]) if code.isdigit() else _NAMED.get(code, code)


def _table(stream: bytes) -> dict[int, str]:
    """What each glyph says: pairs of codes, and runs of codes that count up together."""
    found = {}
    for kind, body in re.findall(rb"beginbf(char|range)\s(.*?)endbf", stream, re.DOTALL):
        for line in body.splitlines():
            first, *rest = re.findall(rb"<([0-9A-Fa-f]+)>", line)
            text = bytes.fromhex(rest[-1].decode()).decode("utf-16-be")
            last = rest[0] if kind == b"range" else first
            for glyph in range(int(first, 16), int(last, 16) + 1):
                found[glyph] = text[:-1] + chr(ord(text[-1]) + glyph - int(first, 16))
    return found
