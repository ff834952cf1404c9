"""The charter, opened again: what is on it, what is left out, and what no text can break."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf import plain, words

from loops.draw.document.charter import (
    COMMITMENTS,
    SIGNATURES,
    Charter,
    Commitment,
    Item,
    pdf,
    ticked,
    told,
    word,
)
from loops.draw.scale import ASSUMPTIONS_IN_SHORT
from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.influence import AUDIENCES, SPHERES

CHARTER = Charter(
    "Active practice charter",
    "A GP surgery",
    "Active lives as a way of life",
    "25 November 2026",
    (
        Item("Bike racks", "infrastructure", "workforce", "from month 6", "Fern"),
        Item("A one-minute conversation in every consultation", "individual", "community", "from the start"),
        Item("Walking group", "social", "community", "from month 12", "Reed"),
        Item("A name for it all"),
    ),
    (Commitment("Try it for a month", "Dr Pine", "30 April"), Commitment("Ring the parkrun team")),
    ("It asks for up to 10 hours a month.",),
)
NAMES = ("Fern", "Reed", "Dr Pine")
HOSTILE = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h\x01 "q" <script> ]]> & \ufffe'
ODD = [HOSTILE, "x" * 900, "word " * 200, "🔁" * 90, "\u202eabc", "שלום", "= \n\n- a", "ﷺ" * 40, ""]


def pages(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    return [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes]


def text_of(data: bytes) -> str:
    opened = Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in opened.paragraphs), *cells])


def both(charter: Charter, *, names: bool) -> list[str]:
    """The words of each form without spaces."""
    return [plain(text_of(word(charter, names=names))), words(pdf(charter, names=names))]


def test_names_are_on_it_only_when_ticked() -> None:
    for text in both(CHARTER, names=False):
        assert not any(plain(name) in text for name in NAMES)
        assert plain("People's names are left out of this copy.") in text
    for text in both(CHARTER, names=True):
        assert all(plain(name) in text for name in NAMES)
        assert plain("left out") not in text


def test_nothing_is_said_to_be_left_out_where_nobody_was_named() -> None:
    for text in both(ticked(CHARTER), names=False):
        assert plain("left out") not in text


def test_everything_is_on_it_in_every_form() -> None:
    said = [CHARTER.title, CHARTER.setting, CHARTER.vision, CHARTER.date, *CHARTER.plan, "Signature"]
    said += [text for one in CHARTER.items for text in (one.what, one.when)]
    said += [text for one in CHARTER.commitments for text in (one.what, one.by_when)]
    for text in both(CHARTER, names=True):
        assert [one for one in said if plain(one) not in text] == []
    assert plain(ASSUMPTIONS_IN_SHORT) in words(pdf(CHARTER))
    foot = Document(io.BytesIO(word(CHARTER))).sections[0].footer.paragraphs[0].text
    assert ASSUMPTIONS_IN_SHORT in foot


def test_the_list_is_grouped_by_level_in_the_order_of_the_matrix() -> None:
    assert list(CHARTER.grouped) == [*SPHERE_WORDS.values(), "Also"]
    assert list(SPHERE_WORDS) == list(SPHERES)
    assert list(AUDIENCE_WORDS) == list(AUDIENCES)
    text = text_of(word(CHARTER))
    places = [text.index(one) for one in ("one-minute", "Walking group", "Bike racks", "A name for it all")]
    assert places == sorted(places)


@given(st.lists(st.sampled_from(CHARTER.items)))
def test_grouping_loses_and_repeats_no_item(items: list[Item]) -> None:
    grouped = replace(CHARTER, items=tuple(items)).grouped.values()
    assert sorted(map(told, items)) == sorted(told(one) for group in grouped for one in group)


def test_lines_to_fill_in_by_hand_are_there_and_high_enough() -> None:
    commitments, signatures = Document(io.BytesIO(word(CHARTER))).tables
    assert [row.cells[0].text for row in commitments.rows] == [
        "What",
        "Try it for a month",
        *(
            "Ring the parkrun team",
            "",
        ),
    ]
    assert len(commitments.rows) == 1 + COMMITMENTS
    assert len(signatures.rows) == 1 + SIGNATURES
    heights = [row.height for row in signatures.rows[1:]]
    assert all(height is not None and height >= Cm(1) for height in heights)


def test_a_usual_charter_is_one_page_with_a_title_a_language_and_a_structure() -> None:
    data = pdf(CHARTER, names=True)
    assert pages(data) == [(210, 297)]
    assert b"/Lang(en-GB)" in data
    assert b"/StructTreeRoot" in data
    assert b"(Active practice charter)" in data


def test_a_list_too_long_for_a_page_goes_on_and_says_which_page_it_is() -> None:
    many = tuple(Item(f"Thing number {number} of a long list", "social") for number in range(120))
    data = pdf(replace(CHARTER, items=many))
    sizes = pages(data)
    assert len(sizes) > 1
    assert set(sizes) == {(210, 297)}
    text = words(data)
    assert all(plain(one.what) in text for one in many)
    assert f"1/{len(sizes)}" in text


@pytest.mark.parametrize("text", ODD)
def test_no_text_breaks_it_or_is_read_as_markup(text: str) -> None:
    item = Item(text, "social", "community", text, text)
    charter = Charter(text, text, text, text, (item,) * 3, (Commitment(text, text, text),) * 5, (text,))
    assert set(pages(pdf(charter, names=True))) == {(210, 297)}
    with zipfile.ZipFile(io.BytesIO(word(charter, names=True))) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))
    if text == HOSTILE:
        shown = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h "q" <script> ]]> &'
        assert plain(shown) in words(pdf(charter, names=True))


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    charter = Charter(text, text, text, text, (Item(text),), (Commitment(text, text),), (text,))
    assert set(pages(pdf(charter, names=True))) == {(210, 297)}


def test_an_empty_charter_can_be_filled_in_by_hand() -> None:
    empty = Charter("", "", "", "")
    for text in both(empty, names=False):
        assert plain("Our charter") in text
        assert plain("Nothing is on the list yet.") in text
    assert pages(pdf(empty)) == [(210, 297)]


def test_the_same_charter_gives_the_same_bytes() -> None:
    assert pdf(CHARTER) == pdf(CHARTER)
    assert word(CHARTER) == word(CHARTER)
