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
    assert "somewhere between 1½ years and 2½ years, under these assumptions" in said


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
        cells = list(csv.DictReader(file))
    assert len(cells) == 1_600
    assert {cell["verdict"] for cell in cells} == {"keeps going", "fades", "comes anyway"}
    told = [[cell["verdict"][:1] for cell in cells[first : first + 40]] for first in range(0, 1_600, 40)]
    letters = {"k": "#", "f": ".", "c": "o"}
    # printed from the top, every second row; the plan's own cell stands for the one beneath it
    for row, line in zip(told[::-2], rows, strict=True):
        assert all(letters[word] == mark for word, mark in zip(row, line, strict=True) if mark != "X")


def test_the_points_as_a_table(tmp_path):
    out = tmp_path / "points.csv"
    run("tipping", "everything_for_four_years", "--draws", 2, "--csv", out)
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [float(row["value"]) for row in rows] == [10 * k for k in range(13)]
    assert [row["verdict"] for row in rows] == ["fades"] * 3 + ["keeps going"] * 10


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
