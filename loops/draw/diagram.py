"""The diagram as SVG that stands by itself: arrows with their signs, boxes, and the rings of the loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loops.draw.badges import spots
from loops.draw.elements import SIGNS, Look, arrow, node, ring
from loops.draw.inset import inset
from loops.draw.layout import Frame, Layout, loop_keys, loops_by_id, place, revealed
from loops.draw.legend import legend
from loops.draw.palette import Palette
from loops.draw.shapes import safe
from loops.model import Model

__all__ = ["SIGNS", "View", "draw"]

FONTS = "Arial, Helvetica, 'Liberation Sans', 'Source Sans', 'Source Sans Pro', sans-serif"

_MARK = 90.0
"""Room on both sides for the mark of an arrow that runs along the edge."""


@dataclass(frozen=True)
class View:
    """What is drawn of a model, and how.

    `shown` are the boxes laid out (none: all), `short` takes the labels of the opening view. `lit` are the
    keys of links that stand out, `focus` is a box that stands out with its neighbours; the rest fades.
    `revealed` are the loops and boxes drawn (none: all): a loop brings its arrows, a box the arrows between
    it and what is drawn. `levels` (0 to 1) or `changes` (-1 to 1, against another scenario) fill the boxes;
    `marks` are short texts on boxes or links, `said` is what people said of boxes: without a level such a
    box is hatched. A partial view keeps a small picture of the whole unless `inset` is false. `names` puts
    each loop's name at its ring, `legend` what everything means below.
    """

    shown: Sequence[str] | None = None
    short: bool = False
    lit: frozenset[str] | None = None
    focus: str | None = None
    revealed: frozenset[str] | None = None
    levels: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    inset: bool = True
    names: bool = True
    legend: bool = False

    @property
    def told(self) -> bool:
        """Whether this is a picture in a story, in which what fades was told before."""
        return self.revealed is not None


def draw(model: Model, palette: Palette, view: View | None = None) -> str:
    """Draw a model as one SVG. Everything that comes from the model or from a mark is escaped."""
    view = view or View()
    part = place(model, view.shown, short=view.short)
    layout = revealed(model, part, view.revealed)
    lit = _lit(layout, view)
    body = _arrows(model, layout, palette, view, lit) + _boxes(model, layout, palette, view, lit)
    body += _rings(model, layout, palette, view, lit)
    frame = layout.frame
    if view.inset and len(part.boxes) < len(model.nodes):
        small, frame = inset(place(model), part, layout, palette)
        body += small
    if any(wire.key in view.marks for wire in layout.wires):
        frame = Frame(frame.left - _MARK, frame.top, frame.width + 2 * _MARK, frame.height)
    if view.legend:
        key, frame = legend(model, layout, frame, palette, _filled(view))
        body += key
    return _document(model, layout, palette, frame, body)


def _filled(view: View) -> str | None:
    if view.said:
        return "said"
    return "change" if view.changes else "level" if view.levels else None


def _lit(layout: Layout, view: View) -> frozenset[str] | None:
    """The keys of the links that stand out, if any are meant to."""
    if view.focus is None:
        return view.lit
    touching = {wire.key for wire in layout.wires if view.focus in (wire.link.source, wire.link.target)}
    return frozenset(touching) | (view.lit or frozenset())


def _arrows(
    model: Model, layout: Layout, palette: Palette, view: View, lit: frozenset[str] | None
) -> list[str]:
    """The arrows, those that stand out last and so on top."""
    looks = {wire.key: None if lit is None else wire.key in lit for wire in layout.wires}
    return [
        arrow(model, wire, palette, Look(looks[wire.key], view.marks.get(wire.key), told=view.told))
        for wire in sorted(layout.wires, key=lambda wire: bool(looks[wire.key]))
    ]


def _boxes(
    model: Model, layout: Layout, palette: Palette, view: View, lit: frozenset[str] | None
) -> list[str]:
    ends = {
        end
        for wire in layout.wires
        if wire.key in (lit or ())
        for end in (wire.link.source, wire.link.target)
    }
    ends |= {view.focus} if view.focus else set()
    said_at = spots(layout, view.said)
    return [
        node(
            model,
            name,
            box,
            palette,
            Look(
                None if lit is None else name in ends,
                view.marks.get(name),
                view.levels.get(name),
                view.changes.get(name),
                told=view.told,
                said=view.said.get(name),
                said_at=said_at.get(name, (box.x, box.y)),
            ),
        )
        for name, box in layout.boxes.items()
    ]


def _rings(
    model: Model, layout: Layout, palette: Palette, view: View, lit: frozenset[str] | None
) -> list[str]:
    known, keys = loops_by_id(model), loop_keys(model)
    return [
        ring(
            model,
            known[name],
            one,
            palette,
            Look(None if lit is None else lit.issuperset(keys[name]), named=view.names, told=view.told),
        )
        for name, one in layout.rings.items()
    ]


def _document(model: Model, layout: Layout, palette: Palette, frame: Frame, body: Sequence[str]) -> str:
    told = [
        f"{model.nodes[link.source].label} {SIGNS[link.polarity]} {model.nodes[link.target].label}"
        for link in (wire.link for wire in layout.wires)
    ]
    where = f'x="{frame.left:.0f}" y="{frame.top:.0f}" width="{frame.width:.0f}" height="{frame.height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cld" role="img" '
        f'viewBox="{frame.left:.0f} {frame.top:.0f} {frame.width:.0f} {frame.height:.0f}" '
        f'aria-label="{safe(model.title)}" font-family="{FONTS}" text-anchor="middle" '
        f'data-low="{palette.low}" data-mid="{palette.mid}" data-high="{palette.high}">'
        f"<desc>{safe(f'{len(told)} arrows. ' + '; '.join(told))}</desc>"
        f'<rect class="paper" {where} fill="{palette.paper}"/>{"".join(body)}</svg>'
    )
