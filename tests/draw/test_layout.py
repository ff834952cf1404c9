"""Where everything on a diagram lies: measured for what ships, and held for any small model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.draw.arcs import inside, touch
from loops.draw.layout import Box, Layout, link_keys, loop_keys, place, revealed
from loops.draw.places import FONT, RING, SIGN
from loops.draw.story import walk
from loops.files import read_model
from loops.library import shipped_models
from loops.model import Model

SHIPPED = {name: read_model(path) for name, path in shipped_models().items()}


def square(x: float, y: float, half: float) -> Box:
    return Box(x, y, half, half, ())


def labels(layout: Layout) -> dict[str, Box]:
    """Every label that must not touch another: boxes, signs, rings and the names beside them."""
    found = {f"box {name}": box for name, box in layout.boxes.items()}
    found |= {f"sign {wire.key}": square(*wire.sign_at, SIGN - 2) for wire in layout.wires}
    found |= {f"mark {wire.key} {at}": mark for wire in layout.wires for at, mark in enumerate(wire.marks)}
    found |= {f"ring {name}": square(ring.x, ring.y, RING - 1) for name, ring in layout.rings.items()}
    return found | {f"name {name}": ring.name for name, ring in layout.rings.items()}


def touching(layout: Layout) -> list[tuple[str, str]]:
    every = labels(layout)
    return [(one, other) for one, other in combinations(every, 2) if touch(every[one], every[other])]


def through(layout: Layout) -> list[tuple[str, str]]:
    """Arrows that run through a box other than their ends."""
    return [
        (wire.key, name)
        for wire in layout.wires
        for name, box in layout.boxes.items()
        if name not in (wire.link.source, wire.link.target) and inside(fine(wire.points), box).any()
    ]


def fine(points: np.ndarray) -> np.ndarray:
    """Eight times as many points along the same curve."""
    steps = np.linspace(0, len(points) - 1, 8 * len(points))
    return np.column_stack([np.interp(steps, np.arange(len(points)), axis) for axis in points.T])


def beyond(layout: Layout) -> list[str]:
    """What leaves the frame."""
    frame = layout.frame
    whole = Box(
        frame.left + frame.width / 2, frame.top + frame.height / 2, frame.width / 2, frame.height / 2, ()
    )
    out = [wire.key for wire in layout.wires if not inside(wire.points, whole).all()]
    for name, box in labels(layout).items():
        corners = np.array([(box.x + a * box.half_width, box.y + b * box.half_height) for a, b in SIDES])
        out += [] if inside(corners, whole).all() else [name]
    return out


SIDES = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def views(model: Model) -> Iterator[tuple[tuple[str, ...] | None, bool]]:
    """The whole, the opening view, the opening view with each named loop, and every story."""
    yield None, False
    yield model.core, True
    for story in model.stories:
        yield walk.shown(model, story), False
    for loop in model.loops:
        wanted = {*model.core, *loop.path}
        yield tuple(name for name in model.nodes if name in wanted), True


VIEWS = [(name, *view) for name, model in SHIPPED.items() for view in views(model)]


@pytest.mark.parametrize(("name", "shown", "short"), VIEWS)
def test_shipped_models_are_drawn_clearly(name: str, shown: tuple[str, ...] | None, short: bool) -> None:
    layout = place(SHIPPED[name], shown, short=short)
    assert through(layout) == []
    assert touching(layout) == []
    assert beyond(layout) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_letters_of_the_whole_can_be_read_across_a_room(name: str) -> None:
    """At least 15 px on a screen 1200 px wide."""
    assert FONT * 1200 / place(SHIPPED[name]).frame.width >= 15


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_models_are_placed_by_hand(name: str) -> None:
    model = SHIPPED[name]
    assert all(node.position for node in model.nodes.values())
    assert all(link.bend is not None for link in model.links)


def test_the_opening_view_is_a_circle(common_purpose: Model) -> None:
    """All five arrows of its first loop lie on one ring around the middle, turning clockwise."""
    layout = place(common_purpose, common_purpose.core, short=True)
    keys = [
        f"{a}|{b}" for a, b in zip(common_purpose.core, (*common_purpose.core[1:], "insight"), strict=True)
    ]
    outline = np.vstack([wire.points for key in keys for wire in layout.wires if wire.key == key])
    middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
    distance = np.hypot(*((outline - middle) / np.ptp(outline, axis=0)).T)
    assert np.ptp(distance) < 0.08
    assert layout.rings["right_information"].clockwise


@pytest.mark.parametrize("name", SHIPPED)
def test_a_box_stands_where_it_stands_in_every_view(name: str) -> None:
    model = SHIPPED[name]
    whole = place(model).boxes
    for shown, short in views(model):
        for one, box in place(model, shown, short=short).boxes.items():
            assert (box.x, box.y) == (whole[one].x, whole[one].y)


def test_keys_tell_parallel_links_apart() -> None:
    link = {"from": "a", "to": "b", "polarity": "+", "strength": 0.1}
    model = small(
        ["a", "b"], [link, link | {"delay": 3}, link | {"from": "b", "to": "a"}, link | {"delay": 6}]
    )
    assert list(link_keys(model)) == ["a|b", "a|b|2", "b|a", "a|b|3"]
    assert [one.delay for one in link_keys(model).values()] == [0, 3, 0, 6]


def test_a_loop_brings_its_arrows_and_a_box_those_to_what_is_seen(common_purpose: Model) -> None:
    layout = place(common_purpose)
    loop = revealed(common_purpose, layout, frozenset({"passing_it_on"}))
    assert set(loop.boxes) == {"buy_in", "peer_norm"}
    assert {wire.key for wire in loop.wires} == {"buy_in|peer_norm", "peer_norm|buy_in"}
    assert list(loop.rings) == ["passing_it_on"]
    more = revealed(common_purpose, layout, frozenset({"passing_it_on", "existing_networks"}))
    assert {wire.key for wire in more.wires} - {wire.key for wire in loop.wires} == {
        "existing_networks|peer_norm"
    }
    assert more.frame == layout.frame


def test_the_keys_of_a_loop_go_once_round(common_purpose: Model) -> None:
    for loop in common_purpose.loops:
        pairs = {tuple(key.split("|")) for key in loop_keys(common_purpose)[loop.id]}
        assert pairs == set(loop.pairs)


def test_an_unknown_node_is_an_error(common_purpose: Model) -> None:
    with pytest.raises(KeyError):
        place(common_purpose, ["nobody"])


def small(names: list[str], links: list[dict[str, object]], **more: object) -> Model:
    nodes = {name: {"label": f"Box {name}", "start": 0.1} for name in names}
    return Model.model_validate({"id": "small", "title": "Small", "variable": nodes, "link": links, **more})


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Up to seven boxes, some of them placed, joined in any way, also to themselves and in parallel."""
    names = [f"n{at}" for at in range(draw(st.integers(1, 7)))]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from([0, 3, 6]))
    links = [
        {"from": a, "to": b, "polarity": "+", "strength": 0.1, "delay": late}
        for a, b, late in draw(st.lists(ends, max_size=14, unique=True))
    ]
    spot = st.none() | st.tuples(st.floats(-900, 900), st.floats(-900, 900))
    nodes = {
        name: {"label": draw(st.sampled_from(["A", "Some longer label", "w" * 90])), "start": 0.1}
        | ({"position": place} if (place := draw(spot)) else {})
        for name in names
    }
    return Model.model_validate({"id": "any", "title": "Any", "variable": nodes, "link": links})


