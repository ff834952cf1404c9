"""Ids and labels for boxes that came with names of any kind, and names that look like one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from loops.interchange.draft import Change, Mend, Note
from loops.interchange.words import alike, plain

_ID, _LABEL, _TEXT = 64, 200, 4_000
"""Characters of an id, a label and a text in a model."""


def id_of(label: str, taken: Collection[str], *, otherwise: str = "box") -> str:
    """An id that tells what a label says, and is not `taken`.

    >>> id_of("Confiance établie", ()), id_of("2nd visit", ()), id_of("Trust", {"trust"}), id_of("信任", ())
    ('confiance_etablie', 'box_2nd_visit', 'trust_2', 'box')
    """
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    if not stem[:1].isalpha():
        stem = f"{otherwise}_{stem}".rstrip("_")
    found, number = stem[:_ID].rstrip("_"), 1
    while found in taken:
        number += 1
        found = f"{stem[: _ID - len(str(number)) - 1].rstrip('_')}_{number}"
    return found


def label_of(words: str) -> tuple[str, str]:
    """A label that fits, and the rest that did not."""
    label = plain(words)
    return (label, "") if len(label) <= _LABEL else (label[: _LABEL - 1] + "…", label)


def text_of(*parts: str) -> str:
    """Some texts as one, a line each, without what does not print; what is too long ends in an ellipsis."""
    lines = [plain(line) for part in parts for line in part.splitlines()]
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= _TEXT else text[: _TEXT - 1] + "…"


def look_alike(nodes: Sequence[tuple[str, str, str]]) -> list[Note]:
    """A note for each box, as (id, label, place), whose name is an earlier one's but for case and marks."""
    first: dict[str, tuple[str, str]] = {}
    notes = []
    for node, label, place in nodes:
        earlier, its = first.setdefault(alike(label), (node, label))
        if earlier != node:
            says = f"“{label}” and “{its}” look like one name. They are two boxes."
            one = Mend("Make them one box", Change("merge", (earlier, node)))
            notes.append(Note("name", place, says, (one,)))
    return notes
