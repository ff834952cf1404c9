"""The workshop as a room uses it: questions, words by role, votes nobody sees too early, files that leave."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from onscreen import html, open_page, press, run
from PIL import Image
from streamlit.testing.v1 import AppTest

from loops.files import read_model
from loops.library import shipped_models
from loops.store import Store
from loops.store.records import Workspace
from loops.ui.room import phone, said

MODEL = read_model(shipped_models()["common_purpose"])
HOSTILE = "<script>alert('x')</script> ![x](http://example.org/x.png) **bold** 🚴 " + "w" * 200


def visit(space: Workspace | None = None, **address: str) -> AppTest:
    return open_page("workshop", space, **address)


def talk_about(at: AppTest, part: str) -> None:
    next(one for one in at.selectbox if one.label == "What we talk about").set_value(part)
    run(at)


def warnings(at: AppTest) -> list[str]:
    return [one.value for one in at.warning]


def marks(at: AppTest) -> str:
    """What the diagram carries: the drawing as it is sent to the browser."""
    component = next(one for one in at.get("bidi_component") if "canvas" in one.proto.component_name)
    return component.proto.json or component.proto.mixed.json


def write(at: AppTest, words: str, *, role: str = "nurse", name: str = "") -> None:
    at.get_by_key("role").set_value(role)
    next(one for one in at.text_area if one.label.startswith("What do they say")).set_value(words)
    at.text_input(key="name").set_value(name)
    press(at, "Put it on the diagram")


def test_without_a_space_the_questions_are_there_and_nothing_can_be_written() -> None:
    at = visit()
    talk_about(at, "node:insight")
    assert all(re.sub("['’].*", "", prompt) in html(at) for prompt in MODEL.nodes["insight"].prompts)
    assert not at.text_area
    assert any("start a shared space" in one.value for one in at.info)


def test_what_is_said_is_on_the_part_in_the_list_and_on_the_diagram(store: Store, space: Workspace) -> None:
    at = visit(space)
    talk_about(at, "node:insight")
    write(at, "Show us consultation times", role="nurse", name="Pat Example")
    (note,) = store.notes(space.token)
    assert (note.element, note.role, note.text, note.author) == (
        "node:insight",
        "nurse",
        "Show us consultation times",
        "Pat Example",
    )
    assert "Show us consultation times" in html(at)
    assert "Nurse, Pat Example" in html(at)
    assert "1 said" in marks(at)
    assert next(one for one in at.text_area).value == ""
    talk_about(at, "node:trust")
    assert "Show us consultation times" not in html(at)


def test_a_phone_says_that_the_words_are_on_the_diagram(store: Store, space: Workspace) -> None:
    at = visit(space, join="1")
    press(at, "Put it on the diagram")
    assert not at.toast
    at.text_area[0].set_value("Tell us why")
    press(at, "Put it on the diagram")
    assert [one.value for one in at.toast] == ["Your words are on the diagram."]
    assert [note.text for note in store.notes(space.token)] == ["Tell us why"]


def test_a_phone_writes_about_the_arrow_voted_on_as_nobody_in_particular(
    store: Store, space: Workspace
) -> None:
    at = visit(space, join="1")
    assert at.selectbox[0].value == next(iter(said.parts(MODEL)))
    vote = store.open_round(space.token, model=MODEL.id, link="insight|value", expected=9)
    for _ in ("while the vote goes on", "after it has ended"):
        at = visit(space, join="1")
        assert at.selectbox[0].value == "link:insight|value"
        assert at.get_by_key("role").value is None
        if not store.rounds(space.token)[0].closed_at:
            store.close_round(space.token, vote.id)
    at.text_area[0].set_value("Tell us why")
    press(at, "Put it on the diagram")
    assert store.notes(space.token)[0].role == said.ELSE


def test_hostile_words_are_shown_as_words(store: Store, space: Workspace) -> None:
    at = visit(space)
    talk_about(at, "node:insight")
    write(at, HOSTILE, name="<b>Pat</b>")
    assert "<script" not in html(at)
    assert "&lt;script&gt;" in html(at)
    assert "<b>" not in html(at)
    assert store.notes(space.token)[0].text == HOSTILE


def test_a_draft_stays_with_its_part_and_survives_a_save_that_fails(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loops.store import StoreProblem

    at = visit(space)
    talk_about(at, "node:insight")
    at.text_area[0].set_value("half a thought")
    run(at)
    talk_about(at, "node:trust")
    assert at.text_area[0].value == ""
    talk_about(at, "node:insight")
    assert at.text_area[0].value == "half a thought"

    def full(*_: object, **__: object) -> None:
        raise StoreProblem("The disk is full. Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_note", full)
        press(at, "Put it on the diagram")
    assert warnings(at) == [r"The disk is full\. Free some space\."]
    assert at.text_area[0].value == "half a thought"
    press(at, "Put it on the diagram")
    assert not warnings(at)
    assert store.notes(space.token)[0].text == "half a thought"


def test_an_empty_note_is_one_sentence(store: Store, space: Workspace) -> None:
    at = visit(space)
    talk_about(at, "node:insight")
    press(at, "Put it on the diagram")
    assert len(warnings(at)) == 1
    assert store.notes(space.token) == ()


def test_words_changed_by_two_at_once_are_both_kept(store: Store, space: Workspace) -> None:
    store.add_note(space.token, model=MODEL.id, element="node:insight", text="first", role="gp")
    one, other = visit(space), visit(space)
    for at in (one, other):
        talk_about(at, "node:insight")
        press(at, "Change")
    for at, words in ((one, "mine"), (other, "theirs")):
        next(field for field in at.text_area if field.label == "Change what was said").set_value(words)
        press(at, "Keep the change")
    assert [note.text for note in store.notes(space.token)] == ["mine", "theirs"]
    assert any("Both are kept" in info.value for info in other.info)
    assert "mine" in html(other)
    assert "theirs" in html(other)
    assert [version.text for version in store.note_history(space.token, 1)] == ["first", "mine"]


def test_what_was_taken_out_can_be_brought_back(store: Store, space: Workspace) -> None:
    store.add_note(space.token, model=MODEL.id, element="node:insight", text="too personal", role="gp")
    at = visit(space)
    talk_about(at, "node:insight")
    press(at, "Change")
    press(at, "Take it out")
    assert "too personal" not in html(at)
    press(at, "Bring back what was taken out")
    assert "too personal" in html(at)


def vote(at: AppTest, label: str) -> None:
    next(one for one in at.button if one.label.startswith(label)).click()
    run(at)


def test_votes_are_hidden_until_all_have_voted(store: Store, space: Workspace) -> None:
    lead = visit(space)
    talk_about(lead, "link:insight|value")
    lead.number_input(key="voters").set_value(2)
    press(lead, "Open a vote on this arrow")
    first, second = visit(space, join="1"), visit(space, join="1")
    assert "Is that true here?" in html(first)
    vote(first, "Yes")
    run(lead)
    assert any("1 of 2 voted so far" in one.value for one in lead.markdown)
    seen = html(lead) + marks(lead) + " ".join(one.value for one in lead.markdown)
    assert "yes 1" not in seen
    vote(first, "It depends")  # a changed mind is not a second voter
    vote(second, "It depends")
    run(lead)
    assert store.rounds(space.token)[0].closed_at
    assert "2 voted: yes 0, depends 2, no 0" in html(lead)
    assert "yes 0, depends 2, no 0" in marks(lead)
    run(first)
    assert any("The vote has ended" in one.value for one in first.markdown)


def test_a_vote_can_be_ended_early_and_asked_again(store: Store, space: Workspace) -> None:
    lead, voter = visit(space), visit(space, join="1")
    talk_about(lead, "link:insight|value")
    press(lead, "Open a vote on this arrow")
    run(voter)
    vote(voter, "No")
    press(lead, "End the vote and show the counts")
    assert "1 voted: yes 0, depends 0, no 1" in html(lead)
    press(lead, "Open a vote on this arrow")
    assert [one.number for one in store.rounds(space.token)] == [1, 2]
    assert "yes 0, depends 0, no 1" in marks(lead)  # the last counts stand until the new ones are in


def test_the_counts_stay_large_until_another_part_is_picked(store: Store, space: Workspace) -> None:
    lead = visit(space)
    talk_about(lead, "link:insight|value")
    press(lead, "Open a vote on this arrow")
    talk_about(lead, "node:insight")
    assert "Is that true here?" in html(lead)
    press(lead, "End the vote and show the counts")
    assert re.search('class="asks"><strong>Nobody voted', html(lead))
    talk_about(lead, "node:trust")
    assert "Nobody voted" not in html(lead)
    talk_about(lead, "link:insight|value")
    assert "Nobody voted" in html(lead)


def test_the_same_address_is_the_same_voter(store: Store, space: Workspace) -> None:
    round_ = store.open_round(space.token, model=MODEL.id, link="insight|value", expected=9)
    at = visit(space, join="1")
    vote(at, "Yes")
    again = visit(space, join="1", voter="".join(at.query_params["voter"]))
    assert any(one.label == "Yes (your vote)" for one in again.button)
    vote(again, "No")
    assert store.votes(space.token, round_.id)["insight|value"].voted == 1


def test_the_page_for_phones_says_little_and_needs_the_link(store: Store, space: Workspace) -> None:
    at = visit(space, join="1")
    assert "nothing to vote on yet" in html(at)
    assert not at.get("bidi_component")
    stranger = visit(join="1")
    assert any("needs the link" in one.value for one in stranger.info)
    assert not stranger.button


def test_a_note_that_is_being_changed_is_not_shown_in_another_space(store: Store, space: Workspace) -> None:
    at = visit(space)
    talk_about(at, "node:insight")
    write(at, "Only for the north")
    press(at, "Change")
    assert [one.value for one in at.text_area] == ["Only for the north"]
    press(at, "Take it out")
    other = store.create_workspace("South practice")
    at.query_params["workspace"] = other.token
    run(at)
    assert not any(one.label == "Bring back what was taken out" for one in at.button)
    at.query_params["workspace"] = space.token
    press(run(at), "Bring back what was taken out")
    press(at, "Change")
    at.query_params["workspace"] = other.token
    run(at)
    assert "Only for the north" not in html(at) + "".join(one.value or "" for one in at.text_area)
    at.query_params["workspace"] = space.token
    run(at)
    assert [one.value for one in at.text_area] == ["Only for the north"]


def test_a_phone_says_why_the_space_of_its_link_does_not_open(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPS_STORE", "sqlite:///")
    at = visit(space, join="1")
    assert ["LOOPS_STORE cannot be used" in one.replace("\\", "") for one in warnings(at)] == [True]
    assert not at.info


def test_phones_may_point_at_a_square_beside_the_link(store: Store, space: Workspace) -> None:
    at = visit(space)
    assert [one.value for one in at.code if "join=1" in one.value]
    (shown,) = at.get("image")
    assert "QR code" in shown.proto.imgs[0].alt


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_there_is_no_square_where_phones_cannot_open_the_link(
    space: Workspace, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(phone, "link", lambda _: f"http://{host}:8501/workshop?workspace=x&join=1")
    at = visit(space)
    assert not at.get("image")
    assert any("phones cannot open this link" in one.value for one in at.info)


def test_the_square_is_large_enough_for_a_camera_and_keeps_its_quiet_edge() -> None:
    shown = Image.open(io.BytesIO(phone.square("http://localhost/workshop?workspace=x&join=1"))).convert("L")
    edge = 4 * 8  # the standard asks for four dots of white around the symbol; a dot is eight points wide
    assert shown.width == shown.height
    assert shown.crop((0, 0, shown.width, edge)).getextrema() == (255, 255)
    assert shown.getpixel((edge, edge)) == 0


def test_a_vote_on_a_model_that_is_not_open_says_so(store: Store, space: Workspace) -> None:
    store.open_round(space.token, model="somebody_elses", link="a|b", expected=2)
    at = visit(space, join="1")
    assert any("not open here" in one.value for one in at.info)


def record(space: Workspace) -> Any:
    from loops.ui.room import takeaway

    return takeaway.record(space, MODEL)


def test_files_hold_what_was_said_and_voted(store: Store, space: Workspace) -> None:
    store.add_note(
        space.token,
        model=MODEL.id,
        element="node:insight",
        text="Tell us why",
        role="gp",
        author="Pat Example",
    )
    store.add_note(space.token, model=MODEL.id, element="decision:1", text="private to the meeting")
    one = store.open_round(space.token, model=MODEL.id, link="insight|value", expected=1)
    store.cast_vote(space.token, one.id, link="insight|value", voter="a", answer="yes")
    at = visit(space)
    assert {button.label for button in at.get("download_button")} == {"Word", "Markdown"}
    assert at.button(key="make:Slides (PowerPoint)").label == "Make"
    made = record(space)
    assert [topic.title for topic in made.topics] == [
        "Information that makes sense to me",
        "Information that makes sense to me → It helps with our own priorities (+)",
    ]
    assert made.topics[0].said[0].role == "GP"
    assert made.topics[1].votes.yes == 1


def test_a_model_without_roles_or_stories_works(store: Store, space: Workspace) -> None:
    tiny = b"""
