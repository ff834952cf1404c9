"""What charts over the years have in common: paper, letters and the axis of time; nothing to drag or hide."""

from __future__ import annotations

from typing import Any

from loops.draw.palette import Palette


def layout(months: int, palette: Palette, *, height: int, left: int, right: int) -> dict[str, Any]:
    """The layout of a Plotly chart over so many months, with these margins in pixels."""
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": 12, "b": 44},
        "template": {},
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "font": {"color": palette.ink, "size": 15, "family": "Source Sans, Arial, sans-serif"},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": {
            "range": [0, months / 12],
            "title": {"text": "years from the start", "font": {"size": 14}, "standoff": 6},
            "gridcolor": palette.grid,
            "zeroline": False,
            "fixedrange": True,
            "anchor": "free",
            "position": 0,
        },
    }
