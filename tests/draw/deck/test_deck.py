"""The deck of a story, opened again: what stands on its slides, and that it can be edited there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Pt

from loops.draw.arcs import arc
from loops.draw.deck import deck
from loops.draw.deck.freeform import bezier
from loops.draw.document import Record, Said, Topic, Votes
from loops.draw.layout import loop_keys, loops_by_id, place, revealed
from loops.draw.story import walk
from loops.draw.story.scenes import scenes, stories
from loops.model import Model, Story
from loops.narrate import narrate
from loops.scenario import Scenario
from loops.simulate import simulate

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
HOSTILE = '<script>alert("1")</script> &amp; ]]> \x01 🔁 {x} %s'
RECORD = Record(
    "Workshop",
    "12 March",
    "A model",
    (
        Topic("Trust", ("Who do you trust?",), tuple(Said("GP", f"Said {n}") for n in range(7))),
        Topic("Trust + Doing", votes=Votes(5, 2, 1)),
        Topic("Nothing was said to this"),
    ),
)


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def leaves(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield from leaves(shape.shapes) if shape.shape_type == 6 else [shape]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in leaves(slide.shapes) if shape.has_text_frame]


def groups(slide: Any, kind: str) -> dict[str, Any]:
    return {
        shape.name.removeprefix(f"{kind} "): shape
        for shape in slide.shapes
        if shape.name.startswith(f"{kind} ")
    }


def tiny(label: str = "Trust", **more: object) -> Model:
    return Model.model_validate(
        {
            "id": "tiny",
            "title": label,
            "horizon": 24,
            "variable": {
                "trust": {"label": label, "start": 0.1, "prompts": [label]},
                "doing": {"label": label, "start": 0},
            },
            "lever": {"visit": {"label": label}},
            "link": [
                {"from": "trust", "to": "doing", "polarity": "+", "strength": 0.1, "delay": 3},
                {"from": "doing", "to": "trust", "polarity": "-", "strength": 0.1},
                {"from": "trust", "to": "trust", "polarity": "-", "strength": 0.1},
                {"from": "visit", "to": "trust", "polarity": "+", "strength": 0.1},
            ],
            "loop": {"both": {"name": label, "path": ["trust", "doing"], "story": label}},
            **more,
        }
    )


def a_story(label: str = "Story", scenario: str = "plan") -> dict[str, object]:
    steps = [
        {"title": label, "sentence": label, "nodes": ["visit", "trust"], "scenario": scenario, "month": 12},
        {"title": label, "sentence": label, "loops": ["both"]},
    ]
    return {"id": "s", "title": label, "question": label, "step": steps}


PLAN = Scenario.model_validate({"id": "plan", "model": "tiny", "title": "Plan", "lever": {"visit": 1.0}})


@pytest.fixture(scope="module")
def story(common_purpose: Model) -> Story:
    return common_purpose.stories[0]


@pytest.fixture(scope="module")
def made(common_purpose: Model, scenarios: dict[str, Scenario], story: Story) -> Any:
    return opened(deck(common_purpose, story, scenarios))


def test_there_is_a_slide_for_the_title_the_key_each_step_the_chart_and_the_question(
    made: Any, common_purpose: Model, story: Story
) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert titles[:2] == [story.title, "How to read the drawing"]
    assert titles[2:-2] == [step.title for step in story.steps]
    assert titles[-2].startswith("What the plans lead to")
    assert story.question in texts(made.slides[len(titles) - 1])
    assert {common_purpose.title, story.title} <= {
        line for text in texts(made.slides[0]) for line in text.split("\n")
    }
    assert all(any("not a forecast" in text for text in texts(slide)) for slide in made.slides)
    assert made.slide_width * 9 == made.slide_height * 16


def test_every_title_has_its_four_bounds_on_the_slide(made: Any) -> None:
    for slide in made.slides:
        place = slide.shapes.title.element.spPr.xfrm
        assert place is not None
        left, top = place.off.x, place.off.y
        assert 0 <= left < left + place.ext.cx <= made.slide_width
        assert 0 <= top < top + place.ext.cy <= made.slide_height


def test_what_a_step_has_revealed_is_there_as_shapes_that_can_be_edited(
    made: Any, common_purpose: Model, story: Story, scenarios: dict[str, Scenario]
) -> None:
    told = scenes(common_purpose, story, scenarios)
    known = loops_by_id(common_purpose)
    for slide, scene in zip(list(made.slides)[2:-2], told, strict=False):
        layout = revealed(common_purpose, place(common_purpose, scene.view.shown), scene.view.revealed)
        said = texts(slide)
        assert {common_purpose.nodes[name].label for name in layout.boxes} <= set(said)
        assert not {
            node.label for name, node in common_purpose.nodes.items() if name not in layout.boxes
        } & set(said)
        assert set(groups(slide, "Arrow")) == {wire.key for wire in layout.wires}
        assert set(groups(slide, "Loop")) == {ring.label for ring in layout.rings.values()}
        assert {known[name].letter for name in layout.rings} <= {text[:1] for text in said}
        assert scene.sentence in said
        assert not [shape for shape in leaves(slide.shapes) if shape.shape_type == 13]  # no picture


def test_an_arrow_is_one_bezier_with_a_head_from_edge_to_edge(
    made: Any, common_purpose: Model, story: Story
) -> None:
    layout = place(common_purpose, walk.shown(common_purpose, story))
    slide = made.slides[len(made.slides) - 1]
    arrows = groups(slide, "Arrow")
    ends = np.array([corner for key in arrows for corner in _ends(arrows[key])])
    drawn = {wire.key: wire for wire in layout.wires}
    wires = np.array([corner for key in arrows for corner in drawn[key].points[[0, -1]]])
    # the slide shows the drawing at one scale, moved as a whole, to the rounding of the file's unit
    scale = np.ptp(ends[:, 0]) / np.ptp(wires[:, 0])
    assert np.abs((ends - ends[0]) - scale * (wires - wires[0])).max() < 3
    for key, group in arrows.items():
        assert len(group.element.findall(f".//{A}cubicBezTo")) == 1
        line = group.element.find(f".//{A}cubicBezTo/../../../../{A}ln")
        assert line.find(f"{A}tailEnd").get("type") == "triangle"
        source, target = (common_purpose.nodes[end].label for end in key.split("|")[:2])
        described = group.element.find(f".//{P}cNvPr").get("descr")
        assert described.startswith(f"{source} to {target}: ")


def _ends(group: Any) -> list[tuple[int, int]]:
    shape = next(one for one in group.shapes if one.name == "arrow")
    spots = [(int(spot.get("x")), int(spot.get("y"))) for spot in shape.element.iter(f"{A}pt")]
    assert len(spots) == 4
    return [(shape.left + x, shape.top + y) for x, y in (spots[0], spots[-1])]


def test_what_is_new_stands_out_and_the_rest_steps_back(
    made: Any, common_purpose: Model, story: Story
) -> None:
    slide = made.slides[4]  # the third step: a loop joins another
    new = set(loop_keys(common_purpose)[story.steps[2].loops[0]])
    widths = {
        key: int(group.element.find(f".//{A}cubicBezTo/../../../../{A}ln").get("w"))
        for key, group in groups(slide, "Arrow").items()
    }
    assert new < set(widths)
    assert min(widths[key] for key in new) > max(widths[key] for key in set(widths) - new)


def test_boxes_are_filled_by_how_far_they_have_come(
    made: Any, common_purpose: Model, story: Story, scenarios: dict[str, Scenario]
) -> None:
    step = story.steps[-1]
    (run,) = simulate(common_purpose, [scenarios[step.scenario or ""]])
    boxes = groups(made.slides[1 + len(story.steps)], "Box")
    shares = {}
    for name, group in boxes.items():
        parts = {shape.name: shape for shape in group.shapes}
        shares[name] = parts["so far"].width / parts["possible"].width if "so far" in parts else 0.0
    assert len(shares) > 5
    for name, share in shares.items():
        assert share == pytest.approx(run.at(name, step.month or 0), abs=1e-4)


def test_the_notes_hold_what_a_speaker_says(made: Any, common_purpose: Model, story: Story) -> None:
    known = loops_by_id(common_purpose)
    for slide, step in zip(list(made.slides)[2:], story.steps, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        assert step.sentence in notes
        assert "How we know the arrows" in notes
        for name in step.loops:
            loop = known[name]
            assert narrate(common_purpose, loop) in notes
            assert loop.named
            assert loop.named.story in notes
            assert all(common_purpose.nodes[node].prompts[0] in notes for node in loop.nodes)
    assert all(line in made.slides[0].notes_slide.notes_text_frame.text for line in common_purpose.cannot_say)


def test_the_chart_holds_the_runs_and_a_sheet_to_edit_them(
    made: Any, common_purpose: Model, story: Story, scenarios: dict[str, Scenario]
) -> None:
    (chart,) = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    named = dict.fromkeys(["nothing_new", *(step.scenario for step in story.steps if step.scenario)])
    runs = simulate(common_purpose, [scenarios[name] for name in named])
    assert [series.name for series in chart.plots[0].series] == [run.scenario.title for run in runs]
    for series, run in zip(chart.plots[0].series, runs, strict=True):
        assert np.allclose(series.values, run["buy_in"], atol=0)
    assert chart.value_axis.tick_labels.number_format == '[=0]"not yet";[=1]"fully";"partly"'
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        cells = {cell.get("r"): cell for cell in sheet.iter() if cell.tag.endswith("}c")}
    assert float(next(iter(cells["A14"])).text or "") == 1.0  # the row of month 12
    assert float(next(iter(cells["B14"])).text or "") == runs[0]["buy_in"][12]
    places = [place.text for place in chart.element.iter() if place.tag.endswith("}f")]
    assert places[:3] == ["Sheet1!$B$1", "Sheet1!$A$2:$A$242", "Sheet1!$B$2:$B$242"]


def test_no_title_is_a_formula_in_the_sheet_of_a_chart() -> None:
    model = tiny(story=[a_story()])
    plan = Scenario(**{**dict(PLAN), "title": "=1+1"})
    slides = opened(deck(model, model.stories[0], {"plan": plan})).slides
    (chart,) = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b"=1+1" in book.read("xl/sharedStrings.xml")


def test_each_kind_of_box_has_its_own_outline() -> None:
    kinds = {"context": {"rush": {"label": "Rush", "level": 0.5}}}
    story = a_story()
    story["step"][0]["nodes"] = ["visit", "trust", "rush"]  # type: ignore[index]
    model = tiny(story=[story], **kinds)
    slides = opened(deck(model, model.stories[0], {})).slides
    drawn = {shape.name: shape for shape in leaves(slides[2].shapes) if shape.name in model.nodes}
    forms = {
        name: (shape.element.spPr.prstGeom.get("prst"), shape.element.spPr.find(f".//{A}prstDash").get("val"))
        for name, shape in drawn.items()
    }
    assert forms == {
        "trust": ("roundRect", "solid"),
        "visit": ("rect", "solid"),
        "rush": ("roundRect", "dash"),
    }


def test_the_same_story_gives_the_same_bytes(
    common_purpose: Model, story: Story, scenarios: dict[str, Scenario]
) -> None:
    first = deck(common_purpose, story, scenarios)
    assert first == deck(common_purpose, story, scenarios)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml")
        assert b"dcterms" not in properties.partition(b">")[2].partition(b">")[2]
        assert b"Steve" not in properties


@pytest.mark.parametrize("place_in_file", [0, 1, 2, 3])
def test_every_story_makes_a_file_that_holds_together(
    common_purpose: Model, scenarios: dict[str, Scenario], place_in_file: int
) -> None:
    holds_together(deck(common_purpose, stories(common_purpose)[place_in_file], scenarios, record=RECORD))


def holds_together(data: bytes) -> None:
    """Every part is XML, no two shapes of a slide share an id, and every shape lies on the slide."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
    made = opened(data)
    for slide in made.slides:
        ids = [one.get("id") for one in slide.element.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))
        for shape in leaves(slide.shapes):
            assert shape.left >= -Pt(30)
            assert shape.left + shape.width <= made.slide_width + Pt(30)
            assert shape.top >= 0
            assert shape.top + shape.height <= made.slide_height


