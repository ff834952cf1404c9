"""The nodes of a model from the boxes of a draft: their ids, their kinds, and where they start."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loops.editing.changes import Become, Remove
from loops.editing.kinds import HALF, Node, kind_of, made
from loops.editing.naming import id_of
from loops.interchange.draft import DraftNode, Mend, Note
from loops.interchange.naming import label_of, look_alike, text_of
from loops.interchange.placing import Places
from loops.model import Link, Model, Variable
from loops.parts import replace

FASTEST = 2.0
"""Per month: the largest rate that a model may hold."""
_MARKED = {"variable": "what changes", "lever": "a lever", "context": "a circumstance"}


@dataclass(frozen=True)
class Boxes:
    """The boxes of a draft by id, in its order; their labels by id; and the ids by the file's own keys."""

    nodes: Mapping[str, DraftNode]
    labels: Mapping[str, str]
    ids: Mapping[str, str]


def boxes_of(drafted: Iterable[DraftNode]) -> tuple[Boxes, list[Note]]:
    """The boxes with an id and a label each, and notes of names that are missing, too long or alike."""
    nodes: dict[str, DraftNode] = {}
    labels: dict[str, str] = {}
    ids: dict[str, str] = {}
    notes: list[Note] = []
    for node in drafted:
        label, _ = label_of(node.label)
        if node.key in ids:
            says = f"“{label}” has the same id as “{labels[ids[node.key]]}”. Only the first box is kept."
            notes.append(Note("left out", node.place, says))
            continue
        if not label:
            label = f"Box {len(nodes) + 1}"
            notes.append(Note("name", node.place, f"A box has no name. It is called “{label}”."))
        name = ids[node.key] = id_of(node.id or label, nodes)
        nodes[name], labels[name] = node, label
    notes += look_alike([(name, labels[name], node.place) for name, node in nodes.items()])
    return Boxes(nodes, labels, ids), notes


def nodes_of(boxes: Boxes, links: Sequence[Link], placed: Places | None) -> list[Node]:
    """The nodes of a model: what an arrow leads to is a variable, else what the file says, else a context.

    Where no arrow leads to anything, boxes of no stated kind are variables. A box that is said to be the
    outcome stands first, as a model is judged by its first variable where nobody says by which.
    """
    acted = {link.target for link in links}
    nodes = []
    for at, (name, box) in enumerate(boxes.nodes.items()):
        kind = "variable" if name in acted else box.kind or ("context" if acted else "variable")
        group = f"Group: {box.group}" if box.group else ""
        about = {
            "id": name,
            "label": boxes.labels[name],
            "description": text_of(label_of(box.label)[1], box.note, group),
            "position": placed[at] if placed else None,
        }
        nodes.append(_with_rates(made(kind, about, _level(box)), box))
    return sorted(nodes, key=lambda node: not boxes.nodes[node.id].outcome)


def _with_rates(node: Node, box: DraftNode) -> Node:
    """What the file says that a variable gains and fades by itself, where that is allowed."""
    return replace(node, **_rates(box, allowed=True)) if isinstance(node, Variable) else node


def _rates(box: DraftNode, *, allowed: bool) -> dict[str, float]:
    """Those rates of a box that are within what is allowed, or those that are not."""
    given = {"gain": box.gain, "fade": box.fade}
    return {
        name: rate for name, rate in given.items() if rate is not None and (0 <= rate <= FASTEST) == allowed
    }


def notes_of(boxes: Boxes, model: Model) -> list[Note]:
    """Notes of boxes that stand alone, of kinds guessed or not possible, and of levels and outcomes."""
    acting = {link.source for link in model.links}
    acted = {link.target for link in model.links}
    notes = []
    for name, box in boxes.nodes.items():
        label, kind = f"“{boxes.labels[name]}”", kind_of(model.nodes[name])
        if name not in acting | acted:
            out = Mend("Take the box out", Remove(f"node:{name}"))
            notes.append(Note("isolated", box.place, f"No arrow leads to or from {label}.", (out,)))
        elif name not in acted and not box.kind:
            says = f"Nothing leads to {label}. It is taken as a circumstance that nobody here controls."
            notes.append(Note("kind", box.place, says, _kinds(name, _level(box))))
        elif box.kind and box.kind != kind:
            marked = _MARKED[box.kind]
            says = f"{label} is marked as {marked}, and an arrow leads to it, so it changes by itself."
            notes.append(Note("kind", box.place, says))
        if box.level is not None and _level(box) != box.level:
            says = f"{label} starts at {box.level:g}, outside 0 to 1. It was brought inside."
            notes.append(Note("assumed", box.place, says))
        for rate, value in _rates(box, allowed=False).items():
            says = f"{label} has a {rate} of {value:g} a month, outside 0 to {FASTEST:g}. It is not used."
            notes.append(Note("assumed", box.place, says))
        if box.outcome:
            notes.append(Note("assumed", box.place, f"{label} is marked as what matters. It stands first."))
    return notes


def _kinds(name: str, level: float | None) -> tuple[Mend, ...]:
    return (
        Mend("It is something we do", Become(name, "lever", 0.0)),
        Mend("It changes by itself", Become(name, "variable", HALF if level is None else level)),
    )


def _level(box: DraftNode) -> float | None:
    """The level that the file gives, brought into 0 to 1."""
    if box.level is None or math.isnan(box.level):
        return None
    return min(max(box.level, 0.0), 1.0)
