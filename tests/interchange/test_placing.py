"""Places keep their order and shape, and are spread until most boxes stand clear of each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.draw import layout
from loops.interchange.complete import complete
from loops.interchange.draft import Draft, DraftArrow, DraftNode
from loops.interchange.placing import places_of

PLACE = st.tuples(st.integers(-5_000, 5_000), st.integers(-5_000, 5_000))


def boxes(*places: tuple[float, float] | None) -> list[DraftNode]:
    return [DraftNode(str(at), f"Box {at}", position=place) for at, place in enumerate(places)]


@given(st.lists(PLACE, min_size=2, max_size=12, unique=True))
def test_the_shape_stays(places):
    """One scale and one shift for all: distances keep their ratios, but for rounding to a tenth of a unit."""
    found = np.array(places_of(boxes(*places)))
    given_ = np.array(places, dtype=float)
    assert found.min() == 0
    scale = found.max() / (given_ - given_.min(axis=0)).max()
    np.testing.assert_allclose(found, (given_ - given_.min(axis=0)) * scale, atol=0.1 + 0.05 * 1.0001)


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_a_grid_of_boxes_stands_clear_whatever_its_unit(unit):
    places = [(unit * x, unit * y) for x in range(4) for y in range(3)]
    drawn = layout.place(complete(Draft("ours", "test", nodes=boxes(*places))).model)
    every = list(drawn.boxes.values())
    assert all(
        abs(a.x - b.x) >= a.half_width + b.half_width or abs(a.y - b.y) >= a.half_height + b.half_height
        for at, a in enumerate(every)
        for b in every[:at]
    )
    assert drawn.frame.width < 1_680  # the widest at which letters are large enough on a screen


@pytest.mark.parametrize(
    "places",
    [
        [(0, 0), None],
        [(0, 0), (0, 0)],
        [(0, 0), (math.nan, 1)],
        [(0, 0), (math.inf, 1)],
        [(-1e308, 0), (1e308, 0)],
    ],
)
def test_places_that_are_none_are_not_kept(places):
    assert places_of(boxes(*places)) is None


def test_boxes_on_one_spot_are_moved_aside():
    nodes = boxes((0, 0), (500, 0), (0, 500), (500, 0), (500, 0))
    imported = complete(Draft("ours", "test", nodes=nodes))
    assert len({node.position for node in imported.model.nodes.values()}) == 5
    assert [note.says for note in imported.notes if "moved aside" in note.says] == [
        "2 boxes lay exactly on others. They are moved aside."
    ]


def test_one_box_stands_at_the_corner():
    assert places_of(boxes((7, 7))) == [(0.0, 0.0)]


def test_bends_are_kept_with_the_places_they_belong_to():
    arrow = DraftArrow("0", "1", "+", bend=0.4)
    kept = complete(Draft("ours", "test", nodes=boxes((0, 0), (5, 5)), arrows=[arrow])).model
    assert kept.links[0].bend == 0.4
    lost = complete(Draft("ours", "test", nodes=boxes((0, 0), None), arrows=[arrow]))
    assert lost.model.links[0].bend is None
    assert [note.kind for note in lost.notes if "laid out anew" in note.says] == ["left out"]
