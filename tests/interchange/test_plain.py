"""Lines of text: the ways people write an arrow, a sign and a delay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange.draft import DELAYED
from loops.interchange.plain import LONGEST, MOST_LINES, legs_of, read


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        *((f"A {mark} B", mark[0]) for mark in ("+", "-", "?")),
        ("A \u2212 B", "-"),
        ("A \u2013 B", "-"),
        *((f"A {arrow} B", "?") for arrow in ("->", "-->", "=>", "\u2192", ">", "--->", "~>")),
        ("A->B", "?"),
        *(
            (f"A -> B{end}", "+")
            for end in (" +", " (+)", " [+]", ": +", ", +", "(+)", ", same", " (positive)")
        ),
        *((f"A -> B{end}", "-") for end in (" -", " (\u2212)", ":-", ", opposite", " (negative)")),
        *((f"A {arrow} B", "+") for arrow in ("+>", "-+>", "+->", "-(+)->", "-[+]->", "--+-->")),
        *((f"A {arrow} B", "-") for arrow in ("-(-)->", "-[\u2212]->", "-|", "->-", "-> (-)")),
        ("A -> + B", "+"),
    ],
)
def test_one_link_in_all_its_spellings(line, sign):
    assert [(leg.label, leg.sign) for leg in legs_of(line)] == [("A", "?"), ("B", sign)]


@pytest.mark.parametrize(
    ("line", "delay", "marked"),
    [
        ("A + B (delay 6)", 6.0, False),
        ("A + B, delay 6 months", 6.0, False),
        ("A -> B + (delayed by 2,5 months)", 2.5, False),
        ("A -> B delay 12 +", 12.0, False),
        ("A -> B + (delay 2 years)", 24.0, False),
        ("A -> B || +", DELAYED, True),
        ("A -> B + ||", DELAYED, True),
        ("A -> B (delay) +", DELAYED, True),
        ("A + B", None, False),
    ],
)
def test_delays(line, delay, marked):
    _, leg = legs_of(line)
    assert (leg.label, leg.sign, leg.delay, leg.marked) == ("B", "+", delay, marked)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Buy-in -> Well-being", ["Buy-in", "Well-being"]),
        ("Buy-in + Trust", ["Buy-in", "Trust"]),
        ("Time -> Project delay", ["Time", "Project delay"]),
        ("Delay -> Time", ["Delay", "Time"]),
        ("C++ -> Things stay the same", ["C++", "Things stay the same"]),
        ("Cost (\u00a3) -> Staff (full time)", ["Cost (\u00a3)", "Staff (full time)"]),
        ("A -> B - -> C +", ["A", "B", "C"]),
    ],
)
def test_names_keep_what_is_theirs(line, names):
    assert [leg.label for leg in legs_of(line)] == names


@pytest.mark.parametrize(
    "line",
    [
        "just words",
        "A ->",
        "-> B",
        "A + B + C",
        "A+B",
        "",
        " + ",
        "A -> -> B",
        "A -- B",
        "a" * LONGEST + " + b",
    ],
)
def test_what_is_no_link(line):
    assert legs_of(line) == []


def test_a_text_has_a_title_comments_bullets_and_loops():
    draft = read(
        b"What we think\n\n# a comment\n// another\n- Trust   + Doing   # we saw it\n* Doing + Trust\n"
        b"2. Doing - Strain\nR1 Growing: Trust -> Doing\nand so on\n",
        "ours.txt",
    )
    assert draft.title == "What we think"
    assert [(one.source, one.target, one.sign, one.place) for one in draft.arrows] == [
        ("Trust", "Doing", "+", "line 5"),
        ("Doing", "Trust", "+", "line 6"),
        ("Doing", "Strain", "-", "line 7"),
    ]
    (loop,) = draft.loops
    assert (loop.letter, loop.name, loop.path, loop.place) == ("R1", "Growing", ("Trust", "Doing"), "line 8")
    assert [(note.place, note.kind) for note in draft.notes] == [("line 9", "left out")]


@pytest.mark.parametrize(
    ("text", "words"),
    [("nothing\nhere", "no line here is a link"), ("A + B\n" * (MOST_LINES + 1), f"at most {MOST_LINES:,}")],
)
def test_what_is_no_text_of_links_is_refused(text, words):
    with pytest.raises(BadFile, match=words):
        read(text.encode(), "ours.txt")


NAME = (
    st.text("abcdefgh \u00e9\u4fe1", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
    .map(lambda name: " ".join(name.split()))
)


@given(
    st.lists(st.tuples(NAME, st.sampled_from("+-?"), NAME), min_size=1, max_size=6),
    st.sampled_from([" ", " -> "]),
)
def test_what_is_written_as_text_is_read_back(links, arrow):
    lines = [f"{a} {sign} {b}" if arrow == " " else f"{a} -> {b} {sign}" for a, sign, b in links]
    draft = read("\n".join(lines).encode(), "ours.txt")
    assert [(one.source, one.sign, one.target) for one in draft.arrows] == links
