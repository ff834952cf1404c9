"""A file of somebody's own sentences: tried instead of those that come with the model, never mixed with them.

After a year in which all are told 1 - exp(-1.2 f) is known, f lognormal with a median of 1: always above .3,
never above .97 (see ``tests/ui/test_stress.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from onscreen import CODE_WORDS, TINY, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.store import Store
from loops.store.records import Seen, Workspace
from loops.ui.stressing import own

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

SUPPORTED = "Our assumptions support this, whether our guesses are nearly right or far off."
NOT = "Our assumptions do not support this, whether our guesses are nearly right or far off."


def sentences(least: float, words: str = "This is claimed.") -> str:
    made = CLAIM.format(name="it", outcome=f'direction = "more", at_least = {least}')
    return CLAIMS_FILE + made.replace("This is claimed.", words)


OWN = sentences(0.97, "This is <b>ours</b>.")


@pytest.fixture(autouse=True)
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    (folder / "claims.toml").write_text(sentences(0.3))
    return folder


def page(space: Workspace | None = None) -> AppTest:
    at = open_page("stress", space)
    at.file_uploader(key="model_file").upload("clinic.toml", MODEL_FILE.encode())
    run(at)
    at.segmented_control(key="stressing:versions").set_value(1_000)
    return run(at)


def open_own(at: AppTest, text: str, name: str = "ours.toml") -> AppTest:
    (place,) = (one for one in at.file_uploader if one.label == "Your own sentences (.toml)")
    place.upload(name, text.encode())
    return run(at)


def choose(at: AppTest, whose: str) -> AppTest:
    (control,) = (one for one in at.segmented_control if one.label == "Which sentences are tried")
    control.set_value(whose)
    return run(at)


def card(at: AppTest) -> str:
    (found,) = (one.proto.body for one in at.get("html") if 'class="held"' in one.proto.body)
    return str(found)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def test_the_same_questions_of_two_files_get_each_their_own_verdict_and_reasons() -> None:
    """Both files ask for the same difference of the same runs under one id; only how much counts differs."""
    at = press(page(), "Try them")
    assert SUPPORTED in card(at)
    at.session_state[f"stressing:more:{at.selectbox(key='model').value}:it"] = True
    press(run(at), "Look for the reasons")
    assert "It holds in every one of the 1,000 versions tried." in said(at)
    open_own(at, OWN)
    assert "This is &lt;b&gt;ours&lt;/b&gt;." in card(at)
    assert NOT in card(at)
    assert "It holds in every one" not in said(at)
    press(at, "Look for the reasons")
    assert "It fails in every one of the 1,000 versions tried." in said(at)
    choose(at, "shipped")
    assert "This is claimed." in card(at)
    assert SUPPORTED in card(at)
    assert "It holds in every one of the 1,000 versions tried." in said(at)
    assert NOT in card(choose(at, "own"))


def test_a_report_is_of_the_sentences_that_are_tried(files: dict[str, Callable[[], Any]]) -> None:
    at = press(press(page(), "Try them"), "Write the report")
    assert "This is claimed" in files["Save the report (Markdown)"]()
    open_own(at, OWN)
    assert "Write the report" in [one.label for one in at.button]


def test_another_difference_has_to_be_tried_first() -> None:
    at = open_own(press(page(), "Try them"), sentences(0.3).replace("month = 12", "month = 13"))
    assert any("One thing that we think happens is to be tried" in one.value for one in at.info)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ours.toml: the file is empty"),
        (OWN.replace('"clinic"', '"other"'), "ours.toml: model: these claims are about 'other'"),
        (OWN.replace("known", "knwon"), "[claim.it] outcome, variable: no variable 'knwon'. Did you mean"),
        (OWN.replace("tell_all", "tell_none"), "[claim.it] run: there is no scenario 'tell_none'."),
        (SCENARIO_FILE, "ours.toml: claim: is missing. Add it."),
        (MODEL_FILE, "ours.toml: this is a model, not a file of claims. Open it where models are opened."),
        (OWN + "#" * 1_000_000, "ours.toml: the file is larger than 1 MB."),
        (OWN.replace("month = 12", "month = 0"), "month: is 0; it should be at least 1."),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_message_and_all_stays_as_it_was(text: str, says: str) -> None:
    at = open_own(press(page(), "Try them"), text)
    (problem,) = at.error
    assert says in problem.value.replace("\\", "")
    assert SUPPORTED in card(at)


def test_what_no_longer_fits_is_one_message(clinic: Path) -> None:
    at = open_own(page(), OWN)
    (clinic / "tell_all.toml").unlink()
    (problem,) = run(at).error
    assert "ours.toml" in problem.value.replace("\\", "")
    assert "there is no scenario 'tell_all'" in problem.value.replace("\\", "").replace("&#39;", "'")


def test_the_file_is_kept_for_its_model_alone() -> None:
    at = open_own(page(), OWN)
    mine = at.selectbox(key="model").value
    at.file_uploader(key="model_file").upload("tiny.toml", TINY)
    run(at)
    assert not [one for one in at.segmented_control if one.label == "Which sentences are tried"]
    assert any("You can open sentences of your own above" in one.value for one in at.info)
    at.selectbox(key="model").set_value(mine)
    assert "This is &lt;b&gt;ours&lt;/b&gt;." in card(press(run(at), "Try them"))


def test_there_is_a_pattern_to_save(files: dict[str, Callable[[], Any]]) -> None:
    page()
    assert files["Save those that come with the product, as a pattern"]() == sentences(0.3).encode()
    at = open_page("stress")
    at.file_uploader(key="model_file").upload("tiny.toml", TINY)
    run(at)
    pattern = files["Save those that come with the product, as a pattern"]()
    assert b'model = "common_purpose"' in pattern
    assert len(pattern) < own._LARGEST


def test_the_report_has_what_was_seen_and_names_only_when_ticked(
    store: Store, space: Workspace, files: dict[str, Callable[[], Any]]
) -> None:
    at = press(press(page(space), "Try them"), "Write the report")
    assert "Nothing has been written down about this model" in files["Save the report (Markdown)"]()
    seen = Seen("2024", "Minutes", "They rang us", "contradicts", who="Robin")
    store.add_observation(space.token, model="clinic", element="claim:it", seen=seen)
    run(at)
    report = files["Save the report (Markdown)"]().replace("\\", "")
    assert "| This is claimed. | supported | 1 contradicts it |" in report
    assert "Robin" not in report
    at.checkbox(key="stressing:report:names").check()
    run(at)
    assert "Robin" in files["Save the report (Markdown)"]()


def test_without_a_shared_space_the_report_says_nothing_of_it(files: dict[str, Callable[[], Any]]) -> None:
    press(press(page(), "Try them"), "Write the report")
    assert "What was seen" not in files["Save the report (Markdown)"]()


def test_no_word_of_the_code_is_shown() -> None:
    for text in words(open_own(page(), OWN)):
        assert not CODE_WORDS.search(text.replace("\\", "")), text
