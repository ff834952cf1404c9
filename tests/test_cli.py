"""The command: what it prints, and what its exit codes mean (0 well, 1 does not hold, 2 cannot be used)."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from test_bad_files import GOOD, SCENARIO, STORY
from typer.testing import CliRunner

from loops import library
from loops.cli import app

MODEL = str(library.shipped_models()["common_purpose"])


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_check_prints_every_reference_mode_and_the_named_loops():
    result = run("check", MODEL)
    assert result.exit_code == 0, result.output
    assert "18 variables, 10 levers, 3 contexts, 73 links" in result.output
    assert "Feedback loops: 721; named: 13" in result.output
    for label in [f"R{i}" for i in range(1, 11)] + ["B1", "B2", "B3"]:
        assert f"\n  {label} " in result.output
    assert result.output.count("    holds ") == 17
    assert "17 of 17 criteria hold." in result.output


def test_check_fails_where_a_mode_misses_or_a_passage_is_missing(tmp_path):
    text = library.shipped_models()["common_purpose"].read_text()
    missing = tmp_path / "missing.toml"
    missing.write_text(text.replace("at_least = 1.4", "at_least = 140.0"))
    result = run("check", missing, "--scenarios", "scenarios/common_purpose")
    assert result.exit_code == 1
    assert "MISSES" in result.output
    assert "16 of 17 criteria hold." in result.output
    bare = tmp_path / "bare.toml"
    bare.write_text(GOOD.replace('passage = "so it says"\n', "").split("[reference_mode")[0])
    result = run("check", bare)
    assert result.exit_code == 1
    assert "needs a passage" in result.output
    assert "Reference modes: none" in result.output


def test_check_says_when_a_story_names_a_plan_that_is_not_there(tmp_path):
    path = tmp_path / "surgery.toml"
    path.write_text(GOOD.split("[reference_mode")[0] + STORY.replace('"train"', '"trian"'))
    folder = tmp_path / "scenarios" / "surgery"
    folder.mkdir(parents=True)
    result = run("check", path)
    assert result.exit_code == 1
    assert "story first: step 2: scenario: there is no scenario 'trian'" in result.output
    (folder / "train.toml").write_text(SCENARIO)
    assert "Did you mean 'train'?" in run("check", path).output
    path.write_text(GOOD.split("[reference_mode")[0] + STORY)
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert "Stories: 1\n  first                  2 steps: How it begins" in result.output


def test_check_refuses_what_it_cannot_use(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1")
    for arguments in (["check", bad], ["check", tmp_path / "none.toml"], ["list", tmp_path]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        assert len(result.output.strip().splitlines()) == 1
    unknown = tmp_path / "surgery.toml"
    unknown.write_text(GOOD)
    result = run("check", unknown)
    assert result.exit_code == 2
    assert "scenario 'nothing_new', which is not there" in result.output


def test_list_names_nodes_links_and_loops():
    result = run("list", MODEL)
    assert result.exit_code == 0
    assert "insight -> value" in result.output
    assert "Seeing is believing" in result.output
    assert "competing_priorities" in result.output


def test_run_writes_every_level_of_every_month(tmp_path):
    out = tmp_path / "levels.csv"
    result = run("run", "nothing_new", "everything_for_four_years", "--csv", out, "--months", 60)
    assert result.exit_code == 0, result.output
    assert "Everything for four years" in result.output
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 61
    assert float(rows[-1]["buy_in"]) > 0.3 > float(rows[60]["buy_in"])


def test_run_takes_a_file_from_anywhere(tmp_path):
    own = tmp_path / "mine.toml"
    shutil.copy("scenarios/common_purpose/insight_first.toml", own)
    assert run("run", own, "--months", 12).exit_code == 0
    assert run("run", own, "nothing_new", "--months", 12, "--model", MODEL).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nothing_knew"], "'nothing_new'"),
        (["compare", "nothing_new", "--outcome", "buyin"], "'buy_in'"),
        (["run", "none.toml"], "no such file"),
        (["run", "nothing_new", "--csv", "no/such/folder/x.csv"], "cannot be written"),
        (["run", "nothing_new", "--months", "0"], "--months"),
        (["run"], "Missing argument"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_message(arguments, says):
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output


def test_compare_says_what_lasts_and_what_fades():
    result = run("compare", "everything_for_a_year", "everything_for_four_years", "--outcome", "buy_in")
    assert result.exit_code == 0
    assert "fades: half the lead is lost" in result.output
    assert "rests above nothing new" in result.output
    assert "It is not a forecast." in result.output


def test_a_scenario_for_a_model_that_does_not_come_with_loops(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('format = 1\nid = "mine"\nmodel = "surgery"\ntitle = "Mine"\n')
    result = run("run", own)
    assert result.exit_code == 2
    assert "--model" in result.output
    model = tmp_path / "surgery.toml"
    model.write_text(GOOD)
    assert run("run", own, "--model", model, "--months", 12).exit_code == 0


def test_schema_is_json():
    assert json.loads(run("schema").output)["title"] == "Model"
    assert json.loads(run("schema", "--scenario").output)["title"] == "Scenario"