@pytest.mark.parametrize("label", [HOSTILE, "x" * 200, "word " * 40, "W" * 200, "🔁" * 200])
def test_no_label_breaks_a_deck(label: str) -> None:
    model = tiny(label, story=[a_story(label)])
    plan = Scenario.model_validate({"id": "plan", "model": "tiny", "title": label, "lever": {"visit": 1.0}})
    room = Record(label, label, label, (Topic(label, (label,), (Said(label, label * 20, label),)),))
    data = deck(model, model.stories[0], {"plan": plan}, record=room)
    holds_together(data)
    shown = label.replace("\x01", "").strip()
    assert any(" ".join(shown.split()) == slide.shapes.title.text_frame.text for slide in opened(data).slides)


def test_a_cut_label_is_whole_in_what_is_read_out() -> None:
    model = tiny("word " * 40, story=[a_story()])
    slide = opened(deck(model, model.stories[0], {"plan": PLAN})).slides[2]
    box = groups(slide, "Box")["trust"]
    assert box.element.find(f".//{P}cNvPr").get("descr").startswith("word " * 40)
    assert any(text.endswith("…") for text in texts(slide))


def test_a_model_without_stories_or_places_is_told_loop_by_loop() -> None:
    model = tiny()
    (story,) = stories(model)
    made = opened(deck(model, story, {}))
    assert len(made.slides) == 1 + 1 + len(story.steps) + 1  # no plan, so no chart


