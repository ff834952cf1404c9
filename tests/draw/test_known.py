"""What is known of a number now, and of two that were not told apart, in sentences."""

from __future__ import annotations

import pytest
from oracles import small

from loops.draw.known import number_in_words, ridge_in_words
from loops.journey.apart import Number, Ridge
from loops.theory.discovery import Condition

MODEL = small(
    [{"from": "tell", "to": "known", "polarity": "+", "strength": 0.1}], {"known": {"fade": 0.1}}, ("tell",)
)
STRONG = Condition("link tell->known strength", 1.4, None, 0.2, 0.01)
QUICK = Condition("variable known fade", 1.4, None, 0.2, 0.01)


@pytest.mark.parametrize(
    ("narrower", "more"), [(0.26, " Narrower than we had thought by about a quarter."), (-0.1, "")]
)
def test_a_number_is_told_with_how_much_narrower_it_is_where_it_is(narrower, more):
    number = Number(STRONG.name, (0.5, 1.0, 2.0), (1.4, 1.6, 2.1), narrower, STRONG)
    assert number_in_words(number, MODEL) == f"The arrow from “tell” to “known” is strong.{more}"


def test_a_ridge_is_either_or():
    assert ridge_in_words(Ridge(STRONG, QUICK, 0.7), MODEL) == (
        "Either the arrow from “tell” to “known” is strong and “known” is quick to fade, or both the other "
        "way round: each would explain what was said."
    )
