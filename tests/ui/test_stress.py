"""Stress test as a reader meets it, without a browser: what holds, the weakest first, and why.

The model moves one box by one lever: after a year in which all are told, 1 - exp(-1.2 f) of it is known, f
the factor on the arrow's strength: lognormal, with a median of 1 and a spread of .05, .15 or .30. So half of
the versions reach 1 - exp(-1.2) = .6988; .30 takes f > .297 (four deviations down at the widest), and .97
takes f > 2.92 (3.6 deviations up).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from onscreen import TINY, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest
from ui.test_pages import CODE_WORDS

from loops.ensemble.simulate import Cancelled, simulate_ensemble
from loops.store import Store
from loops.store.observations import observations_of
from loops.store.records import Workspace
from loops.theory.stress import run as run_all
from loops.ui import engine
from loops.ui.stressing import trying

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

TRY = "Try them"
SURE, EVEN, NEVER = (f'direction = "more", at_least = {least}' for least in (0.3, 0.6988, 0.97))
HEAD = "Whom it is about, where it comes from, when it fails"


@pytest.fixture(autouse=True)
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios beside which the page is opened."""
    folder = tmp_path / "scenarios" / "clinic"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (folder / "tell_all.toml").write_text(SCENARIO_FILE)
    told = {"sure": SURE, "even": EVEN, "never": NEVER}
    made = (CLAIM.format(name=name, outcome=outcome) for name, outcome in told.items())
    sentences = ("".join(made)).replace("This is claimed.", "This is <b>said</b>.")
    (folder / "claims.toml").write_text(CLAIMS_FILE + sentences)
    return folder


def page(space: Workspace | None = None) -> AppTest:
    at = open_page("stress", space)
    at.file_uploader(key="model_file").upload("clinic.toml", MODEL_FILE.encode())
    run(at)
    at.segmented_control(key="stressing:versions").set_value(1_000)
    return run(at)


def key_of(at: AppTest) -> str:
    return str(at.selectbox(key="model").value)


def unfold(at: AppTest, claim: str) -> AppTest:
    """The fold of a card opened, as the browser tells."""
    at.session_state[f"stressing:more:{key_of(at)}:{claim}"] = True
    return run(at)


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def charts(at: AppTest) -> list[Any]:
    return [json.loads(one.proto.spec) for one in at.get("plotly_chart")]


def test_nothing_is_tried_before_somebody_asks() -> None:
    at = page()
    assert "It is not a forecast" in said(at)
    assert [one.value for one in at.info] == [
        "3 things that we think happen are to be tried: press “Try them”.",
        "These plans have not been tried together yet.",
    ]
    assert not charts(at)


def test_the_weakest_comes_first_and_each_says_how_sure_it_is() -> None:
    at = press(page(), TRY)
    cards = [one.proto.body for one in at.get("html") if 'class="held"' in one.proto.body]
    assert (
        "Of 3 things we think happen, 1 is supported at every width, from nearly right to far off, 1 is not"
        in said(at)
    )
    assert "Our assumptions do not support this, whether our guesses are nearly right or far off." in cards[0]
    assert "in about 5 of 10 versions" in cards[1]
    assert "Our assumptions support this, whether our guesses are nearly right or far off." in cards[2]
    assert "in every version" in cards[2]
    assert all("This is &lt;b&gt;said&lt;/b&gt;." in card for card in cards)


def test_the_reasons_are_looked_for_when_asked() -> None:
    at = unfold(press(page(), TRY), "even")
    assert "<dt>How people respond</dt><dd>Now I know.</dd>" in html(at)
    assert "“Known” is higher by at least 0.6988 after 1 year under “Tell all”" in html(at)
    assert "No source says so" in html(at)
    assert "What decides" not in said(at)
    press(at, "Look for the reasons")
    assert "It tends to fail when the arrow from “Tell them” to “Known” is" in said(at)
    assert (
        "More depends on the arrow from “Tell them” to “Known” than on anything else: nearly all of what"
        in said(at)
    )
    assert "Nobody has said along which arrows it comes about." in said(at)


def test_two_plans_are_bands_with_the_difference_between_them() -> None:
    at = page()
    at.selectbox(key=f"leading:plan:{key_of(at)}").set_value("tell_all")
    run(at)
    at = press(at, TRY)
    assert "1,000 versions were tried, with the seed 1." in said(at)
    assert "“Known” is at not yet under “If nothing new is done” and between" in said(at)
    assert len(charts(at)) == 2
    assert all(one.proto.alt for one in at.get("plotly_chart"))
    assert {"If nothing new is done", "Tell all"} <= {one.get("name") for one in charts(at)[0]["data"]}
    assert "Design it" not in said(at)
    press(at, "Rank the levers")
    assert "“Tell them” is missed most: without it “Known” is far lower" in said(at)


def test_where_to_look_names_what_the_doubt_comes_from() -> None:
    at = press(press(page(), TRY), "Find where to look")
    assert "No single arrow explains much" in said(at)  # the one that does is stated: nothing is to be found
    assert "The arrow from “Tell them” to “Known”" in html(at)
    assert "nearly all" in html(at)


def test_what_was_tried_is_kept_by_its_seed_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def counted(todo: Any, **how: Any) -> Any:
        runs.append(how["seed"])
        return run_all(todo, **how)

    monkeypatch.setattr(trying, "run", counted)
    at = press(press(page(), TRY), TRY)
    at.number_input(key="stressing:seed").set_value(2)
    run(at)
    assert any("are to be tried" in one.value for one in at.info)
    press(at, TRY)
    at.number_input(key="stressing:seed").set_value(1)
    run(at)
    assert not at.info
    assert runs == [1, 2]


