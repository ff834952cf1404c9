"""`loops journey`: what is left of our assumptions, one partner of a file after the other."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest
from clinic import MODEL_FILE
from command import run
from rated import BEGUN, history

from loops.files import read_model
from loops.partners import Deed, History, Profile
from loops.partners.document import write_history
from loops.partners.table import write_table

SLOW = [
    (0, "not yet"),
    *((month, "a little") for month in (3, 6, 9, 12)),
    (15, "partly"),
]
"""With the file's strength it is .59 after nine months and .70 after twelve: two ratings are off."""
NEVER = [(month, "not yet") for month in range(0, 36, 6)]
SOON = [(0, "not yet"), *((month, "mostly") for month in (3, 6, 9, 12, 15))]
ALIAS = "A place in the north"
SURGERY = Profile("Surgery A", alias=ALIAS)
TOLD = (Deed("We told them", BEGUN, None, "tell"),)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.toml"
    path.write_text(MODEL_FILE)
    return path


def told(clinic: Path, said=SLOW, *, deeds=TOLD, profile=SURGERY) -> History:
    found = history(read_model(clinic), *((month, "known", word) for month, word in said), deeds=deeds)
    return dataclasses.replace(found, profile=profile)


def written(clinic: Path, found: History) -> Path:
    path = clinic.parent / "partner.toml"
    path.write_text(write_history(found, with_names=True))
    return path


def lines(result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_it_says_what_is_left_and_what_ruled_the_others_out(clinic):
    said = lines(run("journey", clinic, written(clinic, told(clinic)), "--seed", 1, "--worlds", 512))
    assert said[:2] == ["A clinic", "Seed 1, middle width"]
    assert said[3] == ALIAS
    assert said[4].startswith("Of 512 versions of our assumptions ")
    assert said[5] == "What was said of rules out by itself nothing else rules out"
    assert said[6].startswith("Known ")
    assert "Nothing is written down as done" not in " ".join(said)
    assert said[-1] == "This shows what follows from our assumptions. It is not a forecast."


def test_names_stay_where_they_are(clinic, tmp_path):
    out = tmp_path / "out.csv"
    result = run("journey", clinic, written(clinic, told(clinic)), "--seed", 1, "--best-fit", "--csv", out)
    assert ALIAS in result.stdout
    assert "Surgery A" not in result.output + out.read_text()


def test_the_table_has_every_observation_and_number(clinic, tmp_path):
    """Six ratings, the first of which is the start, and one pattern."""
    out = tmp_path / "out.csv"
    lines(run("journey", clinic, written(clinic, told(clinic)), "--seed", 1, "--best-fit", "--csv", out))
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [row["said"] for row in rows if row["what"] == "observation"] == [
        *(word for _, word in SLOW[1:]),
        "went up",
    ]
    assert [row["since"] for row in rows if row["since"]] == [f"{BEGUN}"]
    assert [row["about"] for row in rows if row["what"] == "box"] == ["known"]
    fitted = [row for row in rows if row["what"] == "best fit"]
    assert fitted
    assert all(float(row["now 5%"]) <= float(row["now 50%"]) <= float(row["now 95%"]) for row in fitted)
    assert {row["partner"] for row in rows} == {ALIAS}


def test_a_best_fit_is_only_looked_for_when_asked(clinic):
    path = written(clinic, told(clinic))
    assert not any("best fit" in line for line in lines(run("journey", clinic, path, "--seed", 1)))
    said = lines(run("journey", clinic, path, "--seed", 1, "--best-fit"))
    assert f"{ALIAS}, best fit" in said
    assert any(line.startswith("With the best numbers") for line in said)


def test_a_table_may_hold_several_partners(clinic, tmp_path):
    """Nobody is told, so a place that nobody has told fits in every version, and one that knows in none."""
    path = tmp_path / "partners.csv"
    several = [
        told(clinic, said, deeds=(), profile=Profile(name)) for name, said in (("A", NEVER), ("B", SOON))
    ]
    path.write_text(write_table(several, with_names=True))
    said = lines(run("journey", clinic, path, "--seed", 1, "--worlds", 128))
    first, second = said.index("Partner 1"), said.index("Partner 2")
    assert said[first + 1].startswith("Of 128 versions of our assumptions 128 can")
    assert said[first + 2].startswith("versions apart.")
    assert "Nothing is written down as done, so the versions run as if nothing new was." in said
    assert said[second + 1].startswith(
        "None of 128 versions of our assumptions can have led to what was said."
    )
    assert any("may be missing or wrong in our diagram" in line for line in said[second:])


def test_too_few_observations_are_information(clinic, tmp_path):
    out = tmp_path / "out.csv"
    path = written(clinic, told(clinic, SLOW[:2]))
    said = lines(run("journey", clinic, path, "--seed", 1, "--best-fit", "--csv", out))
    assert said[4].startswith("Too few observations to say.")
    assert len(out.read_text().splitlines()) == 1


def test_the_same_seed_prints_the_same_on_any_number_of_threads(clinic):
    path = written(clinic, told(clinic))
    one, two, other = (
        run("journey", clinic, path, "--best-fit", "--seed", seed, "--threads", threads).stdout
        for seed, threads in ((1, 1), (1, 2), (2, 2))
    )
    assert one == two
    assert one != other.replace("Seed 2", "Seed 1")


def test_progress_is_told_beside_the_result(clinic):
    result = run("journey", clinic, written(clinic, told(clinic)), "--seed", 1)
    assert "100%  versions tried: 4,096 of 4,096" in result.stderr
    assert "versions tried: " not in result.stdout


@pytest.mark.parametrize(
    ("change", "options", "says"),
    [
        ({"model": "other"}, (), "clinic"),
        ({}, ("--csv", "no/table.csv"), "there is no such folder"),
        ({}, ("--csv", "partner.toml"), "this file is there already and is no .csv"),
    ],
)
def test_what_cannot_be_used_is_one_message_before_any_run(clinic, monkeypatch, change, options, says):
    monkeypatch.chdir(clinic.parent)
    path = written(clinic, dataclasses.replace(told(clinic), **change))
    result = run("journey", clinic, path, "--seed", 1, *options)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert "versions tried" not in result.stderr


@pytest.mark.parametrize("options", [(), ("--seed", 1, "--worlds", 10), ("--seed", 1, "--width", "wild")])
def test_the_seed_is_required_and_options_have_bounds(clinic, options):
    assert run("journey", clinic, written(clinic, told(clinic)), *options).exit_code == 2
