"""What is proposed as the same: on wordings of the seed's items, and whatever is typed."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wordings import OTHER_FRESH, OTHER_TUNED, SAME_FRESH, SAME_TUNED, Pair

from loops.wishes import alike, bags
from loops.wishes.alike import SAME, duplicates, likeness
from loops.wishes.vocabulary import stem


def proposed(pairs: list[Pair]) -> list[bool]:
    return [duplicates(pair) == ((0, 1),) for pair in pairs]


@pytest.mark.parametrize(
    ("same", "other", "found", "wrong"),
    [(SAME_TUNED, OTHER_TUNED, 41, 2), (SAME_FRESH, OTHER_FRESH, 15, 0)],
    ids=["tuned", "fresh"],
)
def test_of_pairs_that_say_the_same_most_are_proposed_and_of_others_few(
    same: list[Pair], other: list[Pair], found: int, wrong: int
) -> None:
    """Precision and recall are 41 / 43 and 41 / 43 where it was tuned; 15 / 15 and 15 / 16 where it was not.

    The counts are those measured: a change of words or threshold has to say what it does to them.
    """
    assert (len(SAME_TUNED), len(OTHER_TUNED), len(SAME_FRESH), len(OTHER_FRESH)) == (43, 40, 16, 16)
    assert (sum(proposed(same)), sum(proposed(other))) == (found, wrong)


def test_an_order_of_words_an_ending_or_a_slip_makes_no_difference() -> None:
    for pair in (
        ("Bike racks", "racks for bikes"),
        ("waking group", "walking group"),
        ("A walking group!", "WALKING  GROUPS"),
        ("park run", "Parkrun"),
        ("Café tables", "cafe table"),
        ("What's on", "whats on"),
        ("C25K", "Couch to 5 k"),
    ):
        assert proposed([pair]) == [True], pair


def test_one_word_that_matters_makes_two_things_of_them() -> None:
    texts = ["Walking group", "Running group", "Talking group", "Gardening group", "Book group"]
    assert duplicates(texts) == ()
    assert duplicates(["Training for nurses", "Training for GPs", "Training for reception"]) == ()


def test_signing_up_is_no_sign() -> None:
    assert likeness(["Sign up", "Signs"])[0, 1] == 0


def test_what_has_no_words_is_like_itself_alone() -> None:
    assert duplicates(["?!", "?!", "...", "of the", "", " "]) == ((0, 1), (4, 5))
    assert duplicates(["信任", "信任"]) == ((0, 1),)
    assert duplicates([]) == duplicates(["Bike racks"]) == ()


def test_only_so_many_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "MOST", 3)
    assert duplicates(["A tree", "Signs", "Bike racks", "A tree", "racks for bikes"]) == ()


def test_a_text_or_word_without_end_is_looked_at_as_far_as_it_is_kept() -> None:
    (first,) = bags.bags(["word " * 50 + "x" * 5_000 + " more" * 100_000])
    assert first == {"word", "x" * 30}
    assert len(bags._spelt("a b " * 1_000)) == bags.LONGEST


WORDS = " ".join(text for pair in SAME_TUNED + OTHER_TUNED for text in pair).split()
TEXTS = st.lists(
    st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=12
)


@given(TEXTS)
@example(["", "FEEL1LOCAL", "FEEL1LOCAL"])
def test_in_a_group_each_two_are_alike_and_no_text_is_in_two(texts: list[str]) -> None:
    groups = duplicates(texts)
    members = [place for group in groups for place in group]
    assert len(members) == len(set(members))
    if texts:
        alike_here = likeness(texts)
        assert all(alike_here[one, two] >= SAME - 1e-9 for group in groups for one in group for two in group)


@given(TEXTS.filter(bool))
def test_likeness_is_a_share_that_is_whole_for_itself_and_the_same_both_ways(texts: list[str]) -> None:
    found = likeness(texts)
    assert found.shape == (len(texts), len(texts))
    assert found.min() >= 0
    assert found.max() <= 1
    assert np.allclose(found, found.T, rtol=0, atol=1e-12)
    assert np.allclose(likeness(texts, rows=1), found[:1], rtol=0, atol=1e-12)


def test_the_order_in_which_texts_are_typed_changes_no_group() -> None:
    texts = [text for pair in SAME_TUNED[:12] for text in pair]
    groups = {frozenset(texts[place] for place in group) for group in duplicates(texts)}
    mixed = texts.copy()
    random.Random(1).shuffle(mixed)
    assert {frozenset(mixed[place] for place in group) for group in duplicates(mixed)} == groups


def test_endings() -> None:
    assert [stem(word) for word in ("bus", "this", "need", "welcomed", "easily")] == [
        "bus",
        "this",
        "need",
        "welcom",
        "easi",
    ]
