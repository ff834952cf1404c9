"""Lists of links: heads in any words, numbers as people write them, and what rows leave out."""

from __future__ import annotations

import pytest
from diagrams import workbook
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange.draft import DELAYED, Draft
from loops.interchange.links import read


def table(*rows: str) -> Draft:
    return read("\n".join(rows).encode(), "ours.csv")


def arrows(draft: Draft) -> list[tuple[str, str, str]]:
    return [(one.source, one.target, one.sign) for one in draft.arrows]


def test_every_column_is_read():
    draft = table(
        "From,To,Sign,Strength,Delay,Evidence,Notes",
        "Trust,Doing,+,0.05,6,inferred,as we saw",
        '"Doing, together",Trust,\u2212,"0,1",yes,,',
    )
    first, second = draft.arrows
    assert (first.strength, first.delay, first.delay_marked) == (0.05, 6.0, False)
    assert (first.evidence, first.note, first.place) == ("inferred", "as we saw", "row 2")
    assert (second.source, second.sign, second.strength) == ("Doing, together", "-", 0.1)
    assert (second.delay, second.delay_marked) == (DELAYED, True)


@pytest.mark.parametrize(
    "head",
    [
        "from,to,sign",
        "Source;Target;Polarity",
        "cause\teffect\ttype",
        " FROM , To,+/-",
        "to,sign,from",
        "Our links\nfrom,to,sign",
        "Our links\nfrom;to;sign",
    ],
)
def test_heads_of_any_kind(head):
    separator = next((mark for mark in ";\t" if mark in head), ",")
    columns = [name.strip().casefold() for name in head.splitlines()[-1].split(separator)]
    values = {"to": "B", "target": "B", "effect": "B", "from": "A", "source": "A", "cause": "A"}
    row = separator.join(values.get(name, "+") for name in columns)
    assert arrows(table(head, row)) == [("A", "B", "+")]


def test_a_table_without_a_head_is_read_by_its_order():
    assert arrows(table("A,B,+", "B,A,-")) == [("A", "B", "+"), ("B", "A", "-")]


def test_names_are_tidied_and_boxes_come_in_order():
    draft = table("from,to,sign", " Buy  in ,Trust,+", "Trust,Buy in,+", "buy-in,Trust,+")
    assert [node.label for node in draft.nodes] == ["Buy in", "Trust", "buy-in"]
    assert draft.nodes[2].place == "row 4"


def test_rows_that_leave_something_out():
    draft = table("from,to,sign", "", "Alone,,", "A,,+", ",B,+", "A,B,perhaps", "A,B")
    assert arrows(draft) == [("A", "", "+"), ("", "B", "+"), ("A", "B", "?"), ("A", "B", "?")]
    assert [node.label for node in draft.nodes] == ["Alone", "A", "B"]


def test_a_strength_that_is_no_number_is_told():
    draft = table("from,to,sign,strength", "A,B,+,strong")
    assert draft.arrows[0].strength is None
    assert (draft.notes[0].place, "“strong” is no number" in draft.notes[0].says) == ("row 2", True)


def test_two_minuses_mean_this_or_that():
    assert [one.sign for one in table("from,to,sign", "A,B,--", "B,A,++", "B,C,-").arrows] == ["?", "+", "-"]


def test_a_sign_in_other_words_is_kept_and_columns_of_no_use_are_told():
    draft = table("from,to,sign,owner,notes", "A,B,influences,us,seen", "B,A,?,,")
    assert [(one.sign, one.note) for one in draft.arrows] == [
        ("?", "Sign in the file: influences\nseen"),
        ("?", ""),
    ]
    assert [(note.place, note.says) for note in draft.notes] == [("owner", "Columns that are not used: 1.")]


def test_delays_in_units_of_time():
    draft = table(
        "from,to,sign,delay", "A,B,+,6 months", "B,A,+,2 years", "A,A,+,\u22123 weeks", "B,B,+,a year"
    )
    assert [(one.delay, one.delay_marked) for one in draft.arrows] == [
        (6.0, False),
        (24.0, False),
        (-36 / 52, False),
        (DELAYED, True),
    ]


def test_no_delay_in_words():
    draft = table("from,to,sign,delay", "A,B,+,no", "B,A,+,0", "A,A,+,")
    assert [one.delay_marked for one in draft.arrows] == [False] * 3


def test_a_workbook_has_a_sheet_of_links_and_others_are_told():
    rows = [["From", "To", "Sign", "Delay"], ["A", "B", "+", 6], ["B", "A", "-", None]]
    draft = read(workbook({"About": [["Ours"]], "Links": rows}), "ours.xlsx")
    assert arrows(draft) == [("A", "B", "+"), ("B", "A", "-")]
    assert draft.arrows[0].delay == 6
    assert draft.arrows[1].place == "sheet Links, row 3"
    assert "About" in draft.notes[0].says


def test_a_formula_is_never_run():
    """What was last saved with it is its value; xlsxwriter saves 0 where it is told none."""
    draft = read(workbook({"Links": [["From", "To", "Sign"], ["=1+1", "B", "+"]]}), "ours.xlsx")
    assert draft.arrows[0].source == "0"


def test_what_is_no_list_is_refused():
    with pytest.raises(BadFile, match="from, to and sign"):
        table("a,b,c", "1,2,3")


NAME = st.text(
    st.characters(blacklist_categories=("C", "Z"), blacklist_characters='",;|\t#'), min_size=1, max_size=8
)


@given(st.lists(st.tuples(NAME, NAME, st.sampled_from("+-?")), min_size=1, max_size=8))
def test_what_is_written_as_a_table_is_read_back(links):
    draft = table("from,to,sign", *(",".join(link) for link in links))
    nfc = [
        (arrow.source, arrow.target, arrow.sign)
        for arrow in table("from,to,sign", *map(",".join, links)).arrows
    ]
    assert arrows(draft) == nfc
    assert len(draft.arrows) == len(links)
    assert [arrow.sign for arrow in draft.arrows] == [sign for _, _, sign in links]
