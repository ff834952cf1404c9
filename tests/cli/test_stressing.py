"""`loops stress`: bands, and each claim's verdict, the weakest first; one not supported is no error."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from clinic import CALM, CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from command import MODEL, run

UP = CLAIM.format(name="up", outcome='direction = "more", at_least = 0.2')
DOWN = CLAIM.format(name="down", outcome='direction = "less"')


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A small model in a folder of its own, with a scenario and two claims beside it."""
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    (folder / "claims.toml").write_text(CLAIMS_FILE + UP + DOWN)
    path = tmp_path / "clinic.toml"
    path.write_text(MODEL_FILE)
    return path


def lines(result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_claims_come_weakest_first_and_one_not_supported_is_information(clinic):
    said = lines(run("stress", clinic, "--worlds", 64, "--seed", 1))
    verdicts = [line for line in said if line.startswith(("up ", "down "))]
    assert verdicts == ["down 0.0% 0.0% 0.0% not supported", "up 100.0% 100.0% 100.0% supported"]
    assert said[1].startswith("Seed 1, digest ")
    assert "Supported: it holds in 90% of the versions or more; partly: in 50% or more." in said
    assert said[-1] == "This shows what follows from our assumptions. It is not a forecast."


def test_the_sampling_error_is_told(clinic):
    """Closed form: none or all of 64 is Wilson's z^2 / (n + z^2) wide, .0566, so 2.8 points either way."""
    said = lines(run("stress", clinic, "--worlds", 64, "--seed", 1))
    each = ", ".join(f"{width} 64 (up to 2.8 points)" for width in ("narrow", "middle", "wide"))
    assert f"Versions, and the sampling error of a share at 95%: {each}." in said


def test_bands_are_of_the_scenario_that_claims_run_most(clinic):
    """Closed form: nobody is told under nothing new; the other's median is 1 - exp(-.1 x 12) = .699.

    To half a bin of the histogram, 1/512 of the levels and 1/256 of the differences, and the tolerance.
    """
    said = lines(run("stress", clinic, "--worlds", 256, "--seed", 1))
    assert "Known (known) at month 12, middle width: of 256 versions" in said
    (row,) = [line.split() for line in said if line.startswith("tell_all ")]
    middle, lead = float(row[2]), float(row[5])
    assert middle == pytest.approx(0.699, abs=1 / 512 + 2e-3)
    assert lead == pytest.approx(0.699, abs=1 / 256 + 2e-3)
    assert any(line.startswith("nothing_new 0.00") for line in said)


def test_the_scenarios_that_are_shown_may_be_named(clinic):
    shown = ("nothing_new ", "tell_all ")
    for options, rows in (((), 2), (("--show", "nothing_new"), 1), (("--show", "tell_all"), 2)):
        said = lines(run("stress", clinic, "--worlds", 8, "--seed", 1, *options))
        assert sum(line.startswith(shown) for line in said) == rows


def test_it_runs_longer_when_asked(clinic):
    assert "at month 30," in run("stress", clinic, "--worlds", 8, "--seed", 1, "--months", 30).stdout


def test_progress_is_told_beside_the_result(clinic):
    result = run("stress", clinic, "--worlds", 64, "--seed", 1)
    assert "100%  bands, middle width, versions tried: 64 of 64" in result.stderr
    assert "versions tried" not in result.stdout


def test_the_same_seed_prints_the_same_on_any_number_of_threads(clinic):
    one, two, other = (
        run("stress", clinic, "--worlds", 1_500, "--seed", seed, "--threads", threads).stdout
        for seed, threads in ((1, 1), (1, 2), (2, 2))
    )
    assert one == two
    assert one.splitlines()[1] != other.splitlines()[1].replace("Seed 2", "Seed 1")


def test_verdicts_are_written_to_a_table(clinic, tmp_path):
    out = tmp_path / "verdicts.csv"
    lines(run("stress", clinic, "--worlds", 64, "--seed", 1, "--csv", out))
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["claim"], row["width"], row["held"], row["versions"], row["verdict"]) for row in rows] == [
        (claim, width, held, "64", word)
        for claim, held, word in (("down", "0", "not supported"), ("up", "64", "supported"))
        for width in ("narrow", "middle", "wide")
    ]