@settings(max_examples=30)
@given(models(), st.booleans())
def test_every_link_is_drawn_once_inside_the_frame(model: Model, short: bool) -> None:
    layout = place(model, short=short)
    assert [wire.key for wire in layout.wires] == list(link_keys(model))
    assert [wire.link for wire in layout.wires] == list(model.links)
    assert beyond(layout) == []


@settings(max_examples=30)
@given(models())
def test_arrows_begin_and_end_at_their_boxes(model: Model) -> None:
    layout = place(model)
    for wire in layout.wires:
        ends = layout.boxes[wire.link.source], layout.boxes[wire.link.target]
        if touch(*ends, 20):
            continue  # between boxes that touch there is no room for an arrow
        for point, box in zip((wire.points[0], wire.points[-1]), ends, strict=True):
            assert inside(point, box, 12)
            assert not inside(point, box)


@settings(max_examples=30)
@given(models())
def test_parallel_arrows_lie_apart(model: Model) -> None:
    layout = place(model)
    for one, other in combinations(layout.wires, 2):
        same = {one.link.source, one.link.target} == {other.link.source, other.link.target}
        apart = not touch(*(layout.boxes[end] for end in (one.link.source, one.link.target)))
        if same and apart:
            middles = one.points[len(one.points) // 2] - other.points[len(other.points) // 2]
            assert np.hypot(*middles) > 1


@settings(max_examples=30)
@given(models())
def test_boxes_nobody_placed_do_not_overlap(model: Model) -> None:
    layout = place(model)
    loose = {name for name, node in model.nodes.items() if node.position is None}
    for one, other in combinations(layout.boxes, 2):
        if one in loose or other in loose:
            assert not touch(layout.boxes[one], layout.boxes[other])
