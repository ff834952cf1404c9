"""Unknown signs in words: which matters most, that none does, and that nothing can."""

from __future__ import annotations

from oracles import small

from loops.draw import unsigned
from loops.theory.unknown import UnknownSign, UnknownSigns

MODEL = small(
    [{"from": source, "to": "b", "polarity": "?", "strength": 0.1} for source in "ac"],
    {"a": {}, "b": {}, "c": {}},
)
FIRST, SECOND, FAINT = (
    UnknownSign(pair, share, share - 0.02, share + 0.02)
    for pair, share in ((("a", "b"), 0.5), (("c", "b"), 0.1), (("c", "b"), -0.01))
)


def test_the_one_that_matters_most():
    assert unsigned.matters(UnknownSigns(100, (FIRST, SECOND)), MODEL) == (
        "The unknown sign that matters most is that of the arrow from “a” to “b”: whether it is + or − makes "
        "about half of what makes the answer differ."
    )
    assert unsigned.matters(UnknownSigns(100, (FIRST,)), MODEL) == (
        "Whether the arrow from “a” to “b” is + or − makes about half of what makes the answer differ."
    )


def test_that_none_does():
    assert unsigned.matters(UnknownSigns(100, (FAINT, FAINT)), MODEL).startswith("None of the unknown signs")
    assert unsigned.matters(UnknownSigns(100, (FAINT,)), MODEL) == (
        "Little depends on whether the arrow from “c” to “b” is + or −."
    )
    assert "no unknown sign matters" in unsigned.matters(UnknownSigns(100, ()), MODEL)


def test_rows():
    assert unsigned.rows(UnknownSigns(100, (FIRST, FAINT)), MODEL) == [
        ("The arrow from “a” to “b”", "about half"),
        ("The arrow from “c” to “b”", "next to none"),
    ]
