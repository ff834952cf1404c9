"""The list as changes of the model: it runs, and once it is in the model nothing is left to change."""

from __future__ import annotations

import math
from dataclasses import replace as again
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import plan
from surgery import MODEL, wish

from loops import merge
from loops.editing.changes import AddLink, AddNode, Remove, Set, apply
from loops.editing.strengths import NUMBERS
from loops.files import parse_model
from loops.model import Model
from loops.simulate import simulate
from loops.store.records import Item
from loops.wishes.listed import changes, chosen


def with_list(model: Model, items: list[Item]) -> Model:
    for change in changes(model, items):
        model = apply(model, change)
    return model


def lever(model: Model, name: str):
    return next(one for one in model.levers if one.id == name)


def test_what_is_new_becomes_a_lever_with_an_arrow() -> None:
    garden = wish(
        "Vegetable garden",
        hours_us=1.0,
        hours_partner=2.0,
        cost=300.0,
        at="social",
        on="community",
        helps="value",
        strength="strong",
        evidence="stated",
        why="The park next door has one.",
    )
    assert [type(one) for one in changes(MODEL, [garden])] == [AddNode, Set, AddLink, Set]
    model = with_list(MODEL, [garden])
    made = lever(model, "vegetable_garden")
    assert (made.label, made.hours_us, made.hours_partner, made.cost) == ("Vegetable garden", 1, 2, 300)
    assert [(cell.at, cell.on, cell.evidence) for cell in made.influence] == [
        ("social", "community", "assumed")
    ]
    link = model.link("vegetable_garden", "value")
    assert (link.polarity, link.strength, link.evidence) == ("+", NUMBERS["strong"], "inferred")
    assert link.reason == "From the list that a room made: The park next door has one."
    assert parse_model(merge.fresh(model).encode(), "again.toml") == model


def test_a_model_with_the_list_runs_and_the_new_item_helps() -> None:
    """With dx/dt = (1 - x) w from .1 at full effort it is 1 - .9 exp(-w t), within ten tolerances of 1e-6."""
    model = with_list(MODEL, [wish("Vegetable garden", helps="embedded", strength="strong")])
    (run,) = simulate(model, [plan(model, vegetable_garden=1.0)], months=24)
    assert run["embedded"][-1] == pytest.approx(1 - 0.9 * math.exp(-0.1 * 24), abs=1e-5)


def test_what_the_model_has_keeps_its_arrows_and_gets_the_rooms_numbers() -> None:
    racks = wish("Cycle stands", lever="racks", hours_us=1.0, cost=50.0, at="social", on="workforce")
    model = with_list(MODEL, [racks])
    assert (lever(model, "racks").hours_us, lever(model, "racks").cost) == (1, 50)
    assert [(one.at, one.on) for one in lever(model, "racks").influence] == [("social", "workforce")]
    assert model.links == MODEL.links
    assert changes(MODEL, [wish("Bike racks", lever="racks", helps="value")]) == ()
    assert changes(MODEL, [wish("Chat", lever="minute", at="individual", on="community")]) == ()


def test_items_that_are_one_lever_are_one_effort() -> None:
    items = [
        wish("Racks at the door", lever="racks", hours_us=1.0, chosen=False),
        wish("Racks at the back", lever="racks", hours_us=2.0, cost=10.0),
        wish("Garden", helps="value", hours_us=1.0),
        wish(" garden ", helps="embedded", hours_us=3.0),
    ]
    model = with_list(MODEL, items)
    assert (lever(model, "racks").hours_us, lever(model, "racks").cost) == (3, 10)
    assert lever(model, "garden").hours_us == 4
    assert {link.target for link in model.links if link.source == "garden"} == {"value", "embedded"}
    assert chosen(MODEL, items) == chosen(model, items) == ("racks", "garden")


def test_the_list_can_be_changed_and_made_again() -> None:
    garden = wish("Garden", helps="value", hours_us=1.0, at="social", on="community")
    model = with_list(MODEL, [garden])
    assert changes(model, [garden]) == ()
    other = again(garden, helps="embedded", strength="moderate", hours_us=0.0, at="individual")
    assert [type(one) for one in changes(model, [other])] == [Set, Remove, AddLink, Set]
    model = with_list(model, [other])
    assert lever(model, "garden").hours_us == 0
    assert [(one.at, one.on) for one in lever(model, "garden").influence] == [("individual", "community")]
    (link,) = (link for link in model.links if link.source == "garden")
    assert (link.target, link.strength) == ("embedded", NUMBERS["moderate"])
    stronger = again(other, strength="strong")
    assert changes(model, [stronger]) == (Set("link:garden|embedded", (("strength", NUMBERS["strong"]),)),)


def test_an_arrow_of_the_file_is_not_touched() -> None:
    same_name = wish("bike  racks", helps="embedded", strength="strong", evidence="inferred")
    assert changes(MODEL, [same_name]) == ()
    assert chosen(MODEL, [same_name]) == ("racks",)


def test_an_item_of_which_nobody_said_what_it_helps_is_named() -> None:
    for said in ({}, {"lever": "gone"}, {"helps": "gone"}, {"helps": "racks"}, {"lever": "value"}):
        with pytest.raises(ValueError, match="“Garden” is not in the diagram, and nobody has said which"):
            changes(MODEL, [wish("Garden", **said)])


def test_a_chosen_item_is_found_before_and_after_its_list_is_in_the_model() -> None:
    items = [
        wish("Value", helps="value", chosen=False),
        wish("信任", helps="value"),
        wish("信心", helps="value"),
        wish("Minute", lever="minute"),
    ]
    model = with_list(MODEL, items)
    assert chosen(MODEL, items) == chosen(model, items)
    assert set(chosen(model, items)) <= {one.id for one in model.levers}
    assert len(chosen(model, items)) == 3


SAID = st.fixed_dictionaries(
    {
        "label": st.sampled_from(["Garden", "garden", "Bike racks", "Value", "Boîte", "??", "A" * 200]),
        "lever": st.sampled_from(["", "", "racks", "minute", "gone"]),
        "helps": st.sampled_from(["value", "embedded"]),
        "hours_us": st.sampled_from([0.0, 0.1, 2.5]),
        "cost": st.sampled_from([0.0, 99.99]),
        "at": st.sampled_from(["", "individual", "social"]),
        "on": st.sampled_from(["", "community"]),
        "strength": st.sampled_from(["weak", "strong"]),
        "evidence": st.sampled_from(["stated", "inferred", "assumed"]),
        "why": st.sampled_from(["", "x" * 4_000]),
        "chosen": st.booleans(),
    }
)


@given(st.lists(SAID, max_size=6))
def test_any_list_fits_the_model_and_is_then_in_it(said: list[dict[str, Any]]) -> None:
    items = [wish(**one) for one in said]
    model = with_list(MODEL, items)
    assert chosen(model, items) == chosen(MODEL, items)
    assert set(chosen(model, items)) <= {one.id for one in model.levers}
    assert model.variables == MODEL.variables
    assert model.links[: len(MODEL.links)] == MODEL.links
    assert parse_model(merge.fresh(model).encode(), "again.toml") == model
    assert changes(model, items) == ()
