"""Where to look next: every arrow by how we know it, and by how much of the doubt it explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from loops.draw.bands import part_of
from loops.draw.large import plain
from loops.draw.palette import Palette

_ROWS = ("stated", "inferred", "contested", "assumed")
"""How we know, from the bottom up."""
_HEIGHT = 360
_MARKS = (
    (0.0, "none"),
    (0.05, "a twentieth"),
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.5, "half"),
    (1.0, "all"),
)


@dataclass(frozen=True)
class Clue:
    """One arrow: its name, how we know it, the share of the doubt it explains, if it is worth a look.

    Its `number` is what it has in the table beside the chart; without one it is a dot alone.
    """

    name: str
    number: str
    grade: str
    share: float
    pays: bool


def figure(found: Sequence[Clue], palette: Palette) -> go.Figure:
    """Draw each arrow as a dot, those worth a look as diamonds; text is escaped."""
    reach = max([0.06, *(clue.share for clue in found)]) * 1.12
    return go.Figure(
        {
            "data": [
                _dots([clue for clue in found if clue.pays is pays], palette, pays=pays)
                for pays in (True, False)
            ],
            "layout": {
                "height": _HEIGHT,
                "margin": {"l": 84, "r": 14, "t": 12, "b": 52},
                "template": {},
                "paper_bgcolor": palette.paper,
                "plot_bgcolor": palette.paper,
                "font": {"color": palette.ink, "size": 15, "family": "Source Sans, Arial, sans-serif"},
                "legend": {"orientation": "h", "y": 1.12, "font": {"size": 14}},
                "dragmode": False,
                "hovermode": "closest",
                "xaxis": {
                    "range": [-0.02 * reach, reach],
                    "tickvals": [share for share, _ in _MARKS if share <= reach],
                    "ticktext": [word for share, word in _MARKS if share <= reach],
                    "title": {"text": "share of the doubt it explains", "font": {"size": 14}},
                    "gridcolor": palette.grid,
                    "zeroline": False,
                    "fixedrange": True,
                },
                "yaxis": {
                    "range": [-0.5, len(_ROWS) - 0.4],
                    "tickvals": list(range(len(_ROWS))),
                    "ticktext": [f"{grade} " for grade in _ROWS],
                    "gridcolor": palette.grid,
                    "zeroline": False,
                    "fixedrange": True,
                },
            },
        },
        skip_invalid=False,
    )


def _dots(found: Sequence[Clue], palette: Palette, *, pays: bool) -> dict[str, object]:
    colour = palette.positive if pays else palette.muted
    numbered = sorted((clue for clue in found if clue.number), key=lambda clue: (clue.grade, clue.share))
    below = {clue.number for clue in numbered[1::2]}  # by turns, or 8 beside 6 reads as 86 on a phone
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "worth a look" if pays else "the others",
        "x": [clue.share for clue in found],
        "y": [_ROWS.index(clue.grade) for clue in found],
        "text": [plain(clue.number) for clue in found],
        "textposition": [f"{'bottom' if clue.number in below else 'top'} center" for clue in found],
        "textfont": {"size": 15, "color": palette.ink},
        "customdata": [f"{plain(clue.name)}: {part_of(clue.share)}" for clue in found],
        "marker": {
            "symbol": "diamond" if pays else "circle-open",
            "size": 14 if pays else 10,
            "color": colour,
        },
        "hovertemplate": "%{customdata}<extra></extra>",
    }
