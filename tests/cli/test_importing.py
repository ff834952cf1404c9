"""`loops import`: what is printed, what is saved, and what is never written over."""

from __future__ import annotations

import shlex

import pytest
from command import run
from diagrams import FILES

from loops.cli.reading import NOT_USABLE
from loops.files import read_model
from loops.interchange.detect import import_file

TABLE = "from,to,sign,delay\nTrust,Doing,+,\nDoing,Trust,?,yes\nHelp,Doing,+,\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text(TABLE)
    return path


def test_a_file_becomes_a_model_that_opens(table, tmp_path):
    saved = tmp_path / "ours.toml"
    result = run("import", table, "-o", saved)
    assert result.exit_code == 0
    assert "3 nodes: 2 variables, 0 levers, 1 contexts, 3 links" in result.output
    assert "Feedback loops: 1; named: 0" in result.output
    assert "row 3: “Doing” → “Trust” does not say + or −" in result.output
    assert "Signs still to be decided (1): doing -> trust." in result.output
    assert read_model(saved) == import_file(TABLE.encode(), str(table)).model
    assert "# Arrows whose sign is not known\n#   row 3: “Doing”" in saved.read_text(encoding="utf-8")
    assert run("check", saved).exit_code == 0
    assert f"loops stress {shlex.quote(str(saved))} --seed 1" in result.output
    assert run("stress", saved, "--seed", 1, "--worlds", 16).exit_code == 0


def test_without_an_output_nothing_is_written(table, tmp_path):
    assert run("import", table).exit_code == 0
    assert list(tmp_path.iterdir()) == [table]


def test_a_file_that_is_there_is_not_written_over_unless_asked(table, tmp_path):
    saved = tmp_path / "ours.toml"
    saved.write_text("mine")
    result = run("import", table, "-o", saved)
    assert (result.exit_code, saved.read_text()) == (NOT_USABLE, "mine")
    assert "there already" in result.output
    assert run("import", table, "-o", saved, "--overwrite").exit_code == 0
    assert read_model(saved).title == "ours"
    assert run("import", table, "-o", table, "--overwrite").exit_code == NOT_USABLE
    assert table.read_text() == TABLE


@pytest.mark.parametrize("kind", FILES)
def test_every_format(kind, tmp_path):
    path, saved = tmp_path / "drawing", tmp_path / "ours.toml"
    path.write_bytes(FILES[kind])
    assert run("import", path, "-o", saved).exit_code == 0
    assert len(read_model(saved).links) == 5


def test_what_cannot_be_read_is_one_line(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")
    result = run("import", path, "-o", tmp_path / "ours.toml")
    assert result.exit_code == NOT_USABLE
    assert result.output.count("\n") == 1
    assert result.output.startswith(f"loops: {path}: this is of no format")
    assert not (tmp_path / "ours.toml").exists()


def test_more_loops_than_are_listed_are_said(tmp_path):
    path = tmp_path / "many.txt"
    names = [f"Box {number}" for number in range(10)]  # 1,112,073 loops if every arrow is drawn
    path.write_text("\n".join(f"{a} + {b}" for a in names for b in names if a != b))
    assert "more than 2000, the search was cut there" in run("import", path).output
