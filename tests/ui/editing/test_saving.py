"""Saving what was changed: under a name, to the same file; and files that are not as was thought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from changing import SMALL, change, draft, open_change, save_as, told
from onscreen import press, run

from loops import merge
from loops.editing.changes import Remove, Set
from loops.files import parse_model, read_model
from loops.library import saved_models, shipped_models
from loops.ui.editing import download, saving

pytestmark = pytest.mark.usefixtures("fresh_caches")

DEEP = Set("node:trust", (("label", "Deep trust"),))
LABOUR = Set("node:work", (("label", "Labour"),))


def test_a_shipped_model_is_saved_under_a_name_and_stays_as_it_is(models: Path) -> None:
    shipped = shipped_models()["common_purpose"]
    before = shipped.read_bytes()
    at = save_as(change(open_change("common_purpose"), "Trust renamed", DEEP), "../Our own: plan?")
    path = models / "our_own_plan.toml"
    assert read_model(path) == draft(at).model
    assert read_model(path).id == "common_purpose"
    assert shipped.read_bytes() == before
    assert [one.name for one in models.parent.rglob("*.toml")] == ["our_own_plan.toml"]
    assert f"Saved as our_own_plan.toml in {models}" in told(at)
    assert f"It is saved in {models}. {saving.SEEN}" in told(at)
    assert any("(our_own_plan.toml)" in one for one in at.selectbox(key="model").options)


def test_the_next_save_goes_to_the_same_file_and_keeps_its_comments(ours: Path) -> None:
    at = press(change(open_change("saved-ours"), "Trust renamed", DEEP), "Save")
    assert ours.read_bytes() == SMALL.replace(b'"Trust"', b'"Deep trust"')
    at = press(change(at, "Work renamed", LABOUR), "Save")
    assert b"# slow" in ours.read_bytes()
    assert read_model(ours) == draft(at).model
    assert not draft(at).unsaved


def test_what_is_downloaded_is_what_would_be_saved(ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    offered = download.content(draft(at))
    press(at, "Save")
    assert ours.read_bytes() == offered


def test_what_is_downloaded_of_a_shipped_model_reads_back(models: Path) -> None:
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    assert parse_model(download.content(draft(at)), "d.toml") == draft(at).model


def test_when_nothing_has_changed_it_says_so_and_the_file_is_not_touched(ours: Path) -> None:
    stamp = ours.stat().st_mtime_ns
    at = press(open_change("saved-ours"), "Save")
    assert "Nothing has changed since it was saved." in told(at)
    assert ours.stat().st_mtime_ns == stamp


def test_a_model_that_nobody_changed_is_saved_as_a_copy_and_shown_from_there(ours: Path) -> None:
    at = save_as(open_change("saved-ours"), "Another")
    assert at.session_state["model"] == "saved-another"
    assert read_model(saved_models()["saved-another"]) == read_model(ours)


def test_a_name_is_asked_for_and_one_that_is_taken_is_not_written_over(ours: Path) -> None:
    at = save_as(change(open_change("common_purpose"), "Trust renamed", DEEP), "  ")
    assert "Give the file a name" in told(at)
    at = save_as(at, "Ours")
    assert "ours.toml: there is a file of this name already, and it was not touched." in told(at)
    assert ours.read_bytes() == SMALL
    assert draft(at).opened is None


def test_a_folder_that_cannot_be_written_is_one_sentence_and_the_download_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, Callable[[], Any]]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LOOPS_MODELS", str(tmp_path / "file" / "models"))
    at = save_as(change(open_change("common_purpose"), "Trust renamed", DEEP), "Ours")
    assert "ours.toml: nothing can be saved in this folder" in told(at)
    assert "you can download it, too" in told(at)
    assert parse_model(files["Download"](), "d.toml") == draft(at).model
    assert draft(at).unsaved == 1


def test_a_save_that_does_not_read_back_is_none(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    monkeypatch.setattr("loops.files.read_model", lambda path: parse_model(SMALL, path.name))
    at = press(at, "Save")
    assert "does not read back as it was" in told(at)
    assert draft(at).unsaved == 1


def test_a_file_that_was_taken_away_is_told_and_saved_anew(ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    ours.unlink()
    at = press(at, "Save")
    assert "Somebody took ours.toml away since you opened it." in told(at)
    at = press(at, "Save it anew")
    assert read_model(ours) == draft(at).model
    assert not draft(at).unsaved
    assert "took ours.toml away" not in told(at)


@pytest.mark.parametrize("theirs", [b"", b"\xff\xfe", b"a = [", b'format = 1\nid = "x"'])
def test_a_file_that_was_made_no_model_is_told_and_not_written_over(ours: Path, theirs: bytes) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    ours.write_bytes(theirs)
    at = press(at, "Save")
    assert "nothing was saved. It cannot be read as a model now" in told(at)
    assert ours.read_bytes() == theirs
    at = save_as(at, "Mine", place=-1)
    assert read_model(ours.with_name("mine.toml")) == draft(at).model


def test_of_two_who_change_one_file_the_second_sees_what_the_first_did_and_goes_on_top(ours: Path) -> None:
    one, two = (change(open_change("saved-ours"), "Work renamed", LABOUR) for _ in "12")
    one = change(press(one, "Undo"), "Trust", DEEP, Set("link:trust|work", (("polarity", "-"),)))
    press(one, "Save")
    two = press(two, "Save")
    first = ours.read_bytes()
    assert "Somebody else saved ours.toml since you opened it, so nothing was saved over it." in told(two)
    assert "Flipped (1)" in told(two)
    assert "Changed (1)" in told(two)
    assert "Deep trust" in told(two)
    assert "Why: Seen so" in told(two)
    two = press(two, "Put my changes on top of theirs")
    assert ours.read_bytes() == first  # nothing is saved before somebody says so
    assert "Your changes stand on top of theirs now." in told(two)
    two = press(two, "Save")
    assert ours.read_bytes() == first.replace(b'"Work"', b'"Labour"')
    assert read_model(ours) == draft(two).model


def test_what_no_longer_fits_is_listed_and_nothing_is_lost(ours: Path) -> None:
    one, two = (change(open_change("saved-ours"), "Work renamed", LABOUR) for _ in "12")
    press(change(one, "Work taken out", Remove("node:work")), "Save")
    two = change(two, "Trust renamed", DEEP)
    mine = draft(two).model
    two = press(press(two, "Save"), "Put my changes on top of theirs")
    assert "1 of your changes did not fit" in told(two)
    assert "- Work renamed" in told(two)
    assert [node.label for node in draft(two).model.nodes.values()] == ["Deep trust"]
    two = change(two, "Trust renamed again", Set("node:trust", (("label", "Faith"),)))
    assert "Go back to my version" not in [one.label for one in two.button]  # it would lose what came since
    two = press(press(two, "Undo"), "Go back to my version")
    assert draft(two).model == mine
    assert "Somebody else saved ours.toml" in told(two)
    assert "work" not in read_model(ours).nodes


def test_the_same_change_by_both_is_no_second_change(ours: Path) -> None:
    one, two = (change(open_change("saved-ours"), "Trust renamed", DEEP) for _ in "12")
    press(one, "Save")
    two = press(press(two, "Save"), "Put my changes on top of theirs")
    assert "did not fit" not in told(two)
    assert not draft(two).unsaved


def test_only_steps_since_the_last_save_go_on_top(ours: Path) -> None:
    one = press(change(open_change("saved-ours"), "Trust renamed", DEEP), "Save")
    two = press(
        change(open_change("saved-ours"), "Trust back", Set("node:trust", (("label", "Trust"),))), "Save"
    )
    one = press(change(one, "Work renamed", LABOUR), "Save")
    one = press(one, "Put my changes on top of theirs")
    assert [node.label for node in draft(one).model.nodes.values()] == ["Trust", "Labour"]
    assert draft(two).opened is not None


def test_who_went_back_behind_the_last_save_saves_under_another_name(ours: Path) -> None:
    one = press(change(open_change("saved-ours"), "Trust renamed", DEEP), "Save")
    press(change(open_change("saved-ours"), "Work renamed", LABOUR), "Save")
    one = press(press(one, "Undo"), "Save")
    assert "You went back behind what you had saved yourself" in told(one)
    assert not [one for one in one.button if one.label == "Put my changes on top of theirs"]
    one = save_as(one, "Mine", place=-1)
    assert read_model(ours.with_name("mine.toml")).nodes["trust"].label == "Trust"
    assert "Somebody else saved" not in told(one)


def test_comments_that_changed_are_not_lost_either(ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    ours.write_bytes(SMALL.replace(b"# slow", b"# quick"))
    at = press(at, "Save")
    assert "Nothing in the diagram: only comments or the layout of the file." in told(at)
    press(press(at, "Put my changes on top of theirs"), "Save")
    assert b"# quick" in ours.read_bytes()
    assert b"Deep trust" in ours.read_bytes()


def test_a_bad_file_in_the_folder_is_one_sentence_and_the_others_are_there(ours: Path) -> None:
    for name, data in {
        "broken": b"a = [",
        "empty": b"",
        "raw": b"\xff",
        "odd": b'title = "Odd"\nx = 1',
    }.items():
        ours.with_name(f"{name}.toml").write_bytes(data)
    ours.with_name("folder.toml").mkdir()
    ours.with_name("gone.toml").symlink_to("nowhere")
    at = open_change("saved-ours")
    options = at.selectbox(key="model").options
    assert "Small (ours.toml)" in options
    assert {"broken.toml", "empty.toml", "raw.toml", "Odd (odd.toml)", "folder.toml", "gone.toml"} <= {
        *options
    }
    for key in ("broken", "empty", "raw", "odd", "folder", "gone"):
        at.selectbox(key="model").set_value(f"saved-{key}")
        at = run(at)
        (said,) = at.error
        assert said.value.replace("\\", "").startswith(f"{key}.toml: ")


def test_a_saved_model_is_read_again_when_its_file_changes(ours: Path) -> None:
    at = open_change("saved-ours")
    ours.write_bytes(SMALL.replace(b'"Small"', b'"Larger"').replace(b'"Trust"', b'"Deep trust"'))
    at = run(at)
    assert "Larger (ours.toml)" in at.selectbox(key="model").options
    at = change(at, "Work renamed", LABOUR)
    assert [node.label for node in draft(at).model.nodes.values()] == ["Deep trust", "Labour"]


def test_a_model_is_taken_off_the_list_and_put_back_beside_one_of_its_name(ours: Path) -> None:
    at = press(open_change("saved-ours", below="removing"), "Yes, take it off")
    assert not saved_models()
    assert at.session_state["model"] == "common_purpose"
    assert (ours.parent / "removed" / "ours.toml").read_bytes() == SMALL
    other = merge.fresh(parse_model(SMALL.replace(b"Small", b"Other"), "o.toml")).encode()
    ours.write_bytes(other)
    at = press(at, "Put it back")
    assert ours.read_bytes() == other
    assert ours.with_name("ours_2.toml").read_bytes() == SMALL
    assert not list((ours.parent / "removed").iterdir())
    assert "ours.toml is on the list again, as ours_2.toml." in told(at)
