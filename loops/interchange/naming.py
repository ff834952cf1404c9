"""Labels and texts for what came with words of any kind, and names that look like one another."""

from __future__ import annotations

from collections.abc import Sequence

from loops.editing.changes import Merge
from loops.interchange.draft import Mend, Note
from loops.interchange.words import alike, plain

_LABEL, _TEXT = 200, 4_000
"""Characters of a label and a text in a model."""


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
            one = Mend("Make them one box", Merge(earlier, node))
            notes.append(Note("name", place, says, (one,)))
    return notes
