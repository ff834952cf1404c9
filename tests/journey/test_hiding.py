"""What is published tells of no one partner: every way in which some could be is tried."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.journey.hiding import FEWEST, coarse, together
from loops.journey.places import Place, place
from loops.journey.programme import Share
from loops.journey.progress import progress
from loops.model import Link, Model, Variable
from loops.partners import Mark, Said

SINCE, TODAY = date(2026, 6, 1), date(2026, 11, 1)
MODEL = Model(
    id="two",
    title="Two boxes",
    core=("first", "then"),
    outcomes=("then",),
    variable=tuple(Variable(id=name, label=name.title(), start=0.1) for name in ("first", "then", "brake")),
    link=(
        Link(source="first", target="then", polarity="+", strength=0.1),
        Link(source="brake", target="then", polarity="-", strength=0.1),
    ),
)
Words = tuple[Said, ...]


def one(now: Words, then: Words = ()) -> Place:
    """A partner by the words for its boxes, now and by the day that is compared with."""
    boxes = ("first", "then", "brake")
    return place(
        MODEL,
        [Mark(box, said, TODAY) for box, said in zip(boxes, now, strict=False)],
        [Mark(box, said, SINCE) for box, said in zip(boxes, then, strict=False)],
        since=SINCE,
    )


KINDS = {
    "where they are": [one((a, b)) for a in ("a little", "mostly") for b in ("a little", "mostly")],
    "which way they go": [one((a,), (b,)) for a in ("a little", "mostly") for b in ("a little", "mostly")],
    "what is missing": [
        one(words)
        for words in (
            ("a little", "a little", "not yet"),
            ("mostly", "a little", "partly"),
            ("mostly", "mostly", "not yet"),
        )
    ],
    "who is known": [one(words) for words in (("mostly", "mostly"), ("mostly",), ("a little",), ())],
}
"""Partners that differ in one thing that is counted."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("many", [5, 6, 7])
def test_no_one_can_be_told_from_what_is_published(kind: str, many: int) -> None:
    """A reader knows the rules, and so every mix of partners that gives the same page; a count that is one or
    two in all of them would tell of these. So it is for those who are alike in one way or in several."""
    kinds = KINDS[kind]
    mixes = defaultdict(list)
    for mix in combinations_with_replacement(range(len(kinds)), many):
        published = progress(MODEL, [kinds[each] for each in mix], since=SINCE, anonymous=True)
        mixes[published].append([mix.count(each) for each in range(len(kinds))])
    groups = [
        [each for each in range(len(kinds)) if 1 << each & chosen] for chosen in range(1, 2 ** len(kinds) - 1)
    ]
    told = [
        group
        for alike in mixes.values()
        for group in groups
        if all(0 < sum(counts[each] for each in group) < 3 for counts in alike)
    ]
    # one of the partners knows its own: what is published must not tell it that all the others are alike
    told += [
        (reader, group)
        for alike in mixes.values()
        for reader in range(len(kinds))
        for group in groups
        if (known := [others(counts, group, reader) for counts in alike if counts[reader]])
        and set(known) in ({0}, {many - 1})
    ]
    assert told == []
    assert len(mixes) > 1, "nothing is told at all"


def others(counts: list[int], group: list[int], reader: int | None) -> int:
    """How many are in a group of kinds, without the one who reads it."""
    return sum(counts[each] for each in group) - (reader in group)


@given(st.integers(FEWEST, 60), st.data())
def test_of_a_number_only_whether_it_is_more_than_half_is_left(many: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, many))
    found = coarse(Share(count, count, many))
    assert found.least <= count <= found.most <= many
    assert found.is_most == (count > many / 2)
    assert {coarse(Share(other, other, many)) for other in range(found.least, found.most + 1)} == {found}


@settings(max_examples=200)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 6), max_size=8))
def test_groups_that_are_put_together_are_large_enough_and_hold_everybody_once(sizes: dict[str, int]) -> None:
    groups = {name: [f"{name}{place}" for place in range(size)] for name, size in sorted(sizes.items())}
    found = together(groups)
    everybody = [member for members in groups.values() for member in members]
    if len(everybody) < FEWEST:
        assert found == {}
        return
    assert all(len(members) >= FEWEST for members in found.values())
    assert sorted(member for members in found.values() for member in members) == sorted(everybody)
    assert sorted(name for names in found for name in names) == sorted(groups)
    assert sum(len(names) > 1 for names in found) <= 1
    large = [name for name, size in sizes.items() if size >= FEWEST]
    apart = [names[0] for names in found if len(names) == 1]
    assert len(large) - len(apart) <= 1, "more was hidden than a difference needs"
