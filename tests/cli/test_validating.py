"""`loops validate`: one table; 0 where all holds that must, 1 where not, 2 for what cannot be used."""

from __future__ import annotations

import pytest
from command import MODEL, run
from test_bad_files import GOOD

from loops import library
from loops.cli import validating
from loops.validation.monotone import Pair

BARE = """\
format = 1
id = "bare"
title = "Bare"

[variable.alone]
label = "Alone"
start = 0.5
"""


def test_the_shipped_model_passes_and_says_in_how_many_versions_its_modes_hold():
    result = run("validate", MODEL, "--draws", 10)
    assert result.exit_code == 0, result.output
    lines = {" ".join(line.split()) for line in result.stdout.splitlines()}
    assert any(line.startswith("levels stay between 0 and 1: arrows cut 146 146") for line in lines)
    assert any(line.startswith("not decided by signs - - 234 of 234 pairs") for line in lines)
    assert any(line.startswith("reference modes hold 17 17 closest: ") for line in lines)
    assert any(line.startswith("reference modes hold in versions at 5% noise 10 ") for line in lines)
    assert "It is not a forecast." in result.stdout
    assert "FAILS" not in result.output


def test_progress_is_told_beside_the_table():
    result = run("validate", MODEL, "--draws", 10)
    assert " 50%  versions tried: 5 of 10" in result.stderr
    assert "versions tried" not in result.stdout


def test_the_same_seed_prints_the_same():
    first, again, other = (
        run("validate", MODEL, "--draws", 8, "--noise", 0.1, "--seed", seed).stdout for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_a_mode_that_does_not_hold_is_a_failure(tmp_path):
    text = library.shipped_models()["common_purpose"].read_text()
    path = tmp_path / "missing.toml"
    path.write_text(text.replace("at_least = 1.4", "at_least = 140.0"))
    result = run("validate", path, "--scenarios", "scenarios/common_purpose", "--draws", 2)
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if line.endswith("FAILS")]
    assert "17     16   missed: information_alone_fades" in line


def test_a_step_the_wrong_way_is_a_failure(monkeypatch):
    monkeypatch.setattr(
        validating, "monotone", lambda equations, progress: (Pair("training", "strain", "raises", 0.25),)
    )
    result = run("validate", MODEL, "--draws", 1)
    assert result.exit_code == 1
    assert "training moves strain by 0.25000 the wrong way  FAILS" in result.stdout


def test_what_the_signs_decide_is_listed(tmp_path):
    """With a snowball of two boxes training raises both; with a brake in its place nothing is decided."""
    path = tmp_path / "surgery.toml"
    text = GOOD.split("[reference_mode")[0]
    path.write_text(text.replace('polarity = "-"', 'polarity = "+"').replace("B1", "R1"))
    result = run("validate", path)
    assert result.exit_code == 0, result.output
    assert "\nDecided by signs\n  training raises: insight, value\n" in result.stdout
    assert "no path, no effect" in result.stdout
    braked = tmp_path / "braked.toml"
    braked.write_text(text)
    assert "Decided by signs\n" not in run("validate", braked).stdout


def test_a_model_with_hardly_anything_in_it(tmp_path):
    path = tmp_path / "bare.toml"
    path.write_text(BARE)
    result = run("validate", path)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("none in this model") == 3
    assert "no lever or circumstance in this model" in result.stdout
    assert "none in this file" in result.stdout
    assert "not run: there are no reference modes" in result.stdout


def test_an_unknown_sign_stays_within_bounds_and_is_told(tmp_path):
    path = tmp_path / "bare.toml"
    path.write_text(BARE + '[[link]]\nfrom = "alone"\nto = "alone"\npolarity = "?"\nstrength = 0.1\n')
    result = run("validate", path)
    assert result.exit_code == 0, result.output
    assert "1 arrow has no sign yet: it pulls both ways with half its strength" in result.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BARE.replace("0.5", "5.0"), "bare.toml"),
        (GOOD, "scenario 'nothing_new', which is not there"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_message(tmp_path, text, says):
    path = tmp_path / "bare.toml"
    path.write_text(text)
    result = run("validate", path)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [["--draws", 0], ["--noise", -1], ["--noise", 2], ["--seed", -1]])
def test_options_have_bounds(arguments):
    assert run("validate", MODEL, *arguments).exit_code == 2
