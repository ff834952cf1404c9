"""What people said of boxes, on the drawing: where the words stand, what is hatched, and that it is heard."""

from __future__ import annotations

import numpy as np
import pytest
from svg import find, groups, parsed

from loops.draw.badges import spots
from loops.draw.diagram import View, draw
from loops.draw.layout import place
from loops.draw.letters import width
from loops.draw.palette import DARK, LIGHT
from loops.draw.places import NAME, SIGN
from loops.model import Model

LONGEST = "don't know to mostly"


def test_a_word_hides_no_arrowhead_and_no_sign(common_purpose: Model) -> None:
    for shown in (None, common_purpose.core):
        layout = place(common_purpose, shown)
        boxes = [name for name in layout.boxes if not hasattr(common_purpose.nodes[name], "hours_us")]
        found = spots(layout, dict.fromkeys(boxes, "don't know"))
        assert set(found) == set(boxes)
        taken = np.array([point for wire in layout.wires for point in (wire.points[-1], wire.sign_at)])
        half = np.array([width("don't know", NAME) / 2 + 8, NAME / 2 + 4])
        for at in found.values():
            assert (np.abs(taken - at) - half > -SIGN / 2).any(axis=1).all()


def test_a_word_stays_inside_the_frame(common_purpose: Model) -> None:
    layout = place(common_purpose)
    half = width(LONGEST, NAME) / 2 + 8
    for x, _ in spots(layout, dict.fromkeys(layout.boxes, LONGEST)).values():
        assert layout.frame.left + half <= x <= layout.frame.left + layout.frame.width - half


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_nobody_knows_is_hatched_and_said_in_words(common_purpose: Model, palette) -> None:
    view = View(said={"trust": "a little", "value": "don't know"}, levels={"trust": 0.25}, legend=True)
    svg = draw(common_purpose, palette, view)
    boxes = groups(parsed(svg), "node")
    assert boxes["trust"].get("aria-label") == "Trust between partners, a little"
    assert find(boxes["trust"], "gauge") is not None
    assert find(boxes["trust"], "hatch") is None
    assert boxes["value"].get("aria-label") == "It helps with our own priorities, don't know"
    assert find(boxes["value"], "hatch") is not None
    assert find(boxes["buy_in"], "mark") is None
    for told in ("not yet", "mostly", "nobody knows yet", "nobody has been asked"):
        assert f">{told}</text>" in svg


def test_hatching_stays_inside_its_box(common_purpose: Model) -> None:
    drawn = parsed(draw(common_purpose, LIGHT, View(said={"insight": "don't know"})))
    box = groups(drawn, "node")["insight"]
    rect, lines = find(box, "box"), find(box, "hatch").get("d").replace("M", "").replace("L", "").split()
    left, top, wide, high = (float(rect.get(side)) for side in ("x", "y", "width", "height"))
    points = np.array([[float(one) for one in pair.split(",")] for pair in lines])
    assert len(points) >= 4
    assert (points >= [left, top]).all()
    assert (points <= [left + wide, top + high]).all()
