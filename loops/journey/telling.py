"""What is missing, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loops.journey.missing import Group, Missing
from loops.model import Model
from loops.narrate import listed
from loops.partners import UNKNOWN, Said

# a clause, an adjective or two halves: what does not read as a thing in a sentence
_NO_THING = re.compile(
    r"\b(I|me|my|we|us|our|ours|it|they|them|their)\b|:|^(not|linked|stretched|confident|staff at)\b",
    re.IGNORECASE,
)


def missing_sentence(model: Model, found: Missing) -> str:
    """What is missing or in the way, or that nothing is, or that nobody knows: one sentence.

    >>> from loops.journey.standing import Standing
    >>> from loops.journey.missing import missing
    >>> from loops.model import Variable
    >>> model = Model(id="m", title="M", variables=(Variable(id="trust", label="Trust", start=0),))
    >>> missing_sentence(model, missing(model, Standing({}), "trust"))
    'As far as anybody has said, nothing that Trust needs is missing.'
    """
    if found.first:
        return f"{named(model, found.first.box)} is {found.first.kind}."
    outcome = named(model, found.outcome)
    if found.found == "nobody knows":
        return f"Nobody knows yet what {outcome} lacks: ask."
    if back := found.nearest:
        return (
            f"Nothing that acts on {outcome} itself is missing. Further back, {named(model, back.box)} "
            f"is {back.kind}."
        )
    return f"As far as anybody has said, nothing that {outcome} needs is missing."


def trail_sentence(model: Model, found: Missing) -> str:
    """From the first gap to the outcome: what each box does to the next; empty where there is no gap."""
    if not found.trail:
        return ""
    way = [f"{named(model, gap.box)} ({_there(gap.said)})" for gap in found.trail[::-1]]
    told = way[0]
    for gap, then in zip(found.trail[::-1], [*way[1:], named(model, found.outcome)], strict=True):
        needed = (gap.kind == "missing") == (gap.link.polarity == "+")
        told += f"{', which' if told != way[0] else ''} {'holds back' if needed else 'keeps up'} {then}"
    return f"{told}."


def way_to(model: Model, group: Group) -> str:
    """Which outcomes a group is about, such as: On the way to “Buy-in: ready to act”."""
    return f"On the way to {listed([named(model, each.outcome) for each in group])}"


def trails(model: Model, group: Group) -> Iterator[str]:
    """How a first gap acts on each outcome: in full, in short where the way is the same, and not where the
    way to another outcome leads through this one."""
    ways = {each.outcome: tuple(gap.box for gap in each.trail) for each in group}
    told = set()
    for each in group:
        way = ways[each.outcome]
        within = (each.outcome, *way)
        if not way or any(other[-len(within) :] == within for other in ways.values()):
            continue
        if way in told:
            yield f"In the same way it holds back {named(model, each.outcome)}."
        else:
            told.add(way)
            yield trail_sentence(model, each)


def named(model: Model, box: str) -> str:
    """A box in a sentence: in quotation marks unless its label reads as a thing."""
    label = model.nodes[box].label
    return f"“{label}”" if _NO_THING.search(label) else label


def _there(said: Said) -> str:
    return "nobody has said" if said == UNKNOWN else said
