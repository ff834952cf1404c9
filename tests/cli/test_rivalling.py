"""`loops rivals`: a model and each rival against what was seen, by how much, and that this proves nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from clinic import MODEL_FILE, RIVALS_FILE, SCENARIO_FILE
from command import MODEL, run

# the model as it is, said by a rival that takes its one arrow away and puts the same one back
THE_SAME = """
[[rival]]
id = "the_same"
title = "The same"
cut = [["tell", "known"]]
add = [{ from = "tell", to = "known", polarity = "+", strength = 0.1, evidence = "stated" }]
"""
STRONGER = THE_SAME.replace("the_same", "stronger").replace("0.1,", "0.2,")


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A small model in a folder of its own, with a scenario and two rivals beside it."""
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    (folder / "rivals.toml").write_text(RIVALS_FILE)
    path = tmp_path / "clinic.toml"
    path.write_text(MODEL_FILE)
    return path


def lines(result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def table(clinic: Path, *options: object) -> list[dict[str, str]]:
    """What the command writes of the comparison, a row for each rival and each thing that was seen."""
    out = clinic.with_name("out.csv")
    lines(run("rivals", clinic, "--seed", 1, "--csv", out, *options))
    with out.open() as file:
        return list(csv.DictReader(file))


def test_the_theory_that_made_what_was_seen_is_more_consistent(clinic):
    """Closed form: 1 - exp(-1.2 f) reaches 1 - exp(-1.2) in the half of the worlds with f above its median.

    Where nobody listens nothing ever moves. 256 points of a Sobol sequence halve a column exactly.
    """
    said = lines(run("rivals", clinic, "--seed", 1, "--worlds", 256))
    assert said[1] == "Seed 1, middle width: 256 versions of each theory"
    rows = [line for line in said if line.startswith(("rose ", "stayed ", "all of it "))]
    rose, stayed, every = rows[:3]
    assert rose.startswith("rose 50.0% 0.0% +50.0% ")
    assert rose.endswith(" ours")
    assert stayed.startswith("stayed 100.0% 100.0% +0.0% ")
    assert stayed.endswith(" not told apart")
    assert every.startswith("all of it 50.0% 0.0% +50.0%")
    assert any("“Our theory” shows all that was seen in 50 of 100 versions" in line for line in said)
    assert "Gone: the arrow to “Known” from “Tell them”." in said
    assert "“Tell them” lowers “Known”; in our theory it raises it." in said
    assert "A survey" in said
    assert any(line.startswith("More consistent is not proved") for line in said)
    assert said[-1] == "This shows what follows from our assumptions. It is not a forecast."


def test_a_rival_that_is_the_model_is_never_told_apart(clinic, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(RIVALS_FILE + STRONGER + THE_SAME)
    # a rival that changes nothing is refused, so the model is held against itself by way of another file
    result = run("rivals", clinic, "--seed", 1, "--rivals", own)
    assert result.exit_code == 2
    assert "[[rival]] the_same: it changes nothing" in result.stderr


def test_a_rival_that_differs_in_words_alone_is_never_told_apart(clinic, tmp_path):
    """An arrow with a reason is another arrow in the file and the same one in every run."""
    own = tmp_path / "own.toml"
    own.write_text(RIVALS_FILE + THE_SAME.replace("evidence", 'reason = "so", evidence'))
    rows = [row for row in table(clinic, "--worlds", 512, "--rivals", own) if row["rival"] == "the_same"]
    assert [row["pattern"] for row in rows] == ["rose", "stayed", "all of it"]
    assert {(float(row["model minus rival"]), row["more consistent"]) for row in rows} == {
        (0, "not told apart")
    }
    assert 0.4 < float(rows[0]["model shows it"]) < 0.6  # so that there was something to tell apart


def test_the_comparisons_are_written_to_a_table(clinic):
    rows = table(clinic, "--worlds", 256)
    assert [(row["rival"], row["pattern"], row["more consistent"]) for row in rows] == [
        (rival, pattern, word)
        for rival in ("unheard", "forgets")
        for pattern, word in (("rose", "ours"), ("stayed", "not told apart"), ("all of it", "ours"))
    ]
    first = rows[0]
    assert (first["sentence"], first["seen"]) == ("They <i>knew</i> more.", "A survey")
    assert (first["width"], first["versions"]) == ("middle", "256")
    low, apart, high = (float(first[key]) for key in ("from", "model minus rival", "to"))
    assert low < apart < high


def test_a_true_rival_is_more_consistent_than_a_model_that_is_too_weak(clinic, tmp_path):
    """Closed form: twice the strength reaches it where 2 f > 1, 4.6 deviations of its logarithm down."""
    own = tmp_path / "own.toml"
    own.write_text(RIVALS_FILE + STRONGER)
    rows = [row for row in table(clinic, "--worlds", 256, "--rivals", own) if row["rival"] == "stronger"]
    assert float(rows[0]["rival shows it"]) == 1
    assert [row["more consistent"] for row in rows] == ["rival", "not told apart", "rival"]


def test_widths_seeds_and_threads(clinic):
    one, two, other, wide = (
        run(
            "rivals", clinic, "--worlds", 1_500, "--seed", seed, "--threads", threads, "--width", width
        ).stdout
        for seed, threads, width in ((1, 1, "middle"), (1, 2, "middle"), (2, 2, "middle"), (1, 2, "wide"))
    )
    assert one == two
    assert "Seed 2, middle width: 1,500 versions" in other
    assert "Seed 1, wide width: 1,500 versions" in wide


def test_the_shipped_rivals_are_compared_by_the_models_id_or_file():
    by_id, by_file = (run("rivals", name, "--worlds", 64, "--seed", 1) for name in ("common_purpose", MODEL))
    assert by_id.stdout == by_file.stdout
    said = lines(by_id)
    assert sum(line.startswith("all of it ") for line in said) == 3


def test_progress_is_told_beside_the_result(clinic):
    result = run("rivals", clinic, "--worlds", 64, "--seed", 1)
    assert "100%  versions tried: 64 of 64" in result.stderr
    assert "versions tried" not in result.stdout


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('[["tell", "known"]]', '[["tell", "knwon"]]', "[[rival]] unheard, cut: no link tell -> knwon"),
        (RIVALS_FILE[RIVALS_FILE.index("[[pattern]]") :], "", "pattern: is missing. Add it."),
        ('model = "clinic"', 'model = "hospital"', "model: these rivals are about 'hospital'"),
        ('variable = "known"', 'variable = "tell"', "[[pattern]] rose, variable: no variable 'tell'"),
        (
            RIVALS_FILE[RIVALS_FILE.index("[[r") : RIVALS_FILE.index("[[p")],
            "",
            "there is no rival theory in it",
        ),
    ],
)
def test_a_bad_file_is_one_message(clinic, before, after, says):
    path = clinic.parent / "scenarios" / "clinic" / "rivals.toml"
    path.write_text(RIVALS_FILE.replace(before, after, 1))
    result = run("rivals", clinic, "--seed", 1)
    assert result.exit_code == 2
    (message,) = result.stderr.splitlines()
    assert says in message
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no_such_model", "--seed", 1), "loops: there is no model 'no_such_model'. Choose from"),
        (("common_purpose", "--seed", 1, "--rivals", "none.toml"), "loops: none.toml: there is no such file"),
        (("common_purpose", "--seed", 1, "--rivals", MODEL), "this is a model, not a file of rival theories"),
        (("common_purpose", "--seed", 1, "--csv", "no/such.csv"), "there is no such folder"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_message(arguments, says):
    result = run("rivals", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_model_without_rivals_says_where_they_would_be(clinic):
    (clinic.parent / "scenarios" / "clinic" / "rivals.toml").unlink()
    result = run("rivals", clinic, "--seed", 1)
    assert result.exit_code == 2
    assert "there is no rivals.toml beside this model's scenarios; name a file with --rivals" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--seed", -1), ("--seed", 1, "--worlds", 0), ("--seed", 1, "--width", "huge")]
)
def test_the_seed_is_required_and_options_have_bounds(arguments):
    assert run("rivals", "common_purpose", *arguments).exit_code == 2
