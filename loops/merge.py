"""Write a change into a TOML text so that only the lines that changed are different.

The text is cut into blocks: a ``[header]`` with its body and the comment lines that stand directly above it.
A change is made inside its own block (by tomlkit, which keeps the comments and layout there), a removed table
takes its block and comments along, and a new one is put behind the last of its kind. All else stays byte for
byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import tomlkit
from pydantic import BaseModel

from loops.blocks import Block, Place, closing, cut, lines_of
from loops.shape import as_file


@dataclass(frozen=True)
class Edit:
    """One difference: a value set, added or removed, or the items of a list or of keyed tables rearranged.

    The value of "items" is the new sequence: the number of an item that was there before, or a new table.
    """

    path: Place
    kind: Literal["set", "add", "remove", "items"]
    value: Any = None


def merge(text: str, old: BaseModel, new: BaseModel) -> str:
    """Return `text`, which holds `old`, changed so that it holds `new`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    blocks = cut(text)
    edits = list(_differences((), as_file(old), as_file(new), as_file(new, defaults=False)))
    # changes inside items first, while their numbers are still those of the old text
    for edit in sorted(edits, key=lambda each: each.kind == "items"):
        if edit.kind == "items":
            blocks = _rearranged(blocks, edit, newline)
        elif edit.kind == "remove" and (whole := _inside(blocks, edit.path)):
            blocks = [kept for block in blocks if (kept := _without(block) if block in whole else block).text]
        elif edit.kind == "add" and len(edit.path) == 2 and _homeless(blocks, edit):
            table = Edit(edit.path[:1], "add", {edit.path[1]: edit.value})
            blocks = _with_table(blocks, table, newline)
        elif edit.kind == "add" and isinstance(edit.value, Mapping) and _wants_table(blocks, edit):
            blocks = _with_table(blocks, edit, newline)
        else:
            blocks = _with_edit(blocks, edit, newline)
    return "".join(block.text for block in blocks)


def fresh(part: BaseModel) -> str:
    """`part` as a new file."""
    content = as_file(part, defaults=False)
    return tomlkit.dumps({key: _compact(value, depth=2) for key, value in content.items()})


def _compact(value: Any, *, depth: int = 0) -> Any:
    """Lists of tables as lists of inline tables, below the tables (`depth` of them) that get headers."""
    if isinstance(value, Mapping) and depth:
        return {key: _compact(item, depth=depth - 1) for key, item in value.items()}
    if isinstance(value, Mapping):
        made = tomlkit.inline_table()
        made.update({key: _compact(item) for key, item in value.items()})
        return made
    if _tables(value) and value and depth < 2:
        items = tomlkit.array().multiline(len(value) > 1)
        for item in value:
            items.append(_compact(item))
        return items
    return value


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
        if len(path) == 1:  # keyed tables: their order is the order of the model
            written = [*(key for key in old if key in new), *(key for key in new if key not in old)]
            if written != list(new):
                yield Edit(path, "items", [written.index(key) for key in new])
    elif _tables(old) and _tables(new) and (old or len(path) == 1):
        yield from _list_differences(path, old, new, short)
    elif old != new:
        yield Edit(path, "set", short)


def _tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _list_differences(path: Place, old: list[Any], new: list[Any], short: list[Any]) -> Iterator[Edit]:
    """Items are matched by identity, so that what is written about one stays with it."""
    partner = _partners(old, new)
    for index, there in partner.items():
        yield from _differences((*path, index), old[index], new[there], short[there])
    number = {there: index for index, there in partner.items()}
    sequence = [number.get(there, item) for there, item in enumerate(short)]
    if sequence != list(range(len(old))):
        yield Edit(path, "items", sequence)


