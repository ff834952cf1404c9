"""Your diagram as a reader meets it, without a browser: bring one in, mend it, take that back, use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from diagrams import FILES
from onscreen import CODE_WORDS, TINY, drawn, open_app, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.files import parse_model
from loops.merge import fresh
from loops.model import Model
from loops.ui import catalogue
from loops.ui.bringing import kept
from loops.ui.bringing.brought import Brought
from loops.ui.components.canvas import Picked
from loops.ui.text import md

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

UNSURE = b"Trust + Doing\nDoing ? Trust\nDoing + Strain\nStrain ? Doing\nHelp + Doing\n"
"""Four boxes, five arrows, two loops; two arrows without a sign, and one box that nothing acts on."""
LESS, MORE = map(md, ("More leads to less (\u2212)", "More leads to more (+)"))
"""As the browser is told: every mark that Markdown knows is escaped."""


def drop(at: AppTest, data: bytes, name: str = "ours.txt") -> AppTest:
    at.file_uploader(key="bring:file").set_value((name, data, "application/octet-stream"))
    return run(at)


def brought(data: bytes, name: str = "ours.txt") -> AppTest:
    return drop(open_page("bring"), data, name)


def model(at: AppTest) -> Model:
    """The diagram as it would be used now."""
    return shown(at).model


def shown(at: AppTest) -> Brought:
    found: Brought = at.session_state["bring:kept"][at.session_state[kept.OPEN]]
    return found


def said(at: AppTest) -> str:
    return " ".join(one.value for one in at.markdown).replace("\\", "")


def asked(at: AppTest) -> list[str]:
    """The headings of what is open, each with its number."""
    return re.findall(r"#### ([^#]*? \(\d+\))", said(at))


def signs(at: AppTest) -> dict[str, str]:
    return {link.name: link.polarity for link in model(at).links}


def test_before_anything_came_in_there_are_two_ways_in() -> None:
    at = open_page("bring")
    assert [one.label for one in at.file_uploader] == ["A diagram from your computer"]
    assert [one.label for one in at.text_area] == ["Or paste a link of Loopy’s, or lines of text"]
    assert not drawn(at, "canvas")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_every_format_comes_in_whatever_it_is_called(name: str) -> None:
    at = brought(FILES[name], "file.bin")
    assert "4 boxes, 5 arrows and 2 loops came in, from " in said(at)
    assert "(file.bin)" in said(at)
    assert not at.error
    (sent,) = drawn(at, "canvas")
    assert sent["svg"].count('class="node') == 4


def test_what_the_file_did_not_say_is_asked_kind_by_kind_with_its_place() -> None:
    at = brought(UNSURE)
    assert asked(at) == ["Arrows whose sign is not known (2)", "Boxes that nothing acts on (1)"]
    assert "“Doing” → “Trust” does not say + or −. It is drawn with a ?. *(line 2)*" in said(at)
    assert "2 arrows have no sign yet: each pulls both ways" in said(at)
    (sent,) = drawn(at, "canvas")
    assert sent["svg"].count(">?</text>") >= 2


def test_a_mended_note_goes_and_comes_back_when_that_is_undone() -> None:
    at = press(brought(UNSURE), LESS)
    assert signs(at)["doing -> trust"] == "-"
    assert asked(at) == ["Arrows whose sign is not known (1)", "Boxes that nothing acts on (1)"]
    assert "1 arrow has no sign yet" in said(at)
    press(at, LESS)
    assert "no sign yet" not in said(at)
    at.button(key=undo_key(at, 0)).click()  # the first of the two
    run(at)
    assert signs(at)["doing -> trust"] == "?"
    assert signs(at)["strain -> doing"] == "-"
    assert asked(at)[0] == "Arrows whose sign is not known (1)"
    press(press(at, MORE), "Undo all")
    assert model(at) == shown(at).imported.model
    assert len(asked(at)) == 2


def undo_key(at: AppTest, place: int) -> str:
    return next(one.key for one in at.button if f":{place}:" in one.key and one.label == "Undo")


def test_a_mend_is_made_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    at = brought(UNSURE)
    state = {"bring:kept": dict(at.session_state["bring:kept"])}
    monkeypatch.setattr(kept.st, "session_state", state)
    key = at.session_state[kept.OPEN]
    place = next(iter(kept.every()[key].notes))
    for choice in (0, 1, 0):
        kept.mend(key, place, choice)
    (made,) = kept.every()[key].made
    assert made.says == "“Doing” → “Trust”: More leads to more (+)"
    run(at)
    run(at)
    assert not shown(at).made


def test_what_followed_from_a_change_that_is_taken_back_is_told() -> None:
    at = press(brought(UNSURE), "Take the arrow out")  # nothing leads to Trust any more
    next(one for one in at.selectbox if one.label == "Trust").set_value("lever")
    run(at)
    at.button(key=undo_key(at, 0)).click()
    run(at)
    (one,) = at.warning
    assert "“Trust”: A lever: something we do" in one.value.replace("\\", "")
    assert model(at) == shown(at).imported.model


def test_boxes_are_made_one_and_two_again() -> None:
    at = brought(b"Trust + Doing\nDoing + Trust\nBuy in + Doing\nbuy-in + Trust\nbuy-in ? Doing\n")
    press(at, MORE)
    press(at, "Make them one box")
    assert len(model(at).nodes) == 3
    assert "With your changes: 3 boxes, " in said(at)
    press(at, "Undo the last one")
    assert len(model(at).nodes) == 4
    assert "With your changes" not in said(at)


def test_a_sign_that_becoming_one_made_unknown_is_asked_for() -> None:
    at = brought(b"Trust + Doing\nDoing + Trust\ntrust - Doing\nBuy in ? Doing\nDoing + Buy in\n")
    press(at, "Make them one box")
    assert asked(at)[0] == "Arrows whose sign is not known (2)"
    assert "“Trust” → “Doing” says both + and − now." in said(at)
    both = next(name for name, sign in signs(at).items() if sign == "?" and name.startswith("trust"))
    press(at, LESS, 1)
    press(at, LESS)
    assert signs(at)[both] == "-"
    assert "says both" not in said(at)


def test_of_what_is_picked_in_the_diagram_only_its_own_notes_are_shown() -> None:
    at = brought(UNSURE)
    at.session_state[f"bring:picked:{at.session_state[kept.OPEN]}"] = Picked("link", "strain|doing")
    run(at)
    assert "Only what is about “Strain” → “Doing” is shown." in said(at)
    assert asked(at) == ["Arrows whose sign is not known (1)"]
    press(at, MORE)
    assert signs(at)["strain -> doing"] == "+"
    assert "Nothing about it is open." in said(at)
    press(at, "Show all")
    assert len(asked(at)) == 2


def test_each_box_that_nothing_acts_on_can_be_a_lever_or_a_circumstance() -> None:
    at = brought(UNSURE)
    (choice,) = [one for one in at.selectbox if one.label == "Help"]
    assert choice.value == "context"
    choice.set_value("lever")
    run(at)
    assert [lever.label for lever in model(at).levers] == ["Help"]
    assert "Boxes that nothing acts on" not in said(at)
    press(at, "Undo the last one")
    (choice,) = [one for one in at.selectbox if one.label == "Help"]
    assert choice.value == "context"
    press(at, "It is something we do")
    assert [one.value for one in at.selectbox if one.label == "Help"] == ["lever"]


def test_it_becomes_the_open_model_and_runs_at_once() -> None:
    at = open_app()
    at.file_uploader(key="model_file").upload("ours.txt", UNSURE.replace(b"?", b"-"))
    run(at)
    assert [one.value for one in at.title] == ["Your diagram"]
    press(at, "It is something we do")
    press(at, "Use it")
    assert [one.value for one in at.title] == ["What if?"]
    assert not at.error
    (sent,) = drawn(at, "timechart")
    assert sent["panels"]
    (dial,) = drawn(at, "dials")[0]["dials"]
    assert dial["label"] == "Help"


def test_one_with_unknown_signs_can_be_used_too() -> None:
    at = open_app()
    at.file_uploader(key="model_file").upload("ours.txt", UNSURE)
    run(at)
    press(at, "Use it")
    assert at.selectbox(key=catalogue.CHOSEN).value.startswith("file-")


def test_it_is_saved_as_a_model_file_with_its_changes(files: dict[str, Callable[[], Any]]) -> None:
    at = press(brought(UNSURE), LESS)
    again = parse_model(files["Save as a model file"]().encode(), "again.toml")
    assert again == model(at)
    assert again.link("doing", "trust").polarity == "-"


def test_lines_and_links_are_pasted() -> None:
    at = open_page("bring")
    at.text_area[0].set_value("Trust + Doing\nDoing + Trust")
    press(at, "Bring it in")
    assert "2 boxes, 2 arrows and 1 loop came in, from plain text (Pasted diagram)" in said(at)
    assert at.text_area[0].value == ""
    at.text_area[0].set_value(FILES["loopy link"].decode())
    press(at, "Bring it in")
    assert "4 boxes, 5 arrows and 2 loops came in, from Loopy (Pasted diagram)" in said(at)
    assert len(at.selectbox(key=kept.OPEN).options) == 2


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"{}", b"<a/>", b"PK\x03\x04", b"no arrow at all"])
def test_a_bad_file_is_one_message_and_changes_nothing(data: bytes) -> None:
    at = press(brought(UNSURE), LESS)
    before = model(at)
    drop(at, data, "bad.<b>json")
    (one,) = at.error
    assert one.value.startswith("bad\\.\\<b\\>json\\: ")
    assert not re.search(r"/\w+/", one.value.replace("and/or", ""))
    assert model(at) == before
    assert not at.warning


def test_bad_lines_are_one_message_and_stay_in_their_field() -> None:
    at = open_page("bring")
    at.text_area[0].set_value("no arrow at all")
    press(at, "Bring it in")
    assert len(at.warning) == 1
    assert at.text_area[0].value == "no arrow at all"


def test_a_model_of_this_program_is_opened_as_such() -> None:
    at = drop(open_page("bring"), TINY, "tiny.toml")
    assert "bring:kept" not in at.session_state or not at.session_state["bring:kept"]
    assert at.session_state[catalogue.CHOSEN].startswith("file-")


def test_the_same_file_again_is_shown_with_the_changes_made_to_it() -> None:
    at = press(brought(UNSURE), LESS)
    drop(at, FILES["kumu"], "other.json")
    drop(at, UNSURE)
    assert signs(at)["doing -> trust"] == "-"
    assert any("here already" in one.value for one in at.warning)


def test_labels_are_shown_as_they_are() -> None:
    rows = ["from,to,sign", "<img src=x>,![a](http://b.c),?"]
    at = brought("\n".join(rows).encode(), "<b>.csv")
    assert "![a](" not in " ".join(one.value for one in at.markdown)
    assert "<img" not in " ".join(one.proto.body for one in at.get("html"))
    assert "<img" not in drawn(at, "canvas")[0]["svg"]


def test_a_large_diagram_is_drawn_when_asked_and_its_notes_come_in_portions() -> None:
    lines = [f"Box {at} {'?' if at % 2 else '+'} Box {(7 * at + 1) % 500}" for at in range(500)]
    at = brought("\n".join(lines).encode())
    assert not drawn(at, "canvas")
    assert "500 boxes" in said(at)
    assert len([one for one in at.button if one.label == MORE]) == 8
    press(at, next(one.label for one in at.button if one.label.startswith("Show more")))
    assert len([one for one in at.button if one.label == MORE]) == 16
    at.toggle[0].set_value(True)
    run(at)
    (sent,) = drawn(at, "canvas")
    assert sent["svg"].count('class="node') == 500


def test_nothing_on_the_page_is_a_word_of_the_code() -> None:
    for data in (UNSURE, *FILES.values()):
        for one in words(press(brought(data), "It is something we do")):
            assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", one).replace("\\", "")), one


def test_what_is_sent_to_the_browser_holds_no_path_of_the_server(tmp_path: Any) -> None:
    at = brought(UNSURE)
    assert "/tmp" not in json.dumps([*words(at), *drawn(at, "canvas")])
    assert not dict(at.query_params)
    assert fresh(model(at)).count("/") == 0
