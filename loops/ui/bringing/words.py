"""What is said of a diagram that came in."""

from __future__ import annotations

from functools import lru_cache

from loops.editing.changes import Become, Change, Merge, Remove, Set
from loops.editing.pieces import part_name
from loops.feedback import Found, find
from loops.model import Model
from loops.narrate import both_ways, listed
from loops.ui.bringing.brought import Brought

KINDS = {
    "variable": "It changes by itself",
    "lever": "A lever: something we do",
    "context": "A circumstance that nobody here controls",
}


def counted(many: int, one: str) -> str:
    """A number of things.

    >>> counted(1, "arrow"), counted(5_000, "box")
    ('1 arrow', '5,000 boxes')
    """
    return f"{many:,} {one}" if many == 1 else f"{many:,} {one}{'es' if one.endswith('x') else 's'}"


def amount(model: Model) -> str:
    """How much there is, such as ``14 boxes, 23 arrows and 9 loops``."""
    found = _found(model)
    more = "" if found.complete else "more than "
    return listed(
        [
            counted(len(model.nodes), "box"),
            counted(len(model.links), "arrow"),
            more + counted(len(found.loops) if found.complete else found.most, "loop"),
        ]
    )


@lru_cache(maxsize=32)
def _found(model: Model) -> Found:
    return find(model)


def about(brought: Brought) -> str:
    """What came in and from where, what changes have made of it, and what has no sign yet."""
    came, now = amount(brought.imported.model), amount(brought.model)
    changes = f"With your changes: {now}. " if now != came else ""
    source = f"{brought.imported.format} ({brought.file})"
    return f"{came} came in, from {source}. {changes}{both_ways(brought.model)}"


def subject(model: Model, change: Change) -> str:
    """What a change is about: a loop, a box, two boxes, or the two ends of an arrow."""
    match change:
        case Merge(kept=kept, gone=gone):
            return listed([part_name(model, f"node:{name}") for name in (kept, gone)])
        case Become(id=name):
            return part_name(model, f"node:{name}")
        case Set(part=part) | Remove(part=part):
            return part_name(model, part)
        case _:
            return part_name(model, "model")
