"""The loops that a file names, held against the arrows: do they close, and is their letter right?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loops.interchange.draft import Change, DraftLoop, Mend, Note
from loops.interchange.naming import id_of, label_of
from loops.interchange.words import plain
from loops.model import MAX_LOOPS, Loop, Model
from loops.parts import replace
from loops.validity import path_polarity

_LETTERS = {"+": "R", "-": "B"}
_KINDS = {"R": "a snowball (R)", "B": "a brake (B)"}


def with_loops(
    model: Model, drafted: Sequence[DraftLoop], ids: Mapping[str, str]
) -> tuple[Model, list[Note]]:
    """The model with the loops that close, and a note for each that does not or whose letter is not right.

    `ids` by key of a box. A letter that disagrees with its path, or that another loop has, is left off.
    """
    notes: list[Note] = []
    kept: dict[str, Loop] = {}
    for number, draft in enumerate(drafted[:MAX_LOOPS], start=1):
        letter = _letter(draft.letter)
        name = label_of(draft.name)[0] or letter or f"Loop {number}"
        path = _path(draft, ids)
        says = _why_not(model, path, name)
        if says is not None:
            notes.append(Note("loop", draft.place, says))
            continue
        loop = Loop(id=id_of(name, kept, otherwise="loop"), name=name, path=path)
        taken = {one.label for one in kept.values()}
        kept[loop.id] = replace(loop, label=_fitting(model, loop, letter, taken, draft.place, notes))
    if len(drafted) > MAX_LOOPS:
        says = f"{len(drafted) - MAX_LOOPS} more named loops are left out: at most {MAX_LOOPS} are allowed."
        notes.append(Note("left out", "", says))
    return replace(model, loops=tuple(kept.values())), notes


def _letter(words: str) -> str | None:
    """R or B and its number, as a model holds it; none for anything else.

    >>> _letter("(r 1)"), _letter("B"), _letter("Growth")
    ('R1', 'B', None)
    """
    found = re.fullmatch(r"\W*([RB])\W*(\d{0,3})\W*", plain(words).upper(), re.ASCII)
    return "".join(found.groups()) if found else None


def _path(draft: DraftLoop, ids: Mapping[str, str]) -> tuple[str, ...]:
    """The ids along a loop, from its path or from its links put in order; empty when they make no round."""
    keys = draft.path or _chained(draft.links)
    if len(keys) > 1 and keys[0] == keys[-1]:
        keys = keys[:-1]
    return tuple(ids[key] for key in keys) if all(key in ids for key in keys) else ()


def _chained(links: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The nodes along some links that make one round, in any order.

    >>> _chained([("a", "b"), ("c", "a"), ("b", "c")]), _chained([("a", "b"), ("c", "a")])
    (('a', 'b', 'c'), ())
    """
    following = dict(links)
    here = first = links[0][0] if links else ""
    nodes = []
    while here in following:
        nodes.append(here)
        here = following.pop(here)
    return tuple(nodes) if here == first and len(nodes) == len(links) else ()


def _why_not(model: Model, path: tuple[str, ...], name: str) -> str | None:
    """Why a path is no loop of the model, in one sentence; none when it is one."""
    if not path:
        return f"“{name}” does not say which arrows it is made of, or they do not close. It is left out."
    if len(set(path)) < len(path):
        return f"“{name}” passes one box twice, so it is more than one loop. It is left out."
    for source, target in zip(path, (*path[1:], path[0]), strict=True):
        if (source, target) not in model.signs:
            ends = f"“{model.nodes[source].label}” to “{model.nodes[target].label}”"
            return f"“{name}” does not close: there is no arrow from {ends}. It is left out."
    return None


def _fitting(  # noqa: PLR0913, PLR0917
    model: Model, loop: Loop, letter: str | None, taken: set[str | None], place: str, notes: list[Note]
) -> str | None:
    """The letter a loop may keep; a note is left where it may not."""
    if letter is None:
        return None
    polarity = path_polarity(model, loop.pairs)
    right = _LETTERS.get(polarity, letter[0])
    if right != letter[0]:
        says = f"“{loop.name}” is called {letter}, and its arrows make it {_KINDS[right]}. Check their signs."
        mends = (Mend(f"Call it {right}{letter[1:]}", Change("letter", (loop.id,), right + letter[1:])),)
        notes.append(Note("loop", place, says, mends if right + letter[1:] not in taken else ()))
        return None
    if letter in taken:
        notes.append(
            Note("loop", place, f"Another loop is called {letter} too: “{loop.name}” is left without.")
        )
        return None
    return letter
