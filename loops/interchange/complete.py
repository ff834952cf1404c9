"""A draft becomes a model that runs: what a file does not say gets a bounded default, and a note says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loops.complaints import BadFile
from loops.editing.kinds import by_kind
from loops.editing.naming import id_of
from loops.interchange.arrows import links_of, usual_weight
from loops.interchange.boxes import boxes_of, nodes_of, notes_of
from loops.interchange.draft import DELAYED, KINDS, Draft, DraftArrow, Note
from loops.interchange.named import with_loops
from loops.interchange.naming import label_of
from loops.interchange.placing import on_one_spot, places_of
from loops.model import MAX_LINKS, Link, Model
from loops.parts import replace
from loops.validity import MAX_NODES

_CANNOT_SAY = (
    "How strong the arrows are, how slow and from where things start, unless the file said it: "
    "these figures are assumed, the same for all, until somebody knows better."
)
_ORDER = {kind: at for at, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Imported:
    """What came of a file: a model that can be opened, and all that had to be assumed or left out."""

    model: Model
    notes: tuple[Note, ...]
    format: str = ""
    """What kind of file it was, in words, such as ``Kumu``."""

    @property
    def unknown(self) -> tuple[Link, ...]:
        """The links whose sign is not known."""
        return tuple(link for link in self.model.links if link.polarity == "?")


def complete(draft: Draft) -> Imported:
    """The model that a draft makes, and notes in the order of :data:`~loops.interchange.draft.KINDS`.

    A variable starts and rests at one half (gain = fade = 0.05 a month) and a link is 0.02 a month, where the
    file says nothing else. Raises :class:`BadFile` when there is too much in it, or nothing that changes.
    """
    _check_size(draft)
    boxes, notes = boxes_of(draft.nodes)
    links, of_links = links_of(draft.arrows, boxes)
    placed = places_of(list(boxes.nodes.values()))
    if placed is None:
        links = [replace(link, bend=None) for link in links]
    nodes = by_kind(nodes_of(boxes, links, placed))
    if not nodes["variables"]:
        raise BadFile(draft.file, "", "nothing in this diagram changes: draw an arrow to something.")
    title, _ = label_of(draft.title or _stem(draft.file))
    model = Model(
        id=id_of(title, (), otherwise="diagram"),
        title=title or "A diagram without a title",
        description=f"Brought in from a file: {draft.format}, {_name(draft.file)}."[:4000],
        cannot_say=(_CANNOT_SAY,),
        links=tuple(links),
        **nodes,
    )
    model, of_loops = with_loops(model, draft.loops, boxes.ids)
    every = [*draft.notes, *notes, *of_links, *notes_of(boxes, model), *of_loops, *_overall(draft, placed)]
    return Imported(model, tuple(sorted(every, key=lambda note: _ORDER[note.kind])), draft.format)


def _check_size(draft: Draft) -> None:
    if not draft.nodes:
        raise BadFile(draft.file, "", f"there is no box in this diagram ({draft.format}).")
    if len(draft.nodes) > MAX_NODES or len(draft.arrows) > MAX_LINKS:
        raise BadFile(
            draft.file,
            "",
            f"{len(draft.nodes):,} boxes and {len(draft.arrows):,} arrows: at most {MAX_NODES} and "
            f"{MAX_LINKS:,} are allowed. Split the diagram.",
        )


def _overall(draft: Draft, placed: object | None) -> list[Note]:
    """What was assumed of the diagram as a whole."""
    says = (
        "A box starts half-way and stays there while nothing acts on it. An arrow alone, from a box that is "
        "complete, wins or loses half of what it can in about three years. Where the file says more, that is "
        "used. These are guesses, the same for all: change them as you learn."
    )
    notes = [Note("assumed", "", says)]
    usual = usual_weight(draft.arrows)
    if usual is not None:
        says = f"An arrow of weight {usual:g}, the middle one, has the usual strength, others in proportion."
        notes.append(Note("assumed", "", says))
    if marked := [arrow for arrow in draft.arrows if arrow.delay_marked]:
        many = "One arrow has" if len(marked) == 1 else f"{len(marked)} arrows have"
        says = f"{many} a mark for a delay that does not say how long. It is {DELAYED:g} months here."
        notes.append(Note("delay", _places(marked), says))
    if placed is not None and (count := on_one_spot(draft.nodes)):
        says = f"{count} boxes lay exactly on others. They are moved aside."
        notes.append(Note("assumed", "", says))
    if placed is None and any(node.position is not None for node in draft.nodes):
        says = "Not every box has a place of its own, so the diagram is laid out anew."
        notes.append(Note("left out", "", says))
    return notes


def _places(arrows: Sequence[DraftArrow]) -> str:
    places = [arrow.place for arrow in arrows if arrow.place]
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    return ", ".join(places[:5]) + more


def _name(file: str) -> str:
    """The name of a file without the folders that some browsers send along."""
    return re.split(r"[\\/]", file)[-1]


def _stem(file: str) -> str:
    return re.sub(r"\.\w{1,10}$", "", _name(file))