format = 1
id = "tiny"
title = "Tiny"
[variable.trust]
label = "<i>Trust</i>"
start = 0.1
"""
    at = visit(space)
    at.file_uploader(key="model_file").upload("tiny.toml", tiny)
    run(at)
    part = next(one for one in at.selectbox if one.label == "What we talk about")
    part.set_value("node:trust")
    run(at)
    assert "<i>" not in html(at)
    assert at.get_by_key("role").options == ["Somebody else"]


@pytest.mark.parametrize("shown", [None, MODEL.core])
def test_the_counts_of_every_vote_lie_inside_the_drawing(shown: tuple[str, ...] | None) -> None:
    from xml.etree import ElementTree

    from loops.draw.diagram import View, draw
    from loops.draw.layout import link_keys
    from loops.draw.palette import LIGHT

    marks = dict.fromkeys(link_keys(MODEL), "yes 100, depends 100, no 100; 100 said")
    drawn = ElementTree.fromstring(draw(MODEL, LIGHT, View(shown=shown, marks=marks)))
    left, _, width, _ = map(float, drawn.attrib["viewBox"].split())
    boxes = [one[0] for one in drawn.iter("{http://www.w3.org/2000/svg}g") if one.get("class") == "mark"]
    assert boxes
    for box in boxes:
        assert float(box.attrib["x"]) >= left
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= left + width
