"""Loopy: the link that it makes of a diagram, and the same as JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import unquote

from loops.complaints import BadFile
from loops.interchange.contents import json_of, text_of
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftNode, Note
from loops.interchange.records import listed, recorded, said
from loops.interchange.words import number_of, plain
from loops.model import MAX_LINKS
from loops.parts import Polarity
from loops.validity import MAX_NODES

_BEGINS = re.compile(r"[?&#]data=|#(?=\s*(?:\[|%5B))", re.IGNORECASE)
"""What the diagram follows in a link."""
_FIELDS = {
    "nodes": ("id", "x", "y", "init", "label", "hue"),
    "edges": ("from", "to", "arc", "strength", "rotation"),
}
_COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
_FILTERS = {8, 9}
"""Strengths, + or -, that let only some signals pass in version 1.1."""
_FAR = 2.0
"""An arrow that is this many times as long as the way between its boxes is a delay: signals travel slowly."""
_MOST_ALIKE = 10
"""Arrows of one pair and sign beyond which more of them are no stronger."""
_OWN_FAR = 200.0
"""The size, in Loopy's units, from which an arrow from a box to itself is one."""
_REPEATS = 3
"""Lines that arrows may be drawn with, on average."""
_LONGEST = 3_000_000
"""Characters of a link: 500 boxes with long names in any letters and 15,000 lines take less."""
_ENCODED = 3
"""How many times at most anything in a link is encoded."""


def read(data: bytes, file: str) -> Draft:
    """The diagram in a link of Loopy or in its JSON; raises :class:`BadFile`.

    An arrow drawn more than once is so many times as strong. One that bows far out is delayed: see
    :data:`_FAR`. An arc is positive to the left of its way, as a bend is here.
    """
    draft = Draft(file, "Loopy")
    nodes, edges, texts = _tables(_diagram(text_of(data), file, draft), file)
    encoded = _encoded([said(_cell(row, 4)) for row in nodes] + [said(_cell(row, 2)) for row in texts])
    for number, row in enumerate(nodes, start=1):
        draft.nodes.append(_node(row, f"box {number}", encoded))
    if not any(node.level for node in draft.nodes):
        for node in draft.nodes:
            node.level = None
        says = "Every box is empty in this file. An empty box acts on nothing, so each starts half-way here."
        draft.notes.append(Note("assumed", "", says))
    spots = {node.key: node.position for node in reversed(draft.nodes)}
    arrows = [_arrow(row, spots, f"arrow {number}") for number, row in enumerate(edges, start=1)]
    draft.arrows = _stronger(arrows)
    filters = [number for number, row in enumerate(edges, start=1) if abs(_size(row)) in _FILTERS]
    if filters:
        says = f"Arrows that let only some signals pass ({len(filters)}) work like any other here."
        draft.notes.append(Note("left out", f"arrow {filters[0]}", says))
    words = [text for row in texts if (text := _label(_cell(row, 2), encoded))]
    if words:
        says = f"Texts that stand beside the diagram are left out: {' / '.join(words)[:500]}"
        draft.notes.append(Note("left out", "", says))
    return draft


def _diagram(text: str, file: str, draft: Draft) -> Any:
    """What JSON there is in a link or by itself; of several links the first."""
    found = [] if text.lstrip()[:1] in ("[", "{") else list(islice(_BEGINS.finditer(text), 2))
    begins = found[0].end() if found else 0
    payload = text[begins : found[1].start() if len(found) > 1 else None]
    if len(found) > 1:
        draft.notes.append(Note("left out", "", "There are several links here. Only the first is read."))
    if len(payload) > _LONGEST:
        raise BadFile(file, "", f"a diagram of Loopy has at most {_LONGEST:,} characters here. Split it.")
    for _ in range(_ENCODED):
        whole = payload[: max(payload.rfind("]"), payload.rfind("}")) + 1 or None]
        if whole.lstrip()[:1] in ("[", "{"):
            try:
                return json_of(whole.encode(errors="replace"), file)
            except BadFile:
                if "%" not in payload:
                    raise
        payload = unquote(payload)
    raise BadFile(file, "", "this is no link or file of Loopy: copy the whole link from 'save as link'.")


