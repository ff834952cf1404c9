"""What each part of a diagram is called in a list."""

from __future__ import annotations

from loops.draw.layout import link_keys, loops_by_id
from loops.model import Model
from loops.ui.reading import reveal


def part_names(model: Model) -> dict[str, str]:
    """Every loop, box and arrow by its part, such as ``node:trust``; labels may be alike."""
    names = {f"loop:{name}": f"Loop: {reveal.title(loop)}" for name, loop in loops_by_id(model).items()}
    names |= {f"node:{name}": f"Box: {node.label}" for name, node in model.nodes.items()}
    return names | {
        f"link:{key}": f"Arrow: {model.nodes[link.source].label} to {model.nodes[link.target].label}"
        for key, link in link_keys(model).items()
    }
