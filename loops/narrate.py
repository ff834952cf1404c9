"""Tell a feedback loop as a story, once round, for people who have never seen a loop diagram."""

from __future__ import annotations

from loops.feedback import Feedback
from loops.model import Link, Model

_ENDINGS = {
    "R": "So a change feeds on itself: this is a snowball, and it rolls either way.",
    "B": "So a change is held back: this is a brake.",
    "?": "Until somebody does, this may be a snowball, where a change feeds on itself, or a brake, where a change is "
    "held back.",
}


def narrate(model: Model, feedback: Feedback) -> str:
    """Walk once round a loop and say in plain words what comes back.

    Begins where the authors' path begins, or else at a node of the opening view, or else at the smallest id.
    """
    links = _from_start(model, feedback)
    node = model.nodes[links[0].source]
    start, again = f"“{node.label}”", f"“{node.short or node.label}”"
    if len(links) == 1:
        return f"{_on_itself(links[0], start)}. {_ENDINGS[feedback.letter]}"
    told = _opening(links[0], start, f"“{model.nodes[links[0].target].label}”")
    more = _turn(True, links[0])
    for link in links[1:-1]:
        told += _onward(link, more, f"“{model.nodes[link.target].label}”")
        more = _turn(more, link)
    return f"{told}{_return(links[-1], more, again)}. {_ENDINGS[feedback.letter]}"


def _from_start(model: Model, feedback: Feedback) -> tuple[Link, ...]:
    wanted = feedback.named.path if feedback.named else model.core
    nodes = feedback.nodes
    first = next((nodes.index(node) for node in wanted if node in nodes), 0)
    return feedback.links[first:] + feedback.links[:first]


def _turn(more: bool | None, link: Link) -> bool | None:
    """Whether there is more at the end of the link, given its beginning; None from the first unknown sign on."""
    if more is None or link.polarity == "?":
        return None
    return more == (link.polarity == "+")


def _opening(link: Link, source: str, target: str) -> str:
    if link.polarity == "?":
        return f"Nobody has said yet whether more {source} means more or less {target}{_later(link)}"
    return f"The more {source} there is,{_enough(link, True)} the {_amount(link.polarity == '+')} {target}{_later(link)}"


def _onward(link: Link, more: bool | None, target: str) -> str:
    after = _turn(more, link)
    if after is not None:
        so = f"so,{_enough(link, more)}" if link.threshold else "so"
        return f"; {so} the {_amount(after)} {target}{_later(link)}"
    if link.polarity == "?":
        known = "which way it then moves" if more is None else "whether that means more or less"
        return f"; nobody has said yet {known} {target}{_later(link)}"
    return f"; {target} then goes the {_way(link)} way{_later(link)}"


def _return(link: Link, more: bool | None, target: str) -> str:
    after = _turn(more, link)
    if after is not None:
        which = f"which,{_enough(link, more)}" if link.threshold else "which"
        return f", {which} comes back as {_amount(after)} {target}{_later(link)}"
    if link.polarity == "?":
        known = "which way it then moves" if more is None else "whether that comes back as more or less"
        return f"; and nobody has said yet {known} {target}{_later(link)}"
    return f"; and {target} itself then goes the {_way(link)} way{_later(link)}"


def _on_itself(link: Link, node: str) -> str:
    if link.polarity == "?":
        return f"Nobody has said yet whether more {node} means more or less of it{_later(link)}"
    comes = "comes back" if link.polarity == "+" else "is lost again"
    return f"The more {node} there is,{_enough(link, True)} the more of it {comes}{_later(link)}"


def _amount(more: bool) -> str:
    return "more" if more else "less"


def _way(link: Link) -> str:
    return "same" if link.polarity == "+" else "opposite"


def _enough(link: Link, more: bool | None) -> str:
    """The threshold, from the side on which the story comes to it."""
    if not link.threshold:
        return ""
    return " once enough has built up," if more else " where enough had built up before,"


def _later(link: Link) -> str:
    if not link.delay:
        return ""
    spans = {0.5: "half a month", 1: "a month"}
    return f", after about {spans.get(link.delay, f'{link.delay:g} months')}"
