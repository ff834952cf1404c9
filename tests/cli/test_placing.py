"""`loops matrix`: where a plan acts, where nothing is yet, and what else would add, in words and figures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from command import run

MODEL = """
format = 1
id = "wishes"
title = "Wishes"
horizon = 36
[variable.trust]
label = "Trust"
start = 0.1
fade = 0.02
[lever.walk]
label = "Walking group"
hours_us = 2
influence = [{ at = "social", on = "community" }]
[lever.signs]
label = "=Signs"
influence = [{ at = "infrastructure", on = "community", evidence = "inferred", reason = "On the wall." }]
[lever.talk]
label = "Talk"
needs = ["signs"]
[lever.late]
label = "Later"
earliest = 30
influence = [{ at = "infrastructure", on = "community" }, { at = "individual", on = "organisation" }]
[[link]]
from = "walk"
to = "trust"
polarity = "+"
strength = 0.1
[[link]]
from = "signs"
to = "trust"
polarity = "+"
strength = 0.1
"""
PLAN = """
format = 1
id = "walking"
model = "wishes"
title = "Walking"
[lever]
walk = [{ month = 0, level = 1 }, { month = 24, level = 0 }]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    model, plan = tmp_path / "wishes.toml", tmp_path / "walking.toml"
    model.write_text(MODEL)
    plan.write_text(PLAN)
    return model, plan


def test_where_a_plan_acts_and_what_else_would_add(files, tmp_path):
    model, plan = files
    out = tmp_path / "matrix.csv"
    result = run("matrix", model, "--scenario", plan, "--outcome", "trust", "--csv", out)
    assert result.exit_code == 0, result.output
    assert (
        "Walking group                                        in the plan, 48 hours in all" in result.output
    )
    assert "=Signs                                               not in it: would add" in result.output
    assert "not tried: the plan’s own items end before it could begin" in result.output
    assert "Nothing here yet: what could be done together, for the people who work here?" in result.output
    assert result.output.count("all of it together") == 1  # of the cell in which two things stand
    assert "In none of them: talk" in result.output
    assert "Added to 'Trust' at month 24, in eight of ten of 512 versions" in result.output
    assert "It is not a forecast." in result.output
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert len(rows) == 10  # nine cells, of which one has two things in it
    (signs,) = (row for row in rows if row["What"] == "'=Signs")
    assert (signs["How it acts"], signs["Why"]) == ("In the surroundings", "On the wall.")
    assert signs["What it would add"].startswith("would add")


def test_without_a_plan_it_lists_what_could_be_done_where(files):
    result = run("matrix", files[0])
    assert result.exit_code == 0
    assert "Between people: the people we serve (our own reading)\n  Walking group\n" in result.output
    assert "In the surroundings: the people we serve (our own reading)" in result.output  # the weakest of two


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--outcome", "trust"), "name the plan that things are added to, with --scenario"),
        (("--scenario", "nothing_new", "--outcome", "trus"), "Did you mean 'trust'?"),
        (("--scenario", "nothing_nw"), "Did you mean 'nothing_new'?"),
        (("--scenario", "nothing_new", "--csv", "x.txt/y.csv"), "there is no such folder"),
    ],
)
def test_what_cannot_be_used_is_one_line(files, options, says):
    result = run("matrix", files[0], *options)
    assert result.exit_code == 2
    assert says in result.output
    assert result.output.count("\n") == 1
