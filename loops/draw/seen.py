"""What was observed, in words: what it is about, and how it bears on that. Never merged with a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from loops.draw.layout import link_keys
from loops.model import Model
from loops.narrate import listed
from loops.theory.claims import Claim

if TYPE_CHECKING:  # so that whoever draws needs no database
    from loops.store.records import Bearing, Expected, Seen

BEARINGS: dict[Bearing, str] = {
    "supports": "supports it",
    "contradicts": "contradicts it",
    "qualifies": "says in what case it holds",
}
_MANY: dict[Bearing, str] = {
    "supports": "support it",
    "contradicts": "contradict it",
    "qualifies": "say in what case it holds",
}
EXPECTED: dict[Expected, str] = {"not said": "nobody said", "yes": "yes", "no": "no"}
BESIDE = "What was seen stands beside what our assumptions say and does not change it."


def titles(model: Model, claims: Sequence[Claim]) -> dict[str, str]:
    """What can be observed: every ``claim:ID``, ``node:ID`` and ``link:KEY``, by its words on screen."""
    label = {name: node.label for name, node in model.nodes.items()}
    return {
        **{f"claim:{claim.id}": claim.sentence for claim in claims},
        **{f"node:{name}": words for name, words in label.items()},
        **{
            f"link:{key}": f"{label[link.source]} → {label[link.target]}"
            for key, link in link_keys(model).items()
        },
    }


def not_here(element: str) -> str:
    """What stands for the title of something that the diagram or the open file of sentences does not have.

    >>> not_here("claim:quick_wins")
    'Not among these sentences: quick_wins'
    """
    kind, _, name = element.partition(":")
    return f"Not among these sentences: {name}" if kind == "claim" else f"No longer in the diagram: {name}"


def counted(found: Iterable[Seen]) -> str:
    """How many observations bear on it, and how, as ``2 support it and 1 contradicts it``."""
    many = Counter(seen.bearing for seen in found)
    said = [
        f"{many[bearing]} {words if many[bearing] == 1 else _MANY[bearing]}"
        for bearing, words in BEARINGS.items()
        if many[bearing]
    ]
    return listed(said)


def told(seen: Seen) -> str:
    """What was seen, why and how, as far as it was written down.

    >>> from loops.store.records import Seen
    >>> told(Seen("2024", "Minutes", "They rang us first", "supports", why="A quick win"))
    'They rang us first. Why: A quick win'
    """
    said = seen.what
    for name, words in (("Why", seen.why), ("How", seen.how)):
        if words:
            said += f"{'' if said.endswith(('.', '!', '?')) else '.'} {name}: {words}"
    return said
