"""A diagram that came in, with every change made to it since: any one of them can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from loops.draw.settled import settled
from loops.editing.changes import Become, Change, Merge, Remove, Set, apply, possible
from loops.editing.kinds import kind_of
from loops.editing.pieces import ends_of, split
from loops.interchange.arrows import either_sign
from loops.interchange.complete import Imported
from loops.interchange.draft import KINDS, Note
from loops.model import Model

MANY_BOXES, MANY_ARROWS = 120, 600
"""Beyond these a picture of the whole takes seconds and shows little: it is drawn when somebody asks."""
MOST_CHANGES = 500
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Made:
    """One change that was made, and what is said of it."""

    says: str
    change: Change


@dataclass(frozen=True, eq=False)
class Brought:
    """What came in from `file`, the changes made since in their order, and the `model` that they give."""

    file: str
    imported: Imported
    model: Model
    made: tuple[Made, ...] = ()

    @classmethod
    def of(cls, file: str, imported: Imported) -> Brought:
        """What came in, as it is."""
        return cls(file, imported, imported.model)

    @property
    def large(self) -> bool:
        """Whether a picture of the whole is only made when somebody asks."""
        return len(self.model.nodes) > MANY_BOXES or len(self.model.links) > MANY_ARROWS

    @cached_property
    def notes(self) -> dict[int, Note]:
        """What is still open, by its place among all notes: neither mended nor about what is gone.

        The signs that only a change made unknown, as when two boxes became one, are asked for behind them.
        """
        every = dict(enumerate(self.imported.notes))
        found = {at: note for at, note in every.items() if note.mends and _open(self.model, note)}
        mends = [mend.change for note in found.values() for mend in note.mends]
        asked = {tuple(_boxes(change)) for change in mends if _field(change) == "polarity"}
        unknown = {(link.source, link.target) for link in self.model.links if link.polarity == "?"}
        found |= enumerate(map(self._unsigned, sorted(unknown - asked)), start=len(every))
        return dict(sorted(found.items(), key=lambda item: _ORDER[item[1].kind]))

    def _unsigned(self, pair: tuple[str, str]) -> Note:
        source, target = (self.model.nodes[name].label for name in pair)
        return Note("sign", "", f"“{source}” → “{target}” says both + and − now.", either_sign(pair))

    @property
    def told(self) -> tuple[Note, ...]:
        """What can only be told: nothing is offered to mend it."""
        return tuple(note for note in self.imported.notes if not note.mends)


def changed(brought: Brought, made: Made) -> Brought:
    """With one more change; raises :class:`ValueError`, in one sentence, when it cannot be made."""
    if len(brought.made) >= MOST_CHANGES:
        raise ValueError(f"{MOST_CHANGES} changes were made here: save the model file and go on from that")
    return replace(brought, model=apply(brought.model, made.change), made=(*brought.made, made))


def without(brought: Brought, at: Iterable[int]) -> tuple[Brought, tuple[Made, ...]]:
    """Without some of the changes, and those that went with them because they no longer fit."""
    gone = set(at)
    now, lost = Brought.of(brought.file, brought.imported), []
    for number, made in enumerate(brought.made):
        if number in gone:
            continue
        try:
            now = changed(now, made)
        except ValueError:
            lost.append(made)
    return now, tuple(lost)


def placed(brought: Brought) -> Brought:
    """With every box and arrow where it is drawn now, so that nothing moves when something is mended."""
    model = brought.imported.model
    imported = replace(brought.imported, model=settled(model))
    return without(replace(brought, imported=imported), ())[0]


def is_placed(brought: Brought) -> bool:
    """Whether a picture is quick, since the places of all boxes and arrows are known."""
    model = brought.imported.model
    bent = all(link.bend is not None for link in model.links if link.source != link.target)
    return bent and all(node.position is not None for node in model.nodes.values())


def _open(model: Model, note: Note) -> bool:
    """Whether all that a note offers can still be done, and nothing of it has been."""
    changes = [mend.change for mend in note.mends]
    return all(possible(model, one) and not _in_effect(model, one) for one in changes)


def _in_effect(model: Model, change: Change) -> bool:
    """Whether a change, to what is still there, would change nothing."""
    match change:
        case Become(id=name, kind=kind):
            return kind_of(model.nodes[name]) == kind
        case Set(part=part, values=((_, value),)):
            return _now(model, part, str(_field(change))) == {value}
        case _:
            return False


def _now(model: Model, part: str, field: str) -> set[object]:
    """What a field of a part holds now: of the arrows of a pair all their signs."""
    kind, name = split(part)
    if kind == "pair":
        source, target = ends_of(part)
        return set(model.signs[source, target])
    pieces = [model.nodes[name]] if kind == "node" else [loop for loop in model.loops if loop.id == name]
    return {getattr(piece, field) for piece in pieces}


def _field(change: Change) -> str | None:
    """The one field that a change sets, if it sets one."""
    return change.values[0][0] if isinstance(change, Set) and len(change.values) == 1 else None


def _boxes(change: Change) -> tuple[str, ...]:
    """The boxes that a change is about: one, two that become one, or the two ends of an arrow."""
    match change:
        case Merge(kept=kept, gone=gone):
            return kept, gone
        case Become(id=name):
            return (name,)
        case Set(part=part) | Remove(part=part):
            return ends_of(part)
        case _:
            return ()


def about(notes: Iterable[tuple[int, Note]], ids: set[str]) -> Iterator[tuple[int, Note]]:
    """The notes about a box, or about an arrow if its two ends are given."""
    for at, note in notes:
        if any(ids <= set(_boxes(mend.change)) for mend in note.mends):
            yield at, note