def test_a_story_whose_plan_is_not_at_hand_is_told_without_fills() -> None:
    model = tiny(story=[a_story(scenario="lost")])
    made = opened(deck(model, model.stories[0], {"plan": PLAN}))
    assert not [shape for slide in made.slides for shape in slide.shapes if shape.has_chart]
    assert not groups(made.slides[2], "Box")


def test_a_story_that_reveals_nothing_shows_the_whole_diagram() -> None:
    step = {"title": "T", "sentence": "S", "scenario": "plan", "month": 12}
    model = tiny(story=[{"id": "s", "title": "T", "question": "Q", "step": [step]}])
    made = opened(deck(model, model.stories[0], {"plan": PLAN}))
    assert len(groups(made.slides[2], "Arrow")) == len(model.links)


def test_what_a_room_said_gets_slides_of_its_own() -> None:
    model = tiny(story=[a_story()])
    plain = opened(deck(model, model.stories[0], {"plan": PLAN}))
    made = opened(deck(model, model.stories[0], {"plan": PLAN}, record=RECORD))
    added = list(made.slides)[len(plain.slides) - 1 : -1]
    assert [slide.shapes.title.text_frame.text for slide in added] == ["Trust", "Trust", "Trust + Doing"]
    said = "\n".join(text for slide in added for text in texts(slide))
    assert all(f"Said {n}" in said for n in range(7))
    assert said.count("GP") == 7
    assert "Yes: 5. No: 2. It depends: 1." in said
    assert "Who do you trust?" in added[0].notes_slide.notes_text_frame.text
    assert "GP: Said 6" in added[1].notes_slide.notes_text_frame.text


