"""What charts by Plotly have in common: paper and letters; and those over the years the axis of time."""

from __future__ import annotations

from typing import Any

from loops.draw.palette import Palette


def paper(palette: Palette, *, height: int, margin: dict[str, int]) -> dict[str, Any]:
    """The paper and letters of a chart of this height, with margins `l`, `r`, `t` and `b`, all in pixels."""
    return {
        "height": height,
        "margin": margin,
        "template": {},
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "font": {"color": palette.ink, "size": 15, "family": "Source Sans, Arial, sans-serif"},
        "dragmode": False,
    }


def diamonds(palette: Palette) -> dict[str, Any]:
    """The marks of what is in the middle of a band or bar."""
    return {
        "symbol": "diamond",
        "size": 14,
        "color": palette.ink,
        "line": {"color": palette.paper, "width": 2},
    }


def layout(months: int, palette: Palette, *, height: int, left: int, right: int) -> dict[str, Any]:
    """The layout of a chart over so many months, with nothing to drag or hide; margins in pixels."""
    return paper(palette, height=height, margin={"l": left, "r": right, "t": 12, "b": 44}) | {
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": years(months, palette) | {"fixedrange": True, "anchor": "free", "position": 0},
    }


def years(months: int, palette: Palette) -> dict[str, Any]:
    """The axis of time over so many months."""
    return {
        "range": [0, months / 12],
        "title": {"text": "years from the start", "font": {"size": 14}, "standoff": 6},
        "gridcolor": palette.grid,
        "zeroline": False,
    }
