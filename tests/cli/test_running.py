"""`loops run` and `loops compare`, and how scenarios are named on the command line."""

from __future__ import annotations

import csv
import shutil

import pytest
from command import MODEL, run
from test_bad_files import GOOD


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


def test_a_shipped_model_goes_by_its_id_and_is_judged_by_what_it_names():
    result = run("compare", "nothing_new", "--model", "recognise_value_embed", "--months", 12)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("value: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nothing_knew"], "'nothing_new'"),
        (["compare", "nothing_new", "--outcome", "buyin"], "'buy_in'"),
        (["run", "none.toml"], "no such file"),
        (["run", "nothing_new", "--csv", "no/such/folder/x.csv"], "cannot be written"),
        (["run", "nothing_new", "--csv", "."], "this is a folder"),
        (["run", "nothing_new", "--months", "0"], "--months"),
        (["run"], "Missing argument"),
        (["run", "ten_hours"], "no scenario 'ten_hours'. It is one of active_practice: add --model active_p"),
        (["run", "nothing_new", "--model", "active"], "no model 'active'. Choose from: active_practice"),
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


def test_of_a_model_alone_it_is_run_that_nothing_new_is_done(tmp_path):
    ours = tmp_path / "ours.toml"
    ours.write_text('id = "ours"\ntitle = "Ours"\n[variable.trust]\nlabel = "Trust"\nstart = 0.25\n')
    result = run("run", ours, "--months", 12)
    assert result.exit_code == 0, result.stderr
    assert "If nothing new is done (nothing_new)" in result.stdout
    assert "trust" in result.stdout
    assert run("run", "nothing_new", "--model", ours).exit_code == 0
