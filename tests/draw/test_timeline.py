"""What charts over the years share: the whole time is in view, and nothing on them can be dragged away."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from loops.draw.palette import DARK, LIGHT, Palette
from loops.draw.timeline import layout


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_whole_time_is_in_view_and_stays_there(palette: Palette) -> None:
    made = go.Figure(layout=layout(240, palette, height=300, left=50, right=10)).layout
    assert made.xaxis.range == (0, 20)
    assert made.xaxis.fixedrange
    assert made.dragmode is False
    assert (made.paper_bgcolor, made.font.color) == (palette.paper, palette.ink)
