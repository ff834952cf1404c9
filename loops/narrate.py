"""Feedback loops in words: tell one as a story, and say what is wrong with the labels of an old drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from loops.feedback import Feedback
from loops.model import Link, Model
from loops.parts import nearest
from loops.validity import path_polarity

_ENDINGS = {
    "R": "So a change feeds on itself: this is a snowball, and it rolls either way.",
    "B": "So a change is held back: this is a brake.",
    "?": "Until somebody does, this may be a snowball, where a change feeds on itself, "
    "or a brake, where a change is held back.",
}


def narrate(model: Model, feedback: Feedback) -> str:
    """Walk once round a loop and say, for people who have never seen a loop diagram, what comes back.

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


def both_ways(model: Model) -> str:
    """How a run uses the arrows whose sign nobody knows, in a sentence; nothing where all have one."""
    many = sum(link.polarity == "?" for link in model.links)
    if not many:
        return ""
    each = "1 arrow has no sign yet: it" if many == 1 else f"{many:,} arrows have no sign yet: each"
    return f"{each} pulls both ways with half its strength, until its sign is known."


def years(months: float) -> str:
    """A length of time in the words people use.

    >>> years(0.2), years(1), years(8), years(12), years(30), years(48)
    ('less than a month', '1 month', '8 months', '1 year', '2½ years', '4 years')
    """
    if months < 0.5:
        return "less than a month"
    if months < 12:
        count = max(round(months), 1)
        return f"{count} month" + ("s" if count > 1 else "")
    halves = round(months / 6)
    count, half = divmod(halves, 2)
    return f"{count}{'½' if half else ''} year" + ("s" if halves > 2 else "")


def in_hours(hours: float) -> str:
    """An amount of work in the words people use: in parts of an hour where it is little.

    >>> in_hours(1), in_hours(2.5), in_hours(430.2), in_hours(1200)
    ('1 hour', '2.5 hours', '430 hours', '1,200 hours')
    """
    count = f"{hours:,.0f}" if hours >= 100 else f"{round(hours, 2):g}"
    return f"{count} hour{'' if count == '1' else 's'}"


def audit(model: Model, labelled: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Check labels from outside the file, such as ``{"R1": ["insight", "value"]}``, against the model.

    Returns one sentence for each thing that is wrong, and nothing when nothing is.
    """
    return tuple(
        f"{label}: {problem}" for label, path in labelled.items() for problem in _problems(model, label, path)
    )


def _from_start(model: Model, feedback: Feedback) -> tuple[Link, ...]:
    wanted = feedback.named.path if feedback.named else model.core
    nodes = feedback.nodes
    first = next((nodes.index(node) for node in wanted if node in nodes), 0)
    return feedback.links[first:] + feedback.links[:first]


def _turn(more: bool | None, link: Link) -> bool | None:
    """Whether more or less reaches the end of the link; None from the first unknown sign on."""
    if more is None or link.polarity == "?":
        return None
    return more == (link.polarity == "+")


def _opening(link: Link, source: str, target: str) -> str:
    if link.polarity == "?":
        return f"Nobody has said yet whether more {source} means more or less {target}{_later(link)}"
    amount = _amount(link.polarity == "+")
    return f"The more {source} there is,{_enough(link, True)} the {amount} {target}{_later(link)}"


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


def _problems(model: Model, label: str, path: Sequence[str]) -> Iterator[str]:
    if not path:
        yield "its path is empty. List the nodes it passes."
        return
    unknown = [node for node in dict.fromkeys(path) if node not in model.nodes]
    yield from (f"there is no node '{node}'. {nearest(node, model.nodes)}" for node in unknown)
    twice = [node for node in dict.fromkeys(path) if path.count(node) > 1]
    yield from (f"'{node}' is passed twice. A loop visits each node once." for node in twice)
    if unknown or twice:
        return
    pairs = list(zip(path, (*path[1:], path[0]), strict=True))
    signs: dict[tuple[str, str], str] = {}
    for pair in pairs:
        try:
            signs[pair] = path_polarity(model, [pair])
        except KeyError as missing:
            yield f"it does not close: {missing.args[0]}"
    if len(signs) == len(pairs):
        yield from _letter_problems(label, signs, path_polarity(model, pairs))


def _letter_problems(label: str, signs: Mapping[tuple[str, str], str], polarity: str) -> Iterator[str]:
    if polarity == "?":
        unclear = [f"{source} -> {target}" for (source, target), sign in signs.items() if sign == "?"]
        yield f"R or B cannot be decided while the sign of {' and '.join(unclear)} is not settled."
        return
    letter, number = ("R", "an even") if polarity == "+" else ("B", "an odd")
    if label[:1] != letter:
        yield (
            f"the label disagrees with the path, which has {number} number of - links. "
            f"Call it {letter}{label.lstrip('RB')}, or check the signs along the path."
        )


def listed(words: Sequence[str]) -> str:
    """Words as an English list.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def on_day(day: date) -> str:
    """A day as people write it.

    >>> on_day(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {day:%B %Y}"
