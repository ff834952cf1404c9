"""Where a partner is, on a page: what is on it, that it fits, its picture, and what no text can break."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from pdf import plain, words

from loops.draw.diagram import View, draw
from loops.draw.document.partner import Lack, Page, pdf, word
from loops.draw.document.prose import Picture, markdown
from loops.draw.palette import LIGHT
from loops.draw.scale import ASSUMPTIONS_IN_SHORT
from loops.model import Model

HOSTILE = '#read("/etc/hostname") *b* $x$ <script> `code` \x01 & \ufffe'


@pytest.fixture(scope="module")
def page(common_purpose: Model) -> Page:
    return Page(
        called="Partner 3",
        about="A GP surgery · 25 November 2026",
        picture=draw(common_purpose, LIGHT, View(shown=common_purpose.core, short=True, legend=True)),
        stands=("Mostly: Information for GPs.", "Nobody knows yet: “We can see it working here”."),
        lacks=(
            Lack(
                "On the way to buy-in",
                "Information for reception is missing.",
                ("It holds back.",),
                ("Who?",),
            ),
            Lack("On the way to the rest", "As far as anybody has said, nothing is missing."),
        ),
        since="Of the answers given since 1 March 2026, 1 went up.",
        changed=("Trust went up: from a little to partly (GP).",),
        done=tuple(f"Visit {number}: 2 March 2026." for number in range(1, 8)),
    )


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_all_of_it_is_on_one_page_of_the_print(page: Page) -> None:
    made = pdf(page)
    assert pages(made) == 1
    said = words(made)
    told = (
        page.lacks[0].sentence,
        page.lacks[0].way_to,
        *page.stands,
        page.since,
        *page.changed,
        *page.done[:5],
    )
    for text in (page.called, *told, "And 2 more.", ASSUMPTIONS_IN_SHORT):
        assert plain(text) in said


def test_the_word_file_holds_the_picture_with_its_words(page: Page) -> None:
    made = Document(io.BytesIO(word(page)))
    (picture,) = made.inline_shapes
    room = made.sections[0].page_width - 2 * made.sections[0].left_margin
    assert picture.width <= room
    assert picture._inline.docPr.get("descr") == f"The diagram as people see it. {' '.join(page.stands)}"
    said = "\n".join(line.text for line in made.paragraphs)
    for text in (page.lacks[0].sentence, "Who?", page.since, page.done[0], "And 2 more."):
        assert text in said


def test_what_is_empty_leaves_no_heading(page: Page) -> None:
    bare = replace(page, since="", changed=(), done=())
    said = "\n".join(line.text for line in Document(io.BytesIO(word(bare))).paragraphs)
    assert "What changed" not in said
    assert "What was done" not in said


def test_no_text_is_read_as_markup(page: Page) -> None:
    lack = Lack(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,))
    nasty = replace(page, called=HOSTILE, about=HOSTILE, stands=(HOSTILE,), lacks=(lack,), done=(HOSTILE,))
    assert plain("#read") in words(pdf(nasty))
    said = "\n".join(line.text for line in Document(io.BytesIO(word(nasty))).paragraphs)
    assert "<script> `code` " in said


def test_where_there_is_no_room_for_a_picture_its_words_stand(page: Page) -> None:
    assert markdown([Picture(page.picture, "Trust: *mostly*.", 80)]) == "*Trust: \\*mostly\\*.*\n"
