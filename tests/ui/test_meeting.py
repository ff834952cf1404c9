"""A weekly meeting: what came of last time, a question before the reveal, hands, a decision that is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from onscreen import html, open_page, press, run
from streamlit.testing.v1 import AppTest

from loops.draw import document
from loops.files import read_model
from loops.library import shipped_models
from loops.store import Store, StoreProblem
from loops.store.records import Workspace
from loops.ui.room import minutes, takeaway

MODEL = read_model(shipped_models()["common_purpose"])
FIELDS = {
    "decide_what": "Visit <b>two</b> practices",
    "decide_who": "Pat Example",
    "decide_by_when": "12 June",
    "decide_expect": "They ask us back",
    "decide_would_change_mind": "Nobody answers",
}

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def visit(space: Workspace | None = None) -> AppTest:
    return open_page("meeting", space)


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.button]


def less_effort(at: AppTest, lever: str = "frictionless_offer") -> None:
    at.selectbox(key="lever:common_purpose").set_value(lever)
    run(at)
    at.slider[0].set_value(0)
    run(at)


def decide(at: AppTest) -> None:
    for key, text in FIELDS.items():
        kind = at.text_input if key in ("decide_who", "decide_by_when") else at.text_area
        kind(key=f"{key}:0").set_value(text)
    press(at, "Keep this decision")


def test_a_change_of_nothing_cannot_be_tried() -> None:
    at = visit()
    assert next(one for one in at.button if one.label == "Ask the room").disabled
    less_effort(at)
    assert not next(one for one in at.button if one.label == "Ask the room").disabled
    assert any("at 0% effort instead of 100%" in one.value.replace("\\", "") for one in at.markdown)


def test_nothing_of_the_run_is_on_the_page_before_it_is_revealed() -> None:
    at = visit()
    less_effort(at)
    press(at, "Ask the room")
    assert "Which of these moves most?" in html(at)
    assert not at.get("bidi_component")
    assert not at.text_area
    assert "under our assumptions" not in html(at)
    press(at, "Show what happens")
    assert len(at.get("bidi_component")) == 1
    assert "No hands were counted." in html(at)


def test_hands_are_counted_kept_and_set_beside_the_run(store: Store, space: Workspace) -> None:
    at = visit(space)
    less_effort(at)
    at.radio(key="question:common_purpose").set_value(
        "Will “Buy-in: ready to act” go up, down or stay about the same?"
    )
    press(at, "Ask the room")
    for _ in range(3):
        press(at, "+1", place=0)
    press(at, "+1", place=1)
    press(at, "\u22121", place=0)
    assert next(one for one in at.button if one.label == "\u22121" and "2" in one.help).disabled is False
    press(at, "Show what happens")
    (shown,) = store.shows_of_hands(space.token)
    assert shown.options == ("Up", "Down", "About the same")
    assert shown.counts == (2, 1, 0)
    assert shown.question.startswith("We try: “Make it easy: clear ask, clear offer” at 0% effort")
    assert shown.meeting_id == store.meetings(space.token)[0].id
    assert (
        "2 of 3 hands said “Up” and 1 said “Down”; under our assumptions it goes down. They differ"
        in html(at)
    )


def count(at: AppTest, up: int) -> None:
    """A change that the room is asked about, and hands for the first answer."""
    less_effort(at)
    press(at, "Ask the room")
    for _ in range(up):
        press(at, "+1")
    press(at, "Show what happens")


def test_hands_outlive_a_reload_and_are_seen_elsewhere_until_the_next_meeting(
    store: Store, space: Workspace
) -> None:
    count(visit(space), up=2)
    (shown,) = store.shows_of_hands(space.token)
    told = "2 of 2 hands said “Buy-in: ready to act”."
    for at in (visit(space), visit(space)):
        assert "The hands so far" in html(at)
        assert f"{shown.question} <strong>{told}" in html(at)
    less_effort(at)
    press(at, "Ask the room")
    assert told not in html(at)  # nothing leads those who are about to answer
    press(at, "Back to the change")
    press(at, "End the meeting")
    assert "The hands so far" not in html(at)
    assert f"The hands on {shown.made_at.day} " in html(at)
    assert told in html(visit(space))


def test_the_record_holds_each_show_of_hands_once_also_after_a_reload(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    records: list[document.Record] = []
    monkeypatch.setattr(takeaway, "downloads", lambda made, *_, **__: records.append(made()))
    at = visit(space)
    count(at, up=2)
    (tried,) = records[-1].tried
    assert tried.hands.startswith("2 of 2 hands said “Buy-in: ready to act”; under our assumptions")
    again = visit(space)
    (kept,) = records[-1].tried
    assert kept.change == f"{tried.change}. {tried.asked}"
    assert kept.hands == "2 of 2 hands said “Buy-in: ready to act”."
    count(again, up=1)
    assert [one.hands.partition(" hand")[0] for one in records[-1].tried] == ["2 of 2", "1 of 1"]
    assert "2 of 2 hands said" in document.markdown(records[-1])
    press(again, "End the meeting")
    visit(space)
    assert records[-1].tried == ()


def test_hostile_questions_of_others_are_shown_as_words(store: Store, space: Workspace) -> None:
    meeting = store.start_meeting(space.token)
    store.save_show_of_hands(
        space.token, question="<b>Why</b>?", options=["<i>x</i>"], counts=[1], meeting_id=meeting.id
    )
    assert "&lt;b&gt;Why&lt;/b&gt;? <strong>1 of 1 hand said “&lt;i&gt;x&lt;/i&gt;”." in html(visit(space))


def test_without_a_question_it_is_shown_at_once() -> None:
    at = visit()
    less_effort(at)
    at.radio(key="question:common_purpose").set_value("No question this time")
    run(at)
    press(at, "Show what happens")
    assert len(at.get("bidi_component")) == 1
    assert "hand" not in html(at)
    press(at, "Try another change")
    assert "The plan with the last change" in " ".join(at.selectbox(key="from:common_purpose").options)


def test_circumstances_and_other_plans_can_be_tried() -> None:
    at = visit()
    kinds = at.get_by_key("kind:common_purpose")
    kinds.set_value("How things are around us")
    run(at)
    at.slider[0].set_value(95)
    run(at)
    assert any("at 95% instead of 50%" in one.value.replace("\\", "") for one in at.markdown)
    at.get_by_key("kind:common_purpose").set_value("Another plan")
    run(at)
    press(at, "Ask the room")
    press(at, "Show what happens")
    assert "instead of “Your plan, as on “What if””" in html(at)


def test_hands_that_cannot_be_saved_are_not_lost(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit(space)
    less_effort(at)
    press(at, "Ask the room")
    press(at, "+1")

    def full(*_: object, **__: object) -> None:
        raise StoreProblem("The disk is full.")

    monkeypatch.setattr(Store, "save_show_of_hands", full)
    press(at, "Show what happens")
    assert [one.value for one in at.warning] == [r"The disk is full\."]
    assert "1 of 1 hand said" in html(at)


def test_a_decision_opens_the_next_meeting(store: Store, space: Workspace) -> None:
    at = visit(space)
    assert any("Nothing was decided here before" in one.value for one in at.caption)
    decide(at)
    (kept,) = store.decisions(space.token)
    assert [kept.what, kept.who, kept.by_when, kept.expect, kept.would_change_mind] == list(FIELDS.values())
    assert at.text_area(key="decide_what:1").value == ""
    assert "Visit &lt;b&gt;two&lt;/b&gt; practices" in html(at)
    press(at, "End the meeting")
    assert store.meetings(space.token)[0].ended_at
    again = visit(space)
    assert any("we decided" in one.value for one in again.markdown)
    for text in list(FIELDS.values())[1:]:
        assert text in html(again)
    seen = next(one for one in again.text_area if one.label.startswith("How did it go?"))
    seen.set_value("One practice asked")
    press(again, "Note it")
    assert store.notes(space.token, element=f"decision:{kept.id}")[0].text == "One practice asked"
    assert "One practice asked" in html(again)


def test_what_was_typed_stays_when_it_cannot_be_kept(store: Store, space: Workspace) -> None:
    at = visit(space)
    at.text_area(key="decide_expect:0").set_value("They ask us back")
    press(at, "Keep this decision")
    assert len(at.warning) == 1
    assert at.text_area(key="decide_expect:0").value == "They ask us back"
    assert store.decisions(space.token) == ()
    less_effort(at)
    press(at, "Ask the room")
    press(at, "Back to the change")
    assert at.text_area(key="decide_expect:0").value == "They ask us back"


def test_a_meeting_that_nobody_ended_is_over_the_next_week(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit(space)
    decide(at)
    first = store.meetings(space.token)[0]

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=7)

    monkeypatch.setattr(minutes, "datetime", Later)
    last, here = minutes.decided(space)
    assert [one.what for one in last] == [FIELDS["decide_what"]]
    assert here == ()
    assert minutes.begin(space, MODEL).id != first.id


def test_without_a_space_it_works_and_says_that_nothing_is_kept(store: Store) -> None:
    at = visit()
    assert any("Nothing is kept unless you name a shared space" in one.value for one in at.info)
    decide(at)
    assert "They ask us back" in html(at)
    assert {one.label for one in at.get("download_button")} == {"Word", "Markdown"}
    press(at, "End the meeting")
    assert "They ask us back" not in html(at)


def test_the_record_holds_names_only_when_ticked() -> None:
    made = document.Record(
        "Meeting",
        "1 June",
        "Model",
        decisions=(document.Decided("Visit", "Pat Example", "12 June", "They ask", "Nobody answers"),),
        tried=(document.Tried("less effort", "Up or down?", "1 of 1 hand said up", ("It goes down.",)),),
    )
    bare, named = document.markdown(made), document.markdown(made, names=True)
    assert "Pat Example" not in bare
    assert "Pat Example" in named
    for words in ("What we tried", "less effort", "Up or down?", "1 of 1 hand said up", "It goes down."):
        assert words in bare
    assert document.word(made)[:2] == b"PK"


def test_a_change_that_cannot_be_run_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from loops.simulate import DidNotFinish
    from loops.ui.room import revealed

    def stopped(*_: object, **__: object) -> None:
        raise DidNotFinish("the run stopped after 200,000 steps")

    monkeypatch.setattr(revealed, "simulate", stopped)
    at = visit()
    less_effort(at)
    press(at, "Ask the room")
    press(at, "Show what happens")
    assert [one.value for one in at.error] == [
        r"This change cannot be run\: the run stopped after 200,000 steps"
    ]
    assert "Try another change" in labels(at)


def test_a_plan_that_others_kept_can_be_tried_and_one_that_does_not_fit_is_left_out(
    store: Store, space: Workspace
) -> None:
    plan = {"id": "theirs", "model": MODEL.id, "title": "Theirs", "lever": {"training": 0.5}}
    for title, content in (("Theirs", plan), ("Old", plan | {"lever": {"gone": 1}})):
        store.save_snapshot(space.token, title=title, model=MODEL.id, payload=json.dumps(content))
    at = visit(space)
    offered = at.selectbox(key="from:common_purpose").options
    assert "Theirs" in offered
    assert "Old" not in offered


def test_plans_of_one_long_title_can_be_told_apart_and_tried(store: Store, space: Workspace) -> None:
    content = {"id": "kept_1", "model": MODEL.id, "title": "x" * 200}
    for _ in range(2):
        store.save_snapshot(space.token, title="x" * 200, model=MODEL.id, payload=json.dumps(content))
    at = visit(space)
    at.selectbox(key="from:common_purpose").set_value(f"space/{store.snapshots(space.token)[0].id}")
    at.radio(key="kind:common_purpose").set_value("Another plan")
    run(at)
    assert [one[-5:] for one in at.selectbox(key="instead:common_purpose").options if "xxx" in one] == [
        "x (2)"
    ]


def test_a_model_with_hostile_labels_and_no_lever_works() -> None:
    tiny = b"""
format = 1
id = "tiny"
title = "Tiny"
horizon = 24
[variable.trust]
label = "<script>x</script> ![x](http://example.org/x.png) **b**"
start = 0.5
fade = 0.1
"""
    at = visit()
    at.file_uploader(key="model_file").upload("tiny.toml", tiny)
    run(at)
    asks = next(one for one in at.radio if one.label == "Ask the room first").options
    assert r"\!\[x\]" in asks[0]
    assert next(one for one in at.radio if one.label == "We change").options == ["Another plan"]
    assert next(one for one in at.button if one.label == "Ask the room").disabled  # both plans do nothing
    assert "<script" not in html(at)
