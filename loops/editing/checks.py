"""What is unfinished or unlikely in a model while somebody draws it, each with ways to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loops.editing.changes import Become, Change, Remove, Set
from loops.editing.kinds import HALF, RATES, Node
from loops.editing.pieces import ends, link_keys
from loops.editing.rounds import letter_of
from loops.editing.strengths import NUMBERS
from loops.model import Lever, Link, Loop, Model, Variable

LONG_DELAY = 60.0
"""Months: a cause that takes longer than five years to be felt is rarely one that anybody has seen."""
EARLY, LATE = 0.1, 0.9
"""A critical mass below is passed at once, and one above is hardly ever reached."""
Mends = tuple[tuple[str, Change], ...]


@dataclass(frozen=True)
class Finding:
    """One thing to look at: which part, what is odd about it, and buttons that mend it, if a press can."""

    part: str
    says: str
    mends: Mends = ()


def findings(model: Model) -> tuple[Finding, ...]:
    """All that is worth a look: boxes, then arrows and loops, in the model's order. It runs all the same."""
    acting = {link.source for link in model.links if link.strength}
    acted = {link.target for link in model.links if link.strength}
    touched = {end for link in model.links for end in (link.source, link.target)}
    found = [_box(node, touched, acting, acted) for node in model.nodes.values()]
    found += [one for key, link in link_keys(model).items() for one in _arrow(model, key, link)]
    found += _repeats(model)
    found += [one for loop in model.loops for one in _loop(model, loop)]
    return tuple(one for one in found if one)


def _box(node: Node, touched: set[str], acting: set[str], acted: set[str]) -> Finding | None:
    part, words = f"node:{node.id}", f"“{node.label}”"
    out = ("Take the box out", Remove(part))
    if node.id not in touched:
        return Finding(part, f"No arrow leads to or from {words}: draw one, or take the box out.", (out,))
    if isinstance(node, Lever) and node.id not in acting:
        says = f"{words} is something we do, and does nothing: its arrows have no strength. Give them some."
        return Finding(part, says, (out,))
    if not isinstance(node, Variable) or node.id in acted or node.gain:
        return None
    says = f"Nothing acts on {words} and nothing holds it up: it {'fades' if node.fade else 'never changes'}."
    return Finding(part, f"{says} Draw what leads to it, or say what it is.", _kinds(node))


def _kinds(node: Variable) -> Mends:
    part = f"node:{node.id}"
    steady = (
        ("gain", round(RATES * node.start, 9)),
        ("fade", round(RATES * (1 - node.start), 9)),
    )
    holds = (("It holds itself where it starts", Set(part, steady)),) if node.start else ()
    return (
        ("It is a circumstance", Become(node.id, "context")),
        ("It is something we do", Become(node.id, "lever", 0.0)),
        *holds,
    )


def _arrow(model: Model, key: str, link: Link) -> Iterator[Finding]:
    part, words = f"link:{key}", ends(model, (link.source, link.target))
    out = ("Take the arrow out", Remove(part))

    def mend(label: str, field: str, value: object) -> tuple[str, Change]:
        return label, Set(part, ((field, value),))

    if link.polarity == "?":
        either = (
            mend("More leads to more (+)", "polarity", "+"),
            mend("More leads to less (\u2212)", "polarity", "-"),
        )
        yield Finding(part, f"Nobody has said yet whether {words} is + or \u2212.", (*either, out))
    if not link.strength:
        strong = mend("Make it moderate", "strength", NUMBERS["moderate"])
        yield Finding(part, f"{words} does nothing: its strength is 0.", (strong, out))
    if link.evidence == "stated" and not (link.passage and link.locator):
        says = (
            f"{words} is said to be stated, without the passage and where it stands. Add both, or say less."
        )
        less = mend("It is inferred", "evidence", "inferred"), mend("It is assumed", "evidence", "assumed")
        yield Finding(part, says, less)
    if link.evidence == "assumed" and not link.reason:
        yield Finding(part, f"{words} is assumed, and no reason is given: write why somebody thinks so.")
    if link.delay > LONG_DELAY:
        says = f"{words} takes {link.delay:g} months, more than five years: is that so?"
        yield Finding(part, says, (mend("It takes two years", "delay", 24.0), mend("No delay", "delay", 0.0)))
    if link.threshold is not None and not EARLY <= link.threshold <= LATE:
        when = "almost at once" if link.threshold < EARLY else "hardly ever"
        says = f"{words} has a critical mass of {link.threshold:g}: it is reached {when}."
        middle = mend("Make it half", "threshold", HALF)
        yield Finding(part, says, (middle, mend("No critical mass", "threshold", None)))


def _repeats(model: Model) -> Iterator[Finding]:
    """Arrows that are drawn twice, with one sign, delay and critical mass."""
    first: set[tuple[object, ...]] = set()
    for key, link in link_keys(model).items():
        if link.form in first:
            words = ends(model, (link.source, link.target))
            says = f"{words} is drawn more than once, and its strengths add up: is that meant?"
            yield Finding(f"link:{key}", says, (("Take this one out", Remove(f"link:{key}")),))
        first.add(link.form)


def _loop(model: Model, loop: Loop) -> Iterator[Finding]:
    part, letter = f"loop:{loop.id}", letter_of(model, loop.path)
    if letter is None and loop.label:
        says = (
            f"“{loop.name}” is called {loop.label}, and a sign on its way is not known, so it may be wrong."
        )
        yield Finding(part, says, (("Leave the label off", Set(part, (("label", None),))),))
    if letter and not loop.label:
        taken = {one.label for one in model.loops}
        label = next(name for number in range(1, 1_000) if (name := f"{letter}{number}") not in taken)
        yield Finding(
            part, f"“{loop.name}” has no label.", ((f"Call it {label}", Set(part, (("label", label),))),)
        )
