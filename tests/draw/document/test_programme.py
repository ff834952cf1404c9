"""A programme as a document: everything is on it, what is too long is counted, and no text breaks it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from pdf import plain, words

from loops.draw.document import programme as document
from loops.draw.document.programme import MOST_SAID, MOST_STREAMS
from loops.draw.programme import HIDDEN, TOO_FEW
from loops.journey.places import place
from loops.journey.programme import Progress
from loops.journey.progress import progress
from loops.model import Link, Model, Variable
from loops.partners import Mark

SINCE, TODAY = date(2026, 6, 1), date(2026, 11, 1)
HOSTILE = '#read("/etc/hostname") *b* $x$ @cite <l> \\ `code` // = h\x01 "q" <script> ]]> & \ufffe'


def model(label: str = "News") -> Model:
    return Model(
        id="two",
        title=label,
        core=("news", "habit"),
        outcomes=("habit",),
        variable=(
            Variable(id="news", label=label, start=0.1),
            Variable(id="habit", label="Habit", start=0.1),
        ),
        link=(Link(source="news", target="habit", polarity="+", strength=0.1),),
    )


def found(streams: int = 2, said: int = 1, *, text: str = "It fits", anonymous: bool = False) -> Progress:
    marks = [Mark("news", "partly", TODAY, f"Role {number:03}", text) for number in range(said)]
    partners = [
        place(
            model(), marks, [Mark("news", "a little", SINCE)], since=SINCE, workstream=f"Stream {number:03}"
        )
        for number in range(streams)
    ]
    return progress(model(), partners, since=SINCE, anonymous=anonymous)


def both(found: Progress, of: Model | None = None, **more: Any) -> list[str]:
    """The words of each form without spaces."""
    opened = Document(io.BytesIO(document.word(of or model(), found, on="1 November 2026", **more)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    lines = [*(line.text for line in opened.paragraphs), *cells, opened.sections[0].footer.paragraphs[0].text]
    paper = document.pdf(of or model(), found, on="1 November 2026", **more)
    return [plain("\n".join(lines)), words(paper)]


def test_everything_is_on_it() -> None:
    said = [
        "1 November 2026",
        "All together",
        "Stream 000 (1 partner)",
        "Stream 001",
        "1 of 1",
        "On 1 June 2026",
    ]
    said += ["Nobody knows", "On the way to “Habit”", "It fits", document.FOOT]
    for text in both(found(), words=True):
        assert [one for one in said if plain(one) not in text] == []


def test_what_people_wrote_is_left_out_unless_it_is_asked_for() -> None:
    for text in both(found()):
        assert plain("It fits") not in text
        assert plain("What people wrote is left out of this copy.") in text
    for text in both(found(said=0)):
        assert plain("left out") not in text


def test_what_is_for_partners_says_what_it_hides() -> None:
    for text in both(found(5, anonymous=True)):
        assert plain(HIDDEN) in text
        assert plain("Stream 003 and Stream 004 together") in text
        assert plain("left out of this copy") not in text
    for text in both(found(2, anonymous=True)):
        assert plain(TOO_FEW) in text
        assert plain("Stream") not in text


def test_what_is_too_long_to_be_read_is_counted() -> None:
    for text in both(found(MOST_STREAMS + 2, 0)):
        assert plain("And 2 more. All of them are in the table (CSV).") in text
        assert plain(f"Stream {MOST_STREAMS:03}") not in text
    for text in both(found(1, MOST_SAID + 3), words=True):
        assert plain("And 3 more.") in text


@pytest.mark.parametrize("text", [HOSTILE, "x" * 200, "🔁" * 40, "\u202eabc"])
def test_no_text_breaks_it(text: str) -> None:
    for said in both(found(text=text), model(text), words=True):
        assert plain("Stream 000") in said
