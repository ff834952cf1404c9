"""The diagram as SVG: what the browser finds in it, what fades, what is said, and that nothing gets out."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from svg import SVG, find, groups, parsed

from loops.draw.diagram import View, draw
from loops.draw.elements import SIGNS
from loops.draw.layout import link_keys, loop_keys, place
from loops.draw.palette import DARK, LIGHT, Palette
from loops.draw.raster import png
from loops.model import Model

NASTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "a & b &amp; c",
    "🚶‍♀️🚴 moving 日本 مرحبا",
    "w" * 200,
    "many short words " * 11,
    "bell \x07 and \x00 nothing",
]
PARTS = {"svg", "title", "desc", "g", "path", "polygon", "circle", "text", "rect"}


def nasty(label: str) -> Model:
    return Model.model_validate(
        {
            "id": "nasty",
            "title": label,
            "variable": {
                "a": {"label": label, "start": 0.1},
                "b": {"label": "B", "start": 0.1, "short": label},
            },
            "lever": {"c": {"label": label}},
            "context": {"d": {"label": label, "level": 0.5}},
            "link": [
                {"from": "a", "to": "b", "polarity": "+", "strength": 0.1, "delay": 3},
                {"from": "b", "to": "a", "polarity": "-", "strength": 0.1},
                {"from": "c", "to": "a", "polarity": "?", "strength": 0.1},
                {"from": "a", "to": "a", "polarity": "+", "strength": 0.1},
            ],
            "loop": {"held": {"name": label, "path": ["a", "b"]}},
        }
    )


def opacity(group: Element) -> float:
    return float(group.get("opacity", "1"))


def test_every_part_can_be_found_by_its_id(common_purpose: Model) -> None:
    drawn = parsed(draw(common_purpose, LIGHT))
    assert drawn.get("class") == "cld"
    assert set(groups(drawn, "node")) == set(common_purpose.nodes)
    assert set(groups(drawn, "link")) == set(link_keys(common_purpose))
    assert set(groups(drawn, "loop")) == {loop.id for loop in common_purpose.loops}
    for key, link in link_keys(common_purpose).items():
        group = groups(drawn, "link")[key]
        assert find(group, "hit").get("stroke-opacity") == "0"
        assert float(find(group, "hit").get("stroke-width")) >= 14
        assert find(group, "wire") is not None
        assert find(group, "tip").tag == f"{SVG}polygon"
        assert find(group, "sign").text == SIGNS[link.polarity]
        assert (find(group, "delay") is not None) == bool(link.delay)
        assert (find(group, "contested") is not None) == (link.grade == "contested")
    for name, group in groups(drawn, "node").items():
        assert find(group, "box").tag == f"{SVG}rect"
        assert group.get("aria-label").startswith(common_purpose.nodes[name].label)


def test_links_come_first_then_boxes_then_loops(common_purpose: Model) -> None:
    kinds = [g.get("class") for g in parsed(draw(common_purpose, LIGHT)) if g.tag == f"{SVG}g"]
    assert kinds == sorted(kinds, key=["link", "node", "loop"].index)


def test_loops_say_what_they_are(common_purpose: Model) -> None:
    loops = groups(parsed(draw(common_purpose, LIGHT)), "loop")
    said = loops["running_out_of_time"].get("aria-label")
    assert said.startswith("B1, Running out of time, brake:")
    assert "snowball" in loops["right_information"].get("aria-label")
    assert find(loops["passing_it_on"], "letter").text == "R10"


@pytest.mark.parametrize("label", NASTY)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_labels_are_text_and_nothing_else(label: str, palette: Palette) -> None:
    model = nasty(label[:200])
    marks = {"a": label, "a|b": label}
    svg = draw(model, palette, View(short=True, marks=marks, legend=True, levels={"a": 0.3}))
    drawn = parsed(svg)
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= PARTS
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]
    said = drawn.get("aria-label")
    assert said == re.sub("[\x00\x07]", "\ufffd", model.title)
    assert png(svg)


@pytest.mark.parametrize("label", NASTY)
def test_long_labels_do_not_make_long_boxes(label: str) -> None:
    """However long the label, a box stays a box of four lines."""
    model = nasty(label[:200])
    for box in place(model).boxes.values():
        assert len(box.lines) <= 4
        assert box.half_width <= 110
        assert box.half_height <= 65


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(shown=()),
        View(shown=("insight",)),
        View(shown=("insight", "value", "buy_in", "embedded", "impact"), short=True, legend=True),
        View(focus="buy_in"),
        View(revealed=frozenset({"passing_it_on", "insight"})),
        View(levels={"buy_in": 0.4, "value": 0.0, "insight": 1.0}),
        View(changes={"buy_in": 0.4, "value": -0.2, "insight": 0.0}, legend=True),
        View(marks={"buy_in": "3 notes", "insight|value": "5 yes 2 no"}),
    ],
)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_view_is_sound_svg_that_a_strict_program_can_draw(
    common_purpose: Model, view: View, palette: Palette
) -> None:
    svg = draw(common_purpose, palette, view)
    assert {element.tag.removeprefix(SVG) for element in parsed(svg).iter()} <= PARTS
    assert "nan" not in svg
    assert "url(" not in svg
    assert png(svg, scale=0.3).startswith(b"\x89PNG")


def test_what_is_lit_stands_out_and_the_rest_fades(common_purpose: Model) -> None:
    lit = frozenset(loop_keys(common_purpose)["running_out_of_time"])
    drawn = parsed(draw(common_purpose, LIGHT, View(lit=lit)))
    assert {key for key, group in groups(drawn, "link").items() if opacity(group) == 1} == lit
    bright = {name for name, group in groups(drawn, "node").items() if opacity(group) == 1}
    assert bright == {"strain", "buy_in", "embedded"}
    assert [name for name, group in groups(drawn, "loop").items() if opacity(group) == 1] == [
        "running_out_of_time"
    ]
    plain = parsed(draw(common_purpose, LIGHT))
    assert all(
        opacity(group) == 1 for kind in ("node", "link", "loop") for group in groups(plain, kind).values()
    )


def test_the_neighbours_of_a_box_stand_out(common_purpose: Model) -> None:
    drawn = parsed(draw(common_purpose, LIGHT, View(focus="structure")))
    near = {end for link in common_purpose.links for end in (link.source, link.target)
            if "structure" in (link.source, link.target)}  # fmt: skip
    assert {name for name, group in groups(drawn, "node").items() if opacity(group) == 1} == near


def test_levels_fill_boxes_and_bars(common_purpose: Model) -> None:
    drawn = groups(
        parsed(draw(common_purpose, LIGHT, View(levels={"buy_in": 1.0, "value": 0.0, "trust": 0.5}))), "node"
    )
    assert find(drawn["buy_in"], "box").get("fill") == LIGHT.high.lower()
    assert find(drawn["value"], "box").get("fill") == LIGHT.mid.lower()
    for name, level in (("buy_in", 1.0), ("value", 0.0), ("trust", 0.5)):
        bar = find(drawn[name], "gauge")
        assert float(bar.get("width")) == pytest.approx(level * float(bar.get("data-full")), abs=0.1)
    assert find(drawn["insight"], "gauge") is None
    assert drawn["trust"].get("aria-label").endswith(", partly")


def test_changes_have_a_direction_without_colour(common_purpose: Model) -> None:
    view = View(changes={"buy_in": 0.3, "value": -0.3, "trust": 0.01})
    drawn = groups(parsed(draw(common_purpose, LIGHT, view)), "node")
    up, down = (find(drawn[name], "change").get("points").split() for name in ("buy_in", "value"))
    heights = [[float(point.split(",")[1]) for point in points] for points in (up, down)]
    assert heights[0][0] < min(heights[0][1:])
    assert heights[1][0] > max(heights[1][1:])
    assert find(drawn["trust"], "change") is None
    assert [drawn[name].get("aria-label").split(", ")[-1] for name in ("buy_in", "value", "trust")] == [
        "more", "less", "no different",
    ]  # fmt: skip


def test_evidence_has_four_kinds_of_line(common_purpose: Model) -> None:
    drawn = groups(parsed(draw(common_purpose, LIGHT)), "link")
    dashes = {
        link.grade: find(drawn[key], "wire").get("stroke-dasharray")
        for key, link in link_keys(common_purpose).items()
    }
    assert set(dashes) == {"stated", "inferred", "assumed", "contested"}
    assert len(set(dashes.values())) == 4
    assert dashes["stated"] == "none"


def test_a_part_keeps_a_small_picture_of_the_whole(common_purpose: Model) -> None:
    core = View(shown=common_purpose.core, short=True)
    small = find(parsed(draw(common_purpose, LIGHT, core)), "inset")
    dots = list(small.iter(f"{SVG}circle"))
    assert len(dots) == len(common_purpose.nodes)
    assert sum(dot.get("fill") != "none" for dot in dots) == len(common_purpose.core)
    assert find(parsed(draw(common_purpose, LIGHT)), "inset") is None
    without = View(shown=common_purpose.core, short=True, inset=False)
    assert find(parsed(draw(common_purpose, LIGHT, without)), "inset") is None


def test_the_legend_explains_only_what_is_there(common_purpose: Model) -> None:
    def told(view: View) -> str:
        legend = find(parsed(draw(common_purpose, LIGHT, view)), "legend")
        return " / ".join(text.text for text in legend.iter(f"{SVG}text"))

    core = told(View(shown=common_purpose.core, legend=True))
    assert "snowball" in core
    assert "brake" not in core
    assert "something we can do" not in core
    whole = told(View(legend=True, changes={"buy_in": 0.1}))
    for words in (
        "brake",
        "something we can do",
        "circumstance",
        "assumed",
        "takes time",
        "less than in the other",
    ):
        assert words in whole


def test_everything_is_inside_the_picture(common_purpose: Model) -> None:
    """Also the small picture and the legend."""
    for view in (View(legend=True), View(shown=common_purpose.core, short=True, legend=True)):
        drawn = parsed(draw(common_purpose, LIGHT, view))
        left, top, width, height = map(float, drawn.get("viewBox").split())
        for rect in drawn.iter(f"{SVG}rect"):
            if rect.get("x") and "transform" not in str(rect.attrib):
                x, y = float(rect.get("x")), float(rect.get("y"))
                if rect.get("class") in ("box", "paper"):
                    assert left - 1 <= x <= left + width
                    assert top - 1 <= y <= top + height


def test_names_can_be_left_out(common_purpose: Model) -> None:
    loops = groups(parsed(draw(common_purpose, LIGHT, View(names=False))), "loop")
    assert all(find(loop, "name") is None for loop in loops.values())
    assert all(find(loop, "letter") is not None for loop in loops.values())


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_on_every_fill(palette: Palette) -> None:
    """Contrast of at least 4.5 to 1, by the formula of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    for fill in (palette.box, palette.low, palette.mid, palette.high):
        assert contrast(palette.ink, fill) >= 4.5
    for line in (palette.reinforcing, palette.balancing):
        assert contrast(line, palette.paper) >= 4.5
