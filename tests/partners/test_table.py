"""Ratings of many partners as CSV: all of them come back, or one message says which row to mend."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from histories import HISTORIES, MODEL
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.partners import History, Mark, Profile
from loops.partners.history import known_by
from loops.partners.table import COLUMNS, empty_table, read_table, write_table

HEAD = "partner,kind,setting,workstream,day,on,role,rating,reason,who\n"
GOOD = HEAD + (
    "Surgery A,,A GP surgery,,2026-03-15,Trust between partners,GP,Not yet,They said so,Practice manager\n"
    "Surgery B,workstream,,Health,16/3/2026,staff_turnover,,don’t know,,\n"
    ",,,,,,,,,\n"
    "surgery a,partner,,Health,2026-03-15,insight,Nurse,mostly,,\n"
)


def read(text: str) -> tuple[History, ...]:
    return read_table(text.encode(), "ratings.csv", MODEL)


def test_a_table_is_partners_with_what_was_said_of_each() -> None:
    day = date(2026, 3, 15)
    one = Profile("Surgery A", setting="A GP surgery", workstream="Health", roles=("GP", "Nurse"))
    assert read(GOOD) == (
        History(
            one,
            "common_purpose",
            (
                Mark("trust", "not yet", day, "GP", "They said so", "Practice manager"),
                Mark("insight", "mostly", day, "Nurse"),
            ),
        ),
        History(
            Profile("Surgery B", kind="workstream", workstream="Health"),
            "common_purpose",
            (Mark("staff_turnover", "don't know", date(2026, 3, 16)),),
        ),
    )


def test_what_is_not_needed_may_be_missing() -> None:
    (found,) = read("rating;on;day;partner\npartly;trust;2026-01-01;A\n")
    assert found == History(Profile("A"), "common_purpose", (Mark("trust", "partly", date(2026, 1, 1)),))


def test_a_table_to_fill_in_is_read_once_it_is_filled_in() -> None:
    empty = empty_table([MODEL.nodes[box].label for box in MODEL.core])
    with pytest.raises(BadFile, match="Row 2: "):
        read(empty)
    (found,) = read(empty.replace(",,,,,", "A,,,,2026-01-01,").replace(",,,,\r", ",,partly,,\r"))
    assert found.marks == tuple(Mark(box, "partly", date(2026, 1, 1)) for box in MODEL.core)


def in_a_table(history: History) -> History:
    """What a table holds of a history: its ratings, and the roles and the profile that they name."""
    who = history.profile
    roles = tuple(dict.fromkeys(mark.role for mark in history.marks if mark.role))
    return replace(
        history, profile=Profile(who.name, "", who.kind, who.setting, who.workstream, roles), deeds=()
    )


@given(st.lists(HISTORIES, max_size=3, unique_by=lambda one: known_by(one.profile.name)))
def test_ratings_come_back_as_they_were(histories: list[History]) -> None:
    text = write_table(histories, with_names=True)
    rated = [in_a_table(one) for one in histories if one.marks]
    if rated:
        assert list(read(text)) == rated
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_names_are_in_it_only_when_asked_for() -> None:
    first, second = read(GOOD)
    found = [replace(first, profile=replace(first.profile, alias="The east")), second]
    bare = write_table(found, with_names=False)
    assert not {"Surgery A", "Practice manager"} & set(bare.replace("\r\n", ",").split(","))
    assert [one.profile.name for one in read(bare)] == ["The east", "Partner 2"]
    assert "They said so" in bare
    assert write_table([], with_names=True).strip() == ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",,,,2026-01-01,trust,,partly,,", "Row 6: partner is empty. Write its name"),
        ("A,friend,,,2026-01-01,trust,,partly,,", "Row 6: kind is “friend”, which is no kind"),
        ("A,,,,2026-01,trust,,partly,,", "Row 6: day is “2026-01”. Write the whole day"),
        ("A,,,,,trust,,partly,,", "Row 6: day is empty. Write the day on which it was said"),
        ("A,,,,soon,trust,,partly,,", "Row 6: “soon” is no date"),
        (
            "A,,,,2026-01-01,truth,,partly,,",
            "Row 6: on is “truth”, which is no box or .* Did you mean 'trust'",
        ),
        ("A,,,,2026-01-01,training,,partly,,", "Row 6: on is “training”, which is no box"),
        (
            "A,,,,2026-01-01,trust,,fully,,",
            "Row 6: rating is “fully”, which is no rating. Choose from: a little",
        ),
        ("A,,,,2026-01-01,trust,,,,", "Row 6: rating is empty. Write the rating"),
        (
            "Surgery A,,A park,,2026-01-01,trust,,partly,,",
            "Row 6: setting of “Surgery A” is “A park”, and “A GP",
        ),
        (
            "Surgery B,partner,,,2026-01-01,trust,,partly,,",
            "Row 6: kind of “Surgery B” is “partner”, and “workst",
        ),
        ("A,,,,31/2/2026,trust,,partly,,", "Row 6: “31/2/2026” is no date"),
        ("A,,,,9999-12-31,trust,,partly,,", "Row 6: day is 9999-12-31. Write a day from 1990 until today"),
        ("A,,,,1/1/0001,trust,,partly,,", "Row 6: day is 0001-01-01. Write a day from 1990"),
        (
            f"A,,,,2026-01-01,trust,{'r' * 10_000},partly,,",
            "Row 6: role has 10,000 characters. Write",
        ),
        (f"A,,,,2026-01-01,trust,,partly,{'r' * 4_001},", "Row 6: reason has 4,001 characters"),
        ("\0,,,,2026-01-01,trust,,partly,,", "Row 6: partner is empty"),
        ("A,,,,2026-01-01,trust,,partly,so, and so,x", "Row 6 has more cells"),
    ],
)
def test_one_bad_row_is_one_message(row: str, says: str) -> None:
    with pytest.raises(BadFile, match=f"^ratings.csv: {says}"):
        read(GOOD + row + "\n")


@given(
    st.binary(max_size=100) | st.text(max_size=100).map(lambda text: (HEAD + text).encode("utf-8", "replace"))
)
def test_any_file_at_all_is_partners_or_one_message(data: bytes) -> None:
    try:
        assert read_table(data, "ratings.csv", MODEL)
    except BadFile:
        return
