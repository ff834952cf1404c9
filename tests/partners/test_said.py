"""The words of a rating cover every level once, and are the words that the screen has for it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from loops.draw.scale import in_words
from loops.partners import RANGES, SAID, UNKNOWN
from loops.partners.said import said_of

WORDS = [word for word in SAID if word != UNKNOWN]


def test_each_word_begins_where_the_one_before_ends():
    edges = [RANGES[word] for word in WORDS]
    assert edges[0][0] == 0
    assert edges[-1][1] == 1
    assert all(one[1] == then[0] for one, then in pairwise(edges))
    assert RANGES[UNKNOWN] == (0, 1)


@pytest.mark.parametrize("level", np.linspace(0, 1, 401))
def test_a_rating_and_the_screen_call_a_level_by_one_word(level):
    assert said_of(level) == in_words(level).replace("fully", "mostly")
