"""`loops utopia`: what it prints and writes, and the one message for what cannot be asked."""

from __future__ import annotations

import csv
import io

import pytest
from command import run

from loops.cli import reading
from loops.files import read_model, read_scenario
from loops.utopia.backcast import backcast
from loops.utopia.target import Limits, Target

MODEL_FILE = """\
format = 1
id = "clinic"
title = "A clinic"

[variable.known]
label = "Known"
start = 0.0

[lever.tell]
label = "Tell them"
hours_us = 2
cost = 500

[lever.show]
label = "Show them"
hours_partner = 5
earliest = 6

[lever.sing]
label = "Sing"

[[link]]
from = "tell"
to = "known"
polarity = "+"
strength = 0.04
evidence = "stated"

[[link]]
from = "show"
to = "known"
polarity = "+"
strength = 0.12
evidence = "stated"
"""
ASKED = ("--target", "known=0.5", "--by", 24, "--keep", 12, "--seed", 1, "--worlds", 512)


@pytest.fixture
def clinic(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_text(MODEL_FILE)
    return path


def test_the_plan_its_chance_its_cost_and_what_more_buys(clinic, tmp_path):
    table, plan = tmp_path / "plans.csv", tmp_path / "our_plan.toml"
    done = run("utopia", clinic, *ASKED, "--budget", 6, "--csv", table, "--scenario-out", plan)
    assert done.exit_code == 0, done.output
    got = backcast(read_model(clinic), Target("known", 0.5, 24, 12), Limits(budget=6.0), seed=1, count=512)
    low, high = got.cheapest.chance.interval
    for said in (
        "Target: 'Known' (known) at 0.5 ('partly') or above in month 24, and still in month 36;",
        "Limits: at most 6 hours a month, any money, 3 of 3 levers, begun and stopped every 6 months.",
        f"({got.cheapest.chance.share:.1%} of the 512 tried, and somewhere between {low:.1%} and {high:.1%} ",
        f"It takes {got.cheapest.cost.hours:g} hours in all",
        "What more effort buys",
        "What each lever of the first plan is worth",
        "Not tried: sing; no arrow leads from it to the target.",
        "not a forecast",
    ):
        assert " ".join(said.split()) in " ".join(done.output.split())
    with table.open() as file:
        rows = list(csv.DictReader(file))
    assert {row["plan"] for row in rows} >= {"frontier 1", "cheapest", "likeliest", "everything"}
    assert all(float(row["hours in the busiest month"]) <= 6 for row in rows if row["plan"] != "everything")
    written = read_scenario(plan, read_model(clinic))
    assert written.id == "our_plan"
    assert written.levers == got.cheapest.plan.scenario(read_model(clinic)).levers
    assert "was not overwritten" not in run("utopia", clinic, *ASKED, "--scenario-out", plan).output
    assert "is there already" in run("utopia", clinic, *ASKED, "--scenario-out", plan).output


def test_a_target_that_cannot_be_reached_says_so_and_gives_the_nearest(clinic):
    done = run("utopia", clinic, "--target", "known=0.99", *ASKED[2:], "--items", "tell")
    said = " ".join(done.output.split())
    assert "No plan within the limits was found that reaches it in 75% of versions." in said
    assert "Not even everything that may be used, all along and over any limit, does: it holds in no" in said
    assert "1 of 3 levers" in said
    tight = " ".join(run("utopia", clinic, "--target", "known=0.7", *ASKED[2:], "--budget", 2).output.split())
    assert "the limits are too tight. The nearest:" in tight


def test_a_target_that_holds_already_needs_nothing(clinic):
    clinic.write_text(MODEL_FILE.replace("start = 0.0", "start = 0.9"))
    assert "Nothing new needs to be done" in run("utopia", clinic, *ASKED).output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--target", "know=0.5"], "--target: there is no variable 'know'. Did you mean 'known'?"),
        (["--target", "known"], "'known' has no level: write it like known=0.6"),
        (["--target", "known=2"], "the level is 2: use a number above 0 and at most 1"),
        (["--items", "tel"], "there is no lever 'tel'. Did you mean 'tell'?"),
        (["--items", ""], "no lever may be used"),
        (["--budget", 1], "nothing that could help fits within these limits"),
        (["--in", "bad_times"], "--in: there is no scenario 'bad_times'"),
        (["--worlds", 3], "3 versions: use at least 512"),
        (["--grid", 0], "every 0 months"),
    ],
)
def test_what_cannot_be_asked_is_one_message(clinic, options, says):
    done = run("utopia", clinic, *ASKED, *options)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert "Traceback" not in done.output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_who_watches_sees_a_bar(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(reading.sys, "stderr", screen)
    with reading.progress_bar() as tell:
        tell(0.5, "looking for plans")
        tell(1.0, "fresh versions of our assumptions")
    assert "looking for plans" in screen.getvalue()
    assert "50%" in screen.getvalue()
    assert "100%" in screen.getvalue()
