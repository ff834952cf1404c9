"""What several writers need: names that differ, one arrow of each pair, and what a box or arrow says."""

from __future__ import annotations

from collections.abc import Iterable

from loops.editing.kinds import Node, kind_of
from loops.interchange.naming import text_of
from loops.interchange.words import KIND_WORDS, plain
from loops.model import Link, Model, Variable

Fields = dict[str, str | float]


def label_of(node: Node) -> str:
    """A node's label as one line of what prints; its id where nothing of it does."""
    return plain(node.label) or node.id


def names_of(model: Model) -> dict[str, str]:
    """A name of its own for each node, for formats in which boxes are known by what they are called.

    >>> from loops.model import Model, Variable
    >>> twins = tuple(Variable(id=name, label="Trust", start=0.1) for name in ("here", "there"))
    >>> names_of(Model(id="ours", title="Ours", variables=twins))
    {'here': 'Trust', 'there': 'Trust (2)'}
    """
    names: dict[str, str] = {}
    every = {label_of(node) for node in model.nodes.values()}
    taken: set[str] = set()
    for id_, node in model.nodes.items():
        name, number = label_of(node), 1
        while name in taken or (number > 1 and name in every):
            number += 1
            name = f"{label_of(node)} ({number})"
        names[id_] = name
        taken.add(name)
    return names


def kind_words(node: Node) -> str:
    """What a box is, in the words of the screen."""
    return KIND_WORDS[kind_of(node)]


def rates_of(node: Node) -> Fields:
    """The level of a node at month 0, and what a variable gains and fades by itself, per month."""
    if isinstance(node, Variable):
        return {"start": node.start, "gain": node.gain, "fade": node.fade}
    return {"start": node.level}


def strongest(links: Iterable[Link]) -> list[Link]:
    """Of the links of each pair the strongest one, the first of equals, in the order of their pairs."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = (link.source, link.target)
        if pair not in found or link.strength > found[pair].strength:
            found[pair] = link
    return list(found.values())


def said_of(link: Link) -> Fields:
    """What a link says beside its sign and its bend, without what it does not say."""
    massed: Fields = {}
    if link.threshold is not None:
        massed = {"threshold": link.threshold, "steepness": link.steepness}
    words = {"reason": link.reason, "passage": link.passage or "", "locator": link.locator or ""}
    return {
        "strength": link.strength,
        "delay": link.delay,
        **massed,
        "evidence": link.evidence,
        **{name: text for name, words in words.items() if (text := text_of(words))},
    }
