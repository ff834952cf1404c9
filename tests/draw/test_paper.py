"""The printed sheets: their text is in them as text, and no text can do anything but stand there."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typst
from pdf import plain, words

from loops.draw import paper
from loops.draw.layout import loops_by_id, place
from loops.draw.paper import leave_behind, poster
from loops.draw.story.scenes import stories
from loops.files import read_model
from loops.library import shipped_models
from loops.model import Model
from loops.narrate import narrate

HOSTILE = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h\x01 "q" <script>'
ALMOST_ALL = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h "q" <script>'


def pages(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    return [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes]


def model_of(label: str, **more: Any) -> Model:
    return Model.model_validate(
        {
            "id": "m",
            "title": label,
            "vision": label,
            "cannot_say": [label],
            "source": {"s": {"title": label, "author": label, "link": "javascript:alert(1)"}},
            "variable": {"a": {"label": label, "start": 0.1}, "b": {"label": label, "start": 0.1}},
            "link": [
                {"from": "a", "to": "b", "polarity": "+", "strength": 0.1},
                {"from": "b", "to": "a", "polarity": "-", "strength": 0.1},
            ],
            "loop": {"both": {"name": label, "path": ["a", "b"], "story": label}},
            "story": [
                {
                    "id": "s",
                    "title": label,
                    "question": label,
                    "step": [{"title": label, "sentence": label, "loops": ["both"]}] * 50,
                }
            ],
            **more,
        }
    )


def test_the_poster_is_one_a3_page_with_every_label_and_loop_as_text(common_purpose: Model) -> None:
    data = poster(common_purpose)
    assert pages(data) == [(420, 297)]
    found = words(data)
    told = [line for box in place(common_purpose).boxes.values() for line in box.lines]
    told += [text for loop in common_purpose.loops for text in (loop.label or "", loop.name, loop.story)]
    told += [common_purpose.title, "not a forecast", common_purpose.sources[0].author]
    for grade in ("stated", "inferred", "assumed", "contested"):
        count = sum(link.grade == grade for link in common_purpose.links)
        told.append(f"{count} {'is' if count == 1 else 'are'} {grade}")
    assert [text for text in told if plain(text) not in found] == []


def test_the_leave_behind_is_two_a4_pages_that_say_what_to_believe(common_purpose: Model) -> None:
    core = place(common_purpose, common_purpose.core, short=True)
    for story in common_purpose.stories:
        data = leave_behind(common_purpose, story, address="https://loops.example.org/diagram")
        assert pages(data) == [(210, 297)] * 2
        found = words(data)
        told = [line for box in core.boxes.values() for line in box.lines]
        told += [loop.story for loop in common_purpose.loops]
        told += [text for step in story.steps for text in (step.title, step.sentence)]
        told += [*common_purpose.cannot_say, story.question, "https://loops.example.org/diagram"]
        assert [text for text in told if plain(text) not in found] == []


@pytest.mark.parametrize("name", sorted(shipped_models()))
def test_every_shipped_model_fits_its_sheets(name: str) -> None:
    model = read_model(shipped_models()[name])
    assert pages(poster(model)) == [(420, 297)]
    for story in stories(model):
        assert pages(leave_behind(model, story)) == [(210, 297)] * 2


def test_without_its_fonts_the_text_would_be_missed(
    common_purpose: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    monkeypatch.setattr(paper, "_fonts", lambda: none)
    found = words(poster(common_purpose))
    assert plain(common_purpose.title) not in found
    assert plain(common_purpose.loops[0].name) not in found


def test_the_same_model_gives_the_same_bytes(common_purpose: Model) -> None:
    assert poster(common_purpose) == poster(common_purpose)
    story = common_purpose.stories[0]
    assert leave_behind(common_purpose, story) == leave_behind(common_purpose, story)


def test_words_are_never_read_as_markup() -> None:
    model = model_of(HOSTILE)
    for data in (poster(model), leave_behind(model, model.stories[0], address="javascript:alert(1)")):
        assert plain(ALMOST_ALL) in words(data)
        assert b"/URI" not in data


@pytest.mark.parametrize("label", ["x" * 200, "word " * 40, "🔁" * 200, "\u202eabc", "שלום", "]]>"])
def test_no_label_breaks_a_sheet_or_takes_another_page(label: str) -> None:
    model = model_of(label)
    assert pages(poster(model)) == [(420, 297)]
    assert pages(leave_behind(model, model.stories[0])) == [(210, 297)] * 2


def test_a_bare_model_has_sheets_too() -> None:
    model = Model.model_validate(
        {
            "id": "bare",
            "title": "Bare",
            "variable": {"a": {"label": "Alone", "start": 0}},
            "story": [{"id": "s", "title": "T", "question": "Q?", "step": [{"title": "S", "sentence": "W"}]}],
        }
    )
    assert "Alone" in words(poster(model))
    assert "Q?" in words(leave_behind(model, model.stories[0]))


def test_a_loop_without_a_story_is_told_arrow_by_arrow() -> None:
    model = model_of("Trust", loop={"both": {"name": "Both", "path": ["a", "b"]}})
    (loop,) = loops_by_id(model).values()
    assert plain(narrate(model, loop)) in words(poster(model))


def test_the_templates_reach_no_file_but_their_own() -> None:
    with pytest.raises(typst.TypstError, match=r"access denied|outside|root"):
        typst.compile(b'#read("../paper.py")', root=paper._TEMPLATES)
    assert {path.suffix for path in paper._TEMPLATES.iterdir()} == {".typ"}
