"""`loops tipping`: the verdict first, in words, for every shipped scenario; the map; tables; wrong input."""

from __future__ import annotations

import csv
import re

import pytest
from command import MODEL, run
from test_bad_files import GOOD

LASTS, FADES = "Likely to keep going without us.", "Unlikely to keep going without us."
VERDICTS = {
    "champions_leave": (LASTS, "It tips at month"),
    "embed_first": (FADES, "It tips at month"),
    "everything_for_a_year": (FADES, "It tips at month"),
    "everything_for_four_years": (LASTS, "It tips at month"),
    "high_competing_priorities": (FADES, "There is no upper state of rest"),
    "insight_first": (FADES, "It fades at every point"),
    "little_and_often": (LASTS, "It tips at month"),
    "nothing_new": ("Nothing to keep going", "Not run: no lever is on"),
    "relationships_first": (FADES, "It fades at every point"),
    "value_first": (FADES, "It tips at month"),
}


@pytest.mark.parametrize("scenario", VERDICTS)
def test_every_shipped_scenario_is_told_first_in_words(scenarios, scenario):
    assert set(VERDICTS) == set(scenarios)
    result = run("tipping", scenario, "--draws", 4)
    assert result.exit_code == 0, result.output
    verdict, tips = VERDICTS[scenario]
    title, first, *rest = result.output[result.output.index(scenarios[scenario].title) :].splitlines()
    assert title == f"{scenarios[scenario].title} ({scenario})"
    assert first.startswith(verdict)
    assert any(line.strip().startswith(tips) for line in rest)
    assert rest[-1] == "This shows what follows from our assumptions. It is not a forecast."


def test_the_four_year_programme_in_figures():
    """Three levels of rest, as the return curve crosses; a tipping point long before four years."""
    result = run("tipping", "everything_for_four_years")
    said = result.output
    assert "3 levels" in said
    levels = re.findall(r"buy_in (0\.\d+)   (holds|tips either way)", said)
    assert [firm for _, firm in levels] == ["holds", "tips either way", "holds"]
    crossings = ", ".join(f"{level} ({firm})" for level, firm in levels)
    assert f"It gives back just what is put in at {crossings}." in said
    tips = float(re.search(r"It tips at month (\d+\.\d)", said)[1])
    low, high, middle = map(
        float, re.search(r"between month (\S+) and month (\S+), half .* month (\S+)\.", said).groups()
    )
    assert low < middle < high
    assert low < tips < high < 48
    assert "In 64 versions of the assumptions (each number about 5% larger or smaller)" in said
    assert "somewhere between 19 and 32 months, under these assumptions" in said


def test_everything_known_of_the_states_of_rest_is_printed():
    """How fast, how it swings, the multiplier, what a lasting push comes to, R and the return curve."""
    said = run("tipping", "everything_for_four_years", "--draws", 1).output
    pushes = re.findall(r"a small push (shrinks to a third within|grows threefold in) \d+ months; (.+)", said)
    assert [way[:6] for way, _ in pushes] == ["shrink", "grows ", "shrink"]
    assert pushes[0][1] == "no swing to be seen"
    assert re.fullmatch(r"swings every \d+ months, damping 0\.\d\d, settled in \d+", pushes[1][1])
    multipliers = re.findall(r"feedback multiplier (\d\.\d+) \(B loops act: no bound on growth\)(.*)", said)
    assert [float(rho) > 1 for rho, _ in multipliers] == [False, True, False]
    assert [more.startswith("; a lasting push on buy_in grows ") for _, more in multipliers] == [
        True,
        False,
        True,
    ]
    assert "R: not defined: the system is seeded by" in said
    held, back = (
        [float(value) for value in re.search(rf"^  {row} +(.+)$", said, re.MULTILINE)[1].split()]
        for row in ("held at", "gives back")
    )
    assert held == [k / 10 for k in range(11)]
    # it shrinks just above the lower level of rest, and grows by itself between the other two
    assert [give > hold for hold, give in zip(held, back, strict=True)] == (
        [True, False, False, True, True] + [False] * 6
    )


