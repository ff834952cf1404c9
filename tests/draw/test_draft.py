"""Diagrams that nobody has placed: drafted the same way each time, without overlaps, within a bound."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from loops.draw.arcs import crossings, touch
from loops.draw.draft import positions
from loops.draw.layout import place
from loops.model import Model
from loops.parts import replace


def unplaced(model: Model) -> Model:
    return replace(
        model,
        **{
            kind: tuple(replace(node, position=None) for node in getattr(model, kind))
            for kind in ("variables", "levers", "contexts")
        },
        links=tuple(replace(link, bend=None) for link in model.links),
    )


def crossed(model: Model, places: dict[str, tuple[float, float]]) -> int:
    """Crossings of straight arrows."""
    lines = np.array([(places[link.source], places[link.target]) for link in model.links])
    return sum(int(crossings(line, lines).sum()) for line in lines) // 2


def test_a_draft_has_fewer_crossings_than_a_grid_in_the_order_of_the_file(common_purpose: Model) -> None:
    model = unplaced(common_purpose)
    drafted = positions(model)
    sites = sorted(drafted.values())
    assert crossed(model, drafted) < 0.5 * crossed(model, dict(zip(model.nodes, sites, strict=True)))


def test_a_draft_is_the_same_each_time() -> None:
    assert positions(big(12, 20)) == positions(big(12, 20))


def test_in_a_draft_nothing_overlaps(common_purpose: Model) -> None:
    model = unplaced(common_purpose)
    assert positions(model) == positions(model)
    for one, other in combinations(place(model).boxes.values(), 2):
        assert not touch(one, other)


def test_new_boxes_stand_near_their_neighbours(common_purpose: Model) -> None:
    """Boxes already placed stay where they are."""
    model = replace(
        common_purpose,
        levers=tuple(
            replace(lever, position=None) if lever.id == "training" else lever
            for lever in common_purpose.levers
        ),
    )
    found = positions(model)
    assert {name: at for name, at in found.items() if name != "training"} == {
        name: node.position for name, node in model.nodes.items() if name != "training"
    }
    assert np.hypot(*np.subtract(found["training"], found["capability"])) < 600


def big(boxes: int, arrows: int) -> Model:
    chance = np.random.default_rng(1)
    ends = chance.integers(boxes, size=(arrows, 2))
    return Model.model_validate(
        {
            "id": "big",
            "title": "Big",
            "variable": {f"n{at}": {"label": f"Box number {at}", "start": 0.1} for at in range(boxes)},
            "link": [{"from": f"n{a}", "to": f"n{b}", "polarity": "+", "strength": 0.1} for a, b in ends],
        }
    )


def test_the_largest_model_is_drafted_without_a_search() -> None:
    """Springs and a grid: no boxes overlap, every arrow is there."""
    model = big(500, 5_000)
    layout = place(model)
    assert len(layout.wires) == 5_000
    centres = np.array([(box.x, box.y) for box in layout.boxes.values()])
    apart = np.abs(centres[:, None] - centres) >= (2 * 106, 2 * 37)
    assert (apart.any(axis=2) | np.eye(500, dtype=bool)).all()


def test_one_box_and_no_arrows_are_a_draft_too() -> None:
    assert len(positions(big(1, 0))) == 1
    assert len(set(positions(big(2, 0)).values())) == 2
