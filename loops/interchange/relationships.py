"""JSON of variables and relationships, as Stella's assistant (sd-ai) and CoModel exchange it."""

from __future__ import annotations

from typing import Any

from loops.complaints import BadFile
from loops.interchange.contents import json_of
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.records import listed, recorded, said
from loops.interchange.words import sign_of
from loops.model import MAX_LINKS, MAX_LOOPS
from loops.validity import MAX_NODES

Record = dict[str, Any]


def read(data: bytes, file: str) -> Draft:
    """The diagram of some relationships and the loops told of it; raises :class:`BadFile`.

    A relationship without a polarity has that of the same arrow in a loop, if one is told. Ends that are no
    variable of the file are boxes all the same.
    """
    whole = recorded(json_of(data, file), file, "")
    model = recorded(whole.get("model", whole), file, "model")
    if "relationships" not in model:
        raise BadFile(file, "", "there are no relationships in this file.")
    feedback = recorded(whole.get("feedback") or {}, file, "feedback")
    loops_told = _records(feedback.get("feedbackloops"), file, "feedbackLoops", MAX_LOOPS)
    draft = Draft(file, "variables and relationships", title=said(model.get("title")))
    on_loops: list[DraftArrow] = []
    for loop, place in loops_told:
        drawn = [_arrow(*one) for one in _records(loop.get("links"), file, f"{place}, links", MAX_NODES)]
        links = tuple((arrow.source, arrow.target) for arrow in drawn)
        draft.loops.append(DraftLoop(said(loop.get("name")), said(loop.get("identifier")), (), links, place))
        on_loops += drawn
    draft.arrows = [
        _arrow(*one) for one in _records(model["relationships"], file, "relationships", MAX_LINKS)
    ]
    _sign_as(on_loops, draft)
    draft.nodes = _nodes(model, draft.arrows, file)
    return draft


def _sign_as(on_loops: list[DraftArrow], draft: Draft) -> None:
    """Give arrows without a sign the one that they have in a loop, and say so."""
    signs = {(arrow.source, arrow.target): arrow.sign for arrow in on_loops if arrow.sign != "?"}
    unsigned = [one for one in draft.arrows if one.sign == "?" and (one.source, one.target) in signs]
    for arrow in unsigned:
        arrow.sign = signs[arrow.source, arrow.target]
    if unsigned:
        says = f"Arrows whose sign is given only where a loop is told of: {len(unsigned)}."
        draft.notes.append(Note("assumed", "", says))


def _records(value: Any, file: str, name: str, most: int) -> list[tuple[Record, str]]:
    """The objects of a list, each with its place."""
    places = (f"{name}, number {number}" for number, _ in enumerate(listed(value, file, name, most), start=1))
    return [(recorded(one, file, place), place) for one, place in zip(value or [], places, strict=True)]


def _arrow(one: Record, place: str) -> DraftArrow:
    late = one.get("delayed") is True or one.get("delay") is True
    return DraftArrow(
        said(one.get("from")),
        said(one.get("to")),
        sign_of(said(one.get("polarity"))),
        delay=DELAYED if late else None,
        delay_marked=late,
        note="\n".join(filter(None, (said(one.get("reasoning")), said(one.get("polarityreasoning"))))),
        evidence=said(one.get("relevant text")),
        place=place,
    )


def _nodes(model: Record, arrows: list[DraftArrow], file: str) -> list[DraftNode]:
    """The variables, and after them the ends of arrows that are none."""
    nodes: dict[str, DraftNode] = {}
    for one, place in _records(model.get("variables"), file, "variables", MAX_NODES):
        name, units = said(one.get("name")), said(one.get("units"))
        notes = (said(one.get("documentation")), f"Measured in: {units}" if units else "")
        nodes.setdefault(name, DraftNode(name, name, note="\n".join(filter(None, notes)), place=place))
    for arrow in arrows:
        for end in filter(None, (arrow.source, arrow.target)):
            nodes.setdefault(end, DraftNode(end, end, place=arrow.place))
    return list(nodes.values())
