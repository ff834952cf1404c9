"""The pages as a reader meets them, without a browser."""

from __future__ import annotations

import re

import pytest
from onscreen import (
    CODE_WORDS,
    SHIPPED,
    TINY,
    catalogue_model,
    chart,
    curves,
    dials,
    drawn,
    open_app,
    open_page,
    press,
    run,
    turn,
    words,
)

from loops.scenario import Scenario
from loops.ui import catalogue, engine, glossary, why

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def test_the_first_page_shows_curves_and_says_what_they_are() -> None:
    at = open_app()
    assert len(chart(at)["panels"]) == 2
    assert list(curves(at))[:2] == ["If nothing new is done", "Your plan"]
    assert any("It is not a forecast" in one.value for one in at.markdown)


def test_less_effort_gives_less_buy_in_and_starting_again_brings_it_back() -> None:
    at = open_app()
    before = curves(at)
    turn(at, frictionless_offer=0, co_design=0, tailored_insight=0)
    after = curves(at)
    assert after["Your plan"][48] < before["Your plan"][48] - 0.01
    assert (after["If nothing new is done"] == before["If nothing new is done"]).all()
    press(at, "Start again")
    assert (curves(at)["Your plan"] == before["Your plan"]).all()
    press(at, "Undo")
    assert (curves(at)["Your plan"] == after["Your plan"]).all()
    press(at, "Undo")
    press(at, "Redo")
    assert (curves(at)["Your plan"] == after["Your plan"]).all()
    assert dials(at)["co_design"]["value"] == 0


def test_more_pressure_gives_less_buy_in_to_every_line_alike() -> None:
    at = open_app()
    before = curves(at)
    after = curves(turn(at, competing_priorities=95))
    assert after["Your plan"][120] < before["Your plan"][120] - 0.01
    assert after["If nothing new is done"][120] < before["If nothing new is done"][120]
    assert after["Information first"][120] < before["Information first"][120]


def test_a_lever_of_a_plan_from_nothing_new_runs_for_the_usual_time() -> None:
    at = open_app()
    next(one for one in at.selectbox if one.label == "Start your plan from").set_value("nothing_new").run()
    same = curves(at)
    assert (same["Your plan"] == same["If nothing new is done"]).all()
    raised = curves(turn(at, co_design=100))["Your plan"]
    assert raised[12] > same["Your plan"][12] + 0.005
    assert chart(at)["panels"][0]["spans"][1] == [[0.0, 36.0]]


def test_up_to_four_plans_are_set_beside_the_plan() -> None:
    at = open_app()
    compare = next(one for one in at.multiselect if one.label.startswith("Compare"))
    others = [key for key in catalogue_keys() if key != "nothing_new"][:4]
    compare.set_value(others).run()
    assert not at.exception
    assert len(curves(at)) == 6


def catalogue_keys() -> list[str]:
    from loops.library import scenarios_of

    return list(scenarios_of(catalogue_model(), SHIPPED))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"not toml at all",
        b"format = 1\nid = 'x'",
        SHIPPED.read_bytes().replace(b'to = "value"', b'to = "valu"'),
    ],
)
def test_a_bad_model_file_is_one_message_and_changes_nothing(data: bytes) -> None:
    at = open_app()
    before = curves(at)
    at.file_uploader(key="model_file").upload("mine.toml", data).run()
    assert not at.exception
    assert len(at.error) == 1
    assert "mine" in at.error[0].value
    assert at.selectbox(key=catalogue.CHOSEN).value == "common_purpose"
    after = curves(at)
    assert all((after[name] == before[name]).all() for name in before)


def test_a_plan_that_is_opened_as_a_model_is_shown_its_own_place() -> None:
    at = open_page("lasting")
    plan = b'format = 1\nid = "mine"\nmodel = "common_purpose"\ntitle = "Mine"\n'
    at.file_uploader(key="model_file").upload("mine.toml", plan)
    run(at)
    (one,) = at.error
    assert "this is a plan, not a model" in one.value
    assert "open it on “What if”, under “Open a file”, in the second box" in one.value


def test_a_good_model_file_opens_whatever_its_labels_hold() -> None:
    at = open_app()
    at.file_uploader(key="model_file").upload("tiny.toml", TINY).run()
    assert not at.exception
    assert not at.error
    assert "![x]" not in " ".join(one.value for one in at.markdown)
    assert dials(at)["visit"]["label"] == "Visit **them**"
    key = at.selectbox(key=catalogue.CHOSEN).value
    shown = curves(turn(at, key, visit=100))
    assert shown["Your plan"][-1] > shown["If nothing new is done"][-1] + 0.5
    at.selectbox(key=catalogue.CHOSEN).set_value("common_purpose").run()
    assert len(dials(at)) == 13


def test_a_bad_scenario_file_is_one_message_and_a_good_one_is_compared() -> None:
    at = open_app()
    upload = at.file_uploader(key="scenario_file:common_purpose")
    upload.upload("other.toml", b'format = 1\nid = "x"\nmodel = "other"\ntitle = "X"').run()
    assert len(at.error) == 1
    assert "this scenario is for" in at.error[0].value
    good = b'format = 1\nid = "mine"\nmodel = "common_purpose"\ntitle = "Mine"\n[lever]\ntraining = 0.5\n'
    at.file_uploader(key="scenario_file:common_purpose").set_value(("mine.toml", good, "text/plain")).run()
    assert not at.error
    assert "Mine" in curves(at)


