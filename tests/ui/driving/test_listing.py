"""The list of loops: how many there are and whether these are all, and what is said of each."""

from __future__ import annotations

import csv
import io
from itertools import permutations

import numpy as np
import pytest
from onscreen import catalogue_model

from loops.feedback import find
from loops.model import Model
from loops.ui.driving.driven import Names
from loops.ui.driving.listing import HEAD, _csv, row, said


def drawing(*pairs: str, sign: str = "+") -> Model:
    return Model.model_validate(
        {
            "id": "drawn",
            "title": "Drawn",
            "variable": {node: {"label": node.upper(), "start": 0.1} for node in sorted(set("".join(pairs)))},
            "link": [
                {"from": one, "to": other, "polarity": sign, "strength": 0.1, "delay": 6.0}
                for one, other in pairs
            ],
        }
    )


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["ab"], "No arrow leads back to where it began"),
        (["aa"], "There is one loop."),
        (["ab", "ba", "aa"], "There are 2 loops, and none of them has a name."),
    ],
)
def test_how_many_loops_there_are(pairs: list[str], words: str) -> None:
    assert said(find(drawing(*pairs))).startswith(words)


def test_a_list_that_is_cut_says_so_and_by_what_it_was_chosen() -> None:
    cut = find(drawing(*("".join(pair) for pair in permutations("abcdefg", 2))), most=50)
    assert not cut.complete
    assert "These 50 are the shortest: the list is not complete" in said(cut)
    assert "the strongest that were found by following the strongest arrows" in said(cut, strongest=True)


def test_the_shipped_model_counts_its_names() -> None:
    assert said(find(catalogue_model())) == "There are 721 loops, and 13 of them have a name."


def test_a_loop_without_a_story_is_told_by_its_boxes_and_its_delays() -> None:
    model = drawing("ab", "ba")
    (loop,) = find(model).loops
    assert row(loop, loop.name, None) == (
        *("A and B", "snowball", "A → B → A", "2 arrows, about 1 year", "assumed"),
        *("not run", "not run", "not run"),
    )
    gains = -np.array([0.0, 0.5, 1.0, 0.7, 0.5])
    cells = row(loop, loop.name, gains)
    assert cells[-3:] == ("almost nothing", "all, turned round", "half, turned round")
    assert len(cells) == len(HEAD)


def test_loops_of_one_name_are_told_apart() -> None:
    model = catalogue_model()
    names = Names.of(find(model).loops)
    assert len(set(names.full)) == len(set(names.tags)) == 721
    assert names.tags[:2] == ("R1", "R2")


def test_the_file_holds_every_loop_and_no_formula() -> None:
    model = drawing("ab", "ba", "bb")
    found = find(model)
    lead = "=SUM(1)"
    rows = list(
        csv.reader(io.StringIO(_csv(model, found, Names((lead, "b"), ("1", "2"), (lead, "b")), None)))
    )
    assert len(rows) == 1 + len(found.loops)
    assert rows[1][0] == f"'{lead}"
