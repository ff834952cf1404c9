from __future__ import annotations

from typing import Any

import numpy as np

from loops.draw.fates import MARKS
from loops.draw.palette import LIGHT
from loops.draw.reach import Reach, figure
from loops.draw.tipmap import Axis
from loops.equilibrium.along import ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import Tipping, TippingRange

VALUES = np.linspace(0, 120, 13)
LASTING = VALUES > 24


def scan(*fates: Fate) -> Tipping:
    """One fate after the other, the last to the end."""
    every = np.array([fates[min(k, len(fates) - 1)] for k in range(13)], dtype=object)
    return Tipping(ProgrammeLength(), VALUES, VALUES / 120, 0 * VALUES, every, (), upper=True, verdict="tips")


SCAN = scan(Fate.FADES, Fate.FADES, Fate.FADES, Fate.KEEPS_GOING)
AXIS = Axis("How long <b>", ((0.0, "0"), (120.0, "10 <i>")), lambda months: f"{months:.0f}")


def ranged(low: float | None, high: float | None) -> TippingRange:
    return TippingRange(low, None, high, lasts=0.9, never=0.1, always=0.0, several=0.0, draws=64)


def traces(found: Reach) -> dict[str, Any]:
    return {trace.name: trace for trace in figure(found, AXIS, LIGHT).data}


def test_what_keeps_going_and_what_fades_differ_in_shape() -> None:
    drawn = traces(Reach(SCAN, None, "Your plan", None))
    assert set(drawn) == {"fades", "keeps going"}
    assert list(drawn["keeps going"].x) == list(VALUES[LASTING])
    assert list(drawn["fades"].x) == list(VALUES[~LASTING])


def test_every_fate_has_words_and_a_mark_of_its_own() -> None:
    """Of all fates but the two that are not asked about along a line: nothing else can be drawn."""
    drawn = traces(Reach(scan(*MARKS), None, "Your plan", None))
    assert set(MARKS) == set(Fate) - {Fate.NEVER_STOPS, Fate.CIRCUMSTANCES}
    assert list(drawn) == [mark.words for mark in MARKS.values()]
    assert len({trace.marker.symbol for trace in drawn.values()}) == len(MARKS)


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
