"""Will it last? as a reader meets it, without a browser: the answer, the curve, the range, the map."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest
from onscreen import CODE_WORDS, TINY, html, open_page, press, run, words
from streamlit.testing.v1 import AppTest

from loops.simulate import DidNotFinish
from loops.ui import engine
from loops.ui.keeping import found, howlong

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")

ASK, MAP = "Try 64 versions of our assumptions", "Draw the map"
SELF = """
format = 1
id = "self"
title = "One thing"
[variable.doing]
label = "Doing it <b>"
start = 0.02
fade = 0.1
[lever.push]
label = "Push"
[[link]]
from = "push"
to = "doing"
polarity = "+"
strength = 0.5
[[link]]
from = "doing"
to = "doing"
polarity = "{sign}"
strength = 0.6
threshold = 0.4
steepness = 4
"""
"""One box that feeds on itself once there is enough of it: 0 and a higher place hold, one between tips."""


def page(**choices: str) -> AppTest:
    at = open_page("lasting")
    return choose(at, **choices)


def choose(at: AppTest, **choices: str) -> AppTest:
    keys = {
        "plan": "leading:plan:common_purpose",
        "beside": "leading:beside:common_purpose",
        "box": "keeping:box:common_purpose",
        "along": "keeping:along:common_purpose",
        "x": "keeping:x:common_purpose",
        "y": "keeping:y:common_purpose",
    }
    for name, value in choices.items():
        at.selectbox(key=keys[name]).set_value(value)
        run(at)
    return at


def opened(text: str, name: str = "mine.toml") -> AppTest:
    at = open_page("lasting")
    at.file_uploader(key="model_file").upload(name, text.encode())
    return run(at)


def charts(at: AppTest) -> list[Any]:
    return [json.loads(one.proto.spec) for one in at.get("plotly_chart")]


def said(at: AppTest) -> str:
    return " ".join([html(at), *(one.value.replace("\\", "") for one in at.markdown)])


def buttons(at: AppTest) -> list[str]:
    return [one.label for one in at.button]


def test_the_answer_comes_first_and_says_what_it_is() -> None:
    at = page()
    assert "<h2>Likely to keep going without us</h2>" in html(at)
    assert "It keeps going in about 6 of 7 versions of our assumptions (64 were tried)." in html(at)
    assert "The work stops after 48 months (4 years), with “Buy-in” at partly (0.60)." in html(at)
    assert any("It is not a forecast" in one.value for one in at.markdown)
    assert "two resting places are possible for “Buy-in”: low (not yet) and high (partly, 0.45)." in said(at)
    assert "it fades at first and keeps going from about 27 months (a little over 2 years) on" in said(at)
    assert len(charts(at)) == 2
    assert all(one.proto.alt for one in at.get("plotly_chart"))


def test_two_plans_stand_side_by_side_and_share_a_curve_where_they_share_circumstances() -> None:
    at = page(beside="insight_first")
    assert "Likely to keep going without us" in html(at)
    assert "Unlikely to keep going without us" in html(at)
    assert "Half of what was gained is gone 1½ years later." in html(at)
    assert "**What follows is about “Your plan” alone.**" in said(at)
    names = [one.get("name", "") for one in charts(at)[0]["data"]]
    assert "Both plans" in names
    assert "**Both plans**: In these circumstances" in said(at)
    apart = choose(at, beside="high_competing_priorities")
    assert "Both plans" not in [one.get("name", "") for one in charts(apart)[0]["data"]]
    assert "pressure**: In these circumstances one resting place is possible for “Buy-in”" in said(apart)


def test_a_plan_near_its_tipping_point_could_go_either_way() -> None:
    """The plan's own run fades and so does the curve's word for it, above the tip as it stops."""
    at = page(plan="value_first")
    assert "It could go either way: keep going, or fade" in html(at)
    assert "It keeps going in about 3 of 10 versions" in html(at)
    assert "Then it fades." in html(at)
    assert (
        "“Value first, then embed” stops with it at a little (0.35), above where it tips, and still fades"
        in said(at)
    )


def test_the_headline_and_the_range_count_the_same_versions() -> None:
    """Both count of 64 versions those in which the plan as it is lasts: once at once, once on request."""
    at = press(page(plan="value_first"), ASK)
    assert "It keeps going in about 3 of 10 versions of our assumptions" in html(at)
    assert "This plan as it is keeps going</th>" in html(at)
    assert ">in about 3 of 10 versions</td>" in html(at)


def test_a_small_gain_that_fades_slowly_is_not_called_a_success() -> None:
    at = page(plan="relationships_first")
    assert "Unlikely to keep going without us" in html(at)
    assert "Half of what was gained is gone 5½ years later." in html(at)
    assert "It looks like success" not in html(at)


@pytest.mark.parametrize("box", ["scepticism", "strain"])
def test_a_box_that_the_plan_brings_down_is_judged_by_staying_down(box: str) -> None:
    at = page(box=box)
    assert "Likely to stay lower without us" in html(at)
    assert "With nobody pushing it stays lower: at a little" in html(at)
    assert "no higher than if nothing new is done" not in html(at)
    assert "is judged by boxes that are meant to grow: choose one of these under" in said(at)
    assert [ASK in buttons(at), MAP in buttons(at)] == [False, False]


def test_without_a_higher_place_of_rest_no_value_is_printed_and_no_range_is_offered() -> None:
    at = page(plan="high_competing_priorities")
    assert "there is no higher place of rest that it could reach" in html(at)
    assert (
        "It does not keep going by itself, however long the work goes on, in these circumstances: there is "
        "only one place of rest" in said(at)
    )
    assert ASK not in buttons(at)


def test_where_nothing_is_done_nothing_can_keep_going() -> None:
    at = page(plan="nothing_new")
    assert "There is nothing that could keep going" in html(at)
    assert said(at).count("No lever is on in this plan") == 2
    assert len(charts(at)) == 1


def test_the_range_is_worked_out_when_asked_for_and_kept() -> None:
    at = press(page(), ASK)
    assert (
        "In most versions of our assumptions the work must go on for 19 to 32 months; in about 1 of 7 "
        in (html(at))
    )
    assert "where most versions tip" in [one.get("name") for one in charts(at)[1]["data"]]
    assert ASK not in buttons(at)
    assert ASK in buttons(choose(at, along="context:competing_priorities"))
    assert "the work must go on for" in html(choose(at, along="months"))


def test_along_a_circumstance_it_keeps_going_at_first() -> None:
    at = page(along="context:competing_priorities")
    assert "it keeps going at first and fades from about 60% on" in said(at)


def test_a_lever_that_hardly_matters_is_one_sentence() -> None:
    at = press(page(along="lever:training"), ASK)
    assert "This makes no difference to whether it lasts: it keeps going, wherever this is set." in said(at)
    assert (
        "In every version this makes no difference to whether it lasts: in about 6 of 7 versions it keeps "
        "going and in about 1 of 7 versions it does not, wherever this is set." in html(at)
    )


def test_the_map_is_drawn_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from loops.ui.keeping import where

    monkeypatch.setattr(where, "tipping_map", _coarse(where.tipping_map))
    at = press(page(), MAP)
    assert [one.proto.alt.startswith("A map.") for one in at.get("plotly_chart")] == [False, False, True]
    assert "The dot, “Your plan”, lies where it keeps going." in said(at)
    assert "Pressure from everything else (down) and How long the work goes on" in html(at)
    assert MAP in buttons(choose(at, y="context:staff_turnover"))


def _coarse(real: Any) -> Any:
    def made(*args: Any, **options: Any) -> Any:
        return real(*args, points=6, **options)

    return made


def test_those_who_know_the_field_find_figures_once_they_open_their_part() -> None:
    at = page()
    assert "starting points" not in said(at)
    at.session_state["keeping:field"] = True
    run(at)
    assert "3 places of rest, found from" in said(at)
    assert "grows: it tips" in html(at)
    assert "not defined" in said(at)
    assert "a bound" not in html(at)


def test_no_word_of_the_code_is_shown() -> None:
    from loops.ui import glossary

    at = press(page(beside="insight_first"), ASK)
    at.session_state["keeping:field"] = True
    run(at)
    everything = [*words(at), html(at), *(one.proto.alt for one in at.get("plotly_chart"))]
    for one in everything:
        assert not CODE_WORDS.search(re.sub(r"“[^”]*”", "", one)), one
    assert "How far is it from tipping?" in [one.value for one in at.subheader]
    assert "Place of rest" in glossary.WORDS["Does it last?"]


def test_a_box_that_feeds_on_itself_whatever_its_label_holds() -> None:
    at = opened(SELF.format(sign="+"))
    assert "<b>" not in html(at)
    assert "two resting places are possible" in said(at)
    assert "There is nothing that could keep going" in html(at)


@pytest.mark.parametrize("text", [TINY.decode(), SELF.format(sign="-"), SELF.split("[lever", maxsplit=1)[0]])
def test_models_without_loops_snowballs_or_levers_say_the_right_thing(text: str) -> None:
    at = opened(text)
    assert "There is nothing that could keep going" in html(at)
    assert ASK not in buttons(at)
    assert not at.error


def test_arrows_without_a_sign_pull_both_ways_and_say_so() -> None:
    at = opened(SELF.format(sign="?"))
    assert not at.error
    assert "pulls both ways with half its strength, until its sign is known" in said(at)


def test_a_lever_that_never_stops_is_told_apart() -> None:
    text = SELF.format(sign="+").replace('label = "Push"', 'label = "Push"\nlevel = 0.5')
    at = opened(text)
    assert "This plan does not show what happens without us" in html(at)
    assert at.selectbox(key=next(key for key in _keys(at) if "keeping:along" in key)).options == [
        "How long the work goes on"
    ]


def _keys(at: AppTest) -> list[str]:
    return [one.key for one in at.selectbox if one.key]


def test_runs_that_do_not_finish_are_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise DidNotFinish("the run stopped after 200,000 steps")

    monkeypatch.setattr(found, "lasting", stopped)
    at = page()
    assert [one.value for one in at.error] == [
        r"This cannot be worked out\: the run stopped after 200,000 steps"
    ]
    assert not charts(at)


def test_a_range_that_cannot_be_worked_out_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise DidNotFinish("no <b>")

    monkeypatch.setattr(howlong, "tipping_range", stopped)
    at = press(page(), ASK)
    assert [one.value for one in at.error] == [r"This cannot be worked out\: no \<b\>"]
    assert len(charts(at)) == 2


def test_a_large_model_is_only_worked_out_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "_QUICK", 5)
    at = page()
    assert not charts(at)
    assert any(
        "This model is large (18 boxes that change, 73 arrows)" in one.value.replace("\\", "")
        for one in at.caption
    )
    press(at, "Work it out")
    assert "Likely to keep going without us" in html(at)
    press(at, "Look along it")
    assert "keeps going from about 27 months" in said(at)


def test_many_arrows_make_a_model_large_too_and_it_is_tried_in_fewer_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """18 boxes, 73 arrows and 7 of them delayed by three stages: 112 rows and links, two runs a version."""
    monkeypatch.setattr(found, "_LIGHT", 111)
    monkeypatch.setattr(found, "_MOST_WORK", 2 * 112 * 10)
    at = press(page(), "Work it out")
    assert "(10 were tried)" in html(at)


@pytest.mark.usefixtures("cold_engine")
def test_the_page_is_there_while_the_engine_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    hold = threading.Event()
    monkeypatch.setattr(engine, "warm", hold.wait)
    at = page()
    assert any("as soon as the engine is ready" in one.value for one in at.info)
    assert not charts(at)
    hold.set()
    assert engine.engine().ready(5)
    run(at)
    assert len(charts(at)) == 2


@pytest.mark.usefixtures("cold_engine")
def test_an_engine_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(engine, "warm", fail)
    assert [one.value for one in page().error] == [r"The engine could not be made ready\: no room"]