def _tables(diagram: Any, file: str) -> tuple[list[list[Any]], list[list[Any]], list[list[Any]]]:
    """The rows of boxes, arrows and texts, of either layout: rows in lists, or objects by name."""
    if isinstance(diagram, list):
        parts = [*diagram, None, None, None][:3]
    else:
        project = recorded(diagram, file, "")
        parts = [project.get("nodes"), project.get("edges"), None]
    names = {"nodes": MAX_NODES, "edges": _REPEATS * MAX_LINKS, "texts": 5_000}
    found = [
        [_row(row, name, file, number) for number, row in enumerate(listed(value, file, name, most), start=1)]
        for value, (name, most) in zip(parts, names.items(), strict=True)
    ]
    if not found[0]:
        raise BadFile(file, "", "there are no boxes in this diagram of Loopy.")
    return found[0], found[1], found[2]


def _row(row: Any, name: str, file: str, number: int) -> list[Any]:
    place = f"{name}, number {number}"
    if isinstance(row, dict) and name in _FIELDS:
        fields = recorded(row, file, place)
        return [fields.get(field) for field in _FIELDS[name]]
    return listed(row, file, place, 100)


def _encoded(texts: Sequence[str]) -> int:
    """How often texts are encoded that were encoded together: while it is more than once, all % are %25.

    >>> _encoded(["doing%2520things"]), _encoded(["at%20100%2525"]), _encoded(["100% sure"])
    (2, 1, 1)
    """
    whole = "\n".join(texts)
    for times in range(1, _ENCODED + 1):
        if re.search("%(?!25)", whole):
            return times
        whole = unquote(whole)
    return _ENCODED


def _label(value: Any, encoded: int) -> str:
    """A text that is encoded so many times.

    >>> _label("doing%2520things", 2), _label("100% sure", 1)
    ('doing things', '100% sure')
    """
    text = said(value)
    for _ in range(encoded):
        text = unquote(text)
    return plain(text)


def _cell(row: Sequence[Any], at: int) -> Any:
    return row[at] if at < len(row) else None


def _node(row: Sequence[Any], place: str, encoded: int) -> DraftNode:
    x, y, start, hue = (number_of(said(_cell(row, at))) for at in (1, 2, 3, 5))
    colour = _COLOURS[int(hue)] if hue is not None and 0 <= hue < len(_COLOURS) else ""
    return DraftNode(
        said(_cell(row, 0)),
        _label(_cell(row, 4), encoded),
        position=(x, y) if x is not None and y is not None else None,
        group=colour,
        level=start,
        place=place,
    )


def _size(row: Sequence[Any]) -> float:
    return number_of(said(_cell(row, 3))) or 0.0


def _arrow(row: Sequence[Any], spots: dict[str, tuple[float, float] | None], place: str) -> DraftArrow:
    source, target = said(_cell(row, 0)), said(_cell(row, 1))
    arc, size = number_of(said(_cell(row, 2))), _size(row)
    if abs(size) in _FILTERS:
        size = math.copysign(1.0, size)
    sign: Polarity = "?" if size == 0 else "+" if size > 0 else "-"
    bend = _bend(arc, spots.get(source), spots.get(target))
    own = source == target and arc is not None and abs(arc) >= _OWN_FAR
    late = own or (bend is not None and stretch(bend) >= _FAR)
    return DraftArrow(
        source,
        target,
        sign,
        weight=min(abs(size or 1.0), _MOST_ALIKE) / _MOST_ALIKE,
        delay=DELAYED if late else None,
        delay_marked=late,
        bend=bend,
        place=place,
    )


def _bend(
    arc: float | None, start: tuple[float, float] | None, end: tuple[float, float] | None
) -> float | None:
    """The height of an arc as a share of the way between its boxes; none where they are at one place."""
    if arc is None or start is None or end is None or start == end:
        return None
    return arc / math.dist(start, end)


def stretch(bend: float) -> float:
    """How many times as long as the straight way a circular arc of some bend is.

    Its angle is 4 atan(2 bend), so its length is half of that over the sine of half of it.

    >>> stretch(0.0), round(stretch(0.5), 6)  # half a circle: pi / 2
    (1.0, 1.570796)
    """
    half = 2 * math.atan(2 * abs(bend))
    return half / math.sin(half) if half > 1e-6 else 1.0


def _stronger(arrows: Sequence[DraftArrow]) -> list[DraftArrow]:
    """One arrow for those of one pair, sign and delay, as strong as they are together."""
    found: dict[tuple[str, str, str, bool], DraftArrow] = {}
    for arrow in arrows:
        form = (arrow.source, arrow.target, arrow.sign, arrow.delay_marked)
        earlier = found.get(form)
        weight = (earlier.weight or 0.0 if earlier else 0.0) + (arrow.weight or 0.0)
        found[form] = replace(earlier or arrow, weight=min(weight, 1.0))
    if len({arrow.weight for arrow in found.values()}) == 1:
        return [replace(arrow, weight=None) for arrow in found.values()]
    return list(found.values())
