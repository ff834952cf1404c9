from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.charts import Line
from loops.draw.palette import DARK, LIGHT
from loops.ui import look
from loops.ui.components import timechart
from loops.ui.components.timechart import Panel

QUIET = Line("If nothing new is done", np.zeros(25), (), 0)
PLAN = Line("Your plan", np.linspace(0, 0.5, 25), ((0.0, 12.0),), 1)


def panel(title: str = "Trust", *lines: Line) -> Panel:
    return Panel(
        title, lines or (QUIET, PLAN), "Trust over 2 years", "Not yet: none.", (("Your plan", "grows"),)
    )


def unpacked(text: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.frombuffer(base64.b64decode(text), dtype="<i2") / timechart._STEPS


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the component was last given."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(timechart, "_component", lambda **more: given.update(more))
    monkeypatch.setattr(look, "palette", lambda: LIGHT)
    return given


def test_a_chart_is_sent_whole_and_as_plain_data(sent: dict[str, Any]) -> None:
    timechart.show([panel()], key="here", figures=True, against=0)
    data = json.loads(json.dumps(sent["data"]))
    assert [line["name"] for line in data["lines"]] == ["If nothing new is done", "Your plan"]
    (shown,) = data["panels"]
    assert shown["title"] == "Trust"
    assert shown["spans"] == [[], [[0, 12]]]
    assert shown["says"] == [["Your plan", "grows"]]
    assert (data["figures"], data["against"]) == (True, 0)
    assert unpacked(shown["levels"][1]) == pytest.approx(PLAN.levels, abs=0.5 / timechart._STEPS)


def test_no_panels_is_an_empty_chart(sent: dict[str, Any]) -> None:
    timechart.show([], key="here")
    assert (sent["data"]["lines"], sent["data"]["panels"], sent["data"]["against"]) == ([], [], None)


def test_lines_differ_in_colour_and_dash_in_both_themes() -> None:
    for palette in (LIGHT, DARK):
        lines = [Line(str(place), np.zeros(2), (), place) for place in range(6)]
        looks = timechart._sent([panel("x", *lines)], (), palette)["lines"]
        assert isinstance(looks, list)
        assert len({line["colour"] for line in looks}) == len({line["dash"] for line in looks}) == 6


def test_lines_before_belong_to_the_panel_of_the_same_box(sent: dict[str, Any]) -> None:
    earlier = Line("Your plan", np.full(25, 0.25), (), 1)
    before = [panel("Trust", QUIET, earlier), panel("Hope", QUIET, earlier)]
    timechart.show([panel("Trust"), panel("Buy-in")], key="here", before=before)
    first, second = sent["data"]["panels"]
    assert unpacked(first["before"][1]) == pytest.approx(earlier.levels)
    assert second["before"] == []


@given(st.lists(st.floats(-1.001, 1.001), min_size=1))
def test_levels_survive_the_journey_to_a_twenty_thousandth(levels: list[float]) -> None:
    there = unpacked(timechart._packed(np.array(levels)))
    assert np.abs(there - levels).max() <= 0.5 / timechart._STEPS + 1e-12


def test_names_reach_the_page_as_text_only() -> None:
    assert "innerHTML" not in timechart.SCRIPT
    assert "insertAdjacentHTML" not in timechart.SCRIPT
