"""A surgery rated: who speaks is asked what concerns them, one press keeps all, a reload loses nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from onscreen import html, press, run
from partnering import add, answer, rated, visit
from sittings import labelled

from loops.partners import Mark
from loops.store import Store, StoreProblem
from loops.store.records import Workspace
from loops.ui.partnering import opened, unsent

DAY = date(2026, 3, 2)
SECRET = "Zebra crossing"


def speak(at: Any, role: str) -> Any:
    at.get("button_group")
    next(one for one in at.get("button_group") if one.label.startswith("Who is speaking")).set_value(role)
    return run(at)


def marks(store: Store, space: Workspace, partner: Any) -> list[Mark]:
    return [one.mark for one in store.ratings(space.token, partner.id)]


def test_one_press_keeps_what_was_said_and_nothing_else(store: Store, space: Workspace) -> None:
    one = add(store, space, roles=("Nurse", "Reception"))
    at = visit(space, one, "rate")
    assert next(b for b in at.button if b.label == "Keep the answers").disabled
    labelled(at.date_input, "Day").set_value(DAY)
    labelled(at.text_input, "Name").set_value("Pat Example")
    answer(at, "value", "partly")
    labelled(at.text_input, "Why").set_value("It is in the plan")
    answer(run(at), "buy_in", "don't know")
    press(at, "Keep 2 answers")
    assert marks(store, space, one) == [
        Mark("value", "partly", DAY, "", "It is in the plan", "Pat Example"),
        Mark("buy_in", "don't know", DAY, "", "", "Pat Example"),
    ]
    assert rated(at, "value").value is None
    assert labelled(at.date_input, "Day").value == DAY
    assert "Last time, on 2 March 2026: <b>partly</b>. “It is in the plan”" in html(at)


def test_roles_speak_in_turn_and_one_press_keeps_each_as_its_own(store: Store, space: Workspace) -> None:
    one = add(store, space, roles=("Nurse", "Reception"))
    before = [Mark("value", "mostly", DAY), Mark("value", "a little", date(2026, 2, 1), "Nurse")]
    store.rate(space.token, one.id, [*before, Mark("value", "partly", date(2026, 1, 1))])
    at = visit(space, one, "rate")
    assert "on 2 March 2026: <b>mostly</b>" in html(at)
    assert "on 1 February 2026: <b>a little</b>" in html(speak(at, "Nurse"))
    answer(at, "info_nurse", "mostly", "Nurse")
    with pytest.raises(StopIteration):
        rated(at, "info_reception", "Nurse")  # that is for reception to say
    speak(at, "Reception")
    assert rated(at, "value", "Reception").value is None
    answer(at, "info_reception", "not yet", "Reception")
    press(at, "Keep 2 answers")
    assert {(mark.on, mark.said, mark.role) for mark in marks(store, space, one)[3:]} == {
        ("info_nurse", "mostly", "Nurse"),
        ("info_reception", "not yet", "Reception"),
    }


def test_answers_outlive_a_reload_and_are_forgotten_once_kept(store: Store, space: Workspace) -> None:
    one = add(store, space, roles=("Nurse",))
    at = visit(space, one, "rate")
    press(answer(at, "impact", "mostly"), "Keep 1 answer")
    labelled(at.date_input, "Day").set_value(DAY)
    speak(at, "Nurse")
    answer(at, "value", "partly", "Nurse")
    labelled(at.text_input, "Why").set_value("It is in the plan")
    run(at)
    token = at.query_params["answers"]
    assert "partly" not in str(at.query_params)
    other = visit(space, add(store, space, "Surgery B"), "rate", answers=token)
    assert rated(other, "value").value is None
    again = visit(space, one, answers=token)  # and it is at the same part
    assert rated(again, "value", "Nurse").value == "partly"
    press(again, "Keep 1 answer")
    assert marks(store, space, one)[0] == Mark("value", "partly", DAY, "Nurse", "It is in the plan")
    assert "answers" not in again.query_params
    third = visit(space, one, "rate", answers=token)
    assert rated(third, "value").value is None
    assert "answers" not in third.query_params


def test_answers_are_left_out_with_one_press(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = answer(visit(space, one, "rate"), "value", "partly")
    press(at, "Leave them out")
    assert rated(at, "value").value is None
    assert "answers" not in at.query_params
    assert marks(store, space, one) == []


def test_what_cannot_be_kept_stays_in_the_fields(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreProblem("The disk is full. Free some space.")

    one = add(store, space)
    at = answer(visit(space, one, "rate"), "value", "partly")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "rate", full)
        press(at, "Keep 1 answer")
    assert [each.value for each in at.warning] == [r"The disk is full\. Free some space\."]
    assert rated(at, "value").value == "partly"
    press(at, "Keep 1 answer")
    assert [mark.said for mark in marks(store, space, one)] == ["partly"]


def test_the_rest_is_asked_once_opened_and_a_wrong_answer_taken_back(store: Store, space: Workspace) -> None:
    one = add(store, space)
    at = visit(space, one, "rate")
    with pytest.raises(StopIteration):
        rated(at, "strain")
    at.session_state[f"rate_rest:{space.token}:{one.id}"] = True
    answer(run(at), "strain", "mostly")
    press(at, "Keep 1 answer")
    assert [(mark.on, mark.said) for mark in marks(store, space, one)] == [("strain", "mostly")]
    assert "Last time" in html(at)
    at.session_state[f"rate_back:{space.token}:{one.id}"] = True
    run(at)
    labelled(at.selectbox, "Which answer").set_value(1)
    press(run(at), "Take it back")
    assert marks(store, space, one) == []
    assert "Last time" not in html(at)
    press(at, "Bring back what was taken out")
    assert len(marks(store, space, one)) == 1
    assert "Last time" in html(at)


def test_answers_about_one_that_others_have_erased_are_remembered_nowhere(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, drawn = opened.find, []

    def caught(*where: Any) -> Any:
        drawn.append(find(*where))
        return drawn[-1]

    one = add(store, space)
    with monkeypatch.context() as patch:
        patch.setattr(opened, "find", caught)
        at = answer(visit(space, one, "rate"), "value", "partly")
    labelled(at.text_input, "Why").set_value(SECRET)
    assert SECRET in str(run(at).session_state)
    assert SECRET in str(unsent._kept(space.token, one.id))
    other = visit(space, one, "rate", "Remove")
    labelled(other.text_input, "To erase it").set_value("Surgery A")
    press(other, "Erase it for good")
    # an answer comes: the questions alone are drawn anew, from what was read before
    monkeypatch.setattr(opened, "find", lambda *where: drawn.pop() if drawn else find(*where))
    drawn[1:] = []
    run(at)
    assert not unsent._kept(space.token, one.id)
    assert any("not here any more" in each.value for each in at.warning)
    assert SECRET not in str(at.session_state)
