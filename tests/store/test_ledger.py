"""Ripple Effects Mapping entries as CSV: every row, or one message that says which row to mend."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.store import Store, StoreProblem, ledger, observations
from loops.store.bounds import TEXT
from loops.store.records import BEARINGS, EXPECTED, Observation, Seen, Workspace

MODEL = "common_purpose"
ELEMENTS = {
    "node:trust": "Trust between partners",
    "node:quick_wins": "Quick wins",
    "link:insight|value": "Information → Our priorities (+)",
    "claim:quick_wins": "Quick wins build trust",
}
HEAD = "date,on,what,source,bearing,who,why,how,expected\n"
GOOD = HEAD + (
    "2024-03-15,Trust between partners,They rang us first,Minutes,Supports,Practice manager,,,yes\n"
    '16/3/2024,insight -> value,"Asked for more, twice",Interview,qualifies,,,,\n'
    ",,,,,,,,\n"
    "2024,claim:quick_wins,Nobody came,Survey,contradicts,,Rain,By word of mouth,No\n"
)


def take(store: Store, space: Workspace, data: bytes) -> int:
    return store.import_observations(space.token, data, model=MODEL, elements=ELEMENTS)


def test_entries_are_added_with_all_they_say(store: Store, space: Workspace) -> None:
    assert take(store, space, GOOD.encode()) == 3
    found = {one.element: one.seen for one in store.observations(space.token, model=MODEL)}
    assert found == {
        "node:trust": Seen(
            "2024-03-15", "Minutes", "They rang us first", "supports", "Practice manager", expected="yes"
        ),
        "link:insight|value": Seen("2024-03-16", "Interview", "Asked for more, twice", "qualifies"),
        "claim:quick_wins": Seen(
            "2024", "Survey", "Nobody came", "contradicts", "", "Rain", "By word of mouth", "no"
        ),
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_a_spreadsheet_writes_is_read(delimiter: str, encoding: str, end: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(csv.reader(io.StringIO(GOOD)))
    assert ledger.read(out.getvalue().encode(encoding), ELEMENTS) == ledger.read(GOOD.encode(), ELEMENTS)


def test_columns_may_stand_in_any_order_and_those_not_needed_be_missing() -> None:
    text = "Bearing,SOURCE,what,on,date,,\nsupports,Minutes,They rang,trust,2024,,\n"
    assert ledger.read(text.encode(), ELEMENTS) == [
        ("node:trust", Seen("2024", "Minutes", "They rang", "supports"))
    ]


BAD = [
    ("", "The first row lacks date, on, what, source, bearing"),
    ("date,on,what,source\n", "The first row lacks bearing"),
    ("date,on,what,sorce,bearing\n", "no column “sorce”. Did you mean 'source'"),
    ("date,date,on,what,source,bearing\n", "two columns “date”"),
    (HEAD, "no rows below"),
    (HEAD + ",,,,,,,,\n\n", "no rows below"),
    (GOOD + "soon,trust,x,y,supports,,,,\n", "Row 6: “soon” is no date.* Nothing was added"),
    (GOOD + "2024,truth,x,y,supports,,,,\n", "Row 6: on is “truth”, which is no .* Did you mean 'trust'"),
    (GOOD + "2024,,x,y,supports,,,,\n", "Row 6: on is empty"),
    (GOOD + "2024,quick_wins,x,y,supports,,,,\n", "may be claim:quick_wins or node:quick_wins"),
    (GOOD + "2024,trust,x,y,proves,,,,\n", "Row 6: bearing is “proves”"),
    (GOOD + "2024,trust,x,y,,,,,\n", "Row 6: bearing is “”"),
    (GOOD + "2024,trust,x,y,supports,,,,perhaps\n", "Row 6: expected is “perhaps”"),
    (GOOD + "2024,trust,,y,supports,,,,\n", "Row 6: What was seen is empty"),
    (GOOD + "2024,trust,x,,supports,,,,\n", "Row 6: The source is empty"),
    (GOOD + f"2024,trust,{'x' * (TEXT + 1)},y,supports,,,,\n", "Row 6: What was seen has 4,001"),
    (GOOD + "2024,trust,x, and more,y,supports,,,,no\n", "Row 6 has more cells"),
    (GOOD + '2024,trust,"x"y,y,supports,,,,\n', "Row 6 is not CSV"),
    (GOOD + '2024,trust,"x\n', "Row 6 is not CSV"),
    (HEAD + "x" * 200_000, "Row 2 is not CSV"),
]


@pytest.mark.parametrize(("text", "says"), BAD)
def test_one_bad_row_is_one_message_and_nothing_is_added(
    store: Store, space: Workspace, text: str, says: str
) -> None:
    with pytest.raises(StoreProblem, match=says):
        take(store, space, text.encode())
    assert store.observations(space.token) == ()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "date,on,what\n£".encode("cp1252"), b"PK\x03\x04\x80"])
def test_a_file_that_is_no_text_says_how_to_save_it(data: bytes) -> None:
    with pytest.raises(StoreProblem, match="CSV UTF-8"):
        ledger.read(data, ELEMENTS)


def test_a_file_that_is_too_large_says_so(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreProblem, match="larger than 5 MB"):
        ledger.read(b"x" * 5_000_001, ELEMENTS)
    monkeypatch.setitem(observations.MOST, "observations", 4)
    assert take(store, space, GOOD.encode()) == 3
    with pytest.raises(StoreProblem, match="no more are kept"):
        take(store, space, GOOD.replace("2024", "2025").encode())
    assert len(store.observations(space.token)) == 3
    monkeypatch.setitem(observations.MOST, "observations", 2)
    with pytest.raises(StoreProblem, match="3 rows, and at most 2"):
        take(store, space, GOOD.encode())


def test_a_file_that_is_taken_in_again_adds_only_what_is_new(store: Store, space: Workspace) -> None:
    def look(text: str) -> tuple[int, int]:
        new, here = store.new_observations(space.token, text.encode(), model=MODEL, elements=ELEMENTS)
        return len(new), here

    assert look(GOOD) == (3, 0)
    assert (take(store, space, GOOD.encode()), take(store, space, GOOD.encode())) == (3, 0)
    first = store.observations(space.token)[0]
    store.edit_observation(space.token, first.id, version=1, seen=replace(first.seen, what="Corrected here"))
    more = GOOD + "2025,trust,They came again,Minutes,supports,,,,\n"
    assert look(more) == (1, 3)
    assert take(store, space, more.encode()) == 1
    store.delete(space.token, store.observations(space.token)[0])  # what was taken out can come again
    assert look(more) == (1, 3)
    assert len(store.observations(space.token)) == 3


def test_names_are_in_the_file_only_when_asked_for(store: Store, space: Workspace) -> None:
    take(store, space, GOOD.encode())
    store.add_observation(
        space.token,
        model=MODEL,
        element="node:trust",
        seen=Seen("2025", "Minutes", "Still so", "supports", who="Robin"),
        author="Sam",
    )
    named = store.export_observations(space.token, model=MODEL, with_names=True)
    without = store.export_observations(space.token, model=MODEL, with_names=False)
    assert {"Robin", "Practice manager"} <= {row["who"] for row in csv.DictReader(io.StringIO(named))}
    assert "Robin" not in without
    assert "Practice manager" not in without
    assert "Sam" not in named  # who typed it in is in neither
    assert store.export_observations(space.token, model="other", with_names=True).count("\n") == 1


def test_an_export_can_be_imported_again(store: Store, space: Workspace) -> None:
    take(store, space, GOOD.encode())
    text = store.export_observations(space.token, model=MODEL, with_names=True)
    other = store.create_workspace("Others")
    assert take(store, other, text.encode()) == 3
    seen = [[(one.element, one.seen) for one in store.observations(each.token)] for each in (space, other)]
    assert seen[0] == seen[1]
    bare = store.export_observations(space.token, model=MODEL, with_names=False)
    unnamed = [replace(one, who="") for _, one in seen[0]]
    assert [one for _, one in ledger.read(bare.encode(), ELEMENTS)] == unnamed


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(["=1+1", "'=1", "''=x", "+", "-x", "@x", "\t=1", '"', "a,b;c", "a\r\nb", "'quoted'"])


@given(what=WORDS, why=WORDS, bearing=st.sampled_from(BEARINGS), expected=st.sampled_from(EXPECTED))
def test_any_words_come_back_as_they_were(what: str, why: str, bearing, expected) -> None:
    seen = observations.checked(Seen("2024", "Minutes", f"{what} x", bearing, why=why, expected=expected))
    kept = Observation(1, MODEL, "node:trust", seen, "", 1, None, *[observations.now()] * 2)
    text = ledger.written([kept], with_names=True)
    assert ledger.read(text.encode(), ELEMENTS) == [("node:trust", seen)]
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "replace"))
)
def test_any_file_at_all_is_entries_or_one_message(data: bytes) -> None:
    try:
        assert ledger.read(data, ELEMENTS)
    except StoreProblem:
        return
