"""`loops press`: what a lasting push does, in words and in how many versions; from the signs alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from clinic import CALM, MODEL_FILE
from command import MODEL, run

from loops.theory import community, press

ALONE = """\
format = 1
id = "alone"
title = "Alone"

[variable.x]
label = "X"
start = 0.5
fade = 0.1
"""
SURE = "(in at least 9 of 10 versions, or else one way or the other)"
KNOWN = f"'Known' (known) ends, when one of these is pushed {SURE}"


def model(folder: Path, text: str) -> Path:
    path = folder / "a_model.toml"
    path.write_text(text)
    return path


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """Telling adds to what is known, noise takes from it, and what is known takes from calm."""
    return model(tmp_path, MODEL_FILE + CALM.format(sign="-"))


def lines(result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def after(said: list[str], head: str, count: int) -> list[str]:
    place = said.index(head) + 1
    return said[place : place + count]


def test_what_raises_and_lowers_the_outcome_is_said_in_words_first(clinic):
    """Telling reaches what is known with +, which reaches calm with -."""
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 128, "--outcome", "calm"))
    head = f"'Calm' (calm) ends, when one of these is pushed {SURE}"
    assert after(said, head, 6) == [
        "higher", "variables calm", "lower", "levers tell", "variables known", "the same",
    ]  # fmt: skip
    assert "128 versions were tried, and all were used." in said
    assert said.index(head) < said.index("tell 0.0% 100.0% 0.0%")
    assert said[-1] == "This shows what follows from our assumptions. It is not a forecast."


def test_what_cannot_be_moved_stays_the_same(clinic):
    """Nobody is told, so nothing is known, and noise has nothing to take: -w x = 0 at x = 0."""
    assert "noise 0.0% 0.0% 100.0%" in lines(run("press", clinic, "--seed", 1, "--worlds", 128))


def test_after_a_scenario_that_tells_all_it_has(clinic, tmp_path):
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    (folder / "told.toml").write_text(
        'format = 1\nid = "told"\nmodel = "clinic"\ntitle = "Told"\n[lever]\ntell = 0.5\n'
    )
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 128, "--after", "told"))
    assert "At rest after 'Told' (told), middle width." in said
    assert "noise 0.0% 100.0% 0.0%" in said


def test_one_push_is_told_by_what_it_does_to_everything(clinic):
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 128, "--on", "tell"))
    head = f"When 'Tell them' (tell) is pushed, these end {SURE}"
    assert after(said, head, 4) == ["higher", "variables known", "lower", "variables calm"]
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 128, "--on", "tell", "--outcome", "calm"))
    assert after(said, head, 2) == ["lower", "variables calm"]


def test_every_push_and_variable_is_written_to_a_table(clinic, tmp_path):
    out = tmp_path / "pushes.csv"
    lines(run("press", clinic, "--seed", 1, "--worlds", 128, "--on", "tell", "--csv", out))
    with out.open() as file:
        rows = {(row["pushed"], row["variable"]): row for row in csv.DictReader(file)}
    assert set(rows) == {
        (push, name) for push in ("tell", "noise", "known", "calm") for name in ("known", "calm")
    }
    row = rows["tell", "calm"]
    assert [row[key] for key in ("ends", "higher", "lower", "the same")] == ["lower", "0", "1", "0"]
    assert (row["versions used"], row["versions tried"]) == ("128", "128")


def test_too_few_versions_are_too_few_to_say(clinic, tmp_path):
    out = tmp_path / "pushes.csv"
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 99, "--csv", out))
    assert (
        "99 versions were tried, and all were used. That is too few to say anything: 100 are needed." in said
    )
    assert KNOWN not in said
    assert "too few versions to say" in out.read_text()


def test_versions_that_are_left_out_are_counted_with_the_reason(tmp_path):
    """A rumour that wins .2 and loses .1 leaves its start, 0, at the least push: that rest is not stable."""
    rumour = '\n[[link]]\nfrom = "x"\nto = "x"\npolarity = "+"\nstrength = 0.2\nspread = "narrow"\n'
    text = ALONE.replace("start = 0.5", "start = 0.0") + rumour + 'evidence = "stated"\n'
    said = " ".join(lines(run("press", model(tmp_path, text), "--seed", 1, "--width", "narrow")))
    assert (
        "1,024 versions were tried, and 0 were used. The others were left out: in 1,024 a small push" in said
    )


def test_from_signs_alone(clinic):
    """Each alone is held back by itself, and there is no loop: all random versions come back to rest."""
    said = lines(run("press", clinic, "--seed", 1, "--worlds", 200, "--signs"))
    assert "200 random versions were drawn, and 200 of them (100%) come back to rest after a push." in said
    assert after(said, KNOWN, 5) == [
        "higher",
        "levers tell",
        "variables known",
        "lower",
        "circumstances noise",
    ]
    assert "tell 100.0% 0.0% 0.0%" in said


def test_a_sign_that_is_not_known_is_either_in_each_version(tmp_path):
    path = model(tmp_path, MODEL_FILE + CALM.format(sign="?"))
    said = lines(run("press", path, "--seed", 1, "--signs", "--on", "tell"))
    assert "1 arrow has no sign yet: in each version it is + or −, each as likely." in said
    head = f"When 'Tell them' (tell) is pushed, these end {SURE}"
    assert after(said, head, 4) == [
        "higher",
        "variables known",
        "one way or the other",
        "variables calm",
    ]
    said = lines(run("press", path, "--seed", 1, "--on", "tell"))
    assert "1 arrow has no sign yet: in each version it is + or −, each as likely." in said
    assert after(said, head, 4)[-2:] == ["one way or the other", "variables calm"]


def test_too_few_random_versions_of_the_shipped_model_come_to_rest(monkeypatch):
    monkeypatch.setattr(community, "MOST_CUBES", 2_000 * 18**3)
    said = " ".join(lines(run("press", "common_purpose", "--seed", 1, "--signs")))
    assert "2,000 random versions were drawn, and" in said
    assert "That is too few to say anything: 100 are needed." in said
    assert "ends, when one of these is pushed" not in said


def test_the_shipped_model_goes_by_its_id_or_its_file():
    by_id, by_file = (run("press", name, "--seed", 1, "--worlds", 128) for name in ("common_purpose", MODEL))
    assert by_id.stdout == by_file.stdout
    (row,) = [line.split() for line in by_id.stdout.splitlines() if line.split()[:1] == ["strain"]]
    assert float(row[2].rstrip("%")) >= 90
    assert "100%  versions tried: 128 of 128" in by_id.stderr


def test_one_box_alone_has_itself_to_push(tmp_path):
    path = model(tmp_path, ALONE)
    for options in ((), ("--signs",)):
        said = lines(run("press", path, "--seed", 1, *options))
        assert "x 100.0% 0.0% 0.0%" in said


def test_a_lever_without_an_arrow_moves_nothing(tmp_path):
    path = model(tmp_path, f'{ALONE}\n[lever.idle]\nlabel = "Idle"\n')
    assert "x 0.0% 0.0% 100.0%" in lines(run("press", path, "--seed", 1, "--on", "idle"))
    said = lines(run("press", path, "--seed", 1, "--on", "idle", "--signs"))
    assert "No arrow leads from it, so pushing it moves nothing." in said


def test_of_a_large_model_some_or_none_are_tried_and_it_says_so(clinic, monkeypatch):
    monkeypatch.setattr(press, "MOST_CUBES", 2**3 * 120)
    said = " ".join(lines(run("press", clinic, "--seed", 1)))
    assert "This model is large: 120 of 1,024 versions were tried." in said
    monkeypatch.setattr(press, "MOST_CUBES", 0)
    said = lines(run("press", clinic, "--seed", 1))
    assert "This model is too large for the press test, and nothing was run." in said
    monkeypatch.setattr(community, "MOST_CUBES", 0)
    said = lines(run("press", clinic, "--seed", 1, "--signs"))
    assert "This diagram is too large for random versions of it, and none was drawn." in said


def test_five_hundred_boxes_are_too_many_and_it_says_so_at_once(tmp_path):
    boxes = "".join(f'[variable.x{n}]\nlabel = "X"\nstart = 0.5\nfade = 0.1\n' for n in range(500))
    path = model(tmp_path, f'format = 1\nid = "many"\ntitle = "Many"\n{boxes}')
    said = lines(run("press", path, "--seed", 1))
    assert "This model is too large for the press test, and nothing was run." in said
    assert "This diagram is too large" in run("press", path, "--seed", 1, "--signs").stdout


def test_of_very_many_things_some_are_printed(tmp_path):
    boxes = "".join(f'[variable.x{n}]\nlabel = "X"\nstart = 0.5\nfade = 0.1\n' for n in range(120))
    head = 'format = 1\nid = "many"\ntitle = "Many"\n'
    said = lines(run("press", model(tmp_path, head + boxes), "--seed", 1, "--worlds", 100))
    assert "and 20 more: --csv writes them all" in said
    assert any(line.endswith("95 more") for line in said)  # of 119 that do not move x0, 24 are named


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--on", "tel"), "loops: --on: there is nothing called 'tel' to push. Did you mean 'tell'?"),
        (("--outcome", "tell"), "loops: --outcome: there is no variable 'tell'."),
        (("--after", "told"), "loops: --after: there is no scenario 'told'. Choose from: nothing_new."),
        (("--signs", "--width", "wide"), "loops: --signs uses no numbers and no scenario"),
        (("--csv", "no/pushes.csv"), "the file cannot be written: there is no such folder."),
    ],
)
def test_what_cannot_be_used_is_one_message_before_anything_is_run(clinic, options, says):
    result = run("press", clinic, "--seed", 1, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    (message,) = result.stderr.splitlines()
    assert says in message


@pytest.mark.parametrize("options", [(), ("--seed", -1), ("--seed", 1, "--width", "huge")])
def test_the_seed_is_required_and_options_have_bounds(options):
    assert run("press", "common_purpose", *options).exit_code == 2