def test_along_a_circumstance_with_what_comes_anyway():
    result = run(
        "tipping", "everything_for_four_years", "--along", "context:competing_priorities", "--draws", 4
    )
    assert re.search(
        r"It tips at 0\.6\d\d, known to 0\.002: below it keeps going, above it fades", result.output
    )
    assert re.search(r"^ +o +o +#", result.output, re.MULTILINE)


def test_the_map_in_letters_and_as_a_table(tmp_path):
    out = tmp_path / "map.csv"
    result = run(
        "tipping", "everything_for_four_years", "--draws", 2, "--map", "competing_priorities", "--csv", out
    )
    assert result.exit_code == 0, result.output
    rows = re.findall(r"^  +\S+ ([#o.?X]{40})$", result.output, re.MULTILINE)
    assert len(rows) == 20
    assert "".join(rows).count("X") == 1
    assert set(rows[0]) == {"."}
    assert set(rows[-1]) == {"o"}
    with out.open() as file:
        table = list(csv.DictReader(file))
    assert [row["what"] for row in table[:14]] == ["point"] * 13 + ["tips"]
    cells = [row for row in table if row["what"] == "map"]
    assert len(cells) == 1_600
    assert {cell["verdict"] for cell in cells} == {"keeps going", "fades", "comes anyway"}
    for cell in cells[:40]:  # with next to no pressure it ends as high without the plan
        assert float(cell["in the end"]) - float(cell["if nothing new is done"]) < 0.01
    told = [[cell["verdict"][:1] for cell in cells[first : first + 40]] for first in range(0, 1_600, 40)]
    letters = {"k": "#", "f": ".", "c": "o"}
    # printed from the top, every second row; the plan's own cell stands for the one beneath it
    for row, line in zip(told[::-2], rows, strict=True):
        assert all(letters[word] == mark for word, mark in zip(row, line, strict=True) if mark != "X")


def test_the_points_and_the_range_as_a_table(tmp_path):
    out = tmp_path / "points.csv"
    said = run("tipping", "everything_for_four_years", "--draws", 8, "--csv", out).output
    with out.open() as file:
        rows = list(csv.DictReader(file))
    points, tips = ([row for row in rows if row["what"] == what] for what in ("point", "tips"))
    assert [float(row["value"]) for row in points] == [10 * k for k in range(13)]
    assert [row["verdict"] for row in points] == ["fades"] * 3 + ["keeps going"] * 10
    (tip,) = tips
    assert tip["verdict"] == "fades to keeps going"
    assert f"It tips at month {float(tip['value']):.1f}, " in said
    below = [row for row in rows if row["what"] == "of the versions that tip, tip below"]
    assert [row["share of versions"] for row in below] == ["0.1", "0.5", "0.9"]
    low, middle, high = (f"month {float(row['value']):.1f}" for row in below)
    assert f"eight in ten do between {low} and {high}, half of them below {middle}." in said
    shares = {
        row["what"]: float(row["share of versions"]) for row in rows if row["what"].startswith("versions")
    }
    assert f"this plan keeps going in {shares['versions in which this plan lasts']:.0%};" in said
    assert f"at every point in {shares['versions that last at every point']:.0%}, at none in " in said


def test_without_an_upper_state_of_rest_there_is_no_range():
    said = run("tipping", "high_competing_priorities").output
    assert "There is no upper state of rest" in said
    assert "versions" not in said
    assert "fades" not in said.replace(". fades", "")


def test_better_circumstances_are_not_the_plans_doing(tmp_path):
    """They lift the lower state of rest, by more than a lead must have, and the plan leaves nothing there."""
    own = tmp_path / "eased.toml"
    own.write_text(
        'format = 1\nid = "eased"\nmodel = "common_purpose"\ntitle = "Eased"\n'
        "[lever]\nreflection = [{month = 0, level = 1}, {month = 6, level = 0}]\n"
        "[context]\ncompeting_priorities = [{month = 24, level = 0.25}]\n"
    )
    said = run("tipping", own, "--draws", 2).output
    assert "Nothing to keep going: it ends no higher than if nothing new is done." in said
    assert "ends at 0.046" in said
    assert "It fades at every point" in said


