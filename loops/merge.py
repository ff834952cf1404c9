"""Write a change into a TOML text so that only the lines that changed are different.

The text is cut into blocks: a ``[header]`` with its body and the comment lines that stand directly above it.
A change is made inside its own block (by tomlkit, which keeps the comments and layout there), a removed table
takes its block and comments along, and a new one is put behind the last of its kind. All else stays byte for
byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import tomlkit
from pydantic import BaseModel

from loops.blocks import Block, Place, cut
from loops.shape import as_file


@dataclass(frozen=True)
class Edit:
    """One difference between two contents: a value set anew, a key or list item added, or one removed."""

    path: Place
    kind: Literal["set", "add", "remove"]
    value: Any = None


def merge(text: str, old: BaseModel, new: BaseModel) -> str:
    """Return `text`, which holds `old`, changed so that it holds `new`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    blocks = cut(text)
    edits = list(_differences((), as_file(old), as_file(new), as_file(new, defaults=False)))
    # from the back, so that the numbers of list items stay right while some are removed; then what is new
    there = sorted(
        (each for each in edits if each.kind != "add"), key=lambda each: _order(each.path), reverse=True
    )
    for edit in [*there, *(each for each in edits if each.kind == "add")]:
        if edit.kind == "remove" and (whole := _inside(blocks, edit.path)):
            blocks = [kept for block in blocks if (kept := _without(block) if block in whole else block).text]
        elif edit.kind == "add" and isinstance(edit.value, Mapping) and _wants_table(blocks, edit):
            blocks = _with_table(blocks, edit, newline)
        else:
            blocks = _with_edit(blocks, edit, newline)
    return "".join(block.text for block in blocks)


def fresh(part: BaseModel) -> str:
    """`part` as a new file."""
    return tomlkit.dumps(as_file(part, defaults=False))


def _differences(path: Place, old: Any, new: Any, short: Any) -> Iterator[Edit]:
    """Where `old` and `new` differ. What is written comes from `short`, which is `new` without defaults."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in old.keys() - new.keys():
            yield Edit((*path, key), "remove")
        for key, value in new.items():
            brief = short.get(key, value) if isinstance(short, Mapping) else value
            if key not in old:
                yield Edit((*path, key), "add", brief)
            else:
                yield from _differences((*path, key), old[key], value, brief)
    elif _tables(old) and _tables(new) and (old or len(path) == 1):
        yield from _list_differences(path, old, new, short)
    elif old != new:
        yield Edit(path, "set", short)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _list_differences(path: Place, old: list[Any], new: list[Any], short: list[Any]) -> Iterator[Edit]:
    """Items are matched by identity: the ends of a link and which one it is of that pair, or their place."""
    before = {name: index for index, name in enumerate(_identities(old))}
    after = {name: index for index, name in enumerate(_identities(new))}
    kept = [name for name in before if name in after]
    if [name for name in after if name in before] != kept or list(after)[: len(kept)] != kept:
        kept = []  # in another order: all of them are written anew
    for name, index in before.items():
        if name in kept:
            yield from _differences((*path, index), old[index], new[after[name]], short[after[name]])
        else:
            yield Edit((*path, index), "remove")
    for name, index in after.items():
        if name not in kept:
            yield Edit((*path, len(old) + index), "add", short[index])


def _identities(items: list[Any]) -> list[tuple[Any, ...]]:
    seen: dict[tuple[Any, ...], int] = {}
    names = []
    for index, item in enumerate(items):
        ends = (item["from"], item["to"]) if {"from", "to"} <= item.keys() else (index,)
        seen[ends] = seen.get(ends, 0) + 1
        names.append((*ends, seen[ends]))
    return names


def _order(path: Place) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in path)


def _inside(blocks: list[Block], path: Place) -> list[Block]:
    return [block for block in blocks if block.path[: len(path)] == path and path]


def _without(block: Block) -> Block:
    """What stays when a block goes: the comments at its end that open what comes next."""
    return Block((), block.without_trailing()[1].lstrip("\r\n"))


def _wants_table(blocks: list[Block], edit: Edit) -> bool:
    """Whether a new table belongs in a block of its own, because its brothers have theirs."""
    parent = edit.path[:-1]
    return any(len(block.path) == len(edit.path) and block.path[:-1] == parent for block in blocks) or (
        len(edit.path) == 2 and not any(block.path == parent for block in blocks)
    )


def _with_table(blocks: list[Block], edit: Edit, newline: str) -> list[Block]:
    parent = edit.path[:-1]
    header = ".".join(str(step) for step in edit.path if isinstance(step, str))
    opening = f"[[{header}]]" if isinstance(edit.path[-1], int) else f"[{header}]"
    body = tomlkit.dumps({key: value for key, value in edit.value.items() if value not in ("", [])})
    brothers = [n for n, block in enumerate(blocks) if block.path[: len(parent)] == parent and parent]
    place = brothers[-1] + 1 if brothers else len(blocks)
    # a comment that follows the last brother after a blank line opens what comes next: keep it there
    before, trailing = blocks[place - 1].without_trailing() if brothers else (blocks[-1], "")
    gap = "" if before.text.endswith(newline * 2) or not before.text else newline
    gap = gap if before.text.endswith(newline) or not before.text else newline * 2
    text = gap + (opening + "\n" + body).replace("\n", newline) + trailing
    new = Block(edit.path, text)
    return [*blocks[: place - 1], before, new, *blocks[place:]]


def _with_edit(blocks: list[Block], edit: Edit, newline: str) -> list[Block]:
    """Make an edit inside the block that holds the longest beginning of its path."""
    holders = [
        n for n, b in enumerate(blocks) if edit.path[: len(b.path)] == b.path and len(b.path) < len(edit.path)
    ]
    chosen = max(holders, key=lambda n: len(blocks[n].path))
    block = blocks[chosen]
    document = tomlkit.parse(block.text)
    table: Any = document
    for step in block.path:
        table = table[0 if isinstance(step, int) else step]
    *way, last = edit.path[len(block.path) :]
    for step in way:
        if isinstance(step, str) and step not in table:
            table[step] = tomlkit.inline_table()
        table = table[step]
    if edit.kind == "remove":
        del table[last]
    elif isinstance(last, int) and edit.kind == "add":
        table.append(edit.value)
    else:
        table[last] = edit.value
    text = tomlkit.dumps(document)
    if newline == "\r\n":
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return [*blocks[:chosen], Block(block.path, text), *blocks[chosen + 1 :]]
