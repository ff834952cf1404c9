"""What was discovered as one plain sentence, in the words of the diagram."""

from __future__ import annotations

from typing import Literal

from loops.model import Model
from loops.narrate import listed
from loops.theory.discovery import Condition, Discovery

Way = Literal["fail", "hold"]
"""What was looked for: worlds in which a claim fails, or in which it holds."""

_SIDES = {
    "strength": ("the arrow from {0} to {1} is {side}", "weak", "strong"),
    "delay": ("the arrow from {0} to {1} is {side} to act", "quick", "slow"),
    "threshold": ("what {0} must reach before it moves {1} is {side}", "low", "high"),
    "gain": ("what {0} wins by itself is {side}", "little", "much"),
    "fade": ("{0} is {side} to fade", "slow", "quick"),
    "start": ("the start of {0} is {side}", "low", "high"),
    "context": ("{0} is {side}", "low", "high"),
}
"""How each kind of column is told, and what its low and its high side is called."""
_FEW, _MOST = 1 / 3, 2 / 3
"""Shares of all versions: a condition that up to a third meet is told plainly, from two thirds as a not."""


def sentence(found: Discovery, model: Model, way: Way = "fail") -> str:
    """One sentence for what was looked for. Labels are as in the file: escape it where HTML is made."""
    other = "hold" if way == "fail" else "fail"
    seen = f"in {found.failures:,} of the {found.worlds:,} versions tried"
    match found.ended:
        case "none fail":
            return f"It {other}s in every one of the {found.worlds:,} versions tried."
        case "all fail":
            return f"It {way}s in every one of the {found.worlds:,} versions tried."
        case "too few fail":
            return f"It {way}s {seen}: too few to say when."
        case "too few hold":
            return f"It {way}s {seen}: it {other}s in too few to say when."
        case "nothing found":
            return f"It {way}s {seen}, and nothing we varied sets them apart."
    kind = "failures" if way == "fail" else "versions in which it holds"
    when = listed([condition_in_words(each, model) for each in found.conditions if not _implied(each, found)])
    return (
        f"It tends to {way} when {when}: that is so for {in_ten(found.coverage)} of the {kind}, and of the "
        f"versions like this {in_ten(found.density)} {way} (of all versions "
        f"{in_ten(found.failures / found.worlds)})."
    )


def _implied(condition: Condition, found: Discovery) -> bool:
    """That an arrow is there goes without saying where another condition says what it is like."""
    link, _, kind = condition.name.rpartition(" ")
    others = [each.name for each in found.conditions if each is not condition]
    return kind == "presence" and condition.low is not None and any(o.startswith(f"{link} ") for o in others)


def condition_in_words(condition: Condition, model: Model) -> str:
    """A condition as part of a sentence: ``“Trust” is quick to fade``."""
    kind, names = _parts(condition.name, model)
    if kind == "sign":
        way = "more" if condition.low is not None else "less"
        return f"more of {names[0]} leads to {way} of {names[1]}"
    if kind == "presence":
        there = "an" if condition.low is not None else "no"
        return "there is {} arrow from {} to {}".format(there, *names)
    template, low, high = _SIDES[kind]
    if condition.low is not None and condition.high is not None:
        side = f"neither very {low} nor very {high}"
    else:
        this, opposite = (low, high) if condition.low is None else (high, low)
        side = f"rather {this}"
        if condition.share <= _FEW:
            side = this
        elif condition.share >= _MOST:
            side = f"not very {opposite}"
    return template.format(*names, side=side)


def in_ten(share: float) -> str:
    """A share in words.

    >>> in_ten(0.71), in_ten(0.01), in_ten(0.97), in_ten(1.0)
    ('7 in 10', 'hardly any', 'nearly all', 'all')
    """
    if share in (0, 1):
        return "all" if share else "none"
    tenths = round(10 * share)
    return {0: "hardly any", 10: "nearly all"}.get(tenths, f"{tenths} in 10")


def group_in_words(group: str, model: Model) -> str:
    """What a group of columns is about: an arrow, a box by itself, or a circumstance."""
    what = group.partition(" ")[0]
    _, names = _parts(f"{group} presence" if what == "link" else group, model)
    if what == "link" and "?" in model.signs[_pair(group)]:
        return "whether the arrow from {} to {} is + or \u2212".format(*names)
    return {
        "link": "the arrow from {} to {}",
        "variable": "where {} starts, and what it wins and loses by itself",
    }.get(what, "{}").format(*names)


def _pair(column: str) -> tuple[str, str]:
    """The ids of the boxes that a link's column or group is about."""
    source, target = column.split(" ")[1].split("->")
    return source, target


def _parts(column: str, model: Model) -> tuple[str, list[str]]:
    """A column's kind, and the labels of the one or two boxes it is about."""
    what, about, *rest = column.split(" ")
    names = _pair(column) if what == "link" else (about,)
    kind = "context" if what == "context" else (rest or [""])[-1]
    return kind, [f"“{model.nodes[name].label}”" for name in names]
