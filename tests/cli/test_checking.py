"""`loops check`: what it prints, and what its exit codes mean (0 well, 1 does not hold, 2 cannot be used)."""

from __future__ import annotations

from command import MODEL, run
from test_bad_files import GOOD, SCENARIO, STORY

from loops import library


def test_check_prints_every_reference_mode_and_the_named_loops():
    result = run("check", MODEL)
    assert result.exit_code == 0, result.output
    assert "18 variables, 10 levers, 3 contexts, 73 links" in result.output
    assert "Feedback loops: 721; named: 13" in result.output
    for label in [f"R{i}" for i in range(1, 11)] + ["B1", "B2", "B3"]:
        assert f"\n  {label} " in result.output
    assert result.output.count("    holds ") == 17
    assert "17 of 17 criteria hold." in result.output


def test_check_fails_where_a_mode_misses_or_a_passage_is_missing(tmp_path):
    text = library.shipped_models()["common_purpose"].read_text()
    missing = tmp_path / "missing.toml"
    missing.write_text(text.replace("at_least = 1.4", "at_least = 140.0"))
    result = run("check", missing, "--scenarios", "scenarios/common_purpose")
    assert result.exit_code == 1
    assert "MISSES" in result.output
    assert "16 of 17 criteria hold." in result.output
    bare = tmp_path / "bare.toml"
    bare.write_text(GOOD.replace('passage = "so it says"\n', "").split("[reference_mode")[0])
    result = run("check", bare)
    assert result.exit_code == 1
    assert "needs a passage" in result.output
    assert "Reference modes: none" in result.output


def test_check_says_when_a_story_names_a_plan_that_is_not_there(tmp_path):
    path = tmp_path / "surgery.toml"
    path.write_text(GOOD.split("[reference_mode")[0] + STORY.replace('"train"', '"trian"'))
    folder = tmp_path / "scenarios" / "surgery"
    folder.mkdir(parents=True)
    result = run("check", path)
    assert result.exit_code == 1
    assert "story first: step 2: scenario: there is no scenario 'trian'" in result.output
    (folder / "train.toml").write_text(SCENARIO)
    assert "Did you mean 'train'?" in run("check", path).output
    path.write_text(GOOD.split("[reference_mode")[0] + STORY)
    result = run("check", path)
    assert result.exit_code == 0, result.output
    assert "Stories: 1\n  first                  2 steps: How it begins" in result.output


def test_check_refuses_what_it_cannot_use(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1")
    for arguments in (["check", bad], ["check", tmp_path / "none.toml"], ["list", tmp_path]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        assert len(result.output.strip().splitlines()) == 1
    unknown = tmp_path / "surgery.toml"
    unknown.write_text(GOOD)
    result = run("check", unknown)
    assert result.exit_code == 2
    assert "scenario 'nothing_new', which is not there" in result.output