def test_a_file_of_claims_may_be_named(clinic, tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(CLAIMS_FILE + UP.replace("claim.up", "claim.mine"))
    said = lines(run("stress", clinic, "--worlds", 8, "--seed", 1, "--claims", own))
    assert [line.split()[0] for line in said if line.endswith(" supported")] == ["mine"]


def test_a_model_without_claims_says_so(clinic, tmp_path):
    (tmp_path / "scenarios" / "clinic" / "claims.toml").unlink()
    result = run("stress", clinic, "--worlds", 8, "--seed", 1)
    assert "Claims: none beside this model's scenarios; name a file with --claims." in lines(result)
    assert "tell_all" in result.stdout
    assert "narrow" not in result.output


def test_a_model_alone_in_its_folder_still_has_nothing_new(clinic, tmp_path):
    shutil.rmtree(tmp_path / "scenarios")
    assert "nothing_new" in run("stress", clinic, "--worlds", 8, "--seed", 1).stdout


def test_the_shipped_model_goes_by_its_id_or_its_file():
    """Some of its claims are supported by our assumptions and some are not, and all are there."""
    by_id, by_file = (run("stress", name, "--worlds", 64, "--seed", 1) for name in ("common_purpose", MODEL))
    assert by_id.stdout == by_file.stdout
    said = lines(by_id)
    verdicts = [line for line in said if "%" in line and line.endswith(("supported", "partly"))]
    assert len(verdicts) >= 15
    assert any(line.endswith("% not supported") for line in verdicts)
    assert any(line.endswith("% supported") for line in verdicts)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no_such_model", "--seed", 1), "loops: there is no model 'no_such_model'. Choose from"),
        (("none.toml", "--seed", 1), "loops: none.toml: there is no such file"),
        (("common_purpose", "--seed", 1, "--claims", "none.toml"), "loops: none.toml: there is no such file"),
        (("common_purpose", "--seed", 1, "--claims", MODEL), "this is a model, not a file of claims"),
        (
            ("common_purpose", "--seed", 1, "--outcome", "buyin"),
            "no variable 'buyin'. Did you mean 'buy_in'?",
        ),
        (
            ("common_purpose", "--seed", 1, "--show", "value"),
            "no scenario 'value'. Did you mean 'value_first'?",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_one_message(arguments, says):
    result = run("stress", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_scheduler_that_cannot_be_reached_is_one_message(clinic):
    pytest.importorskip("distributed", reason="the extra 'cluster'")
    result = run("stress", clinic, "--seed", 1, "--scheduler", " ")
    assert result.exit_code == 2
    assert "is no address of a Dask scheduler" in result.stderr
    assert "Traceback" not in result.output


def test_bad_claims_are_one_message(clinic, tmp_path):
    (tmp_path / "scenarios" / "clinic" / "claims.toml").write_text(CLAIMS_FILE + UP.replace("known", "knwon"))
    result = run("stress", clinic, "--seed", 1)
    assert result.exit_code == 2
    (message,) = result.stderr.splitlines()
    assert message.endswith("[claim.up] outcome, variable: no variable 'knwon'. Did you mean 'known'?")


@pytest.mark.parametrize(
    "arguments", [(), ("--seed", -1), ("--seed", 1, "--worlds", 0), ("--seed", 1, "--threads", 0)]
)
def test_the_seed_is_required_and_options_have_bounds(arguments):
    assert run("stress", "common_purpose", *arguments).exit_code == 2


def test_why_tells_the_reasons_after_the_verdicts(clinic):
    said = lines(run("stress", clinic, "--worlds", 256, "--seed", 1, "--why"))
    assert "Why, the weakest claim first" in said
    assert "It fails in every one of the 256 versions tried." in said
    assert "It holds in every one of the 256 versions tried." in said
    (row,) = [line.split() for line in said if line.startswith("tell +")]
    # alone and missed are one thing for the only lever: 1 - exp(-.1 x 12) = .699 in the median
    assert row[1] == row[2]
    assert float(row[1]) == pytest.approx(0.699, abs=3e-3)


def test_without_why_nothing_is_looked_for(clinic):
    assert "Why, " not in run("stress", clinic, "--worlds", 64, "--seed", 1).stdout


def test_a_model_without_claims_still_has_levers(clinic, tmp_path):
    (tmp_path / "scenarios" / "clinic" / "claims.toml").unlink()
    said = lines(run("stress", clinic, "--worlds", 64, "--seed", 1, "--why"))
    assert any(line.startswith("Levers of tell_all: known at month 24") for line in said)


@pytest.mark.parametrize(("name", "start"), [("report.md", b"# Stress test"), ("report.docx", b"PK")])
def test_a_report_is_written_as_its_name_says_and_has_the_reasons(clinic, tmp_path, name, start):
    out = tmp_path / name
    said = lines(run("stress", clinic, "--worlds", 64, "--seed", 1, "--report", out))
    assert "Why, the weakest claim first" in said
    assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("report.pdf", "a report is written as .docx (Word) or .md (Markdown)"),
        ("no/report.md", "cannot be written"),
    ],
)
def test_a_report_that_cannot_be_written_is_one_message(clinic, tmp_path, name, says):
    result = run("stress", clinic, "--worlds", 8, "--seed", 1, "--report", tmp_path / name)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert "%  " not in result.stderr, "it is said before anything is run"


def test_one_box_alone_and_very_many_in_a_row_are_run_too(tmp_path):
    """Without levers, arrows, loops or claims there is still how far the box is spread if nothing is done."""
    box = '[variable.x{n}]\nlabel = "X"\nstart = 0.5\nfade = 0.1\n'
    arrow = '[[link]]\nfrom = "x{n}"\nto = "x{next}"\npolarity = "+"\nstrength = 0.05\n'
    for many in (1, 500):
        text = 'format = 1\nid = "row"\ntitle = "Row"\nhorizon = 24\n'
        text += "".join(box.format(n=n) for n in range(many))
        text += "".join(arrow.format(n=n, next=n + 1) for n in range(many - 1))
        (tmp_path / "row.toml").write_text(text)
        said = lines(run("stress", tmp_path / "row.toml", "--worlds", 64, "--seed", 1, "--why"))
        assert "X (x0) at month 24, middle width: of 64 versions" in said
        assert not any(line.startswith(("Why,", "Levers of")) for line in said)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--csv", "no/table.csv"), "there is no such folder"),
        (("--csv", "out.md", "--report", "out.md"), "two things would be written to this file"),
    ],
)
def test_files_that_could_not_be_written_are_said_before_anything_is_run(
    clinic, tmp_path, monkeypatch, options, says
):
    monkeypatch.chdir(tmp_path)
    result = run("stress", clinic, "--worlds", 8, "--seed", 1, *options)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "versions tried" not in result.stderr
    assert not list(tmp_path.glob("out*"))


