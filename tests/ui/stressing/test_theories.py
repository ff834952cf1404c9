"""Another theory, as a reader meets it: chosen, opened or made there, and held against what was seen.

The model moves one box by one lever: after a year in which all are told, 1 - exp(-1.2 f) of it is known, f
the factor on the arrow's strength, with a median of 1. So half of the versions reach 1 - exp(-1.2) = .6988.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, RIVALS_FILE, SCENARIO_FILE
from onscreen import CODE_WORDS, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.theory.rivalry import compare
from loops.ui.stressing import theories

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

COMPARE = "Compare it with ours"
WHICH, ARROW, WAY = "Which other theory", "The arrow that we see otherwise", "How we see it"
OTHER_LINKS = """
[variable.asked]
label = "Asked"
start = 0.5

[[link]]
from = "asked"
to = "known"
polarity = "-"
strength = 0.0001
"""


@pytest.fixture(autouse=True)
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios beside which the page is opened."""
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    (folder / "rivals.toml").write_text(RIVALS_FILE)
    (folder / "claims.toml").write_text(CLAIMS_FILE + CLAIM.format(name="sure", outcome='direction = "more"'))
    return folder


def page(model: str = MODEL_FILE) -> AppTest:
    at = open_page("stress")
    at.file_uploader(key="model_file").upload("clinic.toml", model.encode())
    run(at)
    at.segmented_control(key="stressing:versions").set_value(1_000)
    return run(at)


def box(at: AppTest, label: str) -> Any:
    return next(one for one in at.selectbox if one.label == label)


def choose(at: AppTest, label: str, value: str) -> AppTest:
    box(at, label).set_value(value)
    return run(at)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in (*at.markdown, *at.caption))])


def test_nothing_is_compared_before_somebody_asks() -> None:
    at = page()
    assert box(at, WHICH).options == ["Nobody listens", "Telling <b>tires</b>", "One of our own"]
    assert "Telling changes nothing." in said(at)
    assert "- Gone: the arrow to “Known” from “Tell them”." in said(at)
    assert "Both are tried in 1,000 versions of our assumptions" in said(at)
    assert "held against 2 things that were seen." in said(at)
    assert "More consistent is not proved" not in said(at)


def test_the_one_that_shows_what_was_seen_is_more_consistent() -> None:
    """Half of a Sobol sequence's first 1,000 points, within the discrepancy of one column: 1 in 1,000."""
    at = press(page(), COMPARE)
    assert (
        "“Our theory” shows all that was seen in 50 of 100 versions of our assumptions, “Nobody listens” in "
        "0: “Our theory” is more consistent with it, by 50 in 100 (between 47 and 53)."
    ) in said(at)
    assert "More consistent is not proved" in said(at)
    rows = html(at).split("<tr>")
    assert any(
        "They &lt;i&gt;knew&lt;/i&gt; more." in row and "ours, by 47 to 53 in 100" in row for row in rows
    )
    assert any("Nothing moved before." in row and "cannot be told apart" in row for row in rows)
    assert "A survey" in html(at)
    assert "Nobody has said." in html(at)  # where the other thing was seen
    assert "“Known” changes by less than 0.005 between the start and 1 year" in html(at)
    assert "Download the comparison as a table (CSV)" in [
        one.proto.label for one in at.get("download_button")
    ]


def test_a_team_makes_one_by_an_arrow_and_what_it_is() -> None:
    at = choose(page(MODEL_FILE + OTHER_LINKS), WHICH, "+own")
    assert box(at, ARROW).options == ["Tell them → Known", "Asked → Known"]
    assert box(at, WAY).options == ["is not there", "does the opposite"]  # nothing acts on a lever
    choose(at, ARROW, "asked known")
    assert box(at, WAY).options == ["is not there", "goes the other way", "does the opposite"]
    choose(at, WAY, "reverse")
    assert "- The arrow from “Asked” to “Known” goes the other way: “Known” lowers “Asked”." in said(at)
    press(at, COMPARE)
    assert "too small a difference for 1,000 versions to tell them apart." in said(at)


def test_an_arrow_turned_round_that_cannot_be_drawn_says_why() -> None:
    back = '[[link]]\nfrom = "known"\nto = "asked"\npolarity = "+"\nstrength = 0.1\n'
    at = choose(page(f"{MODEL_FILE}{OTHER_LINKS}\n{back}"), WHICH, "+own")
    choose(choose(at, ARROW, "asked known"), WAY, "reverse")
    press(at, COMPARE)
    (problem,) = at.error
    assert "This cannot be worked out" in problem.value
    assert "one arrow says" in problem.value


def test_what_was_compared_is_kept_by_theory_and_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def counted(*args: Any, **how: Any) -> Any:
        runs.append(how["worlds"].seed)
        return compare(*args, **how)

    monkeypatch.setattr(theories, "compare", counted)
    at = press(page(), COMPARE)
    choose(at, WHICH, "forgets")
    assert "More consistent is not proved" not in said(at)
    press(at, COMPARE)
    choose(at, WHICH, "unheard")
    assert "More consistent is not proved" in said(at)
    at.number_input(key="stressing:seed").set_value(2)
    run(at)
    assert "More consistent is not proved" not in said(at)
    press(at, COMPARE)
    assert runs == [1, 1, 2]


def upload(at: AppTest, text: str) -> AppTest:
    (place,) = (one for one in at.file_uploader if one.label == "Other theories (.toml)")
    place.upload("mine.toml", text.encode())
    return run(at)


def test_a_file_of_theories_is_opened_there(clinic: Path) -> None:
    (clinic / "rivals.toml").unlink()
    at = page()
    assert "nobody has written that down for this model" in said(at)
    assert not [one for one in at.selectbox if one.label == WHICH]
    upload(at, RIVALS_FILE.replace("Nobody listens", "Too loud"))
    assert "From the file “mine.toml”." in said(at)
    assert box(at, WHICH).options[0] == "Too loud"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RIVALS_FILE.replace('[["tell", "known"]]', '[["tell", "nothing"]]', 1), "no link tell -> nothing"),
        (CLAIMS_FILE, "pattern: is missing"),
        (RIVALS_FILE.replace('"clinic"', '"hospital"', 1), "are about 'hospital'"),
    ],
)
def test_a_bad_file_is_one_message_and_changes_nothing(text: str, says: str) -> None:
    at = upload(page(), text)
    (problem,) = at.error
    assert says in problem.value.replace("\\", "")
    assert box(at, WHICH).options[0] == "Nobody listens"


def test_a_broken_file_beside_the_plans_is_one_message(clinic: Path) -> None:
    (clinic / "rivals.toml").write_text(RIVALS_FILE.replace("known", "knwon"))
    at = page()
    (problem,) = at.error
    assert "rivals" in problem.value
    assert "nobody has written that down" not in said(at)


def test_no_word_of_the_code_is_shown() -> None:
    for text in words(press(page(), COMPARE)):
        assert not CODE_WORDS.search(text.replace("\\", "")), text
