"""The pieces of a written document, and how they read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from loops.draw.archive import printable

_MARKS = re.compile(r"([\\`*_\[\]<>&|~$#])")
_AT_THE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading; depth 1 is the title of the document."""

    text: str
    depth: int


@dataclass(frozen=True)
class Paragraph:
    """Running text; a quiet one is a remark about the document."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of titles; a title and a share of the width for each cell of a row.

    The rows of a tall one leave room to write by hand.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    tall: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG) at most so many millimetres high, and the same in words for who cannot see it."""

    svg: str
    alt: str
    high: int


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Picture


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown in which no text can become a mark, a link or a picture."""
    return "\n\n".join(map(_written, blocks)) + "\n"


def _written(block: Block) -> str:
    match block:
        case Heading(text, depth):
            return f"{'#' * depth} {_on_one_line(text)}"
        case Paragraph(text, quiet):
            return f"*{_on_one_line(text)}*" if quiet else _escaped(text)
        case Bullets(items):
            return "\n".join(f"- {_on_one_line(item)}" for item in items)
        case Picture(_, alt):
            return f"*{_on_one_line(alt)}*"
        case Table(head, rows):
            lines = (head, ("---",) * len(head), *(tuple(map(_on_one_line, row)) for row in rows))
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands.

    >>> print(_escaped("1. *Trust* <b>"))
    1\\. \\*Trust\\* \\<b\\>
    """
    # a line that began with spaces could be read as code
    lines = "\n".join(line.strip() for line in printable(text).strip().splitlines())
    marked = _MARKS.sub(r"\\\1", lines)
    # a dash or a number only makes a list at the start of a line
    return _AT_THE_START.sub(lambda at: f"{at[1]}{at[2][:-1]}\\{at[2][-1]}", marked)


def _on_one_line(text: str) -> str:
    return _escaped(" ".join(text.split()))
