"""What of a model a wish is said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from surgery import MODEL
from wordings import IS_FRESH, IS_TUNED, SEED

from loops.model import Model
from loops.parts import replace
from loops.wishes.alike import duplicates
from loops.wishes.matched import LIKE, match


def right(model: Model, wordings: list[tuple[str, str]]) -> int:
    return sum(
        [one.lever for one in match(model, text)[:1]] == [lever] * bool(lever) for text, lever in wordings
    )


def test_most_wordings_find_what_they_are_and_nothing_where_the_model_has_none(
    active_practice: Model,
) -> None:
    """Measured: all of 42 tuned, 20 of 21 fresh; other words in the model may change a few."""
    assert (len(IS_TUNED), len(IS_FRESH)) == (42, 21)
    assert right(active_practice, IS_TUNED) >= 40
    assert right(active_practice, IS_FRESH) >= 19


def test_the_seeds_own_items_are_found_and_no_two_are_the_same(active_practice: Model) -> None:
    assert {text: match(active_practice, text)[0].lever for text in SEED} == SEED
    assert duplicates(list(SEED)) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("racks for bikes", "It is called “Bike racks”."),
        (
            "brief advice",
            "“A one-minute conversation in every consultation” is also called “very brief advice”.",
        ),
        ("a dry place with a pump", "What is said of “Bike racks” has these words."),
    ],
)
def test_it_says_why(text: str, why: str) -> None:
    found = match(MODEL, text)
    assert [one.why for one in found] == [why]
    assert LIKE <= found[0].score <= 1


def test_the_most_alike_is_first_and_nothing_is_found_where_nothing_is() -> None:
    found = match(MODEL, "Bike racks, and a one minute conversation")
    assert sorted((one.score for one in found), reverse=True) == [one.score for one in found]
    assert {one.lever for one in found} == {"minute", "racks"}
    assert match(MODEL, "A vegetable garden") == match(MODEL, "") == match(MODEL, "…") == ()
    bare = replace(MODEL, levers=(), links=(), settings=())
    assert match(bare, "Bike racks") == ()


@given(st.text(max_size=200))
def test_whatever_is_typed_finds_levers_of_the_model_each_once(active_practice: Model, text: str) -> None:
    found = [one.lever for one in match(active_practice, text)]
    assert len(found) == len(set(found))
    assert set(found) <= {lever.id for lever in active_practice.levers}
