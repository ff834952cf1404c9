"""What a reader found in a file drawn elsewhere, before anything is decided: boxes, arrows, loops, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from loops.editing.changes import Change
from loops.parts import Polarity

DELAYED = 3.0
"""Months that an arrow takes where the file marks a delay and does not say how long."""


@dataclass(frozen=True)
class Mend:
    """A change that is offered with a note, and what its button says."""

    label: str
    change: Change


@dataclass(frozen=True)
class Note:
    """Something a reader could not take as it stands, or had to assume: where it is, and what was done.

    The kind is one of :data:`KINDS`; a note without mends only tells.
    """

    kind: str
    place: str
    says: str
    mends: tuple[Mend, ...] = ()


KINDS = {
    "sign": "Arrows whose sign is not known",
    "opposite": "Arrows that say both + and \u2212",
    "repeat": "Arrows drawn more than once",
    "self": "Arrows from a box to itself",
    "dangling": "Arrows with an end missing",
    "isolated": "Boxes without an arrow",
    "name": "Names that look alike, or are missing",
    "loop": "Loop labels that do not fit",
    "kind": "Boxes that nothing acts on",
    "delay": "Delays of unknown length",
    "left out": "What was left out",
    "assumed": "What was assumed",
}
"""The kinds of note in the order they are told in, with a heading for each."""


@dataclass
class DraftNode:
    """A box of the file. The key is the file's own name for it, unique among the boxes; it is never shown."""

    key: str
    label: str
    kind: Literal["", "variable", "lever", "context"] = ""
    position: tuple[float, float] | None = None
    """Centre in the file's own units, y downwards."""
    group: str = ""
    note: str = ""
    level: float | None = None
    """0 to 1; none: not said."""
    outcome: bool = False
    place: str = ""
    """Where it stands in the file, for messages, such as ``line 12`` or ``element el-7``."""
    gain: float | None = None
    """Per month, with no arrow at all; so is what it loses."""
    fade: float | None = None
    id: str = ""
    """The id that it has in a model, where the file holds that beside its own key."""


@dataclass
class DraftArrow:
    """An arrow of the file; its ends are keys of boxes, and one that is no box's key is a dangling end."""

    source: str
    target: str
    sign: Polarity
    strength: float | None = None
    """Per month, where the file says it in this unit."""
    weight: float | None = None
    """0 to 1 on the format's own scale; a link of the file's usual weight gets the usual strength."""
    delay: float | None = None
    """Months; none: no delay. A mere mark of a delay is :data:`DELAYED`, with ``delay_marked``."""
    delay_marked: bool = False
    bend: float | None = None
    """Bow as a share of the length, positive to the left of the way from source to target on the screen."""
    note: str = ""
    evidence: str = ""
    place: str = ""
    threshold: float | None = None
    """Level of the source at which a critical mass is half reached, and how steep that is."""
    steepness: float | None = None
    passage: str = ""
    """The words of a source, and where they stand in it."""
    locator: str = ""


@dataclass
class DraftLoop:
    """A loop that the file names: its letter as written (``R``, ``B1``, or nothing), and its path or links.

    A file that gives neither keeps its label as a note only. Path and links hold keys of boxes.
    """

    name: str = ""
    letter: str = ""
    path: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    place: str = ""
    story: str = ""


@dataclass
class Draft:
    """All that a reader found in one file, in the file's order."""

    file: str
    format: str
    """What kind of file it is, in words, such as ``Kumu``."""
    title: str = ""
    nodes: list[DraftNode] = field(default_factory=list)
    arrows: list[DraftArrow] = field(default_factory=list)
    loops: list[DraftLoop] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
