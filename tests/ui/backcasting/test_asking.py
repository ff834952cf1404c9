"""What is asked is kept apart by everything that matters to the answer."""

from __future__ import annotations

import dataclasses

import pytest
from planned import MODEL

from loops.draw.scale import in_words
from loops.parts import replace
from loops.ui.backcasting.asking import HOW_FAR, Goal, called
from loops.ui.catalogue import Shelf
from loops.utopia.target import Limits, Target

GOAL = Goal(Shelf("m", MODEL, {}), Target("x", 0.625, 24, 12), Limits(budget=9.0), 1, "middle")


@pytest.mark.parametrize(("thousandths", "word"), HOW_FAR.items())
def test_each_word_is_said_from_its_level_on_and_not_below(thousandths: str, word: str) -> None:
    level = int(thousandths) / 1000
    assert in_words(level) == word
    assert in_words(level - 0.001) != word


def test_a_question_has_one_name_and_every_other_question_another() -> None:
    others = [
        dataclasses.replace(GOAL, **change)
        for change in (
            {"target": Target("x", 0.625, 24, 0)},
            {"limits": Limits(budget=9.5)},
            {"limits": Limits(budget=9.0, items=("walks",))},
            {"seed": 2},
            {"width": "wide"},
            {"shelf": Shelf("m", replace(MODEL, horizon=60), {})},
        )
    ]
    names = {goal.name for goal in (GOAL, *others)}
    assert len(names) == len(others) + 1
    assert dataclasses.replace(GOAL, shelf=Shelf("n", MODEL, {})).name == GOAL.name


def test_a_plan_is_called_by_what_it_is_for_and_never_too_long_for_a_title() -> None:
    assert called(GOAL) == "X: mostly there within 2 years, 9 hours a month"
    assert called(dataclasses.replace(GOAL, limits=Limits())) == "X: mostly there within 2 years"
    long = replace(MODEL, variables=(replace(MODEL.variables[0], label="x" * 200),))
    assert len(called(dataclasses.replace(GOAL, shelf=Shelf("m", long, {})))) == 200
