"""One list of what several tables wrote: the same is put together, the rest is chosen, nothing is lost."""

from __future__ import annotations

import pytest
from onscreen import html, press, run
from sittings import MODEL, labelled, said, say, visit
from streamlit.testing.v1 import AppTest

from loops.store import Store
from loops.store.records import Item, Utopia, Workspace

ONE_MINUTE = "1-minute conversation about physical activity is part of every consultation"


def names(store: Store, space: Workspace, utopia: Utopia) -> list[str]:
    return [one.label for one in store.items(space.token, utopia.id)]


def ticks(at: AppTest) -> list[str]:
    """The ideas that can be ticked."""
    return [one.label.replace("\\", "") for one in at.checkbox if str(one.key).startswith("utopia_tick")]


def test_the_same_idea_of_two_tables_is_one_item_and_that_can_be_undone(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    say(store, space, utopia, "Bike racks", at="infrastructure", on="community")
    say(store, space, utopia, "racks for bikes", at_table="Table 2")
    at = visit(space, "3")
    assert "Are these the same?" in said(at)
    press(at, "These are the same")
    (item,) = store.items(space.token, utopia.id)
    assert (item.label, item.at, item.on) == ("Bike racks", "infrastructure", "community")
    assert {idea.item_id for idea in store.ideas(space.token, utopia.id)} == {item.id}
    assert "Table 1 and Table 2" in html(at)
    press(at, "Undo")
    assert store.items(space.token, utopia.id) == ()
    assert {idea.item_id for idea in store.ideas(space.token, utopia.id)} == {None}
    assert "Are these the same?" in said(at)


@pytest.mark.parametrize("button", ["These are the same", "Put what is ticked on the list"])
def test_what_somebody_else_put_on_the_list_meanwhile_is_not_put_there_again(
    store: Store, space: Workspace, utopia: Utopia, button: str
) -> None:
    say(store, space, utopia, "Bike racks", "racks for bikes" if button.startswith("These") else "A choir")
    at = visit(space, "3")
    theirs = store.add_item(space.token, utopia.id, label="Bike racks")
    store.gather(space.token, theirs.id, [1])
    press(at, button)
    assert "Somebody else has dealt with “Bike racks” in the meantime" in said(at)
    assert store.items(space.token, utopia.id) == (theirs,)
    assert [one.item_id for one in store.ideas(space.token, utopia.id)] == [theirs.id, None]


def test_two_things_are_not_asked_about_again(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "Bike racks", "racks for bikes")
    at = visit(space, "3")
    press(at, "No, two things")
    assert "Are these the same?" not in said(at)
    assert ticks(at) == ["Bike racks (Table 1)", "racks for bikes (Table 1)"]


def test_of_three_one_is_left_out(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "Bike racks", "racks for bikes", "bike rack")
    at = visit(space, "3")
    labelled(at.multiselect, "Leave out").set_value([2])
    press(run(at), "These are the same")
    (item,) = store.items(space.token, utopia.id)
    assert [one.item_id for one in store.ideas(space.token, utopia.id)] == [item.id, None, item.id]
    assert "Are these the same?" not in said(at)


def test_a_late_idea_joins_what_is_on_the_list_already(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    say(store, space, utopia, "Bike racks")
    at = visit(space, "3")
    press(at, "Put what is ticked on the list")
    say(store, space, utopia, "racks for bikes", at_table="Table 2")
    run(at)
    assert "on the list already" in html(at)
    press(at, "These are the same")
    assert names(store, space, utopia) == ["Bike racks"]
    assert [one.item_id for one in store.ideas(space.token, utopia.id)] == [1, 1]
    press(at, "Undo")
    assert [one.item_id for one in store.ideas(space.token, utopia.id)] == [1, None]


def test_what_is_not_ticked_stays_a_picture(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "A walking group")
    say(store, space, utopia, "I feel welcome", sense="feel")
    at = visit(space, "3")
    press(at, "Put what is ticked on the list")
    assert names(store, space, utopia) == ["A walking group"]
    assert ticks(at) == ["I feel welcome (Table 1)"]


def test_what_must_not_be_missing_is_added_with_one_press(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    at = visit(space, "3")
    assert ONE_MINUTE in said(at)
    press(at, "Add it")
    (item,) = store.items(space.token, utopia.id)
    lever = next(one for one in MODEL.levers if one.id == "one_minute")
    assert (item.lever, item.label, item.evidence) == ("one_minute", lever.label, "stated")
    assert f"{lever.hours_us + lever.hours_partner:g} hours a month" in html(at)
    assert ONE_MINUTE in item.why
    assert "It has to begin before “A one-minute conversation in every consultation” can." in said(at)
    press(at, "Add it")
    assert [one.lever for one in store.items(space.token, utopia.id)] == ["one_minute", "training"]
    assert "Not on your list yet" not in said(at)


def test_what_somebody_else_added_meanwhile_is_not_added_again(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    at = visit(space, "3")
    theirs = store.add_item(space.token, utopia.id, label="One minute", lever="one_minute")
    press(at, "Add it")
    assert store.items(space.token, utopia.id) == (theirs,)


def test_all_that_is_like_something_is_that_with_one_press(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    for label in ("racks for bikes", "walking group", "a choir of elephants"):
        store.add_item(space.token, utopia.id, label=label)
    press(visit(space, "3"), "Yes to all 2 that are like something in the model")
    levers = [item.lever for item in store.items(space.token, utopia.id)]
    assert levers == ["bike_racks", "walking_group", ""]


def test_an_item_is_what_the_model_has_already_with_one_press(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    store.add_item(space.token, utopia.id, label="racks for bikes")
    at = visit(space, "3")
    assert "This is like: **Bike racks** (already in the model)" in said(at)
    press(at, "Yes, that is it")
    (item,) = store.items(space.token, utopia.id)
    lever = next(one for one in MODEL.levers if one.id == "bike_racks")
    assert (item.lever, item.at) == ("bike_racks", lever.influence[0].at)
    assert "In the model as “Bike racks”" in html(at)
    assert f"£{lever.cost:,.0f} once" in html(at)
    press(at, "Change")
    labelled(at.text_input, "Who looks").set_value("Pat Example")
    press(at, "Keep it")  # what it takes stays the model's, for nobody has said anything else
    (item,) = store.items(space.token, utopia.id)
    assert (item.owner, item.hours_us, item.hours_partner, item.cost) == ("Pat Example", 0, 0, 0)
    press(at, "Change")
    labelled(at.selectbox, "What it is in the model").set_value("")
    press(run(at), "Keep it")
    assert store.items(space.token, utopia.id)[0].lever == ""
    assert "This is like" in said(at)


def test_an_item_is_something_else_that_the_model_has(store: Store, space: Workspace, utopia: Utopia) -> None:
    store.add_item(space.token, utopia.id, label="Dogs welcome", helps="value", hours_us=3.0, owner="Sam")
    at = visit(space, "3")
    press(at, "Change")
    labelled(at.selectbox, "What it is in the model").set_value("walking_group")
    run(at)
    assert not any(one.label.startswith("What does it help") for one in at.selectbox)
    labelled(at.number_input, "Their hours").set_value(4.0)
    press(at, "Keep it")
    (item,) = store.items(space.token, utopia.id)
    assert (item.lever, item.helps, item.owner) == ("walking_group", "", "Sam")
    assert (item.hours_us, item.hours_partner) == (3.0, 4.0)


@pytest.fixture
def fields(store: Store, space: Workspace, utopia: Utopia) -> AppTest:
    """An item that is new, opened."""
    store.add_item(space.token, utopia.id, label="Dogs welcome in the waiting room")
    at = visit(space, "3")
    press(at, "Say what it is")
    return at


def test_a_new_item_says_what_it_helps_and_what_it_takes(
    store: Store, space: Workspace, utopia: Utopia, fields: AppTest
) -> None:
    labelled(fields.selectbox, "What does it help").set_value("value")
    labelled(fields.number_input, "Their hours").set_value(1.5)
    labelled(fields.number_input, "Pounds").set_value(40.0)
    labelled(fields.text_input, "Who looks").set_value("Pat Example")
    press(fields, "Keep it")
    (item,) = store.items(space.token, utopia.id)
    assert (item.helps, item.strength, item.evidence) == ("value", "weak", "assumed")
    assert (item.hours_us, item.hours_partner, item.cost, item.owner) == (0, 1.5, 40, "Pat Example")
    assert "New; it helps" in html(fields)
    assert not any(one.label == "Keep it" for one in fields.button)


def test_where_somebody_else_was_quicker_what_was_typed_stays(
    store: Store, space: Workspace, utopia: Utopia, fields: AppTest
) -> None:
    (item,) = store.items(space.token, utopia.id)
    theirs = store.edit_item(space.token, item.id, version=item.version, owner="Sam Example")
    labelled(fields.text_input, "Who looks").set_value("Pat Example")
    press(fields, "Keep it")
    assert "Somebody else has changed" in said(fields)
    assert "Looks after it: Sam Example" in html(fields)
    assert labelled(fields.text_input, "Who looks").value == "Pat Example"
    assert store.items(space.token, utopia.id) == (theirs,)
    press(fields, "Keep it")
    assert store.items(space.token, utopia.id)[0].owner == "Pat Example"


def test_what_was_typed_is_there_when_its_fields_are_opened_again(
    store: Store, space: Workspace, utopia: Utopia, fields: AppTest
) -> None:
    store.add_item(space.token, utopia.id, label="Somewhere to sit")
    labelled(fields.text_input, "Who looks").set_value("Pat Example")
    press(run(fields), "Change")  # the other item
    assert labelled(fields.text_input, "What it is called").value == "Somewhere to sit"
    press(fields, "Change")
    assert labelled(fields.text_input, "Who looks").value == "Pat Example"
    press(fields, "Leave it as it was")
    press(fields, "Change")
    assert labelled(fields.text_input, "Who looks").value == ""


def test_what_is_taken_off_can_be_brought_back(store: Store, space: Workspace, utopia: Utopia) -> None:
    item: Item = store.add_item(space.token, utopia.id, label="Bike racks")
    at = visit(space, "3")
    press(at, "Take off")
    assert store.items(space.token, utopia.id) == ()
    press(at, "Bring “Bike racks” back")
    assert store.items(space.token, utopia.id) == (item,)


def test_an_item_is_taken_apart_again(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "Bike racks", "racks for bikes")
    item = store.add_item(space.token, utopia.id, label="Bike racks")
    store.gather(space.token, item.id, [1, 2])
    at = visit(space, "3")
    press(at, "Change")
    press(at, "Take apart", 1)
    assert [one.item_id for one in store.ideas(space.token, utopia.id)] == [item.id, None]
