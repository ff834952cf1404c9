"""What was seen, as a reader meets it: of a box, an arrow or a sentence, changed, and as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from onscreen import CODE_WORDS, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.store import Store
from loops.store.records import Seen, Workspace
from loops.ui.stressing import ledger

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

HEAD = "date,on,what,source,bearing,who,why,how,expected\n"
TABLE = HEAD + (
    "2024-03-15,Known,They <b>asked</b> us,Minutes,supports,Robin,,,yes\n"
    "16/3/2024,Tell them -> Known,Nobody read it,Interview,contradicts,,Too long,By post,\n"
    "2024,This is claimed.,It took a year,Survey,qualifies,,,,no\n"
)


@pytest.fixture(autouse=True)
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    (folder / "claims.toml").write_text(CLAIMS_FILE + CLAIM.format(name="sure", outcome='direction = "more"'))


def page(space: Workspace | None, *opened: str) -> AppTest:
    """The page with the clinic on it and folds of the section open."""
    at = open_page("stress", space)
    at.file_uploader(key="model_file").upload("clinic.toml", MODEL_FILE.encode())
    for fold in opened:
        at.session_state[f"ledger:{fold}"] = True
    return run(at)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def put(store: Store, space: Workspace, what: str, element: str = "node:known", **more: str) -> None:
    seen = Seen(more.pop("date", "2024"), "Minutes", what, "supports", **more)
    store.add_observation(space.token, model="clinic", element=element, seen=seen)


def hand_in(at: AppTest, text: str) -> AppTest:
    (place,) = (one for one in at.file_uploader if one.label == "A table (.csv)")
    place.upload("seen.csv", text.encode())
    return run(at)


def test_without_a_shared_space_it_says_where_to_open_one() -> None:
    assert "No shared space is open." in said(page(None))


@pytest.mark.parametrize(
    ("kind", "element"),
    [("claim:", "claim:sure"), ("node:", "node:known"), ("link:", "link:tell|known")],
)
def test_something_is_written_down_of_anything(
    store: Store, space: Workspace, kind: str, element: str
) -> None:
    at = page(space, "add")
    at.segmented_control(key="ledger:kind:clinic").set_value(kind)
    run(at)
    at.text_area(key="ledger:0:what").set_value("They asked us")
    at.text_input(key="ledger:0:date").set_value("3/2026")
    at.text_input(key="ledger:0:source").set_value("Minutes")
    at.text_input(key="ledger:0:why").set_value("A quick win")
    at.text_input(key="ledger:0:how").set_value("By phone")
    if kind == "node:":
        at.selectbox(key="ledger:which:clinic:node:").set_value("node:known")
    press(at, "Write it down")
    (kept,) = store.observations(space.token, model="clinic")
    assert kept.element == element
    assert kept.seen == Seen(
        "2026-03", "Minutes", "They asked us", "supports", why="A quick win", how="By phone"
    )
    assert "They asked us. Why: A quick win. How: By phone" in html(at)
    assert at.text_area(key="ledger:1:what").value == ""


def test_a_field_keeps_its_words_while_others_write(store: Store, space: Workspace) -> None:
    at = page(space, "add")
    at.text_area(key="ledger:0:what").set_value("Ours")
    at.text_input(key="ledger:0:date").set_value("some day")
    put(store, space, "Somebody else was quicker")
    press(at, "Write it down")
    assert any("is no date" in one.value for one in at.warning)
    assert "Somebody else was quicker" in html(at)
    assert at.text_area(key="ledger:0:what").value == "Ours"


def test_the_list_is_of_what_is_chosen(store: Store, space: Workspace) -> None:
    put(store, space, "One of a box")
    put(store, space, "One of an arrow", "link:tell|known")
    put(store, space, "One of what is gone", "node:gone")
    at = page(space)
    about = at.selectbox(key="ledger:about:clinic")
    assert about.options == [
        "Everything (3)",
        "Boxes (2)",
        "Arrows (1)",
        "Known (1)",
        "Tell them → Known (1)",
        "No longer in the diagram: gone (1)",
    ]
    assert "Of 3 things seen, by what each is about: 3 support it." in said(at)
    for choice, there in {"node:": 2, "link:": 1, "node:known": 1, "node:gone": 1}.items():
        at.selectbox(key="ledger:about:clinic").set_value(choice)
        assert html(run(at)).count("One of") == there


def test_many_are_the_newest_and_it_says_so(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_ON_SHOW", 2)
    for year in ("2022", "2024", "2023"):
        put(store, space, f"Seen in {year}", date=year)
    at = page(space)
    assert html(at).index("Seen in 2024") < html(at).index("Seen in 2023")
    assert "Seen in 2022" not in html(at)
    assert any("the newest 2 of 3" in one.value for one in at.caption)


def test_a_change_keeps_how_it_read(store: Store, space: Workspace) -> None:
    put(store, space, "They rung us")
    at = press(page(space, "change"), "Change it")
    (old,) = store.observations(space.token)
    at.text_area(key=f"ledger:change:{old.id}:1:what").set_value("They rang us")
    press(at, "Keep the change")
    assert "They rang us" in html(at)
    press(at, "Change it")
    assert "2024: They rung us (Minutes)" in said(at)


def test_two_changes_at_once_are_both_kept(store: Store, space: Workspace) -> None:
    put(store, space, "They rung us")
    at = press(page(space, "change"), "Change it")
    (old,) = store.observations(space.token)
    theirs = Seen("2024", "Minutes", "Theirs", "supports")
    store.edit_observation(space.token, old.id, version=1, seen=theirs)
    at.text_area(key=f"ledger:change:{old.id}:1:what").set_value("Ours")
    press(at, "Keep the change")
    assert any("Both are kept" in one.value for one in at.info)
    assert {one.seen.what for one in store.observations(space.token)} == {"Theirs", "Ours"}


def test_what_is_taken_out_comes_back(store: Store, space: Workspace) -> None:
    put(store, space, "They rang us")
    at = press(press(page(space, "change"), "Change it"), "Take it out")
    assert not store.observations(space.token)
    press(at, "Bring back what was taken out")
    assert [one.seen.what for one in store.observations(space.token)] == ["They rang us"]


def test_a_table_is_looked_at_before_it_is_added_and_is_never_added_twice(
    store: Store, space: Workspace
) -> None:
    at = hand_in(page(space, "table"), TABLE)
    assert not store.observations(space.token)
    assert "What would be added: 3" in html(at)
    assert "They &lt;b&gt;asked&lt;/b&gt; us" in html(at)
    press(at, "Add these 3")
    run(run(at))
    assert {one.element for one in store.observations(space.token)} == {
        "node:known",
        "link:tell|known",
        "claim:sure",
    }
    hand_in(at, TABLE)
    assert "3 of its 3 rows are written down here already. Nothing is left to add." in said(at)
    assert "Add these 3" not in [one.label for one in at.button]
    hand_in(at, TABLE + "2025,known,They came,Minutes,supports,,,,\n")
    press(at, "Add this one")
    assert len(store.observations(space.token)) == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TABLE + "soon,known,x,y,supports,,,,\n", "Row 5: “soon” is no date. Write it as 2024-03-15"),
        (TABLE + "2024,<b>unknown</b>,x,y,supports,,,,\n", "Row 5: on is “<b>unknown</b>”, which is no box"),
        ("date,what\n", "The first row lacks on, source, bearing"),
    ],
)
def test_a_bad_table_is_one_sentence_that_names_the_row(
    store: Store, space: Workspace, text: str, says: str
) -> None:
    at = hand_in(page(space, "table"), text)
    (problem,) = at.warning
    assert problem.value.replace("\\", "").startswith(says)
    assert not [one.label for one in at.button if one.label.startswith("Add")]
    assert not store.observations(space.token)


def test_what_is_saved_has_names_only_when_ticked(
    store: Store, space: Workspace, files: dict[str, Callable[[], str]]
) -> None:
    put(store, space, "They rang us", who="Robin")
    at = page(space, "table")
    (box,) = (one for one in at.checkbox if one.key == "ledger:names")
    assert not box.value
    assert "They rang us" in files["Save all that was seen (CSV)"]()
    assert "Robin" not in files["Save all that was seen (CSV)"]()
    box.check()
    run(at)
    assert "Robin" in files["Save all that was seen (CSV)"]()


def test_no_word_of_the_code_is_shown(store: Store, space: Workspace) -> None:
    put(store, space, "They rang us")
    at = press(hand_in(page(space, "add", "change", "table"), TABLE), "Change it")
    for text in words(at):
        assert not CODE_WORDS.search(text.replace("\\", "")), text
