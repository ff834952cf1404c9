"""Comparing two versions: of the draft, of models that are open, of a file; as a table and as a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from changing import SMALL, change, draft, open_change, told
from onscreen import CODE_WORDS, drawn, press, run, words

from loops.editing.changes import AddLink, AddNode, Remove, Set
from loops.editing.versions import differences
from loops.model import Model, Variable
from loops.ui.editing import telling

pytestmark = pytest.mark.usefixtures("fresh_caches")

FLIP = Set("link:trust|work", (("polarity", "-"),))
NEW = (AddNode("time", "Time <b>*x*</b>"), AddLink("work", "time"), FLIP)


def test_a_draft_is_set_beside_what_it_began_from(ours: Path, files: dict[str, Callable[[], Any]]) -> None:
    at = change(open_change("saved-ours", below="compare"), "More", *NEW)
    at = run(at)
    assert at.selectbox(key=f"change:compare:old:{draft(at).key}").value == f"began {draft(at).key}"
    said = told(at)
    for group in ("Added (2)", "Flipped (1)"):
        assert group in said
    assert "“Time <b>*x*</b>” is new" in said
    assert "Why: Seen so." in said
    rows = list(csv.reader(io.StringIO(files["Download the differences (CSV)"]())))
    assert rows[0] == ["What", "In words", "Why"]
    assert [row[0] for row in rows[1:]] == ["Added", "Added", "Flipped"]
    assert not [one for one in words(at) if CODE_WORDS.search(one)]


def test_on_the_diagram_a_word_says_what_is_new_and_what_is_not_the_same(ours: Path) -> None:
    at = change(open_change("saved-ours", below="compare"), "More", *NEW, AddLink("time", "trust"))
    at = run(at)
    assert not drawn(at, "canvas")
    at.toggle(key="change:compare:draw").set_value(True)
    (sent,) = drawn(run(at), "canvas")
    assert len(re.findall(r">new<", sent["svg"])) == 3  # a box and two arrows
    assert len(re.findall(r">flipped<", sent["svg"])) == 1
    assert "in the list above" in told(at)


def test_nothing_differs_is_said(ours: Path) -> None:
    assert "Nothing differs between the two." in told(open_change("saved-ours", below="compare"))


def test_the_version_that_was_saved_last_can_be_chosen(ours: Path) -> None:
    at = press(change(open_change("saved-ours", below="compare"), "More", *NEW), "Save")
    at = change(at, "Time taken out", Remove("node:time"))
    at.selectbox(key=f"change:compare:old:{draft(at).key}").set_value(f"file {draft(at).key}")
    at = run(at)
    assert "Removed (2)" in told(at)
    assert "Flipped" not in told(at)


def test_a_file_is_compared_and_does_not_become_the_chosen_model(ours: Path) -> None:
    at = open_change("saved-ours", below="compare")
    at.file_uploader(key="change:compare:file").set_value(
        ("theirs.toml", SMALL.replace(b'"Trust"', b'"Hope"'), "application/toml")
    )
    at = run(at)
    assert at.session_state["model"] == "saved-ours"
    assert "Changed (1)" in told(at)
    assert "“Hope”" in told(at)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"a = 1"])
def test_a_file_that_is_no_model_is_one_sentence(ours: Path, data: bytes) -> None:
    at = open_change("saved-ours", below="compare")
    at.file_uploader(key="change:compare:file").set_value(("theirs.toml", data, "application/toml"))
    at = run(at)
    (said,) = at.error
    assert said.value.replace("\\", "").startswith("theirs.toml: ")
    assert "Nothing differs between the two." in told(at)


def test_a_model_that_cannot_be_read_is_one_sentence(ours: Path) -> None:
    ours.with_name("broken.toml").write_bytes(b"a = [")
    at = open_change("saved-ours", below="compare")
    at.selectbox(key="change:compare:new:saved-ours").set_value("saved-broken")
    at = run(at)
    (said,) = at.warning
    assert said.value.replace("\\", "").startswith("broken.toml: ")


def test_the_table_has_every_difference_group_by_group() -> None:
    def model(many: int) -> Model:
        boxes = tuple(Variable(id=f"v{at}", label=f"Box {at}", start=0.1) for at in range(many))
        return Model(id="m", title="M", variables=boxes)

    found = differences(model(60), model(200))
    assert len(found) == 140
    assert telling.rows(found) == [("Added", one.says, "") for one in found]
