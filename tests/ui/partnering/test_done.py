"""What was done with a partner and what was decided about it: written down, changed, taken out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from onscreen import html, open_page, press, run
from partnering import add, visit
from sittings import MODEL, labelled, said

from loops.partners import Deed
from loops.store import Store
from loops.store.records import Workspace
from loops.ui.partnering.done import said as told

FIRST, LAST = date(2026, 1, 5), date(2026, 2, 6)
LEVER = MODEL.levers[0]


def test_a_lever_is_done_from_a_day_on_until_somebody_says_that_it_stopped(
    store: Store, space: Workspace
) -> None:
    one = add(store, space)
    at = visit(space, one, "done")
    labelled(at.selectbox, "What was it").set_value(LEVER.id)
    labelled(at.date_input, "From").set_value(FIRST)
    press(run(at), "Keep it")
    (kept,) = store.actions(space.token, one.id)
    assert kept.deed == Deed(LEVER.label, FIRST, None, LEVER.id)
    assert f"{LEVER.label}, from 5 January 2026, and it goes on" in html(at)
    press(at, "Change")
    [each for each in at.date_input if each.label.startswith("Until")][-1].set_value(LAST)
    press(run(at), "Keep it", 1)
    (kept,) = store.actions(space.token, one.id)
    assert (kept.version, kept.deed.until) == (2, LAST)
    press(at, "Take out")
    assert store.actions(space.token, one.id) == ()
    press(at, "Bring back what was taken out")
    assert len(store.actions(space.token, one.id)) == 1


def test_a_decision_about_a_partner_stays_on_its_page(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, "done")
    labelled(at.text_area, "What will we do").set_value("Visit them")
    press(at, "Keep this decision")
    (made,) = store.decisions(space.token)
    assert (made.partner_id, made.meeting_id, made.what) == (one.id, None, "Visit them")
    assert "Visit them" in said(at)
    assert store.meetings(space.token) == ()
    assert "Visit them" not in said(open_page("meeting", space))


def test_what_is_empty_or_ends_before_it_begins_is_one_sentence_and_stays(
    store: Store, space: Workspace
) -> None:
    one = add(store, space)
    at = visit(space, one, "done")
    press(at, "Keep it")
    assert any("What was done is empty" in each.value for each in at.warning)
    labelled(at.text_input, "In your own words").set_value("A visit")
    labelled(at.date_input, "From").set_value(LAST)
    labelled(at.date_input, "Until").set_value(FIRST)
    press(run(at), "Keep it")
    assert any("before that" in each.value for each in at.warning)
    assert labelled(at.text_input, "In your own words").value == "A visit"
    assert store.actions(space.token, one.id) == ()


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (Deed("A visit", FIRST), "A visit, on 5 January 2026"),
        (Deed("A course", FIRST, LAST), "A course, from 5 January 2026 to 6 February 2026"),
        (Deed("", FIRST, LAST, LEVER.id), f"{LEVER.label}, from 5 January 2026 to 6 February 2026"),
        (Deed("Twice", FIRST, None, LEVER.id), f"{LEVER.label}: Twice, from 5 January 2026, and it goes on"),
        (Deed("Old", FIRST, None, "gone"), "Old, from 5 January 2026, and it goes on"),
    ],
)
def test_what_was_done_reads_as_a_line(deed: Deed, says: str) -> None:
    assert told(MODEL, deed) == says


def test_words_of_a_decision_that_was_not_kept_go_with_the_partner(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, "done")
    labelled(at.text_area, "What will we do").set_value("Zebra crossing")
    assert "Zebra" in str(run(at).session_state)
    store.erase_partner(space.token, one.id)
    assert "Zebra" not in str(run(at).session_state)


def test_what_was_done_where_it_is_tomorrow_already_can_be_changed(store: Store, space: Workspace) -> None:
    one, tomorrow = add(store, space), date.today() + timedelta(days=1)
    store.add_action(space.token, one.id, Deed("We rang", tomorrow, tomorrow))
    at = press(visit(space, one, "done"), "Change")
    [each for each in at.text_input if each.label.startswith("Who did it")][-1].set_value("Pat Example")
    press(run(at), "Keep it", 1)
    (kept,) = store.actions(space.token, one.id)
    assert kept.deed == Deed("We rang", tomorrow, tomorrow, who="Pat Example")
