"""What a lasting push does, as sentences for the page and the command.

Labels are as in the file: escape what is said where HTML is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loops.draw.diagram import View
from loops.draw.scale import years
from loops.model import Model
from loops.narrate import listed
from loops.simulate import LONG_RUN
from loops.theory.press import FEWEST, WAYS, Presses, Way

ENDS: dict[Way, str] = {
    "more": "higher",
    "less": "lower",
    "alike": "the same",
    "more or alike": "higher or the same",
    "less or alike": "lower or the same",
    "either": "one way or the other",
    "too few to say": "too few versions to say",
}
"""Where something ends in at least 9 of 10 versions; "one way or the other" where none of the others does."""
PUSHED = (
    "Pushed means moved up a little and kept there: a lever or a circumstance is set a little higher, a box "
    "is helped a little from outside. What is told is which way everything has moved once all is at rest "
    "again, not how far. A small push down does the opposite; a large one may carry things past the point "
    "from which they come back, and do otherwise."
)
SIGNS = (
    "Here the arrows have their signs and nothing else: how strong they are is drawn at random, each box is "
    "also held back by itself, and delays and critical masses play no part. Only versions that come back to "
    "rest after a push are kept: what has lasted long enough to be drawn is taken to be like that."
)
_LEFT_OUT = {
    "still moving": f"in {{}} something still moves {years(LONG_RUN)} after the last change",
    "not stable": "in {} a small push would not die out",
}
_FILLS: dict[Way, float] = {
    "more": 0.5,
    "more or alike": 0.2,
    "alike": 0.0,
    "less or alike": -0.2,
    "less": -0.5,
}
"""How full a box is drawn, as a change of so much."""
_NAMED = 3
"""Boxes named of those that end alike."""


def counted(found: Presses) -> str:
    """How many versions were used, and why the others were not."""
    reasons = [_LEFT_OUT[why].format(f"{many:,}") for why, many in found.left_out.items() if many]
    said = f"{found.tried:,} versions were tried, and all were used."
    if reasons:
        said = (
            f"{found.tried:,} versions were tried, and {found.used:,} were used. The others were left out: "
            f"{listed(reasons)}."
        )
    return _with_limits(said, found, found.stopped)


def drawn(found: Presses) -> str:
    """How many random versions were drawn from the signs, and how many of them come back to rest."""
    said = f"{found.tried:,} random versions were drawn, and "
    said += f"{found.used:,} of them ({_part(found)}) come back to rest after a push."
    return _with_limits(said, found, found.stopped if found.stopped.startswith("stopped") else "")


def _with_limits(said: str, found: Presses, stopped: str) -> str:
    """What is said of the versions, that not all were tried, and that they are too few; or that none was."""
    if not found.tried:
        return _sentence(found.stopped)
    short = [_sentence(stopped)] if stopped else []
    few = [] if found.enough else [f"That is too few to say anything: {FEWEST} are needed."]
    return " ".join([said, *short, *few])


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _part(found: Presses) -> str:
    """The share that was used: as a percentage, or as one in so many where that is hardly any."""
    share = found.used / max(found.tried, 1)
    return f"1 in {float(f'{1 / share:.2g}'):,.0f}" if 0 < share < 0.01 else f"{share:.0%}"


def unsigned(model: Model) -> str:
    """What is done with the arrows whose sign is not known; nothing where all have one."""
    many = sum(link.polarity == "?" for link in model.links)
    if not many:
        return ""
    arrows = "1 arrow has" if many == 1 else f"{many:,} arrows have"
    return f"{arrows} no sign yet: in each version it is + or −, each as likely."


def grouped(found: Presses, pairs: Iterable[tuple[str, str]]) -> dict[Way, list[tuple[str, str]]]:
    """The pairs of a push and a variable by where that goes, surely more first."""
    ways = {pair: found.way(*pair) for pair in pairs}
    groups = {way: [pair for pair, went in ways.items() if went == way] for way in WAYS}
    return {way: group for way, group in groups.items() if group}


def does(found: Presses, push: str, outcome: str, model: Model) -> str:
    """What a push on one thing does to one box, and to all of them."""
    way, name = found.way(push, outcome), {node.id: f"“{node.label}”" for node in model.nodes.values()}
    sure = (
        ": which one depends on numbers we do not know"
        if way == "either"
        else " in at least 9 of 10 versions"
    )
    groups = grouped(found, ((push, node.id) for node in model.variables))
    said = [_ending(way, [name[box] for _, box in group]) for way, group in groups.items()]
    return (
        f"If {name[push]} is pushed for good, {name[outcome]} ends {ENDS[way]}{sure}. "
        f"Of all boxes, {listed(said)}."
    )


def _ending(way: Way, labels: Sequence[str]) -> str:
    named = [*labels[:_NAMED]]
    if more := len(labels) - len(named):
        named.append(f"{more:,} more")
    return f"{len(labels):,} {'end' if len(labels) > 1 else 'ends'} {ENDS[way]} ({listed(named)})"


def view(found: Presses, push: str, model: Model) -> View:
    """The boxes and what is pushed, each box marked with where it ends; paler where it may stay the same."""
    ways = {node.id: found.way(push, node.id) for node in model.variables}
    marks = {name: "either" for name, way in ways.items() if way == "either"}
    return View(
        shown=list(dict.fromkeys([*ways, push])),
        changes={name: _FILLS[way] for name, way in ways.items() if way in _FILLS},
        marks=marks | {push: "pushed"},
        inset=False,
    )
