"""`loops differences`: two versions of a model, in words, and an exit code for scripts."""

from __future__ import annotations

from pathlib import Path

from command import run

from loops.editing.changes import AddNode, Remove, Set, apply
from loops.files import create
from loops.library import shipped_models
from loops.model import Model


def saved(path: Path, model: Model) -> Path:
    create(path, model)
    return path


def test_a_model_does_not_differ_from_itself():
    done = run("differences", "common_purpose", shipped_models()["common_purpose"])
    assert (done.exit_code, done.output) == (0, "No difference.\n")


def test_what_was_added_removed_and_flipped_is_said_with_the_reason(tmp_path, common_purpose):
    new = common_purpose
    for change in (
        AddNode("hope", "Ho\x1b[31mpe"),
        Remove("link:impact|trust"),
        Set("link:insight|value", (("polarity", "-"), ("reason", "As we found. " + "So it is. " * 40))),
    ):
        new = apply(new, change)
    done = run("differences", "common_purpose", saved(tmp_path / "new.toml", new))
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == "added    The box “Ho [31mpe” is new: something that changes by itself."
    assert (
        lines[1]
        == "removed  The arrow “We can see it working here” → “Trust between partners” is gone: it was +."
    )
    assert lines[2].startswith("         Why: Something that visibly went well")
    assert lines[3].startswith("flipped  The arrow “Information that makes sense to me” → ")
    assert lines[4].startswith("         Why: As we found. So it is.")
    assert lines[4].endswith(" …")
    assert lines[-1].endswith(" differences.")


def test_a_file_that_cannot_be_used_is_one_message(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("id = 3")
    for names in ((bad, "common_purpose"), ("common_purpose", tmp_path / "none.toml"), ("nowhere", bad)):
        done = run("differences", *names)
        assert done.exit_code == 2
        assert done.output.count("\n") == 1
