"""The loops that a file names, held against the arrows: do they close, and is their letter right?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loops.editing.changes import Set
from loops.editing.naming import id_of
from loops.editing.rounds import KINDS, letter_of, why_no_loop
from loops.interchange.draft import DraftLoop, Mend, Note
from loops.interchange.naming import label_of, text_of
from loops.interchange.words import plain
from loops.model import MAX_LOOPS, Loop, Model
from loops.parts import replace


def with_loops(
    model: Model, drafted: Sequence[DraftLoop], ids: Mapping[str, str]
) -> tuple[Model, list[Note]]:
    """The model with the loops that close, and a note for each that does not or whose letter is not right.

    `ids` by key of a box. A letter that disagrees with its path, or that another loop has, is left off.
    """
    notes: list[Note] = []
    kept: dict[str, Loop] = {}
    wanted = [_letter(draft.letter) for draft in drafted]
    for draft, letter in zip(drafted[:MAX_LOOPS], wanted, strict=False):
        name = label_of(draft.name)[0] or letter or f"Loop {len(kept) + 1}"
        path = _path(draft, ids)
        if why := why_no_loop(model, path, name):
            notes.append(Note("loop", draft.place, f"{why}. It is left out."))
            continue
        loop = Loop(id=id_of(name, kept, otherwise="loop"), name=name, path=path, story=text_of(draft.story))
        says, mends = _wrong(model, loop, letter, wanted)
        if not says and letter and letter in {one.label for one in kept.values()}:
            says = f"Another loop is called {letter} too: “{loop.name}” is left without."
        if says:
            notes.append(Note("loop", draft.place, says, mends))
        kept[loop.id] = loop if says else replace(loop, label=letter)
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


def _wrong(
    model: Model, loop: Loop, letter: str | None, wanted: Sequence[str | None]
) -> tuple[str, tuple[Mend, ...]]:
    """What is wrong with a letter and how to mend it, unless another loop wants the right one; or nothing."""
    right = letter_of(model, loop.path)
    if letter is None or right in (None, letter[0]):
        return "", ()
    says = f"“{loop.name}” is called {letter}, and its arrows make it {KINDS[right]}. Check their signs."
    better = right + letter[1:]
    mend = Mend(f"Call it {better}", Set(f"loop:{loop.id}", (("label", better),)))
    return says, () if better in wanted else (mend,)
