"""`loops dominance`: the right words with many loops, one, none, at rest, and with too many to list."""

from __future__ import annotations

import csv
import json
from itertools import permutations

import numpy as np
import pytest
from command import run

from loops.cli import driving

HEAD = 'format = 1\nid = "tiny"\ntitle = "Tiny"\nhorizon = 24\n'
SCENARIO = 'format = 1\nid = "plain"\nmodel = "tiny"\ntitle = "Plain"\n'


def told(folder, variables, links, *options):
    """What the command says of a model made of variables (id: start) and + links."""
    text = HEAD + "".join(
        f'[variable.{name}]\nlabel = "{name}"\nstart = {x}\n' for name, x in variables.items()
    )
    for source, target in links:
        text += f'[[link]]\nfrom = "{source}"\nto = "{target}"\npolarity = "+"\nstrength = 0.2\n'
    model, scenario = folder / "tiny.toml", folder / "plain.toml"
    model.write_text(text)
    scenario.write_text(SCENARIO)
    result = run("dominance", scenario, "--model", model, *options)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_named_loops_and_who_leads():
    result = run("dominance", "everything_for_four_years", "nothing_new")
    assert result.exit_code == 0, result.output
    assert "Feedback loops: 721; named: 13." in result.output
    assert "R10 Passing it on" in result.output
    assert "From the start 'It's ours' leads" in result.output
    assert "From month 13 'Pulling together' leads" in result.output
    assert "At rest in month 30 to 240" in result.output
    assert "cannot be compared near rest" in result.output
    assert "It is not a forecast." in result.output
    for key, kind in driving.KINDS.items():
        assert (kind in result.output) == (key != "other ?")


TWO = """
format = 1
id = "two"
title = "Two"
[variable.told]
label = "Told"
start = 0.2
fade = 0.05
[variable.done]
label = "Done"
start = 0.1
fade = 0.05
[[link]]
from = "told"
to = "done"
polarity = "?"
strength = 0.2
[[link]]
from = "done"
to = "told"
polarity = "+"
strength = 0.2
"""


def test_a_loop_with_an_unknown_sign_is_called_neither(tmp_path):
    path = tmp_path / "two.toml"
    path.write_text(TWO)
    (tmp_path / "quiet.toml").write_text('format = 1\nid = "quiet"\nmodel = "two"\ntitle = "Quiet"\n')
    result = run("dominance", tmp_path / "quiet.toml", "--model", path)
    assert result.exit_code == 0, result.output
    assert "leads, the only one compared: up to" in result.output
    assert driving.EITHER in result.output
    assert driving.KINDS["other ?"] in result.output
    assert "1 arrow has no sign yet: it pulls both ways with half its strength" in result.output


def test_the_table_holds_gains_and_shares(tmp_path):
    out = tmp_path / "loops.csv"
    result = run("dominance", "everything_for_a_year", "nothing_new", "--csv", out, "--months", 24)
    assert result.exit_code == 0, result.output
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == driving.HEAD
    assert {row["scenario"] for row in rows} == {"everything_for_a_year", "nothing_new"}
    named = [row for row in rows if row["name"] == "It's ours" and row["scenario"] == "everything_for_a_year"]
    assert [float(row["month"]) for row in named] == list(range(25))
    assert float(named[0]["loop gain"]) == pytest.approx(0.07, abs=0.005)
    assert {row["loop gain"] for row in rows if row["loop"].endswith(":fading")} == {""}
    assert len(rows) == 2 * 25 * (721 + 2 * 18)  # every loop, and the two built into each of 18 boxes


def test_the_json_is_of_one_scenario(tmp_path):
    out = tmp_path / "loops.json"
    assert run("dominance", "nothing_new", "--json", out, "--months", 12).exit_code == 0
    assert json.loads(out.read_text())["feedback"]["valid"] is True
    result = run("dominance", "nothing_new", "everything_for_a_year", "--json", out)
    assert result.exit_code == 2
    assert "one scenario" in result.output


def test_a_file_of_another_kind_is_not_overwritten(tmp_path):
    precious = tmp_path / "model.toml"
    precious.write_text("mine")
    for option in ("--csv", "--json"):
        result = run("dominance", "nothing_new", option, precious, "--months", 12)
        assert result.exit_code == 2
        assert "not overwritten" in result.output
    assert precious.read_text() == "mine"


def test_without_loops(tmp_path):
    output = told(tmp_path, {"a": 1, "b": 0}, [("a", "b")])
    assert "no feedback loops" in output
    assert "From the start" not in output
    assert "share of the change" not in output


def test_with_one_loop(tmp_path):
    output = told(tmp_path, {"a": 0.1, "b": 0.2}, [("a", "b"), ("b", "a")])
    assert "Feedback loops: 1; named: 0." in output
    assert "From the start 'a and b' leads, the only one compared" in output


def test_at_rest(tmp_path):
    output = told(tmp_path, {"a": 0, "b": 0}, [("a", "b"), ("b", "a")])
    assert "From the start nothing comes back around any of them." in output
    assert "At rest all the time" in output
    assert "share of the change\n" not in output


def test_with_two_parts(tmp_path):
    output = told(tmp_path, {"a": 0.1, "b": 0.2}, [("a", "a"), ("b", "b")])
    assert "share of the change, part 1 of 2: a" in output
    assert "share of the change, part 2 of 2: b" in output


def test_a_part_at_rest_has_a_sentence_and_no_figures(tmp_path):
    """Of two boxes that feed themselves the full one never moves, so all of the other's change is its own."""
    output = told(tmp_path, {"a": 0.1, "b": 1}, [("a", "a"), ("b", "b")])
    assert "share of the change, part 2 of 2: b, ...: at rest all the time" in output
    figures = [line.split()[-1] for line in output.splitlines() if line.startswith("    ") and "%" in line]
    assert len(figures) == 2
    assert sum(int(figure.rstrip("%")) for figure in figures) in (99, 100, 101)  # each is rounded


def test_averages_leave_out_the_months_at_rest(tmp_path):
    """A box that feeds itself is full long before month 240; until then its shares sum to 1."""
    output = told(tmp_path, {"a": 0.5}, [("a", "a")], "--months", "240")
    assert "At rest in month " in output
    figures = [line.split()[-1] for line in output.splitlines() if line.startswith("    ") and "%" in line]
    assert sum(int(figure.rstrip("%")) for figure in figures) in (99, 100, 101)


def test_with_too_many_to_list(tmp_path):
    """Every pair of nine boxes joined both ways: 125,664 loops."""
    names = [f"v{k}" for k in range(9)]
    starts = dict(zip(names, np.linspace(0.01, 0.2, 9), strict=True))
    output = told(tmp_path, starts, permutations(names, 2), "--months", "12")
    assert "More than 2,000 feedback loops, too many to list; named: 0." in output
    assert output.count("  R   ") == driving.MOST


def test_names_that_a_spreadsheet_would_run_are_disarmed(tmp_path):
    out = tmp_path / "loops.csv"
    told(tmp_path, {"a": 0.1}, [("a", "a")])
    model = tmp_path / "tiny.toml"
    model.write_text(model.read_text().replace('label = "a"', 'label = "=1+1"'))
    assert run("dominance", tmp_path / "plain.toml", "--model", model, "--csv", out).exit_code == 0
    with out.open() as file:
        assert next(csv.DictReader(file))["name"] == "'=1+1, by itself"
