"""The card of something we do: what it asks for, what it needs, where it acts, and how we know."""

from __future__ import annotations

from pathlib import Path

import pytest
from changing import draft, told
from onscreen import CODE_WORDS, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.merge import fresh
from loops.model import Lever
from loops.ui.editing import remembered

pytestmark = pytest.mark.usefixtures("fresh_caches")
WISHES = b"""
format = 1
id = "wishes"
title = "Wishes"
[source.seed]
title = "The source"
[variable.trust]
label = "Trust"
start = 0.1
[lever.walk]
label = "Walking group"
influence = [{ at = "social", on = "community", reason = "They meet." }]
[lever.signs]
label = "Signs"
[[link]]
from = "walk"
to = "trust"
polarity = "+"
strength = 0.1
"""


@pytest.fixture
def card(models: Path) -> AppTest:
    """The page with the card of the walking group."""
    models.mkdir(parents=True)
    (models / "ours.toml").write_bytes(WISHES)
    at = open_page("edit")
    at.selectbox(key="model").set_value("saved-ours")
    run(at)
    at.selectbox(key="change:picked").set_value("node:walk")
    return run(at)


def field(at: AppTest, label: str, place: int = 0) -> object:
    kinds = (at.number_input, at.multiselect, at.text_area, at.text_input, at.radio, at.selectbox)
    return [one for kind in kinds for one in kind if one.label == label][place]


def fill(at: AppTest, label: str, value: object, place: int = 0) -> AppTest:
    field(at, label, place).set_value(value)  # type: ignore[attr-defined]
    return run(at)


def walk(at: AppTest) -> Lever:
    (lever,) = (one for one in draft(at).model.levers if one.id == "walk")
    return lever


def test_what_it_asks_for_and_needs_is_one_step(card: AppTest) -> None:
    at = fill(card, "Pounds, once", 120.0)
    fill(at, "First month it can be done", 6)
    fill(at, "What must have begun before it", ["signs"])
    fill(at, "Other words that people have for it, one a line", " a stroll \n\nwalking football")
    press(at, "Keep these changes")
    lever = walk(at)
    assert (lever.cost, lever.earliest, lever.needs) == (120, 6, ("signs",))
    assert lever.also == ("a stroll", "walking football")
    assert lever.influence[0].reason == "They meet."
    assert len(draft(at).history.done) == 1
    press(at, "Undo")
    assert walk(at).needs == ()


def test_where_it_acts_is_chosen_and_how_we_know_is_said_of_each_place(card: AppTest) -> None:
    at = fill(
        card, "Where it acts: the influencer matrix", [("social", "community"), ("individual", "workforce")]
    )
    assert not {found for one in words(at) for found in CODE_WORDS.findall(one)}
    fill(at, "How we know", "stated", 1)
    assert "its place in the influencer matrix: 'stated' needs the source's passage" in told(at)
    fill(at, "The source’s own words", "walking and running groups", 1)
    fill(at, "Where they stand: section, page", "Utopia", 1)
    fill(at, "In which source", "seed", 1)
    press(at, "Keep these changes")
    first, second = walk(at).influence
    assert (first.at, first.reason) == ("social", "They meet.")
    assert (second.at, second.evidence, second.locator) == ("individual", "stated", "Utopia")
    fill(at, "Where it acts: the influencer matrix", [])
    press(at, "Keep these changes")
    assert walk(at).influence == ()
    now = draft(at)  # put away as text, and taken out again
    back = remembered.recall(remembered.text_of(now, fresh(now.history.base)).encode(), "again")
    assert (back.draft.history.model, back.lost) == (now.model, ())


def test_what_is_nothing_we_do_any_more_loses_what_only_that_has_and_says_so(card: AppTest) -> None:
    fill(card, "What it is", "context")
    press(card, "Keep these changes")
    assert "Hours, costs and the like of “Walking group” are gone" in told(card)
