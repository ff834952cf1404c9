"""Utopia as a room uses it: tables write, the list is made of it, nothing typed is lost, a charter leaves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from onscreen import CODE_WORDS, html, open_page, press, run, words
from sittings import MODEL, labelled, said, say, sit, visit
from streamlit.testing.v1 import AppTest

from loops.store import Store, StoreProblem
from loops.store.records import Utopia, Workspace
from loops.ui import catalogue
from loops.ui.text import md

HOSTILE = "<script>alert('x')</script> ![x](http://example.org/x.png) **bold** 🚴 " + "w" * 200


def write(at: AppTest, text: str) -> None:
    next(one for one in at.text_area if "a line" in one.label).set_value(text)
    press(at, "Put it up")


def test_without_a_space_the_page_says_what_it_is_for(store: Store) -> None:
    at = visit()
    assert "Several tables write down" in said(at)
    assert any("Start one above" in one.value for one in at.info)
    assert not any(one.label == "Begin" for one in at.button)


def test_a_place_of_our_own_is_named_before_it_is_begun(store: Store, space: Workspace) -> None:
    at = visit(space)
    assert at.get_by_key(f"utopia_place:{MODEL.id}").options[:3] == ["A GP surgery", "A hospital", "A park"]
    at.get_by_key(f"utopia_place:{MODEL.id}").set_value("own")
    run(at)
    press(at, "Begin")
    assert "Name the place" in said(at)
    labelled(at.text_input, "Name that place").set_value("Our library")
    labelled(at.text_input, "What you call").set_value("Spring day")
    press(at, "Begin")
    (made,) = store.utopias(space.token)
    assert (made.model, made.setting, made.title) == (MODEL.id, "Our library", "Spring day")
    assert "1. What could be done" in said(at)
    assert at.get_by_key(f"utopia:{space.token}:{MODEL.id}").options == ["Our library: Spring day"]


def test_a_model_without_places_has_three_to_choose_from(store: Store, space: Workspace) -> None:
    at = visit(space, "2", model="common_purpose")
    press(at, "Begin")
    assert "What do you see from outside" in html(at)


def test_where_the_open_model_knows_no_place_one_that_does_is_a_press_away(
    store: Store, space: Workspace
) -> None:
    at = visit(space, model="common_purpose")
    press(at, md(f"Use “{MODEL.title}”"))
    assert at.selectbox(key=catalogue.CHOSEN).value == MODEL.id
    assert not any(one.label.startswith("Use “") for one in at.button)


def test_what_was_begun_with_another_model_is_found_again(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    at = visit(space, model="common_purpose")
    press(at, "Go on with “A GP surgery”")
    assert at.session_state[catalogue.CHOSEN] == MODEL.id
    assert "1. What could be done" in said(at)


def test_what_a_table_writes_is_in_its_cell_with_the_name_of_the_table(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    lead, table = visit(space), sit(space, utopia=str(utopia.id))
    table.get_by_key("utopia_at").set_value("infrastructure")
    table.get_by_key("utopia_on").set_value("community")
    run(table)
    write(table, "- Bike racks\n\n\u2022 Signs at the door")
    assert [one.value for one in table.toast] == ["2 ideas are up."]
    assert [(one.text, one.at, one.on, one.at_table) for one in store.ideas(space.token, utopia.id)] == [
        ("Bike racks", "infrastructure", "community", "Table 1"),
        ("Signs at the door", "infrastructure", "community", "Table 1"),
    ]
    run(lead)
    cell = re.search(r"<td[^>]*>(?:(?!</td>).)*Bike racks.*?</td>", html(lead))
    assert cell
    assert "For the people we serve" in cell[0]
    assert 'Signs at the door <span class="who">Table 1</span>' in cell[0]
    assert labelled(table.text_area, "What could").value == ""


def test_a_table_needs_a_name_and_the_link(store: Store, space: Workspace, utopia: Utopia) -> None:
    at = sit(space, table="")
    assert not at.text_area
    at.text_input[0].set_value("Table 2")
    press(at, "Sit down")
    assert "Table 2" in at.query_params["table"]
    assert at.text_area
    for lost in (open_page("utopia", None, join="1"), sit(space, utopia="99")):
        assert any("needs the link" in one.value for one in lost.info)
        assert not lost.text_area


def test_what_one_sees_is_asked_in_the_words_of_the_place(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    table = sit(space)
    table.get_by_key("utopia_kind").set_value("hear")
    run(table)
    place = MODEL.settings[0]
    assert all(question in html(table).replace("&#x27;", "'") for question in place.hear)
    write(table, "Somebody asks how my walk was")
    lead = visit(space, "2")
    assert place.walk in html(lead)
    assert re.search("What we hear.*Somebody asks how my walk was", html(lead))


def test_hostile_words_are_shown_as_words(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, HOSTILE, "**bold** too", at_table="<b>1</b>")
    say(store, space, utopia, HOSTILE, sense="see", at_table="<b>1</b>")
    for step in "123":
        at = visit(space, step)
        if step == "3":
            press(at, "These are the same")
            press(at, "Put what is ticked on the list")
        assert "<script" not in html(at)
        assert "<b>1" not in html(at)
        assert "&lt;script&gt;" in html(at)
        assert not any("![x]" in one.value for one in at.markdown)


def test_of_several_ideas_only_those_that_were_not_kept_stay_in_the_field(
    store: Store, space: Workspace, utopia: Utopia, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, keep = sit(space), Store.add_idea

    def full(self: Store, *args: Any, text: str, **more: Any) -> Any:
        if text == "two":
            raise StoreProblem("The disk is full. Free some space.")
        return keep(self, *args, text=text, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_idea", full)
        write(at, "one\ntwo\nthree")
    assert [one.value for one in at.warning] == [r"The disk is full\. Free some space\."]
    assert labelled(at.text_area, "What could").value == "two\nthree"
    press(at, "Put it up")
    assert [one.text for one in store.ideas(space.token, utopia.id)] == ["one", "two", "three"]
    assert labelled(at.text_area, "What could").value == ""


def test_what_was_written_is_changed_taken_out_and_brought_back(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    say(store, space, utopia, "Bike rakcs")
    at = sit(space)
    at.selectbox(key="utopia_idea").set_value(1)
    run(at)
    labelled(at.text_area, "How it should read").set_value("Bike racks")
    press(at, "Keep the change")
    assert [one.text for one in store.ideas(space.token, utopia.id)] == ["Bike racks"]
    at.selectbox(key="utopia_idea").set_value(1)
    press(run(at), "Take it out")
    assert store.ideas(space.token, utopia.id) == ()
    press(at, "Bring back what was taken out")
    assert [one.text for one in store.ideas(space.token, utopia.id)] == ["Bike racks"]


def test_another_table_cannot_change_it(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "Bike racks", at_table="Table 2")
    assert sit(space).selectbox(key="utopia_idea").options == []
    assert "Bike racks" in html(sit(space))


def test_no_step_shows_the_words_of_the_code(store: Store, space: Workspace, utopia: Utopia) -> None:
    say(store, space, utopia, "bike racks", "racks for bikes", "dogs welcome")
    item = store.add_item(space.token, utopia.id, label="Dogs welcome")
    store.gather(space.token, item.id, [3])
    store.save_commitment(space.token, utopia.id, what="Ask", who="Pat Example", by_when="June")
    pages = [visit(space, step) for step in "12345"]
    press(pages[2], "Say what it is")
    for at in (visit(), *pages, sit(space)):
        for line in words(at):
            without_quotes = re.sub(r"“[^”]*”", "", line)
            assert not CODE_WORDS.search(without_quotes.replace("\\", "")), line
