"""The folder of saved models: which files are listed, what a name becomes, and that moving loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loops import library
from loops.complaints import BadFile
from loops.files import read_model


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOOPS_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_the_usual_model_comes_first_of_those_that_ship() -> None:
    shipped = library.shipped_models()
    assert list(shipped) == ["common_purpose", "active_practice", "recognise_value_embed"]
    assert next(iter(shipped)) == library.USUAL
    assert all(read_model(path).id == name for name, path in shipped.items())


def test_before_anything_is_saved_nothing_is_listed() -> None:
    assert library.saved_models() == {}
    assert library.removed_models() == []


def test_without_a_setting_they_are_in_the_folder_where_the_app_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOOPS_MODELS")
    monkeypatch.chdir(tmp_path)
    assert library.saved_folder() == tmp_path / "saved" / "models"


def test_only_models_that_can_be_named_are_listed_in_order_and_not_too_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    for name in ("b.toml", "a b.toml", "A.toml", ".hidden.toml", "notes.txt", "two\nlines.toml", "c.toml"):
        (folder / name).touch()
    assert list(library.saved_models()) == ["saved-A", "saved-a b", "saved-b", "saved-c"]
    for key, path in library.saved_models().items():
        assert library.saved_model(key) == path
        assert library.saved_key(path) == key
    monkeypatch.setattr(library, "MOST_SAVED", 2)
    assert list(library.saved_models()) == ["saved-A", "saved-a b"]


@pytest.mark.parametrize(
    "key", ["a", "saved-b", "saved-", "saved-../a", "saved-/a", "saved-removed/a", "saved-."]
)
def test_a_key_of_none_is_none(folder: Path, key: str) -> None:
    (folder / "removed").mkdir(parents=True)
    for path in (folder / "a.toml", folder.parent / "a.toml", folder / "removed" / "a.toml"):
        path.touch()
    assert library.saved_model(key) is None


@settings(derandomize=True, max_examples=100)
@given(st.text(max_size=300))
@example("../../etc/passwd")
@example("a\\..\\b.toml")
@example(".toml")
@example("C:/ours")
@example("nul\x00")
def test_a_name_becomes_a_file_of_the_folder_that_is_listed(name: str) -> None:
    path = library.saved_path(name)
    assert path.parent == library.saved_folder()
    assert path.suffix == ".toml"
    assert path.name.isascii()
    assert path.name.isprintable()
    assert len(path.name) < 80
    assert not path.name.startswith(".")


def test_a_file_that_is_moved_is_beside_those_of_its_name(folder: Path) -> None:
    away = folder / library.REMOVED
    found = []
    folder.mkdir()
    for words in ("one", "two", "three"):
        (folder / "a.toml").write_text(words)
        found.append(library.move(folder / "a.toml", away))
    assert [path.name for path in found] == ["a.toml", "a_2.toml", "a_3.toml"]
    assert [path.read_text() for path in found] == ["one", "two", "three"]
    assert library.removed_models() == found
    assert library.saved_models() == {}


def test_what_cannot_be_moved_stays_and_leaves_nothing_behind(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(BadFile, match="cannot be moved"):
        library.move(folder / "gone.toml", folder / "removed")
    assert not list((folder / "removed").iterdir())
    (folder / "a.toml").write_text("one")
    (folder / "file").touch()
    with pytest.raises(BadFile, match="cannot be moved"):
        library.move(folder / "a.toml", folder / "file")
    assert (folder / "a.toml").read_text() == "one"
