"""Tables with named columns; how the ledger reads files through this is in tests/store/test_ledger.py."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loops import sheet

COLUMNS = ("name", "day", "why")
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def read(text: str, *, most: int = 100) -> list[tuple[int, dict[str, str]]]:
    return sheet.read(text.encode(), COLUMNS, ("name",), most=most)


@example([("", " '=1", "\t=1")])
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_any_cells_come_back_without_the_space_around_them(rows: list[tuple[str, str, str]]) -> None:
    text = sheet.written(COLUMNS, (dict(zip(COLUMNS, row, strict=True)) for row in rows))
    tidy = [dict(zip(COLUMNS, map(str.strip, row), strict=True)) for row in rows if any(map(str.strip, row))]
    if tidy:
        assert [cells for _, cells in read(text)] == tidy
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    assert [number for number, _ in read('name\n"a\nb"\n\nc\n')] == [2, 4]


def test_columns_may_stand_in_any_order_and_what_is_missing_is_empty() -> None:
    assert read("WHY;name\nso;A\n") == [(2, {"name": "A", "day": "", "why": "so"})]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The first row lacks name"),
        ("name,dya\nA,1\n", "no column “dya”. Did you mean 'day'"),
        ("name,name\nA,B\n", "two columns “name”"),
        ("name\n\n", "no rows below"),
        ("name\nA,B\n", "Row 2 has more cells"),
        ('name\n"A"B\n', "Row 2 is not CSV"),
        ("name\nA\nB\nC\n", "3 rows, and at most 2"),
    ],
)
def test_what_is_wrong_names_the_row(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text, most=2)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024-03-15", "2024-03-15"), ("15/3/2024", "2024-03-15"), (" 3/2024 ", "2024-03"), ("2024", "2024")],
)
def test_a_day_is_read_as_it_is_written_in_britain(text: str, day: str) -> None:
    assert sheet.dated(text) == day


@pytest.mark.parametrize("text", ["3/15/2024", "2024-02-30", "soon", "", "15.3.2024", "٢٠٢٤-٠٣-١٥x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        sheet.dated(text)


def test_of_an_id_and_words_on_screen_the_words_are_meant() -> None:
    names = {"buy_in": {"buy_in"}, "buy-in": {"buy_in"}, "trust": {"trust"}}
    with pytest.raises(ValueError, match=r"no box\. Did you mean 'buy-in'"):
        sheet.meant("Buy in", names, column="on", kinds="box")