def test_an_unknown_sign_is_tried_both_ways_and_the_one_that_matters_most_is_named(tmp_path):
    path = tmp_path / "clinic.toml"
    path.write_text(MODEL_FILE + CALM.format(sign="?"))
    said = lines(run("stress", path, "--worlds", 256, "--seed", 1, "--outcome", "calm"))
    assert "1 arrow has no sign yet: in each version it is + or −, each as likely." in said
    none = "Little depends on whether the arrow from “Known” to “Calm” is + or −."
    # nobody is told, so nothing is known that could move calm
    assert f"{none} (In 256 versions, middle width.)" in said
    few = lines(run("stress", path, "--worlds", 63, "--seed", 1))
    assert "Which sign matters most was not looked for: that takes 64 versions or more." in few


def test_of_claims_the_sign_that_decides_is_named(clinic):
    """Closed form: what is known adds to calm if its sign is +, so whether it does is the sign alone."""
    clinic.write_text(MODEL_FILE + CALM.format(sign="?"))
    text = CLAIM.format(name="calm", outcome='direction = "more"')
    (clinic.parent / "scenarios" / "clinic" / "claims.toml").write_text(
        CLAIMS_FILE + text.replace('variable = "known"', 'variable = "calm"')
    )
    said = lines(run("stress", clinic, "--worlds", 256, "--seed", 1, "--why"))
    decides = "whether the arrow from “Known” to “Calm” is + or −"
    assert any(line.startswith(f"W{decides[1:]} makes nearly all of what makes") for line in said)
    assert "100.0% the arrow from “Known” to “Calm”" in said
    assert any(f"More depends on {decides} than on anything else" in line for line in said)
    assert any("It tends to fail when more of “Known” leads to less of “Calm”" in line for line in said)
    assert f"100.0% {decides} (stated, sign not known)" in said
