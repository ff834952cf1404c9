"""A written document as PDF: everything is on it, in order, and no text is read as markup."""

from __future__ import annotations

import pytest
from pdf import plain, words

from loops.draw.document.printed import pdf
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Table

HOSTILE = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h\x01 "q" <script> ]]> &'
BLOCKS: tuple[Block, ...] = (
    Heading("How far we have come", 1),
    Paragraph("In November.", quiet=True),
    Heading("Schools", 2),
    Paragraph("Most are on the way."),
    Heading("In their words", 3),
    Bullets(("It fits our day", "We saw it work")),
    Table(("Box", "Partners"), (("Information", "4 of 7"), ("Value", "3 of 7")), (3, 1)),
)


def test_everything_is_on_it_and_the_foot_on_every_page() -> None:
    text = words(pdf(BLOCKS, title="Progress", foot="Not a forecast."))
    said = ["How far we have come", "In November.", "Schools", "Most are on the way.", "In their words"]
    said += ["It fits our day", "We saw it work", "Box", "Partners", "Information", "4 of 7", "3 of 7"]
    assert [one for one in said if plain(one) not in text] == []
    assert plain("Not a forecast.") in text


def test_a_table_that_goes_on_has_its_titles_on_every_page() -> None:
    rows = tuple((f"Row {number}", "x") for number in range(120))
    data = pdf([Table(("Only title", "B"), rows, (3, 1))], title="T", foot="F")
    text = words(data)
    pages = text.count(plain("Only title"))
    assert pages > 1
    assert f"1/{pages}" in text
    assert plain("Row 119") in text


@pytest.mark.parametrize("text", [HOSTILE, "x" * 900, "", "= \n\n- a", "🔁" * 90, "ﷺ" * 40, "\u202eabc"])
def test_no_text_breaks_it_or_is_read_as_markup(text: str) -> None:
    blocks = (Heading(text, 1), Paragraph(text), Bullets((text,)), Table((text,), ((text,),), (1,)))
    data = pdf(blocks, title=text, foot=text)
    assert data.startswith(b"%PDF")
    if text == HOSTILE:
        assert words(data).count(plain(HOSTILE.replace("\x01", ""))) >= len(blocks)


def test_the_same_words_give_the_same_bytes_with_a_title_a_language_and_a_structure() -> None:
    data = pdf(BLOCKS, title="Progress", foot="F")
    assert data == pdf(BLOCKS, title="Progress", foot="F")
    assert b"/Lang(en-GB)" in data
    assert b"/StructTreeRoot" in data
    assert b"(Progress)" in data
