"""Vensim models (``.mdl``): the drawing is read, and the equations for what the drawing leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loops.complaints import BadFile
from loops.interchange.contents import text_of
from loops.interchange.draft import Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.labelled import settle
from loops.interchange.told import left_out, of_flows, of_formulas, shown
from loops.interchange.vensim_arrows import Arrows, arrows_of
from loops.interchange.vensim_boxes import CLOCK, Boxes, boxes_of, name_of
from loops.interchange.vensim_equations import Equation, equations
from loops.interchange.vensim_own import own_loops, take
from loops.interchange.vensim_sketch import BEGIN, View, Word, views
from loops.interchange.words import plain
from loops.validity import MAX_NODES

__all__ = ["BEGIN", "read"]
_LABEL = re.compile(r"\(?([RB]) ?(\d{0,3})(?!\d)\)?(?:(?:\s*[:.\u2013-]|(?<=[\d)]))\s*(.+))?")
_TURNING = (4, 5)
"""Shapes of a comment: an arrow that goes round, one way or the other."""
_CLOUD = "48"
"""The name of a cloud, where a flow comes from or goes to outside the model."""


def read(data: bytes, file: str) -> Draft:
    """The drawing in a Vensim model; raises :class:`BadFile`.

    Words of one name are one box, on whatever view and shadows too. A flow is a box: + to the stock that it
    fills and - to the stock that it drains. A model without a drawing is drawn from its equations.
    """
    text = text_of(data).replace("\r\n", "\n").replace("\r", "\n")
    drawn, written = views(text, file), equations(text.partition(BEGIN)[0])
    known, unread = written.known, written.unread
    boxes = boxes_of(drawn, known)
    if not boxes.nodes and not known:
        raise BadFile(file, "", "this is no Vensim model: there is no drawing in it, and no equation.")
    draft = Draft(file, "Vensim", notes=left_out("Equations that are too long are not read", unread))
    if not boxes.nodes:
        _from_equations(draft, known)
        take(draft, known)
        return draft
    arrows = arrows_of(drawn, boxes, known, file)
    draft.nodes, draft.arrows = list(boxes.nodes.values()), arrows.drawn
    labels = [
        (loop, (word.at[0] + shift, word.at[1]))
        for view, shift in zip(drawn, boxes.shifts, strict=True)
        for word in view.words.values()
        if word.kind == "comment" and (loop := _loop(word)) is not None
    ]
    named = list(own_loops(written.groups, draft.notes))
    labels = [one for one in labels if one[0].name not in {loop.name for loop in named}]
    draft.loops = [*named, *(loop for loop, _ in labels)]
    take(draft, known)
    draft.notes += [*_assumed(draft, boxes, arrows, drawn), *_left_out(arrows, drawn), *settle(labels, draft)]
    return draft


def _loop(word: Word) -> DraftLoop | None:
    """The loop that a comment labels: R or B with a number or a name, or words in an arrow going round."""
    text = plain(word.name)
    if found := _LABEL.fullmatch(text):
        return DraftLoop(found.group(3) or "", found.group(1) + found.group(2), place=word.place)
    turning = word.shape in _TURNING and text not in ("", "0", _CLOUD)
    return DraftLoop(text, place=word.place) if turning else None


def _from_equations(draft: Draft, known: Mapping[str, Equation]) -> None:
    """Boxes and arrows of a model that holds no drawing."""
    draft.nodes = [
        DraftNode(key, name_of(equation.name), note=equation.about)
        for key, equation in known.items()
        if key not in CLOCK
    ]
    if len(draft.nodes) <= MAX_NODES:
        names = frozenset(node.key for node in draft.nodes)
        draft.arrows = [
            DraftArrow(source, key, sign, place=f"the equation of “{name_of(known[key].name)}”")
            for key in known
            if key in names
            for source, sign in known[key].signs(names).items()
        ]
    says = "There is no drawing in this file. The arrows are those that its equations tell of."
    draft.notes.append(Note("assumed", "", says))


def _assumed(draft: Draft, boxes: Boxes, arrows: Arrows, drawn: Sequence[View]) -> list[Note]:
    """What was read from elsewhere than the drawing, or made up."""
    labels = {node.key: node.label for node in draft.nodes}
    notes = of_flows(arrows.flows)
    notes += of_formulas(arrows.by_formula, labels, "formulas, with every quantity taken as more than zero")
    notes += of_formulas(
        arrows.by_list,
        labels,
        "“A FUNCTION OF” lists, where a name without a sign beside names with one is +",
    )
    for key in boxes.unnamed:
        node = boxes.nodes[key]
        notes.append(Note("name", node.place, f"A flow has no name. It is called “{node.label}”."))
    if len(drawn) > 1:
        names = shown([f"“{view.name}”" for view in drawn])
        notes.append(Note("assumed", "", f"The {len(drawn)} views are drawn side by side: {names}."))
    return notes


def _left_out(arrows: Arrows, drawn: Sequence[View]) -> list[Note]:
    """What the drawing holds and a diagram of loops does not."""
    comments = [word for view in drawn for word in view.words.values() if word.kind == "comment"]
    written = [word for word in comments if plain(word.name) not in ("", "0", _CLOUD) and not _loop(word)]
    unread = [place for view in drawn for place in view.unread]
    return [
        *left_out("Comments are not kept", [word.place for word in written]),
        *left_out(
            "Arrows that say only where something begins are left out",
            [line.place for line in arrows.initial],
        ),
        *left_out("Lines of the drawing that cannot be read are left out", unread),
    ]