def _partners(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Which new item is which old one: those of one identity, and what is left by place except for links."""
    names, wanted = _identities(old), _identities(new)
    found = {n: wanted.index(name) for n, name in enumerate(names) if name in wanted}
    if old and not {"from", "to"} <= old[0].keys():
        free = set(range(len(new))) - set(found.values())
        found |= {n: n for n in range(len(old)) if n not in found and n in free}
    return found


def _identities(items: list[Any]) -> list[tuple[Any, ...]]:
    seen: Counter[tuple[Any, ...]] = Counter()
    names = []
    for index, item in enumerate(items):
        name = _identity(item)
        seen[name] += 1
        names.append((*name, seen[name]) if name else (index,))
    return names


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells an item from its brothers: a story's id, a step's title, a link's ends, a change's month.

    Of a lever's cells their place, of a setting's essentials their lever.
    """
    if "measure" in item:  # a criterion's month is what it measures
        return ()
    keys = (("id",), ("title",), ("from", "to"), ("month",), ("at", "on"), ("lever",))
    return next((tuple(item[key] for key in each) for each in keys if set(each) <= item.keys()), ())


def _inside(blocks: list[Block], path: Place) -> list[Block]:
    return [block for block in blocks if block.path[: len(path)] == path and path]


def _rearranged(blocks: list[Block], edit: Edit, newline: str) -> list[Block]:
    """Remove, add and move the blocks of a list or of keyed tables, or the items of a list in a value."""
    depth = len(edit.path) + 1
    held: dict[Place, list[Block]] = {}
    for block in blocks:
        if len(block.path) >= depth and block.path[: depth - 1] == edit.path:
            held.setdefault(block.path[:depth], []).append(block)
    if not held and (depth > 2 or _written(blocks, edit.path)):
        return _with_edit(blocks, edit, newline)
    items = list(held.values())
    first = next((n for n, block in enumerate(blocks) if block.path[:depth] in held), len(blocks))
    others = [block for block in blocks if block.path[:depth] not in held]
    trailing = ""
    if items:  # what follows the last one after a blank line opens what comes next: it stays there
        items[-1][-1], trailing = items[-1][-1].without_trailing()
    sequence: list[Block] = []
    for number in edit.value:
        if isinstance(number, int):
            sequence += items[number]
        else:
            sequence.append(Block((*edit.path, len(sequence)), _table(edit.path, number, repeats=True)))
    text = [block.text.strip("\r\n").replace("\r\n", "\n") for block in sequence]
    turned = [
        Block(block.path, (one + "\n\n").replace("\n", newline))
        for block, one in zip(sequence, text, strict=True)
    ]
    if turned:
        turned[-1] = Block(turned[-1].path, turned[-1].text.removesuffix(newline))
    if turned and first and not others[first - 1].text.endswith(newline * 2):
        turned[0] = Block(turned[0].path, newline + turned[0].text)
    return [*others[:first], *turned, Block((), trailing), *others[first:]]


def _written(blocks: list[Block], path: Place) -> bool:
    """Whether a list stands in the text as a value, even an empty one."""
    return any(path[0] in tomlkit.parse(block.text) for block in blocks if block.path == ())


def _table(path: Place, value: Mapping[str, Any], *, repeats: bool) -> str:
    header = ".".join(str(step) for step in path if isinstance(step, str))
    body = tomlkit.dumps({key: _compact(item) for key, item in value.items()})
    return (f"[[{header}]]" if repeats else f"[{header}]") + "\n" + body


def _relisted(text: str, count: int, sequence: list[Any]) -> str:
    """A list of inline tables with its items rearranged; an item on a line of its own keeps that line."""
    lines = [line.strip() for line in lines_of(text) if line.strip().startswith("{")]
    if len(lines) != count:
        lines = []
    old = tomlkit.parse(f"x = {text}")["x"]
    items = []
    for one in sequence:
        if isinstance(one, int) and lines:
            items.append(lines[one])
        else:
            items.append(_compact(old[one] if isinstance(one, int) else one).as_string())
    if not lines:
        return "[" + ", ".join(items) + "]"
    written = ""
    for item in items:
        end = closing(item)  # a comma after every item, then the comment if there is one
        written += f"  {item[:end]}, {item[end:].lstrip(' ,')}".rstrip() + "\n"
    return f"[\n{written}]"


def _without(block: Block) -> Block:
    """What stays when a block goes: the comments at its end that open what comes next."""
    return Block((), block.without_trailing()[1].lstrip("\r\n"))


def _homeless(blocks: list[Block], edit: Edit) -> bool:
    """Whether a plain value belongs under a header that is not there yet, such as the first of [lever]."""
    return (
        not isinstance(edit.value, Mapping)
        and isinstance(edit.path[1], str)
        and not _inside(blocks, edit.path[:1])
        and not _written(blocks, edit.path)
    )


def _wants_table(blocks: list[Block], edit: Edit) -> bool:
    """Whether a new table belongs in a block of its own, because its brothers have theirs."""
    parent = edit.path[:-1]
    return any(len(block.path) == len(edit.path) and block.path[:-1] == parent for block in blocks) or (
        len(edit.path) == 2
        and not any(block.path == parent for block in blocks)
        and not _written(blocks, edit.path)
    )


def _with_table(blocks: list[Block], edit: Edit, newline: str) -> list[Block]:
    parent = edit.path[:-1]
    brothers = [n for n, block in enumerate(blocks) if block.path[: len(parent)] == parent and parent]
    place = brothers[-1] + 1 if brothers else len(blocks)
    # a comment that follows the last brother after a blank line opens what comes next: keep it there
    before, trailing = blocks[place - 1].without_trailing() if brothers else (blocks[-1], "")
    gap = "" if before.text.endswith(newline * 2) or not before.text else newline
    gap = gap if before.text.endswith(newline) or not before.text else newline * 2
    text = gap + _table(edit.path, edit.value, repeats=False).replace("\n", newline) + trailing
    return [*blocks[: place - 1], before, Block(edit.path, text), *blocks[place:]]


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
        # in a block's own text a list of tables has one item, and a table under an item stands alone
        if not isinstance(step, int):
            table = table[step]
        elif isinstance(table, list):
            table = table[0]
    *way, last = edit.path[len(block.path) :]
    for step in way:
        if isinstance(step, str) and step not in table:
            table[step] = tomlkit.inline_table()
        table = table[step]
    if edit.kind == "remove":
        del table[last]
    elif edit.kind == "items":
        written = _relisted(table[last].as_string(), len(table[last]), edit.value)
        table[last] = tomlkit.parse(f"x = {written}")["x"]
    else:
        table[last] = _compact(edit.value)
    text = tomlkit.dumps(document)
    if newline == "\r\n":
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return [*blocks[:chosen], Block(block.path, text), *blocks[chosen + 1 :]]
