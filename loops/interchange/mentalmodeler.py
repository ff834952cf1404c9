"""Mental Modeler: maps as XML (`.mmp`) or JSON, and matrices as CSV whose rows act on its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from loops.complaints import BadFile
from loops.interchange.contents import json_of, local, text_of, xml_of
from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.records import keys_of, listed, recorded, said
from loops.interchange.tables import csv_rows
from loops.interchange.words import MINUSES, kind_in, number_of, plain, sign_of
from loops.model import MAX_LINKS
from loops.parts import Polarity
from loops.validity import MAX_NODES

Record = dict[str, Any]
_WORDS = {"h": 1.0, "m": 0.62, "l": 0.25}
"""The influence that high, medium and low stand for, as Mental Modeler 1.1 has it (scripts/models/app.js)."""
FULL = "An influence of 1 is a strength of {:.12g} a month."
"""What the description of a map says where influences are shares of a known strength."""
_FULL = re.compile(FULL.replace(".", "\\.").replace("{:\\.12g}", r"([\d.e-]{1,30})"))
_NOTHING = {"", "0", "na", "n/a", "none"}
"""What a cell of a matrix says where there is no influence; any other zero is one too."""


def read(data: bytes, file: str) -> Draft:
    """The map in a file of Mental Modeler; raises :class:`BadFile`."""
    begins = text_of(data[:200]).lstrip()[:1]
    if begins == "<":
        return _map(_project(xml_of(data, file), file), file)
    if begins == "{":
        return _map(recorded(json_of(data, file), file, ""), file)
    return _matrix(csv_rows(data, file), file)


def influence_of(words: Any) -> tuple[Polarity, float | None]:
    """The sign and weight of an influence, a number in [-1, 1] or `H+` to `H-`; ``?`` where it says none.

    >>> influence_of("-0.5"), influence_of("M+"), influence_of("H-"), influence_of("0"), influence_of("+")
    (('-', 0.5), ('+', 0.62), ('-', 1.0), ('?', None), ('+', None))
    """
    text = said(words).casefold()
    number = number_of(text)
    if number is not None:
        sign: Polarity = "?" if number == 0 else "+" if number > 0 else "-"
        return sign, min(abs(number), 1.0) or None
    if set(text.translate(MINUSES)) == {"-"} and len(text) > 1:
        return "?", None  # Kumu's "same direction" is others' "very much less"
    return sign_of(text.lstrip("hml")), _WORDS.get(text[:1])


def _project(root: Element, file: str) -> Record:
    """The object that JSON would hold, from the tags of XML."""
    if local(root) != "mentalmodeler":
        raise BadFile(file, "", "this XML is no map of Mental Modeler.")
    project: Record = {}
    for part in root:
        if local(part) in ("concepts", "scenarios"):
            project[local(part)] = [_fields(one) for one in part]
        elif local(part) == "groupnames":
            project["groupnames"] = {one.get("index", local(one)[-1:]): one.text or "" for one in part}
        else:
            project[local(part)] = _fields(part)
    return project


def _fields(element: Element) -> Record:
    """The fields of a concept, a relationship or the head: text, and lists of what has fields of its own."""
    return {
        local(part): [_fields(one) for one in part]
        if local(part) in ("relationships", "concepts")
        else part.text or ""
        for part in element
    }


def _map(project: Record, file: str) -> Draft:
    info = recorded(project.get("info") or {}, file, "info")
    draft = Draft(file, "Mental Modeler", title=said(info.get("name")))
    groups = recorded(project.get("groupnames") or {}, file, "groupNames")
    concepts = [
        (recorded(one, file, f"concepts, number {number}"), f"concepts, number {number}")
        for number, one in enumerate(listed(project.get("concepts"), file, "concepts", MAX_NODES), start=1)
    ]
    if not concepts:
        raise BadFile(file, "concepts", "there are no concepts in this file.")
    keys = keys_of(said(concept.get("id")) or said(concept.get("name")) for concept, _ in concepts)
    draft.nodes = [
        _node(concept, key, groups, place) for key, (concept, place) in zip(keys, concepts, strict=True)
    ]
    found = _FULL.search(said(info.get("description")))
    full = number_of(found[1]) if found else None
    names = {said(concept.get("name")): key for key, (concept, _) in zip(keys, concepts, strict=True)}
    for key, (concept, place) in zip(keys, concepts, strict=True):
        draft.arrows += _arrows(concept, key, names, file, place)
        if len(draft.arrows) > MAX_LINKS:
            raise BadFile(file, place, f"there are more than {MAX_LINKS:,} relationships. Split the diagram.")
    for arrow in draft.arrows:
        if full is not None and arrow.weight is not None:
            arrow.strength, arrow.weight = float(f"{full * arrow.weight:.10g}"), None
    _tell_scenarios(project, file, draft)
    return draft


def _node(concept: Record, key: str, groups: Mapping[str, Any], place: str) -> DraftNode:
    x, y = (number_of(said(concept.get(axis))) for axis in ("x", "y"))
    units, group = said(concept.get("units")), said(groups.get(said(concept.get("group"))))
    notes = [said(concept.get("notes")), f"Measured in: {units}" if units else ""]
    return DraftNode(
        key,
        said(concept.get("name")),
        kind=kind_in(group),
        position=(x, y) if x is not None and y is not None else None,
        group="" if kind_in(group) else group,
        note="\n".join(note for note in notes if note),
        outcome=bool(number_of(said(concept.get("preferredstate")))),
        place=place,
    )


def _arrows(
    concept: Record, source: str, names: Mapping[str, str], file: str, place: str
) -> Iterator[DraftArrow]:
    keys = set(names.values())
    for number, one in enumerate(
        listed(concept.get("relationships"), file, f"{place}, relationships", MAX_LINKS), start=1
    ):
        where = f"{place}, relationship {number}"
        relationship = recorded(one, file, where)
        target, name = said(relationship.get("id")), said(relationship.get("name"))
        sign, weight = influence_of(relationship.get("influence"))
        sure = number_of(said(relationship.get("confidence")))
        notes = [said(relationship.get("notes")), f"Confidence, from -3 to 3: {sure:g}" if sure else ""]
        yield DraftArrow(
            source,
            target if target in keys else names.get(name, target),
            sign,
            weight=weight,
            note="\n".join(note for note in notes if note),
            place=where,
        )


def _tell_scenarios(project: Record, file: str, draft: Draft) -> None:
    """A note of the scenarios of a file that hold anything: they are not read."""
    scenarios = [one for one in listed(project.get("scenarios"), file, "scenarios", 10_000) if one]
    held = sum(isinstance(one, dict) and bool(one.get("concepts")) for one in scenarios)
    if held:
        says = f"What the file tries out with its map ({held}) is not read: make plans of it here."
        draft.notes.append(Note("left out", "", says))


def _matrix(rows: Sequence[Sequence[str]], file: str) -> Draft:
    """The map in a matrix: names in the first row and column, and the influence of row on column inside."""
    draft = Draft(file, "a matrix of influences")
    table = [(number, row) for number, row in enumerate(rows, start=1) if any(map(plain, row))]
    if len(table) < 2:
        raise BadFile(file, "", "a matrix has a row of names, and a row for each of them.")
    names = [plain(cell) for cell in table[0][1][1:]]
    if not any(names) or all(number_of(name) is not None for name in names):
        raise BadFile(file, f"line {table[0][0]}", "a matrix begins with the names of its columns.")
    lines = [(plain(row[0]), row[1:], f"line {at}") for at, row in table[1:]]
    for name in dict.fromkeys([*names, *(source for source, _, _ in lines)]):
        if name:
            draft.nodes.append(DraftNode(name, name))
    if len(draft.nodes) > MAX_NODES:
        raise BadFile(file, "", f"there are {len(draft.nodes):,} names: at most {MAX_NODES} are allowed.")
    told: list[tuple[str, str, str, str]] = []
    for source, cells, place in lines:
        told += _told(source, names, cells, place)
        if len(told) > MAX_LINKS:
            raise BadFile(file, place, f"there are more than {MAX_LINKS:,} arrows. Split the diagram.")
    most = max([1.0, *(abs(number_of(cell) or 0.0) for _, _, cell, _ in told)])
    for source, target, cell, place in told:
        number = number_of(cell)
        sign, weight = influence_of(cell if number is None else number / most)
        draft.arrows.append(DraftArrow(source, target, sign, weight=weight, place=place))
    if most > 1:
        says = f"Influences go up to {most:g} here, not to 1: each counts as its share of that."
        draft.notes.append(Note("assumed", "", says))
    return draft


def _told(
    source: str, names: Sequence[str], cells: Sequence[str], place: str
) -> Iterator[tuple[str, str, str, str]]:
    """The cells of a row that state an influence, with their ends and where they stand."""
    for column, cell in enumerate(cells):
        if plain(cell).casefold() not in _NOTHING and number_of(cell) != 0:
            target = names[column] if column < len(names) else ""
            yield source, target, cell, f"{place}, column “{target}”"
