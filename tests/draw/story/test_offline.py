"""The file to take away: whole, small enough to send, closed to the network, safe whatever labels hold."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from loops.draw.diagram import draw
from loops.draw.palette import DARK, LIGHT
from loops.draw.story import offline
from loops.draw.story.scenes import scenes, stories
from loops.model import Model, Step, Story
from loops.parts import replace

EVIL = '</script><script>alert("#ff0000")</script><img src="http://example.org/x.png"> ="#00ff00" 🏃'


class Outline(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and style sheet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._inside: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("type") or tag if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text[self._inside] = self.text.get(self._inside, "") + data


@pytest.fixture(scope="module")
def page(common_purpose, scenarios) -> str:
    told = {story.title: scenes(common_purpose, story, scenarios) for story in stories(common_purpose)}
    return offline.page(common_purpose, told)


def evil(common_purpose: Model) -> Model:
    story = Story(
        id="evil",
        title=EVIL,
        question=EVIL,
        steps=[Step(title=EVIL, sentence=EVIL, nodes=["trust", "buy_in"])],
    )
    named = {"trust", "buy_in"}
    variables = [replace(node, label=EVIL) if node.id in named else node for node in common_purpose.variables]
    return replace(common_purpose, title=EVIL, variables=variables, stories=[story])


def data(page: str) -> dict:
    return json.loads(Outline(page).text["application/json"])


def test_every_story_is_in_it_from_its_first_word_to_its_question(common_purpose, page):
    held = data(page)["stories"]
    assert [story["title"] for story in held] == [story.title for story in stories(common_purpose)]
    for story, inside in zip(common_purpose.stories, held, strict=False):
        assert [scene["sentence"] for scene in inside["scenes"]] == [
            *(step.sentence for step in story.steps),
            story.question,
        ]
        assert all(scene["svg"].startswith("<svg") and scene["alt"] for scene in inside["scenes"])


def test_it_is_small_enough_to_send(page):
    assert len(page.encode()) < 2_000_000


def test_nothing_is_fetched_and_the_browser_is_told_so(page):
    outline = Outline(page)
    links = [
        value
        for _, attributes in outline.elements
        for key, value in attributes.items()
        if key in ("src", "href")
    ]
    assert links == ["data:,"]
    addresses = set(re.findall(r"https?://[^\s\"'<>\\]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "https://doi.org/10.1177/1757913920983389"}
    policy = next(
        a["content"] for tag, a in outline.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    for kind, text in (("script-src", outline.text["module"]), ("style-src", outline.text["style"])):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_each_colour_has_one_name_for_light_and_dark(common_purpose, scenarios, page):
    style = Outline(page).text["style"]
    light, dark = style.split("@media (prefers-color-scheme: dark)")[:2]
    names = re.findall(r"--(\w+):(#\w{6});", light)
    assert [name for name, _ in re.findall(r"--(\w+):(#\w{6});", dark)] == [name for name, _ in names]
    assert dict(names)["paper"] == LIGHT.paper
    view = scenes(common_purpose, common_purpose.stories[0], scenarios)[3].view
    svg = data(page)["stories"][0]["scenes"][3]["svg"]
    assert not re.search(r'="#[0-9a-fA-F]{6}"', svg)
    for palette, rules in ((LIGHT, light), (DARK, dark)):
        values = dict(re.findall(r"--(\w+):(#\w{6});", rules))
        back = re.sub(r"var\(--(\w+)\)", lambda found, values=values: values[found[1]], svg)
        assert back == draw(common_purpose, palette, view)


def test_labels_are_text_and_nothing_else(common_purpose):
    model = evil(common_purpose)
    page = offline.page(model, {EVIL: scenes(model, model.stories[0], {})})
    outline = Outline(page)
    assert [tag for tag, _ in outline.elements].count("script") == 2
    assert "img" not in [tag for tag, _ in outline.elements]
    scene = data(page)["stories"][0]["scenes"][0]
    assert scene["title"] == EVIL
    assert "<script" not in scene["svg"]
    assert "#00ff00" in scene["svg"]
