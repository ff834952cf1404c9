"""Cut a TOML text into blocks, one for each header, without changing a byte of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

Place = tuple[str | int, ...]
"""Keys and list places from the root: ``("link", 4)`` is the fifth ``[[link]]``."""

_QUOTES = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]')


@dataclass(frozen=True)
class Block:
    """A header's lines: the comments directly above it, itself and what follows up to the next block."""

    path: Place
    text: str

    def without_trailing(self) -> tuple[Block, str]:
        """This block, and the comments and blank lines at its end that stand after a blank line."""
        lines = lines_of(self.text)
        _, free = _scan(lines)
        end = len(lines)
        while (
            end and free[end - 1] and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"))
        ):
            end -= 1
        while end < len(lines) and lines[end].strip():
            end += 1  # comments that follow at once belong to the block
        return Block(self.path, "".join(lines[:end])), "".join(lines[end:])


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; in TOML only a line feed ends one, splitlines knows more."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def cut(text: str) -> list[Block]:
    """Cut valid TOML into blocks; the first has the empty path and holds what stands before any header.

    >>> [block.path for block in cut('a = 1\\n[[link]]\\nb = 2\\n[[link]]\\nb = 3\\n')]
    [(), ('link', 0), ('link', 1)]
    """
    lines = lines_of(text)
    starts, free = _scan(lines)
    blocks = []
    counts: dict[Place, int] = {}
    begin = 0
    path: Place = ()
    for line in starts:
        first = line
        while first > begin and free[first - 1] and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        blocks.append(Block(path, "".join(lines[begin:first])))
        begin, path = first, _resolve(lines[line], counts)
    blocks.append(Block(path, "".join(lines[begin:])))
    return blocks


def closing(line: str) -> int:
    """Where the first table or list of a line ends; the length of the line if it does not.

    >>> closing('{ a = "}", b = { c = 1 } }, # {')
    26
    """
    depth = 0
    for match in _QUOTES.finditer(line):
        mark = match.group()
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
        if mark in ("]", "}") and not depth:
            return match.end()
    return len(line)


def _scan(lines: list[str]) -> tuple[list[int], list[bool]]:
    """Numbers of the lines that are headers, and for each line whether it begins outside any value."""
    found, free = [], []
    depth, inside = 0, ""
    for number, line in enumerate(lines):
        free.append(not depth and not inside)
        if not depth and not inside and line.lstrip().startswith("["):
            found.append(number)
            continue
        position = 0
        while position < len(line):
            if inside:
                end = _closing(line, position, inside)
                if end < 0:
                    break
                position, inside = end, ""
                continue
            match = _QUOTES.search(line, position)
            if match is None:
                break
            mark, position = match.group(), match.end()
            if mark in ('"""', "'''"):
                inside = mark
            elif mark in "[{":
                depth += 1
            elif mark in "]}":
                depth -= 1
    return found, free


def _closing(line: str, position: int, quotes: str) -> int:
    """Where a multi-line string that is open ends in this line; -1 when it goes on."""
    pattern = r'(?:\\.|[^\\])*?"{3,5}' if quotes == '"""' else r".*?'{3,5}"
    match = re.compile(pattern, re.DOTALL).match(line, position)
    return match.end() if match else -1


def _resolve(header: str, counts: dict[Place, int]) -> Place:
    """The path of a header line, counting the items of each array of tables."""
    table = tomllib.loads(header)
    keys: list[str] = []
    value: object = table
    while isinstance(value, dict) and value:
        key = next(iter(value))
        keys.append(key)
        value = value[key]
    repeats = isinstance(value, list)
    path: Place = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if position == len(keys) - 1 and repeats:
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        elif path in counts:
            path = (*path, counts[path])
    return path