def test_a_run_that_does_not_finish_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from loops.simulate import DidNotFinish
    from loops.ui.planning import curves as page

    def stopped(*_: object, **__: object) -> None:
        raise DidNotFinish("the run stopped after 200,000 steps")

    monkeypatch.setattr(page, "simulate", stopped)
    at = open_app()
    assert [one.value for one in at.error] == [
        r"These plans cannot be run\: the run stopped after 200,000 steps"
    ]
    assert len(dials(at)) == 13


@pytest.mark.usefixtures("cold_engine")
def test_the_page_is_there_while_the_engine_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    hold = threading.Event()
    monkeypatch.setattr(engine, "warm", hold.wait)
    at = open_app()
    assert any("Getting the engine ready" in one.value for one in at.info)
    assert len(dials(at)) == 13
    assert not drawn(at, "timechart")
    hold.set()
    assert engine.engine().ready(5)
    at.run()
    assert not at.info
    assert len(chart(at)["panels"]) == 2


@pytest.mark.usefixtures("cold_engine")
def test_an_engine_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no room for the cache")

    monkeypatch.setattr(engine, "warm", fail)
    at = open_app()
    assert [one.value for one in at.error] == [r"The engine could not be made ready\: no room for the cache"]


def test_figures_are_one_click_away() -> None:
    at = open_app()
    html = [one.proto.body for one in at.get("html")]
    assert not any("not yet 0.05" in one for one in html)
    next(one for one in at.toggle if one.label.startswith("Show figures")).set_value(True).run()
    assert any("not yet 0.05" in one.proto.body for one in at.get("html"))


def test_the_arrows_can_be_asked_for_in_the_address_once() -> None:
    at = open_page("diagram", arrows="all")
    assert "arrows" not in at.query_params
    assert at.toggle(key="everything").value
    (arrows,) = at.expander
    assert arrows.proto.expanded
    at.toggle(key="everything").set_value(False).run()
    assert not at.toggle(key="everything").value
    assert not open_page("diagram").expander[0].proto.expanded


@pytest.mark.parametrize("name", ["diagram", "why", "glossary"])
def test_the_other_pages_open(name: str) -> None:
    at = open_page(name)
    assert "It is not a forecast" in " ".join(one.value for one in at.markdown)


def test_a_loop_is_read_and_every_arrow_is_in_the_table() -> None:
    at = open_page("diagram")
    at.toggle(key="everything").set_value(True).run()
    rows = [one.proto.body for one in at.get("html") if "<table" in one.proto.body]
    assert rows[0].count("<tr>") == 1 + len(catalogue_model().links)
    chosen = at.selectbox(key="picked:common_purpose")
    loops = [option for option in chosen.options if option.startswith("Loop: ")]
    assert len(loops) == len(catalogue_model().loops)
    chosen.select(f"loop:{catalogue_model().loops[0].id}").run()
    assert not at.exception
    story = catalogue_model().loops[0].story.split(".")[0]
    assert any(story in one.value.replace("\\", "") for one in at.markdown)


def test_why_counts_the_arrows() -> None:
    model = catalogue_model()
    at = open_page("why")
    html = " ".join(one.proto.body for one in at.get("html"))
    for grade in why.GRADES:
        assert f"{sum(link.grade == grade for link in model.links)} of {len(model.links)}" in html
    said = " ".join(one.value for one in at.markdown).replace("\\", "")
    assert all(line in said for line in model.cannot_say)


def test_no_page_shows_the_words_of_the_code() -> None:
    pages = [
        open_app(),
        *map(open_page, ("diagram", "why", "glossary", "meeting", "workshop")),
        *map(open_page, ("leading", "lasting", "goal", "stress")),
    ]
    pages[1].toggle(key="everything").set_value(True).run()
    for story in ("How common purpose grows", "Why it stalls", "What keeps it going when we leave"):
        pages.append(open_page("present"))
        pages[-1].selectbox(key="story:common_purpose").set_value(story).run()
    for part in ("node:buy_in", "link:strain|buy_in", "loop:too_big"):
        pages.append(open_page("diagram"))
        pages[-1].selectbox(key="picked:common_purpose").select(part).run()
    for at in pages:
        for said in words(at):
            without_quotes = re.sub(r"“[^”]*”", "", said)  # the sources' own words stay as they are
            assert not CODE_WORDS.search(without_quotes.replace("\\", "")), said
    assert all(
        not CODE_WORDS.search(f"{word} {meaning}")
        for group in glossary.WORDS.values()
        for word, meaning in group.items()
    )


def test_scenarios_of_one_long_title_are_told_apart() -> None:
    same = {
        name: Scenario(id=name, model="m", title="x" * 200 if name != "nothing_new" else "Nothing")
        for name in ("nothing_new", "a", "b")
    }
    assert len({one.title for one in catalogue._told_apart(same).values()}) == 3
