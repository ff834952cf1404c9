"""A shared space on the screen: made, joined, left, and never seen by those without its link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loops.store import Store
from loops.ui import workspace


@pytest.fixture(autouse=True)
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = f"sqlite:///{tmp_path}/saved/loops.db"
    monkeypatch.setenv("LOOPS_STORE", url)
    yield url
    st.cache_resource.clear()


def page() -> None:
    """A page that shows the notes of the space, and keeps one at a press."""
    import streamlit as st

    from loops.ui import workspace

    opened = workspace.bar()
    if opened is not None:
        with workspace.telling():
            said = st.text_input("Say it", key="said")
            if st.button("Keep it", key="keep"):
                workspace.store().add_note(opened.token, model="m", element="node:a", text=said)
            for note in workspace.store().notes(opened.token):
                st.text(note.text)
    st.text("the page goes on")


def visit(token: str = "") -> AppTest:
    at = AppTest.from_function(page, default_timeout=30)
    if token:
        at.query_params["workspace"] = token
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    assert at.text[-1].value == "the page goes on"
    return at


def start(name: str) -> AppTest:
    at = visit()
    at.text_input(key="workspace_name").set_value(name)
    press(at, "Start a new space")
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(one for one in at.button if one.label == label).click()
    return run(at)


def join(at: AppTest, pasted: str) -> AppTest:
    at.text_input(key="workspace_link").set_value(pasted)
    return press(at, "Open it")


def token(at: AppTest) -> str:
    return in_address(at, "workspace")


def in_address(at: AppTest, name: str) -> str:
    found = at.query_params[name]
    return found if isinstance(found, str) else found[0]


def kept(at: AppTest) -> list[str]:
    return [one.value for one in at.text[:-1]]


def keep(at: AppTest, text: str) -> AppTest:
    at.text_input(key="said").set_value(text)
    return press(at, "Keep it")


def said(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.markdown, *at.caption, *at.warning)).replace("\\", "")


def test_nothing_is_opened_or_made_before_somebody_asks(tmp_path: Path) -> None:
    at = visit()
    assert "workspace" not in at.query_params
    assert "not kept" in said(at)
    assert not (tmp_path / "saved").exists()


def test_a_new_space_is_in_the_address_and_a_reload_finds_it_again() -> None:
    at = keep(start("Tees & Co **bold**"), "Slow here")
    assert "Tees & Co **bold**" in said(at)
    again = visit(token(at))
    assert kept(again) == ["Slow here"]
    st.cache_resource.clear()  # the server starts again
    assert kept(visit(token(at))) == ["Slow here"]


def test_the_address_keeps_the_space_when_another_page_dropped_it() -> None:
    at = start("Our team")
    mine = token(at)
    at.query_params.clear()
    assert token(run(at)) == mine


def test_every_page_keeps_the_space_in_the_address() -> None:
    def other() -> None:
        import streamlit as st

        from loops.ui import look

        look.begin("Another page")
        st.text("the page goes on")

    mine = token(start("Our team"))
    at = AppTest.from_function(other, default_timeout=30)
    at.query_params["workspace"] = mine
    run(at)
    at.query_params.clear()
    assert token(run(at)) == mine


def test_other_things_in_the_address_stay() -> None:
    at = AppTest.from_function(page, default_timeout=30)
    at.query_params["view"] = "x"
    run(at)
    at.text_input(key="workspace_name").set_value("Our team")
    press(at, "Start a new space")
    assert in_address(at, "view") == "x"
    press(at, "Leave this space")
    assert in_address(at, "view") == "x"
    assert "workspace" not in at.query_params


@pytest.mark.parametrize("around", ["{}", "  {} ", "http://localhost:8501/meeting?view=x&workspace={}"])
def test_a_link_or_its_token_opens_the_space(around: str) -> None:
    mine = token(keep(start("Our team"), "Slow here"))
    assert kept(join(visit(), around.format(mine))) == ["Slow here"]


@pytest.mark.parametrize("pasted", ["", "nonsense", "http://localhost:8501/?workspace=nonsense", "\0é%"])
def test_a_link_that_opens_nothing_is_one_message(pasted: str) -> None:
    at = join(visit(), pasted)
    assert [one.value.replace("\\", "") for one in at.warning] == [
        "This link opens no shared space. Ask for the link again."
    ]
    assert "workspace" not in at.query_params
    assert not run(at).warning


def test_an_address_that_opens_nothing_is_one_message_and_the_page_goes_on() -> None:
    at = visit("nonsense")
    assert len(at.warning) == 1
    assert "workspace" not in at.query_params


def test_after_leaving_nothing_of_the_space_is_left() -> None:
    at = keep(start("Our team"), "Slow here")
    mine = token(at)
    press(at, "Leave this space")
    assert kept(at) == []
    assert "workspace" not in at.query_params
    assert "Our team" not in said(run(at))
    assert kept(join(at, mine)) == ["Slow here"]


def test_two_sessions_in_two_spaces_never_see_each_others_words() -> None:
    one, two = start("Our team"), start("Their team")
    keep(one, "ours")
    keep(two, "theirs")
    assert (kept(run(one)), kept(run(two))) == (["ours"], ["theirs"])
    assert token(one) != token(two)
    assert "Their team" not in said(one)
    assert kept(visit()) == []


def test_two_sessions_in_one_space_see_each_others_words() -> None:
    one = keep(start("Our team"), "ours")
    two = keep(visit(token(one)), "theirs")
    assert kept(two) == kept(run(one)) == ["ours", "theirs"]


def test_the_link_on_the_page_opens_the_space() -> None:
    at = start("Our team")
    (link,) = (one.value for one in at.code)
    assert workspace._token(link) == token(at)


@pytest.mark.parametrize("words", [False, True])
def test_a_space_goes_into_a_file_and_comes_back_as_a_new_space(words: bool, address: str) -> None:
    at = keep(start("Our team"), "Slow here")
    with Store.open(address) as store:
        text = store.export(token(at), with_words=words)
    other = visit()
    other.file_uploader(key="workspace_file").upload("space.json", text.encode())
    run(other)
    assert kept(other) == (["Slow here"] if words else [])
    assert token(other) != token(at)


def test_a_file_that_is_no_space_is_one_message() -> None:
    at = visit()
    at.file_uploader(key="workspace_file").upload("space.json", b"\xff{")
    assert len(run(at).warning) == 1


def test_names_and_notes_are_in_the_file_only_when_ticked() -> None:
    at = start("Our team")
    assert at.checkbox(key="workspace_words").value is False
    press(at, "Prepare this space as a file")
    assert len(at.get("download_button")) == 1


def test_an_open_round_of_votes_is_said_instead_of_a_file(address: str) -> None:
    at = start("Our team")
    with Store.open(address) as store:
        store.open_round(token(at), model="m")
    press(at, "Prepare this space as a file")
    assert len(at.warning) == 1
    assert not at.get("download_button")


def test_no_store_is_one_sentence_and_the_page_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LOOPS_STORE", f"sqlite:///{tmp_path}/file/loops.db")
    at = visit("token")
    assert len(at.warning) == 1
    assert "LOOPS_STORE" in at.warning[0].value.replace("\\", "")
    assert token(at) == "token"  # it may well be right once the store is there


def test_a_store_that_was_not_there_is_opened_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = token(keep(start("Our team"), "Slow here"))
    st.cache_resource.clear()
    folder = tmp_path / "saved"
    folder.rename(tmp_path / "away")
    folder.write_text("")
    assert kept(visit(mine)) == []
    folder.unlink()
    (tmp_path / "away").rename(folder)
    assert kept(visit(mine)) == [], "not tried at every click"
    monkeypatch.setattr(workspace, "_AGAIN", 0)
    assert kept(visit(mine)) == ["Slow here"]


def test_words_about_shared_spaces_say_space_and_not_workspace() -> None:
    at = start("Our team")
    seen = said(at) + said(visit()) + said(visit("nonsense"))
    seen += " ".join(one.label for at in (at, visit()) for one in (*at.button, *at.text_input, *at.checkbox))
    assert "space" in seen
    assert not re.search("workspace", seen, re.IGNORECASE)
