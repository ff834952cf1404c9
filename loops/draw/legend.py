"""What the marks of a drawing mean, in rows below it. Only what occurs in the drawing is explained."""

from __future__ import annotations

from loops.draw.elements import BOLD, GRADES, SIGNS, stroke
from loops.draw.letters import width
from loops.draw.palette import Palette
from loops.draw.places import Frame, Layout
from loops.draw.scale import SCALE
from loops.draw.shapes import hatch, mix, words
from loops.model import Context, Lever, Model
from loops.partners import SAID

_SIZE, _ROW = 17.0, 32.0
_SAMPLE = 44.0
"""Width kept for each sample; the words follow."""
_ACROSS, _BROAD = "M1,0 L43,0", 2.6
_SPACE, _MARGIN = 30.0, 24.0
_SIGN_WORDS = {
    "+": "more leads to more, less to less",
    "-": "more leads to less, less to more",
    "?": "not known yet which way",
}
_GRADE_WORDS = {
    "stated": "stated in a source",
    "inferred": "inferred from a source",
    "assumed": "assumed",
    "contested": "contested: sources point both ways",
}
_LOOP_WORDS = {
    "R": "snowball: a change feeds on itself, either way",
    "B": "brake: a change is held back",
    "?": "a loop not decided yet",
}
Item = tuple[str, str]
"""A sample drawn around (22, 0), and what it means."""


def legend(
    model: Model, layout: Layout, frame: Frame, palette: Palette, filled: str | None
) -> tuple[list[str], Frame]:
    """The explanations, and the frame that holds them too. `filled` is "level", "change", "said" or none."""
    items = [*_arrows(layout, palette), *_boxes(model, layout, palette), *_loops(layout, palette)]
    items += _fills(filled, palette)
    drawn: list[str] = []
    x, y = frame.left + _MARGIN, frame.top + frame.height + _ROW / 2
    right = max(frame.left + frame.width, x + max((_wide(text) for _, text in items), default=0.0)) - _MARGIN
    for sample, text in items:
        if drawn and x + _wide(text) > right:
            x, y = frame.left + _MARGIN, y + _ROW
        label = words(text, (x + _SAMPLE + 8, y), _SIZE, palette.ink)
        drawn.append(f'<g transform="translate({x:.1f} {y:.1f})" text-anchor="middle">{sample}</g>{label}')
        x += _wide(text) + _SPACE
    held = Frame(frame.left, frame.top, right + _MARGIN - frame.left, y + _ROW - frame.top)
    return ['<g class="legend" text-anchor="start">', *drawn, "</g>"], held


def _wide(text: str) -> float:
    return _SAMPLE + 8 + 1.06 * width(text, _SIZE)


def _arrows(layout: Layout, palette: Palette) -> list[Item]:
    inks = {"+": palette.positive, "-": palette.negative, "?": palette.unknown}
    used = {wire.link.polarity for wire in layout.wires}
    items = [
        (words(SIGNS[sign], (22, 0), 27, inks[sign], BOLD), text)
        for sign, text in _SIGN_WORDS.items()
        if sign in used
    ]
    if any(wire.link.delay for wire in layout.wires):
        bars = f'<path d="M18,-9 V9 M26,-9 V9" stroke="{palette.ink}" stroke-width="3"/>'
        items.append((stroke(_ACROSS, "stated", _BROAD, palette.muted) + bars, "takes time"))
    grades = {wire.link.grade for wire in layout.wires}
    for grade in (grade for grade in GRADES if grade in grades):
        mark = (
            f'<polygon points="22,-9 31,0 22,9 13,0" fill="{palette.paper}" stroke="{palette.muted}" '
            'stroke-width="2.4"/>'
        )
        sample = stroke(_ACROSS, grade, _BROAD, palette.muted) + (mark if grade == "contested" else "")
        items.append((sample, _GRADE_WORDS[grade]))
    return items


def _boxes(model: Model, layout: Layout, palette: Palette) -> list[Item]:
    kinds = {type(model.nodes[name]) for name in layout.boxes}
    outline = f'<rect x="3" y="-10" width="38" height="20" fill="{palette.box}" stroke="{palette.muted}" '
    items = []
    if Lever in kinds:
        items.append((outline + 'rx="1" stroke-width="3.2"/>', "something we can do"))
    if Context in kinds:
        dashed = 'rx="7" stroke-width="1.8" stroke-dasharray="6 5"/>'
        items.append((outline + dashed, "a circumstance nobody here controls"))
    return items


def _loops(layout: Layout, palette: Palette) -> list[Item]:
    inks = {"R": palette.reinforcing, "B": palette.balancing, "?": palette.unknown}
    used = {ring.label[0] for ring in layout.rings.values()}
    return [
        (words(letter, (22, 0), 21, inks[letter], BOLD), text)
        for letter, text in _LOOP_WORDS.items()
        if letter in used
    ]


def _fills(filled: str | None, palette: Palette) -> list[Item]:
    def swatch(fill: str, more: str) -> str:
        return f'<rect x="3" y="-10" width="38" height="20" fill="{fill}" stroke="{palette.muted}"/>{more}'

    def bar(share: float) -> str:
        where = f'x="7" y="2" height="5" fill="{palette.ink}"'
        return f'<rect {where} width="30" fill-opacity="0.14"/><rect {where} width="{30 * share:g}"/>'

    if filled == "said":
        steps = [(level, word) for level, word in SCALE if word in SAID]
        known = [(swatch(mix(palette.mid, palette.high, level), bar(level)), word) for level, word in steps]
        unknown = swatch(palette.box, hatch(4, -9, 36, 18, palette.muted))
        return [*known, (unknown, "nobody knows yet"), (swatch(palette.box, ""), "nobody has been asked")]
    if filled == "level":
        return [
            (swatch(mix(palette.mid, palette.high, share), bar(share)), text)
            for share, text in ((0.0, "not yet"), (0.5, "partly"), (1.0, "fully"))
        ]
    if filled == "change":
        up = f'<polygon points="22,-7 30,6 14,6" fill="{palette.ink}"/>'
        down = f'<polygon points="22,7 30,-6 14,-6" fill="{palette.ink}"/>'
        return [
            (swatch(palette.high, up), "more than in the other plan"),
            (swatch(palette.low, down), "less than in the other plan"),
        ]
    return []
