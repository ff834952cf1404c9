"""Progress as the team and as partners see it: in the order of names, without a name, and to take away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from docx import Document
from onscreen import CODE_WORDS, catalogue_model, html, open_page, press, run, words
from pdf import plain
from pdf import words as words_of
from streamlit.testing.v1 import AppTest

from loops.draw import programme
from loops.partners import Mark, Profile, Said
from loops.store import Store
from loops.store.records import Partner, Workspace

TODAY = date.today()
BEFORE = TODAY - timedelta(days=200)
CORE = catalogue_model().core
HOSTILE = "<script>alert(1)</script> ![x](http://example.org/x.png) =1+1"
Files = dict[str, Callable[[], Any]]


def add(store: Store, space: Workspace, name: str, stream: str, *said: Said, **more: Any) -> Partner:
    """A partner whose boxes on the path are rated today, each with the same reason."""
    reason = more.pop("reason", "")
    profile = Profile(name, workstream=stream, **more)
    made = store.add_partner(space.token, model="common_purpose", profile=profile)
    marks = [
        Mark(box, word, TODAY, "Nurse", reason, "Pat Example") for box, word in zip(CORE, said, strict=False)
    ]
    store.rate(space.token, made.id, marks)
    return made


def fill(store: Store, space: Workspace) -> None:
    """Four surgeries and one school."""
    for number in range(4):
        add(
            store,
            space,
            f"Surgery {number}",
            "Primary care",
            "mostly",
            "partly",
            "a little",
            reason="It fits our day",
        )
    school = add(store, space, "School A", "Schools", "partly", "a little", reason="Said by one alone")
    store.rate(space.token, school.id, [Mark(CORE[0], "a little", BEFORE, "Nurse")])


def shown(at: AppTest) -> str:
    return " ".join([html(at), *words(at)]).replace("\\", "")


def for_partners(at: AppTest) -> AppTest:
    at.get_by_key("progress_shown").set_value("partners")
    return run(at)


def test_without_a_space_or_a_partner_the_page_says_what_to_do(store: Store, space: Workspace) -> None:
    assert "Start one above" in shown(open_page("progress"))
    at = open_page("progress", space)
    assert "No partner has been added yet" in shown(at)
    press(at, "Add partners")
    assert at.session_state["going:to"] == "partners"
    store.add_partner(space.token, model="active_practice", profile=Profile("Surgery A"))
    (other,) = (one for one in run(at).button if "that is rated with" in one.label)
    press(at, other.label)
    assert "Surgery" not in shown(at)
    assert "too few have said how far" in shown(at)


def test_each_workstream_says_how_far_it_is_and_what_is_missing_first(store: Store, space: Workspace) -> None:
    fill(store, space)
    cards = html(open_page("progress", space)).split("<section")[1:]
    labels = [catalogue_model().nodes[box].label for box in CORE]
    assert [re.findall(r"<h3>(.*?) <small>", card)[0] for card in cards] == [
        "All together",
        "Primary care",
        "Schools",
    ]
    assert (
        f"Most of its partners have got as far as “{labels[1]}”. Next on the path is “{labels[2]}”"
        in cards[1]
    )
    assert "at least partly in 4 of 4" in cards[1]
    assert f"Its only partner has got as far as “{labels[0]}”" in cards[2]
    assert "further along in 1 of 1" in cards[2]
    assert all("On the way to “Buy-in: ready to act”" in card for card in cards)


def test_people_are_heard_and_nobody_is_named_on_the_page(store: Store, space: Workspace) -> None:
    fill(store, space)
    said = shown(open_page("progress", space))
    assert "It fits our day" in said
    assert "from “a little” to “partly” (Nurse" in said
    assert not re.search(r"Pat Example|Surgery \d|School A", said)


def test_for_partners_nothing_tells_of_fewer_than_five(store: Store, space: Workspace, files: Files) -> None:
    fill(store, space)
    at = for_partners(open_page("progress", space))
    said = shown(at)
    assert programme.HIDDEN in said
    assert "Primary care and Schools together" in said
    assert not re.search(r"Said by one alone|It fits our day|Pat Example|\d of \d", said)
    assert not any("What people wrote" in one.label for one in at.checkbox)
    for text in taken(files):
        assert plain("Primary care and Schools together") in text
        assert not any(
            plain(one) in text for one in ("Said by one alone", "It fits our day", "4of5", "Surgery")
        )


def test_of_two_partners_nothing_is_shown_to_others(store: Store, space: Workspace) -> None:
    for name in "AB":
        add(store, space, f"Surgery {name}", "Primary care", "mostly")
    at = for_partners(open_page("progress", space))
    assert programme.TOO_FEW in shown(at)
    assert "Primary care" not in shown(at)
    assert not at.get("download_button")


def test_names_and_what_people_wrote_are_in_files_only_when_ticked(
    store: Store, space: Workspace, files: Files
) -> None:
    fill(store, space)
    add(store, space, "Walking for all", "", "mostly", kind="workstream", reason="We wrote this")
    at = open_page("progress", space)
    assert "Walking for all" in shown(at)
    for text in taken(files):
        assert plain("Partner 6") in text
        assert not any(plain(one) in text for one in ("Walking for all", "We wrote this", "It fits our day"))
    at.checkbox(key="progress_words").check()
    run(at)
    word, paper, table = taken(files)
    for text in (word, paper):
        assert all(plain(one) in text for one in ("Walking for all", "We wrote this", "It fits our day"))
        assert plain("Pat Example") not in text
    assert plain("Walking for all") in table


def taken(files: Files) -> list[str]:
    """The words of each file without spaces."""
    opened = Document(io.BytesIO(files["Word"]()))
    cells = [cell.text for each in opened.tables for row in each.rows for cell in row.cells]
    word = plain("".join([*(line.text for line in opened.paragraphs), *cells]))
    return [word, words_of(files["Print it (PDF)"]()), plain(files["Figures as a table (CSV)"]())]


def test_hostile_words_are_shown_as_words(store: Store, space: Workspace, files: Files) -> None:
    add(store, space, HOSTILE, HOSTILE, "mostly", reason=HOSTILE)
    at = open_page("progress", space)
    at.toggle(key="progress_figures").set_value(True)
    run(at)
    assert "<script" not in html(at)
    assert html(at).count("&lt;script&gt;") >= 3
    assert not any("![x]" in one.value for one in at.markdown)
    at.checkbox(key="progress_words").check()
    run(at)
    assert "1+1" in taken(files)[0]


def test_many_workstreams_are_looked_for_by_name(store: Store, space: Workspace) -> None:
    for number in range(32):
        add(store, space, f"Surgery {number}", f"Stream {number:02}", "mostly")
    at = open_page("progress", space)
    assert html(at).count("<section") == 1 + 30
    assert "And 2 more" in shown(at)
    at.text_input(key="progress_search").set_value("stream 3")
    run(at)
    assert html(at).count("<section") == 1 + 2


def test_no_form_of_the_page_shows_the_words_of_the_code(store: Store, space: Workspace) -> None:
    fill(store, space)
    open_form = open_page("progress", space)
    open_form.toggle(key="progress_figures").set_value(True)
    for at in (open_page("progress"), run(open_form), for_partners(open_page("progress", space))):
        for said in [*words(at), re.sub(r"<[^>]+>", " ", html(at))]:
            assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", said).replace("\\", "")), said