def test_what_is_stopped_shows_what_was_done_and_can_be_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(comparison: Any, **how: Any) -> Any:
        def stop(share: float, words: str) -> None:
            raise Cancelled

        return simulate_ensemble(comparison, **(how | {"progress": stop}))

    at = page()
    at.segmented_control(key="stressing:versions").set_value(10_000)
    run(at)
    with monkeypatch.context() as patch:
        patch.setattr(trying, "run", lambda todo, seed, progress: run_all(todo, seed=seed, simulate=stopping))
        press(at, TRY)
    (warning,) = at.warning
    assert warning.value.startswith(
        "It was stopped: what stands here is from the first 1,024 of 4,096 versions where our guesses are "
    )
    assert said(at).count("<strong>not tried</strong>") == 6  # at two widths for each of three
    press(at, TRY)
    assert not at.warning
    assert "10,000 versions were tried" in said(at)


def test_what_was_seen_stands_beside_and_changes_nothing(space: Workspace, store: Store) -> None:
    at = unfold(press(page(space), TRY), "never")
    before = [one.proto.body for one in at.get("html") if 'class="held"' in one.proto.body]
    assert "Nothing has been written down about this yet." in said(at)
    key = "seen:never:0"
    at.text_area(key=f"{key}:what").set_value("They <i>asked</i> us")
    at.text_input(key=f"{key}:date").set_value("3/2026")
    at.text_input(key=f"{key}:source").set_value("Minutes")
    press(at, "Write it down")
    (kept,) = observations_of(store, space.token, model="clinic", element="claim:never")
    assert (kept.seen.date, kept.seen.bearing, kept.seen.expected) == ("2026-03", "supports", "not said")
    assert "Of what was seen, 1 supports it." in said(at)
    assert "They &lt;i&gt;asked&lt;/i&gt; us" in html(at)
    assert [one.proto.body for one in at.get("html") if 'class="held"' in one.proto.body] == before


def test_a_date_that_is_none_is_told_and_keeps_what_was_written(space: Workspace) -> None:
    at = unfold(press(page(space), TRY), "never")
    at.text_area(key="seen:never:0:what").set_value("They asked us")
    at.text_input(key="seen:never:0:date").set_value("some day")
    press(at, "Write it down")
    assert any("is no date" in one.value for one in at.warning)
    assert at.text_area(key="seen:never:0:what").value == "They asked us"


def test_without_a_shared_space_it_says_where_to_open_one() -> None:
    assert "No shared space is open." in said(unfold(press(page(), TRY), "never"))


def test_plans_are_tried_where_they_are_chosen() -> None:
    at = page()
    at.selectbox(key=f"leading:plan:{key_of(at)}").set_value("tell_all")
    press(run(at), "Try these plans")
    assert "1,000 versions were tried, with the seed 1." in said(at)
    assert len(charts(at)) == 2
    assert "Try these plans" not in [one.label for one in at.button]


def test_a_model_of_which_nothing_is_said_still_has_its_plans() -> None:
    at = open_page("stress")
    at.file_uploader(key="model_file").upload("tiny.toml", TINY)
    run(at)
    at.segmented_control(key="stressing:versions").set_value(1_000)
    press(run(at), TRY)
    assert any("Nobody has written down what we think happens here" in one.value for one in at.info)
    assert len(charts(at)) >= 1


def test_a_broken_file_of_claims_is_one_message(clinic: Path) -> None:
    (clinic / "claims.toml").write_text(CLAIMS_FILE + CLAIM.format(name="x", outcome='direction = "up"'))
    at = page()
    (problem,) = at.error
    assert problem.value.startswith("claims\\.toml")  # no folder of this computer
    assert not any("Nobody has written down" in one.value for one in at.info)


def test_no_word_of_the_code_is_shown(space: Workspace) -> None:
    at = press(press(page(space), TRY), "Find where to look")
    press(unfold(at, "even"), "Look for the reasons")
    for text in words(at):
        assert not CODE_WORDS.search(text.replace("\\", "")), text


@pytest.mark.usefixtures("cold_engine")
def test_an_engine_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(engine, "warm", fail)
    at = open_page("stress")
    assert [one.value for one in at.error] == [r"The engine could not be made ready\: no room"]


def test_the_report_is_written_when_asked_for() -> None:
    at = page()
    at.selectbox(key=f"leading:plan:{key_of(at)}").set_value("tell_all")
    at = press(press(run(at), TRY), "Write the report")
    offered = [one.proto.label for one in at.get("download_button")]
    assert {"Save the report (Word)", "Save the report (Markdown)"} <= set(offered)
    assert not at.error


def test_the_weakest_are_shown_first_and_all_when_asked_for(clinic: Path) -> None:
    made = "".join(CLAIM.format(name=f"sure_{n}", outcome=SURE) for n in range(7))
    (clinic / "claims.toml").write_text(CLAIMS_FILE + CLAIM.format(name="never", outcome=NEVER) + made)
    at = press(page(), TRY)
    shown = [one.proto.body for one in at.get("html") if 'class="held"' in one.proto.body]
    assert len(shown) == 6
    assert "do not support" in shown[0]
    every = at.toggle(key=f"stressing:every:{key_of(at)}")
    assert every.label == "Show all 8, not only the 6 weakest"
    every.set_value(True)
    run(at)
    assert sum('class="held"' in one.proto.body for one in at.get("html")) == 8