@given(
    st.floats(-2.5, 2.5).filter(lambda bend: bend == 0 or abs(bend) > 0.01),
    st.tuples(*[st.floats(-500, 500)] * 4).filter(lambda p: np.hypot(p[2] - p[0], p[3] - p[1]) > 1),
)
def test_a_bezier_keeps_the_ends_and_the_middle_of_its_arc(
    bend: float, place: tuple[float, float, float, float]
) -> None:
    start, end = np.array(place[:2]), np.array(place[2:])
    points = arc(start, end, bend, np.linspace(0, 1, 49))
    a, b, c, d = bezier(points)
    t = np.linspace(0, 1, 49)[:, None]
    drawn = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
    size = 1e-9 * (1 + np.abs(points).max())
    assert np.abs(drawn[[0, 24, 48]] - points[[0, 24, 48]]).max() < size
    if (
        abs(bend) <= np.tan(np.pi / 8) / 2
    ):  # up to a quarter of a circle, known to be within 0.0273% of its radius
        off = bend * np.hypot(*(end - start))
        radius = abs((np.hypot(*(end - start)) ** 2 / 4 + off**2) / (2 * off)) if bend else np.inf
        way = (end - start) / np.hypot(*(end - start))
        if np.isfinite(radius):
            centre = points[24] - np.sign(off) * radius * np.array([way[1], -way[0]])
            assert np.abs(np.hypot(*(drawn - centre).T) / radius - 1).max() < 2.8e-4
        else:
            assert np.abs((drawn - start) @ np.array([way[1], -way[0]])).max() < size
