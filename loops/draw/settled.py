"""A model with every box and arrow where it is drawn now, so that nothing moves when something is changed."""

from __future__ import annotations

from loops.draw.layout import place
from loops.editing.kinds import by_kind
from loops.model import Model
from loops.parts import replace


def settled(model: Model) -> Model:
    """The model with the place of every box and the bow of every arrow as its drawing has them.

    Two calls for one model give the same places.
    """
    layout = place(model)
    nodes = (
        replace(node, position=(round(layout.boxes[name].x, 1), round(layout.boxes[name].y, 1)))
        for name, node in model.nodes.items()
    )
    links = tuple(
        replace(wire.link, bend=None if wire.link.source == wire.link.target else round(wire.bend, 3))
        for wire in layout.wires
    )
    return replace(model, **by_kind(nodes), links=links)
