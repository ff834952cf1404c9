"""What is different between two versions of a model, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from loops.editing.kinds import kind_of
from loops.editing.matching import partners
from loops.editing.pieces import SIGNS, ends
from loops.editing.strengths import word_of
from loops.editing.words import KINDS, field_name
from loops.influence import Influence
from loops.model import Lever, Link, Loop, Model
from loops.narrate import years
from loops.parts import Part

_LONGEST = 80
"""Characters of a text that is quoted; a longer one is said to be rewritten."""
_COLLECTIONS = {
    "sources": "document",
    "roles": "role",
    "stories": "story",
    "settings": "setting",
    "reference_modes": "behaviour it must show",
}
_OWN = ("id", "title", "vision", "description", "cannot_say", "core", "outcomes", "horizon")
"""The fields of a model that are compared as they are."""


@dataclass(frozen=True)
class Difference:
    """One thing that is different: which part, what was done with it, in words, and why if an arrow says so.

    A part is named by its key in the new version, or in the old one if it is gone. The reason or passage is
    that of the version which has the arrow, the new one if both have.
    """

    kind: Literal["added", "removed", "flipped", "changed"]
    part: str
    says: str
    why: str = ""


def differences(old: Model, new: Model) -> tuple[Difference, ...]:
    """Everything that differs between two versions: boxes, arrows, loops, then the rest.

    Boxes and loops are matched by id, arrows by their ends; of parallel arrows those that are most alike.
    Two versions have no difference exactly when they are equal.
    """
    found = (*_boxes(old, new), *_arrows(old, new), *_loops(old, new), *_rest(old, new))
    if not found and old != new:
        return (Difference("changed", "model", "Boxes, arrows, loops or others stand in another order."),)
    return found


def _boxes(old: Model, new: Model) -> Iterator[Difference]:
    for name, node in new.nodes.items():
        if name not in old.nodes:
            kind = KINDS[kind_of(node)]
            yield Difference("added", f"node:{name}", f"The box “{node.label}” is new: {kind}.")
    for name, node in old.nodes.items():
        if name not in new.nodes:
            yield Difference("removed", f"node:{name}", f"The box “{node.label}” is gone.")
    for name, node in new.nodes.items():
        if name not in old.nodes or old.nodes[name] == node:
            continue
        before, turns = old.nodes[name], []
        if kind_of(before) != kind_of(node):
            turns.append(f"it is {KINDS[kind_of(node)]} and was {KINDS[kind_of(before)]}")
        turns += _turns(before, node, but=("needs",))
        if isinstance(before, Lever) and isinstance(node, Lever) and before.needs != node.needs:
            turns.append(_turn(Lever, "needs", _labels(old, before.needs), _labels(new, node.needs)))
        yield Difference("changed", f"node:{name}", f"The box “{node.label}”: {'; '.join(turns)}.")


def _labels(model: Model, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(model.nodes[name].label for name in names)


def _arrows(old: Model, new: Model) -> Iterator[Difference]:
    pairs = tuple(partners(old, new))
    yield from (_arrow("added", new, *second) for first, second in pairs if second and not first)
    yield from (_arrow("removed", old, *first) for first, second in pairs if first and not second)
    for first, second in pairs:
        if first and second and first[1] != second[1]:
            yield from _changed(new, first[1], *second)


def _arrow(kind: Literal["added", "removed"], model: Model, key: str, link: Link) -> Difference:
    what = f"is new: {SIGNS[link.polarity]}" if kind == "added" else f"is gone: it was {SIGNS[link.polarity]}"
    says = f"The arrow {ends(model, (link.source, link.target))} {what}{_late(link)}."
    return Difference(kind, f"link:{key}", says, _why(link))


def _changed(model: Model, before: Link, key: str, now: Link) -> Iterator[Difference]:
    subject, why = f"The arrow {ends(model, (now.source, now.target))}", _why(now) or _why(before)
    if before.polarity != now.polarity:
        says = f"{subject} is {SIGNS[now.polarity]} and was {SIGNS[before.polarity]}{_late(now)}."
        yield Difference("flipped", f"link:{key}", says, why)
    if turns := list(_turns(before, now, but=("polarity",))):
        yield Difference("changed", f"link:{key}", f"{subject}: {'; '.join(turns)}.", why)


def _late(link: Link) -> str:
    return f", after about {years(link.delay)}" if link.delay else ""


def _why(link: Link) -> str:
    return link.reason or link.passage or ""


def _loops(old: Model, new: Model) -> Iterator[Difference]:
    before = {loop.id: loop for loop in old.loops}
    now = {loop.id: loop for loop in new.loops}
    for name, loop in now.items():
        if name not in before:
            way = _way(new, loop)
            yield Difference("added", f"loop:{name}", f"The loop “{loop.name}” is new: {way}.")
    for name, loop in before.items():
        if name not in now:
            yield Difference("removed", f"loop:{name}", f"The loop “{loop.name}” is no longer named.")
    for name, loop in now.items():
        if name not in before or before[name] == loop:
            continue
        turns = list(_turns(before[name], loop, but=("path",)))
        if before[name].path != loop.path:
            turns.append(f"it goes another way round: {_way(new, loop)}")
        yield Difference("changed", f"loop:{name}", f"The loop “{loop.name}”: {'; '.join(turns)}.")


def _way(model: Model, loop: Loop) -> str:
    return " → ".join(f"“{model.nodes[name].label}”" for name in loop.path)


def _rest(old: Model, new: Model) -> Iterator[Difference]:
    """What differs in the model as a whole."""
    for field in _OWN:
        before, now = getattr(old, field), getattr(new, field)
        if before == now:
            continue
        if field in ("core", "outcomes"):
            before, now = _labels(old, before), _labels(new, now)
        yield Difference("changed", "model", f"The diagram: {_turn(Model, field, before, now)}.")
    for field, word in _COLLECTIONS.items():
        yield from _collection(word, getattr(old, field), getattr(new, field))
    if old.corrections != new.corrections:
        yield Difference("changed", "model", "What authors of the original told us is not the same list.")


def _collection(word: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    before, now = {one.id: one for one in old}, {one.id: one for one in new}
    for name, one in now.items():
        if name not in before:
            yield Difference("added", "model", f"The {word} {_title(one)} is new.")
        elif before[name] != one:
            yield Difference("changed", "model", f"The {word} {_title(one)} is not the same.")
    for name, one in before.items():
        if name not in now:
            yield Difference("removed", "model", f"The {word} {_title(one)} is gone.")


def _title(one: Any) -> str:
    words = next(getattr(one, name) for name in ("title", "label", "statement") if hasattr(one, name))
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST]}…”"


def _turns(before: Part, now: Part, *, but: Iterable[str] = ()) -> Iterator[str]:
    """What is different in the fields that two versions of a part both have."""
    for field in type(now).model_fields:
        if field in type(before).model_fields and field not in but:
            old, new = getattr(before, field), getattr(now, field)
            if old != new:
                yield _turn(type(now), field, old, new)


def _turn(part: type[Part], field: str, old: Any, new: Any) -> str:
    if field == "position":
        return "it was moved"
    if field == "bend":
        return "it is bent another way"
    name = field_name(part, field)
    shown = [_shown(value) for value in (old, new)]
    if field == "strength":
        shown = [f"{word_of(rate)} ({rate:g} a month)" for rate in (old, new)]
    if max(map(len, shown)) > _LONGEST or shown[0] == shown[1]:
        return f"{name} was rewritten"
    return f"{name} is {shown[1]} and was {shown[0]}"


def _shown(value: Any) -> str:
    """A value of a field in words."""
    if value in (None, "", ()):
        return "not given"
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value))
    if isinstance(value, Influence):
        return f"{value.at} for the {value.on} ({value.evidence})"
    return f"{value:g}"
