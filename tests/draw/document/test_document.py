"""The records of a room, opened again: what is in them, what is left out, and what no text can break."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from loops.draw.document import (
    Decided,
    Record,
    Said,
    Topic,
    Tried,
    Votes,
    markdown,
    ticked,
    word,
)
from loops.draw.scale import ASSUMPTIONS_IN_SHORT

HOSTILE = "<script>alert(1)</script> | *bold* [x](http://example.org) # ![y](z) \x01\x0b 🔁 ]]> & \ufffe"
RECORD = Record(
    title="Workshop at the practice",
    date="12 March",
    model="Common purpose model",
    topics=(
        Topic(
            "Buy-in: ready to act",
            ("What would make you say yes?", "Who has said no, and why?"),
            (
                Said("GP", "I need ten minutes I do not have.", "Dr Pine"),
                Said("Nurse", "We already do this in the clinic.", "Fern"),
                Said("GP", "Show me it works here first."),
            ),
        ),
        Topic("Stretched for time − Buy-in", votes=Votes(10, 0, 1)),
    ),
    decisions=(
        Decided("Try it for a month", "Fern and Reed", "30 April", "Half remember it", "Nobody remembers it"),
        Decided("Ask for a shorter form"),
    ),
)
NAMES, NOTES = ("Dr Pine", "Fern"), ("ten minutes", "in the clinic", "works here first")


def text_of(data: bytes) -> str:
    opened = Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in opened.paragraphs), *cells])


def both(record: Record, **ticks: bool) -> list[str]:
    return [text_of(word(record, **ticks)), markdown(record, **ticks).replace("\\", "")]


def test_names_and_words_are_left_out_unless_ticked() -> None:
    for text in both(RECORD):
        assert not any(one in text for one in NAMES + NOTES)
        assert "What people wrote is left out of this copy" in text
        assert "Try it for a month" in text
    for text in both(RECORD, notes=True):
        assert not any(name in text for name in NAMES)
        assert all(note in text for note in NOTES)
        assert "People's names are left out of this copy." in text
    for text in both(RECORD, names=True):
        assert not any(note in text for note in NOTES)
        assert "Dr Pine" not in text
        assert "Fern and Reed" in text
    for text in both(RECORD, names=True, notes=True):
        assert all(one in text for one in NAMES + NOTES)
        assert "left out" not in text


def test_a_record_without_names_leaves_nothing_out() -> None:
    bare = ticked(RECORD, notes=True)
    for text in both(bare, notes=True):
        assert "left out" not in text


def test_the_word_file_holds_prompts_words_by_role_votes_and_decisions() -> None:
    opened = Document(io.BytesIO(word(RECORD, names=True, notes=True)))
    styles = [(line.style.name, line.text) for line in opened.paragraphs if line.text and line.style]
    assert ("Title", "Workshop at the practice") in styles
    assert ("Heading 2", "Buy-in: ready to act") in styles
    assert ("List Bullet", "Who has said no, and why?") in styles
    assert ASSUMPTIONS_IN_SHORT in opened.sections[0].footer.paragraphs[0].text
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]
    assert tables[0][1:] == [
        ["Who", "Fern and Reed"],
        ["By when", "30 April"],
        ["What we expect to see", "Half remember it"],
        ["What would change our mind", "Nobody remembers it"],
    ]
    assert tables[1] == [
        ["Arrow", "Yes", "No", "It depends"],
        ["Stretched for time − Buy-in", "10", "0", "1"],
    ]
    # the two GPs stand together
    assert [row[0] for row in tables[2]] == ["Role", "GP", "GP", "Nurse"]
    assert len(tables) == 3


def test_the_parts_of_a_table_stand_in_the_order_that_the_format_asks_for() -> None:
    order = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook")
    for table in Document(io.BytesIO(word(RECORD, notes=True))).tables:
        tags = [part.tag.partition("}")[2] for part in table._tbl.tblPr]
        assert "tblBorders" in tags
        assert tags == sorted(tags, key=order.index)


def test_the_markdown_file_holds_the_same() -> None:
    text = markdown(RECORD, names=True, notes=True)
    assert text.startswith("# Workshop at the practice\n")
    assert "- What would make you say yes?\n- Who has said no, and why?" in text
    assert "| GP | I need ten minutes I do not have. | Dr Pine |" in text
    assert "| Stretched for time − Buy-in | 10 | 0 | 1 |" in text
    assert "### 2\\. Ask for a shorter form" in text


def test_a_meeting_has_only_its_decisions() -> None:
    meeting = Record("Meeting", "1 May", "Model", decisions=RECORD.decisions)
    for text in both(meeting, names=True):
        assert "What we decided" in text
        assert "What we talked about" not in text
        assert "Is it true here?" not in text


def test_what_a_meeting_tried_is_told_with_its_hands() -> None:
    tried = Tried(
        "More training", "Which line moves most?", "Trust: 5, Buy-in: 2", ("It rises.", "It stays up.")
    )
    for text in both(Record("Meeting", "1 May", "Model", tried=(tried,))):
        assert "1. More training" in text
        assert "Which line moves most?" in text
        assert "Trust: 5, Buy-in: 2" in text
        assert "It rises. It stays up." in text
        assert "left out" not in text


def test_the_same_record_gives_the_same_bytes() -> None:
    assert word(RECORD, names=True, notes=True) == word(RECORD, names=True, notes=True)
    with zipfile.ZipFile(io.BytesIO(word(RECORD))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("letters", [HOSTILE, "x" * 4000, "- a\n- b", "    code", "1. one", "===", ""])
def test_no_text_breaks_a_document(letters: str) -> None:
    record = Record(
        letters,
        letters,
        letters,
        (Topic(letters, (letters,), (Said(letters, letters, letters),), Votes(1, 2, 3)),),
        (Decided(letters, letters, letters, letters, letters),),
    )
    with zipfile.ZipFile(io.BytesIO(word(record, names=True, notes=True))) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))
    assert letters[:20].split("\n", maxsplit=1)[0].strip() in text_of(word(record, notes=True))
    text = markdown(record, names=True, notes=True)
    assert "<script>" not in text
    assert "](" not in text.replace("\\]", "")
    assert not any(line.startswith("    ") for line in text.splitlines())


@given(st.text(max_size=60))
def test_every_row_of_a_markdown_table_has_its_cells(words: str) -> None:
    record = Record("T", "D", "M", (Topic("B", said=(Said("GP", words, "N"),)),))
    rows = [line for line in markdown(record, names=True, notes=True).splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert {row.replace("\\|", "").count("|") for row in rows} == {4}
