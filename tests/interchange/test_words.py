"""Signs, numbers, names and text as people and programs write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.editing.naming import id_of
from loops.interchange.contents import decoded, json_of, text_of
from loops.interchange.naming import label_of
from loops.interchange.naming import text_of as lines_of
from loops.interchange.tables import MOST_ROWS, csv_rows
from loops.interchange.words import alike, number_of, plain, sign_of


@pytest.mark.parametrize(
    "words", ["+", "++", "--", " Same ", "proportional", "POSITIVE", "+1", 0.5, "0,5", "s", "\uff0b"]
)
def test_more_leads_to_more(words):
    assert sign_of(words) == "+"


@pytest.mark.parametrize(
    "words", ["-", "\u2212", "\u2013", "+-", "-+", "Opposite", "inverse", -1, "-0.25", "o"]
)
def test_more_leads_to_less(words):
    assert sign_of(words) == "-"


@pytest.mark.parametrize("words", ["", None, "?", "0", 0, "causes", "+/-", True, "nan", "\x00"])
def test_no_sign(words):
    assert sign_of(words) == "?"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_they_print(number):
    assert number_of(repr(number)) == number


@pytest.mark.parametrize(
    "words", ["", "1e999", "inf", "NaN", "1.2.3", "0x10", "1_000", "\u0663", "--1", None, [1]]
)
def test_what_is_no_number(words):
    assert number_of(words) is None


@given(st.text())
def test_tidied_text_is_one_line_and_stays_as_it_is(words):
    once = plain(words)
    assert plain(once) == once
    assert once.isprintable()
    once.encode()  # lone halves of characters, which no file can hold, are gone


@given(st.text(min_size=1), st.sets(st.sampled_from(["a", "a_2", "box"])))
def test_ids_are_such_as_models_allow(label, taken):
    found = id_of(label, taken)
    assert found not in taken
    assert found.isascii()
    assert found[0].isalpha()
    assert found == found.lower()
    assert len(found) <= 64
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


def test_a_thousand_boxes_of_one_name_have_ids():
    taken: set[str] = set()
    for _ in range(1_000):
        taken.add(id_of("x" * 100, taken))
    assert len(taken) == 1_000
    assert max(map(len, taken)) <= 64


def test_names_alike():
    assert alike("Buy in") == alike("buy-in ") == alike("BUY IN!")
    assert alike("caf\u00e9") == alike("Cafe")
    assert alike("Trust") != alike("Trusts")
    assert alike("+") != alike("-")  # nothing but marks: the marks are the name


def test_what_is_too_long_is_cut_and_the_rest_is_kept():
    label, rest = label_of("word " * 100)
    assert (len(label), label[-1], rest) == (200, "\u2026", plain("word " * 100))
    assert len(lines_of("x" * 5_000)) == 4_000
    assert lines_of("a\n\n b", "", "c\x00") == "a\nb\nc"


@pytest.mark.parametrize(
    ("data", "text", "sure"),
    [
        (b"\xef\xbb\xbfA", "A", True),
        ("é".encode("utf-16"), "é", True),
        ("é".encode("utf-16-be"), "\x00é", False),
        (b"\xe9", "é", False),
        (b"\x81", "\ufffd", False),
        (b"\xff\xfeA", "\ufffd", False),
    ],
)
def test_text_of_any_bytes(data, text, sure):
    assert decoded(data) == (text, sure)


@given(st.binary())
def test_every_file_is_some_text(data):
    assert isinstance(text_of(data), str)


def test_json_with_numbers_that_are_none():
    assert math.isnan(json_of(b"NaN", "ours"))


def test_a_separator_is_the_one_that_the_first_line_has_most_of():
    assert csv_rows(b'a;b;"c, d"\n1,5;2;3', "ours") == [["a", "b", "c, d"], ["1,5", "2", "3"]]
    assert csv_rows(b"a|b\n1|2|", "ours") == [["a", "b"], ["1", "2"]]


def test_tables_have_an_end():
    with pytest.raises(BadFile, match="rows"):
        csv_rows(b"a,b\n" * (MOST_ROWS + 1), "ours")
