"""Partners as a team finds, adds and changes them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from onscreen import CODE_WORDS, html, press, run, words
from partnering import add, rated, visit
from sittings import labelled, said

from loops.partners import Mark, Profile
from loops.store import Store, StoreProblem
from loops.store.records import Workspace
from loops.ui import catalogue
from loops.ui.partnering.opened import STEP

HOSTILE = "<script>alert('x')</script> ![x](http://example.org/x.png) **bold** 🚴 " + "w" * 100


def test_without_a_space_the_page_says_what_it_is_for(store: Store) -> None:
    at = visit()
    assert "where each partner is" in said(at)
    assert any("Start one above" in one.value for one in at.info)
    assert not any(one.label == "Add it" for one in at.button)


def test_a_partner_is_added_with_a_name_and_opened_to_be_rated(store: Store, space: Workspace) -> None:
    add(store, space, "Surgery B", workstream="Primary care")
    at = visit(space)
    press(at, "Add it")
    assert any("The name is empty" in one.value for one in at.warning)
    labelled(at.text_input, "What it is called").set_value("Surgery A")
    labelled(at.selectbox, "What kind").set_value("A GP surgery")
    labelled(at.selectbox, "The workstream").set_value("Primary care")
    labelled(at.multiselect, "Who there").set_value(["Nurse", "Reception"])
    labelled(at.number_input, "Our hours").set_value(7.5)
    press(at, "Add it")
    _, made = store.partners(space.token)
    assert made.model == "active_practice"
    assert made.profile == Profile(
        "Surgery A",
        setting="A GP surgery",
        workstream="Primary care",
        roles=("Nurse", "Reception"),
        hours_us=7.5,
    )
    assert at.session_state[STEP] == "rate"
    assert at.query_params["partner"] == str(made.id)
    assert rated(at, "info_nurse").options
    assert "Surgery" not in str(at.query_params)


def test_the_list_is_in_the_order_of_names_searched_and_shown_a_page_at_a_time(
    store: Store, space: Workspace
) -> None:
    for name, setting in (("surgery C", "A park"), ("Surgery A", "A GP surgery"), ("Surgery B", "A park")):
        add(store, space, name, setting=setting)
    at = visit(space)
    assert names(at) == ["Surgery A", "Surgery B", "surgery C"]
    labelled(at.text_input, "Find one").set_value("PARK surg")
    assert names(run(at)) == ["Surgery B", "surgery C"]
    labelled(at.text_input, "Find one").set_value("library")
    assert names(run(at)) == []
    assert "None is called" in said(at)
    for number in range(32):
        add(store, space, f"Team {number:03}")
    labelled(at.text_input, "Find one").set_value("")
    assert len(names(run(at))) == 30
    labelled(at.number_input, "Page (1 to 2, 35 partners)").set_value(2)
    assert names(run(at)) == [f"Team {number:03}" for number in range(27, 32)]


def names(at: Any) -> list[str]:
    return [one.label for one in at.button if re.fullmatch(r"partner:\d+", str(one.key))]


def test_a_link_to_a_partner_opens_its_model(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, model="common_purpose")
    assert at.session_state[catalogue.CHOSEN] == "active_practice"
    assert "Surgery A" in said(at)
    at.selectbox(key=catalogue.CHOSEN).set_value("common_purpose")
    run(at)  # who chooses another model sees its list, and the way back
    assert "partner" not in at.query_params
    press(at, "Show the 1 that is rated with “Active practice\\: one surgery, a working reconstruction”")
    assert names(at) == ["Surgery A"]


def test_a_link_that_leads_to_no_partner_leaves_the_list(store: Store, space: Workspace) -> None:
    add(store, space)
    for wrong in ("99", "9" * 30, "<b>"):
        at = visit(space, wrong)
        assert names(at) == ["Surgery A"]
        assert "partner" not in at.query_params
    other = add(store, space, model="elsewhere")
    at = visit(space, other)
    assert "a model that is not open here, “elsewhere”" in said(at)
    assert names(at) == ["Surgery A"]


def test_who_changes_a_partner_that_somebody_else_changed_is_told(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, "rate", "Change who they are")
    store.edit_partner(space.token, one.id, version=1, profile=Profile("Surgery A", setting="Theirs"))
    labelled(at.text_input, "What it is called").set_value("Surgery B")
    press(at, "Keep the change")
    assert any("Somebody else has changed" in one.value for one in at.warning)
    assert labelled(at.text_input, "What it is called").value == "Surgery B"
    press(at, "Show how it reads now")
    assert labelled(at.text_input, "What it is called").value == "Surgery A"
    labelled(at.text_input, "What it is called").set_value("Surgery B")
    press(at, "Keep the change")
    assert store.partner(space.token, one.id).profile == Profile("Surgery B", setting="Theirs")


def test_a_partner_taken_off_the_list_comes_back(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, "rate", "Remove")
    press(at, "Take it off the list")
    assert store.partners(space.token) == ()
    press(at, "Bring back what was taken off the list")
    assert names(at) == ["Surgery A"]
    store.delete(space.token, one)
    run(at)
    labelled(at.selectbox, "Which one").set_value(one.id)
    press(run(at), "Put it on the list again")
    assert names(at) == ["Surgery A"]


def test_a_store_that_cannot_be_reached_is_one_sentence(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise StoreProblem("The database does not answer. Check that it runs.")

    monkeypatch.setattr(Store, "partners", away)
    at = visit(space)
    assert [one.value for one in at.warning] == [r"The database does not answer\. Check that it runs\."]


def test_hostile_words_are_shown_as_words(store: Store, space: Workspace) -> None:
    one = add(
        store, space, HOSTILE, setting=HOSTILE, workstream=HOSTILE, roles=(HOSTILE,), alias=f"{HOSTILE}!"
    )
    store.rate(space.token, one.id, [Mark("value", "partly", date(2026, 1, 2), "", HOSTILE, HOSTILE)])
    rating = visit(space, one, "rate", "Change who they are")
    for at in (visit(space), rating, visit(space, one, "done", "Remove")):
        assert "<script" not in html(at)
        assert not any("![x]" in each.value for each in (*at.markdown, *at.caption, *at.header))
    assert "&lt;script&gt;" in html(rating)


def test_no_part_shows_the_words_of_the_code(store: Store, space: Workspace) -> None:
    one = add(store, space, setting="A GP surgery", roles=("Nurse",))
    store.rate(space.token, one.id, [Mark("value", "partly", date(2026, 1, 2))])
    for about, step in (("Change who they are", "rate"), ("Remove", "done")):
        for line in words(visit(space, one, step, about)):
            without_quotes = re.sub(r"“[^”]*”", "", line)
            assert not CODE_WORDS.search(without_quotes.replace("\\", "")), line
