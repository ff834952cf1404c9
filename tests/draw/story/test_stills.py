"""Steps as pictures: the right size, one for each step, well-formed and readable whatever the words are."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from loops.draw.diagram import draw
from loops.draw.palette import DARK, LIGHT
from loops.draw.story import stills
from loops.draw.story.scenes import scenes
from loops.model import Step, Story
from loops.parts import replace

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told(common_purpose, scenarios):
    return scenes(common_purpose, common_purpose.stories[1], scenarios)


def test_a_picture_for_each_step_in_order(common_purpose, told):
    made = dict(stills.pictures(common_purpose, told[-2:], LIGHT))
    assert list(made) == ["01-pressure-from-everything-else.png", "02-over-to-you.png"]
    for data in made.values():
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        size = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
        assert size == (stills.WIDE * stills.SCALE, stills.HIGH * stills.SCALE)
        assert len(data) > 50_000


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_title_sentence_and_drawing_share_the_page_without_touching(common_purpose, told, palette):
    for scene in told:
        page = ElementTree.fromstring(
            stills.still(scene, draw(common_purpose, palette, scene.view), palette, "1 of 2")
        )
        (drawing,) = page.findall(f"{SVG}svg")
        lines = page.findall(f"{SVG}text")
        top, bottom = float(drawing.get("y")), float(drawing.get("y")) + float(drawing.get("height"))
        assert bottom - top > stills.HIGH / 2
        assert lines[0].text == scene.title
        assert " ".join(line.text for line in lines[1:-1]) == f"{scene.sentence} {scene.about}".strip()
        for line in lines:
            size, foot = float(line.get("font-size")), float(line.get("y"))
            assert foot < top or foot - size > bottom
            assert foot <= stills.HIGH


def test_words_of_any_kind_and_length_stay_on_the_page(common_purpose):
    words = '<script> & "quotes" 🏃 ' + "long " * 34
    story = Story(
        id="s", title=words, question=words, steps=[Step(title=words, sentence=words, nodes=["trust"])]
    )
    model = replace(common_purpose, stories=[story])
    for scene in scenes(model, story, {}):
        page = ElementTree.fromstring(stills.still(scene, draw(model, LIGHT, scene.view), LIGHT, "1 of 2"))
        assert all(float(line.get("y")) <= stills.HIGH for line in page.findall(f"{SVG}text"))
        assert float(page.find(f"{SVG}svg").get("height")) > 150
