"""`loops export`: the file, what is told of it, and what is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import MODEL, run

from loops.cli.reading import NOT_USABLE
from loops.draw.settled import settled
from loops.files import create, read_model
from loops.interchange.export import FORMATS, export
from loops.library import scenarios_of
from loops.model import Model

OURS = settled(read_model(Path(MODEL)))


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("to", FORMATS)
def test_the_command_writes_what_export_gives(here, to):
    result = run("export", "common_purpose", "--to", to)
    exported = export(OURS, to)
    assert result.exit_code == 0
    assert [path.name for path in here.iterdir()] == [exported.file]
    assert (here / exported.file).read_bytes() == exported.data
    assert result.stdout == f"Saved as {exported.file}.\n"
    told = [line.strip() for line in result.stderr.splitlines()[1:]]
    assert told == list(exported.lost)


def test_a_dash_writes_to_the_screen_and_nothing_else(here):
    result = run("export", MODEL, "--to", "excel", "-o", "-")
    assert result.stdout_bytes == export(OURS, "excel").data
    assert "sources (2)" in result.stderr
    assert not list(here.iterdir())


def test_a_file_that_is_there_is_not_written_over_unless_asked(here):
    path = here / "ours.csv"
    path.write_text("mine")
    result = run("export", MODEL, "--to", "csv", "-o", path)
    assert (result.exit_code, path.read_text()) == (NOT_USABLE, "mine")
    assert "this file is there already" in result.stderr
    assert run("export", MODEL, "--to", "csv", "-o", path, "--overwrite").exit_code == 0
    assert path.read_bytes() == export(OURS, "csv").data


def test_a_model_is_never_written_over_by_another_kind_of_file(here):
    path = here / "ours.toml"
    create(path, OURS)
    before = path.read_bytes()
    result = run("export", path, "--to", "kumu", "-o", path, "--overwrite")
    assert (result.exit_code, path.read_bytes()) == (NOT_USABLE, before)
    assert "is no .json" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("common_purpose", "--to", "xmlie"), "there is no format 'xmlie'. Did you mean 'xmile'?"),
        (("common_purpos", "--to", "csv"), "Did you mean 'common_purpose'?"),
        (("common_purpose", "--to", "xmile", "--scenario", "embed_frist"), "Did you mean 'embed_first'?"),
        (("common_purpose", "--to", "csv", "-o", "no/such/ours.csv"), "there is no such folder"),
        (("none.toml", "--to", "csv"), "none.toml"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_no_file(here, arguments, says):
    result = run("export", *arguments)
    assert result.exit_code == NOT_USABLE
    assert result.stderr.count("\n") == 1
    assert says in result.stderr
    assert not list(here.iterdir())


def test_a_plan_goes_along_where_the_format_holds_one_and_is_told_of_where_not(here):
    plan = scenarios_of(OURS)["embed_first"]
    assert run("export", MODEL, "--to", "xmile", "--scenario", "embed_first").exit_code == 0
    saved = here / "common_purpose-embed_first.xmile"
    assert saved.read_bytes() == export(OURS, "xmile", scenario=plan).data
    file = here / "plan.toml"
    create(file, plan)
    assert run("export", MODEL, "--to", "xmile", "--scenario", file, "--overwrite").exit_code == 0
    assert (
        f"The plan “{plan.title}” is not kept"
        in run("export", MODEL, "--to", "kumu", "--scenario", file).stderr
    )
    assert (here / "common_purpose.json").is_file()


def test_placing_many_boxes_is_told(here):
    boxes = {f"n{at}": {"label": f"Box {at}", "start": 0.5} for at in range(121)}
    create(here / "many.toml", Model.model_validate({"id": "many", "title": "Many", "variable": boxes}))
    assert run("export", here / "many.toml", "--to", "csv").stderr.startswith("Placing 121 boxes.\n")
