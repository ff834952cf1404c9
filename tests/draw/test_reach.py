from __future__ import annotations

from typing import Any

import numpy as np

from loops.draw.palette import LIGHT
from loops.draw.reach import Reach, figure
from loops.draw.tipmap import FADES, LASTS, Axis
from loops.equilibrium.along import ProgrammeLength
from loops.equilibrium.tipping import Tipping, TippingRange

VALUES = np.linspace(0, 120, 13)
LASTING = VALUES > 24
NOT = np.zeros(13, dtype=bool)
SCAN = Tipping(
    ProgrammeLength(), VALUES, VALUES / 120, 0 * VALUES, LASTING, NOT, ~NOT, (), upper=True, verdict="tips"
)
AXIS = Axis("How long <b>", ((0.0, "0"), (120.0, "10 <i>")), lambda months: f"{months:.0f}")


def ranged(low: float | None, high: float | None) -> TippingRange:
    return TippingRange(low, None, high, lasts=0.9, never=0.1, always=0.0, several=0.0, draws=64)


def traces(found: Reach) -> dict[str, Any]:
    return {trace.name: trace for trace in figure(found, AXIS, LIGHT).data}


def test_what_keeps_going_and_what_fades_differ_in_shape() -> None:
    drawn = traces(Reach(SCAN, None, "Your plan", None))
    assert set(drawn) == {FADES, LASTS}
    assert list(drawn[LASTS].x) == list(VALUES[LASTING])
    assert list(drawn[FADES].x) == list(VALUES[~LASTING])
    assert drawn[LASTS].marker.symbol != drawn[FADES].marker.symbol


def test_the_range_is_a_bar_and_none_where_most_versions_do_not_tip() -> None:
    (bar,) = [
        trace
        for name, trace in traces(Reach(SCAN, ranged(19.0, 31.0), "Your plan", 48.0)).items()
        if name == "where most versions tip"
    ]
    assert list(bar.x) == [19.0, 31.0]
    assert "where most versions tip" not in traces(Reach(SCAN, ranged(None, None), "Your plan", 48.0))


def test_the_plan_stands_below_the_line_under_its_own_name() -> None:
    drawn = traces(Reach(SCAN, None, "<b>Mine</b>", 48.0))
    assert list(drawn["&lt;b&gt;Mine&lt;/b&gt;"].x) == [48.0]
    assert drawn["&lt;b&gt;Mine&lt;/b&gt;"].y[0] < 0


def test_labels_are_escaped() -> None:
    layout = figure(Reach(SCAN, None, "x", None), AXIS, LIGHT).layout
    assert "<" not in layout.xaxis.title.text
    assert all("<" not in text for text in layout.xaxis.ticktext)
