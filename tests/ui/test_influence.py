"""The influencer matrix on the pages: where a plan acts, what else would add, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from onscreen import CODE_WORDS, html, open_app, run, words
from streamlit.testing.v1 import AppTest

from loops.files import parse_model
from loops.matrix import matrix
from loops.ui import catalogue, influence
from loops.ui.planning import board
from loops.utopia.plan import Plan, Spell

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")
FOLD = "influence:fold:{}"
WISHES = b"""
format = 1
id = "wishes"
title = "Wishes"
horizon = 60
[variable.trust]
label = "Trust <b>here</b>"
start = 0.1
fade = 0.01
[lever.walk]
label = "Walking <i>group</i>"
hours_us = 2
influence = [{ at = "social", on = "community", reason = "They meet." }]
[lever.signs]
label = "Signs"
influence = [{ at = "infrastructure", on = "community" }]
[lever.talk]
label = "Talk"
[[link]]
from = "signs"
to = "trust"
polarity = "+"
strength = 0.1
"""


@pytest.fixture
def page() -> AppTest:
    """What if, with the small model and the fold open."""
    at = open_app()
    at.file_uploader(key="model_file").upload("wishes.toml", WISHES)
    run(at)
    at.session_state[FOLD.format(at.session_state[catalogue.CHOSEN])] = True
    return run(at)


def said(at: AppTest) -> str:
    return " ".join(one.replace("\\", "") for one in words(at))


def turned(at: AppTest, **percent: int) -> AppTest:
    """Levers moved, as the page hears it from the browser."""
    name = f"history:{at.session_state[catalogue.CHOSEN]}"
    steps = at.session_state[name]
    at.session_state[name] = steps.put(board.turn(steps.now, parse_model(WISHES, "wishes.toml"), percent))
    return run(at)


def switch(at: AppTest, label: str) -> AppTest:
    next(one for one in at.toggle if one.label == label).set_value(True)
    return run(at)


def test_it_says_where_the_plan_acts_and_asks_where_it_does_not(page: AppTest) -> None:
    table = html(page)
    assert "Walking &lt;i&gt;group&lt;/i&gt;" in table
    assert "Nothing here yet: what could be done together, for the people who work here?" in table
    assert "The plan acts in 0 of the 9 places. In 7 there is nothing yet." in said(page)
    assert "Not said yet, where these act: “Talk”." in said(page)
    turned(page, walk=100)
    assert "The plan acts in 1 of the 9 places." in said(page)
    assert "In the plan, 72 hours in all" in html(page)
    assert "has its hours in each" not in said(page)


def test_what_else_would_add_is_tried_when_it_is_asked_for(
    page: AppTest, files: dict[str, Callable[[], Any]]
) -> None:
    assert "would add" not in html(page)
    switch(page, "Try what each thing that is not in the plan would add")
    assert "Signs: <em>would add " in html(page)
    assert "Walking &lt;i&gt;group&lt;/i&gt;: <em>would add hardly anything</em>" in html(page)
    assert "What is added is to “Trust <b>here</b>” after 4 years" in said(page)
    next(one for one in page.selectbox if one.label == "When").set_value("12")
    run(page)
    assert "after 1 year" in said(page)
    switch(page, "Show figures, and how we know where each acts")
    assert "They meet." in html(page)
    rows = files["Download the matrix as a table (CSV)"]().splitlines()
    assert len(rows) == 10
    assert not {found for one in words(page) for found in CODE_WORDS.findall(one)}


def test_what_cannot_be_tried_is_one_message(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ValueError("every number of this model is 0")

    monkeypatch.setattr(influence, "filling", refuse)
    switch(page, "Try what each thing that is not in the plan would add")
    (problem,) = page.error
    assert "every number of this model is 0" in problem.value


def test_of_a_plan_that_does_everything_there_is_nothing_left_to_try(page: AppTest) -> None:
    label = "Try what each thing that is not in the plan would add"
    assert label in [one.label for one in page.toggle]
    turned(page, walk=100, signs=100, talk=100)
    assert label not in [one.label for one in page.toggle]


def test_hours_that_stand_in_several_places_are_told() -> None:
    twice = WISHES.replace(b"[{ at =", b'[{ at = "individual", on = "workforce" }, { at =', 1)
    model = parse_model(twice, "wishes.toml")
    plan = Plan((Spell("walk", 0, 12),)).scenario(model, title="Walks")
    assert "has its hours in each" in influence._sentence(matrix(model, plan))