def test_what_is_brought_down_is_not_said_to_fade_nor_to_make_no_difference():
    said = run("tipping", "everything_for_four_years", "--outcome", "strain", "--draws", 1).output
    assert "it ends no higher than if nothing new is done" in said
    assert re.search(r"^ +=( +=){12}$", said, re.MULTILINE)
    assert "= ends no higher" in said
    assert "At no point does it end higher with the plan than without." in said


def one_box(tmp_path, *more: str):
    model, scenario = tmp_path / "box.toml", tmp_path / "push.toml"
    model.write_text(
        'format = 1\nid = "box"\ntitle = "Box"\n[variable.x]\nlabel = "X"\nstart = 0.1\n'
        '[lever.u]\nlabel = "U"\n[[link]]\nfrom = "u"\nto = "x"\npolarity = "+"\nstrength = 0.1\n'
        'evidence = "assumed"\n' + "\n".join(more)
    )
    scenario.write_text(
        'format = 1\nid = "push"\nmodel = "box"\ntitle = "Push"\n'
        "[lever]\nu = [{month = 0, level = 1}, {month = 12, level = 0}]\n"
    )
    return run("tipping", scenario, "--model", model, "--draws", 2).output


def test_what_nothing_moves_rests_anywhere_in_one_line(tmp_path):
    said = one_box(tmp_path)
    assert "Once the plan is over x rests anywhere it is left: nothing moves it." in said
    assert "cannot be said" not in said
    assert "starts" not in said
    assert "even a small push lasts" in said
    assert max(len(line) for line in said.splitlines()) < 130


def test_very_many_levels_of_rest_are_not_listed(tmp_path):
    """x is only moved by y, and y fades: whatever x has won by then it keeps."""
    said = one_box(
        tmp_path,
        '[variable.y]\nlabel = "Y"\nstart = 0\nfade = 0.1',
        '[[link]]\nfrom = "y"\nto = "x"\npolarity = "+"\nstrength = 0.1\nevidence = "assumed"',
    )
    assert "so many are a sign that something stays wherever it is put." in said
    assert re.search(r"gives back just what is put in at \d+ levels, from 0\.000 to 1\.000\.", said)
    assert "cannot be said" not in said


def test_without_a_programme_there_is_no_map_and_an_empty_table(tmp_path):
    out = tmp_path / "points.csv"
    result = run("tipping", "nothing_new", "--map", "context:competing_priorities", "--csv", out)
    assert result.exit_code == 0, result.output
    assert "No map is drawn: no lever is on in this plan" in result.output
    assert out.read_text().count("\n") == 1


def test_another_model_and_outcome(tmp_path):
    model = tmp_path / "surgery.toml"
    model.write_text(GOOD)
    plan = tmp_path / "endless.toml"
    plan.write_text(
        'format = 1\nid = "endless"\nmodel = "surgery"\ntitle = "Endless"\n[lever]\ntraining = 1.0\n'
    )
    result = run("tipping", plan, "--model", model, "--along", "training", "--draws", 2)
    assert result.exit_code == 0, result.output
    assert "'Information' ends at" in result.output
    result = run("tipping", plan, "--model", model, "--outcome", "value", "--along", "training", "--draws", 2)
    assert "'It helps' ends at" in result.output
    assert "Some lever never stops" in result.output
    assert "Not run: some lever never stops" in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing_knew"], "'nothing_new'"),
        (["value_first", "--along", "month"], "'months'"),
        (["value_first", "--map", "months"], "two different things"),
        (["value_first", "--outcome", "buyin"], "'buy_in'"),
        (["value_first", "--csv", "no/such/folder/x.csv", "--draws", "1"], "cannot be written"),
        (["value_first", "--model", MODEL, "--noise", "2"], "--noise"),
    ],
)
def test_what_cannot_be_asked_is_one_message_and_exit_code_2(arguments, says):
    result = run("tipping", *arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output


def test_a_plan_that_never_stops_has_no_share_of_its_own(tmp_path):
    plan = tmp_path / "on.toml"
    plan.write_text(
        'format = 1\nid = "on"\nmodel = "common_purpose"\ntitle = "On"\n[lever]\ntraining = 1\n',
        encoding="utf-8",
    )
    said = run("tipping", plan, "--draws", 4).stdout
    assert "Some lever never stops, so this plan cannot show what happens without us." in said
    assert "this plan keeps going in" not in said
