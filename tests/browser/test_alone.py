"""The live levers and the time chart by themselves in a real browser: what their scripts do with any data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from alone import Alone

from loops.draw.charts import Line
from loops.draw.palette import LIGHT
from loops.ui.components import dials, timechart
from loops.ui.components.timechart import Panel

NASTY = {
    "tag": "<script>alert(1)</script>",
    "quotes": "\"><img src=x onerror='alert(1)'>",
    "emoji": "🚶‍♀️ a & b &amp; c",
    "long": "w" * 200,
}
MONTHS = 24


def dial(name: str, value: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": name, "value": value, "help": "", "group": "", "step": 5, **more}


@pytest.fixture
def levers(page: Any) -> Alone:
    return Alone(page, dials)


@pytest.fixture
def chart(page: Any) -> Alone:
    return Alone(page, timechart)


def press(levers: Alone, name: str, *keys: str) -> None:
    levers.page.get_by_role("slider", name=name).focus()
    for key in keys:
        levers.page.keyboard.press(key)


def test_two_messages_are_on_their_way_at_most_and_the_newest_place_wins(levers: Alone) -> None:
    levers.put({"dials": [dial("one", 50), dial("two", 0)], "heard": 4})
    press(levers, "one", *["ArrowRight"] * 4)
    assert levers.told == [
        {"number": 5, "values": {"one": 55, "two": 0}, "rest": False},
        {"number": 6, "values": {"one": 60, "two": 0}, "rest": False},
    ]
    levers.put({"dials": [dial("one", 55), dial("two", 0)], "heard": 5})
    assert levers.told[2] == {"number": 7, "values": {"one": 70, "two": 0}, "rest": False}
    levers.put({"dials": [dial("one", 60), dial("two", 0)], "heard": 6})
    assert levers.page.get_by_role("slider", name="one").input_value() == "70"
    assert len(levers.told) == 3


def test_the_hand_at_rest_is_told_once(levers: Alone) -> None:
    levers.put({"dials": [dial("one", 50)], "heard": 0})
    press(levers, "one", "ArrowRight")
    levers.put({"dials": [dial("one", 55)], "heard": 1})
    levers.page.wait_for_function("told.length === 2")
    assert levers.told[1] == {"number": 2, "values": {"one": 55}, "rest": True}
    levers.put({"dials": [dial("one", 55)], "heard": 2})
    assert len(levers.told) == 2


def test_python_sets_the_levers_but_never_pulls_one_out_of_the_hand(levers: Alone) -> None:
    levers.put({"dials": [dial("one", 50), dial("two", 50)], "heard": 0})
    levers.put({"dials": [dial("one", 20), dial("two", 30)], "heard": 0})
    one, two = levers.page.get_by_role("slider").all()
    assert (one.input_value(), two.input_value()) == ("20", "30")
    assert levers.page.get_by_role("status").all_inner_texts() == ["20%", "30%"]
    box = one.bounding_box()
    levers.page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
    levers.page.mouse.down()
    levers.page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    held = one.input_value()
    assert int(held) > 60
    answered = {"dials": [dial("one", 0), dial("two", 0)], "heard": len(levers.told)}
    levers.put(answered)  # undo in the middle of a drag
    assert (one.input_value(), two.input_value()) == (held, "0")
    levers.page.mouse.up()
    levers.put(answered)
    assert one.input_value() == "0"


def test_places_not_heard_yet_are_not_set_back_by_an_older_answer(levers: Alone) -> None:
    levers.put({"dials": [dial("one", 50)], "heard": 0})
    press(levers, "one", "ArrowRight")
    levers.put({"dials": [dial("one", 50)], "heard": 0})
    assert levers.page.get_by_role("slider").input_value() == "55"


def test_an_answer_that_never_comes_does_not_stop_the_levers(levers: Alone) -> None:
    levers.page.clock.install()
    levers.put({"dials": [dial("one", 50)], "heard": 0})
    press(levers, "one", *["ArrowRight"] * 3)
    assert len(levers.told) == 2
    levers.page.clock.run_for(3_000)
    assert levers.told[2]["values"] == {"one": 65}


@pytest.mark.parametrize("label", NASTY.values(), ids=NASTY)
def test_any_label_is_shown_as_it_stands_and_stays_in_its_place(levers: Alone, label: str) -> None:
    levers.page.set_viewport_size({"width": 390, "height": 700})
    levers.put({"dials": [dial("one", 50, label=label, help=label, group=label)], "heard": 0})
    slider = levers.page.get_by_role("slider", name=label, exact=True)
    assert slider.evaluate("one => one.labels[0].textContent") == label
    levers.page.get_by_role("button").click()
    assert levers.page.get_by_role("paragraph").filter(has_text=label).is_visible()
    assert levers.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert levers.page.locator("script, img").count() == 0


def test_the_note_of_a_lever_is_read_with_it_even_while_it_is_closed(levers: Alone) -> None:
    levers.put({"dials": [dial("one", 50, help="An hour a week.")], "heard": 0})
    described = "one => one.getRootNode().getElementById(one.getAttribute('aria-describedby')).textContent"
    assert levers.page.get_by_role("slider").evaluate(described) == "An hour a week."
    ask = levers.page.get_by_role("button", name="What “one” means")
    assert ask.get_attribute("aria-expanded") == "false"
    ask.press("Enter")
    assert ask.get_attribute("aria-expanded") == "true"
    assert levers.page.get_by_text("An hour a week.").is_visible()


def sent(*panels: Panel, before: tuple[Panel, ...] = (), **more: Any) -> dict[str, Any]:
    return {**timechart._sent(panels, before, LIGHT), "figures": False, "against": None, **more}


def panel(end: float, title: str = "Trust", name: str = "Your plan", **more: Any) -> Panel:
    quiet = Line("If nothing new is done", np.zeros(MONTHS + 1), (), 0)
    plan = Line(name, np.linspace(0, end, MONTHS + 1), ((0.0, 12.0),), 1)
    return Panel(title, [quiet, plan], f"{title} in words", **more)


def test_a_chart_says_itself_and_is_read_month_by_month_with_the_keyboard(chart: Alone) -> None:
    chart.put(sent(panel(1.0, meaning="Fully: everybody."), figures=True))
    assert chart.page.get_by_role("img", name="Trust in words").is_visible()
    reader = chart.page.get_by_role("slider", name="Read “Trust” month by month")
    reader.focus()
    chart.page.keyboard.press("PageUp")
    for _ in range(6):
        chart.page.keyboard.press("ArrowRight")
    said = "1 year 6 months: If nothing new is done, not yet (0.00); Your plan, mostly (0.75)"
    assert reader.get_attribute("aria-valuetext") == said
    assert reader.get_attribute("aria-valuenow") == "18"
    told = chart.page.locator(".told")
    assert told.inner_text().split("\n")[0] == "1 year 6 months"
    chart.page.keyboard.press("End")
    assert reader.get_attribute("aria-valuenow") == reader.get_attribute("aria-valuemax") == str(MONTHS)
    chart.page.keyboard.press("Escape")
    assert told.is_hidden()


def test_plans_are_set_against_one_of_them(chart: Alone) -> None:
    chart.put(sent(panel(0.4), against=1))
    words = chart.page.locator(".timechart [role=img] text").all_text_contents()
    assert {"lower", "same", "higher"} <= set(words)
    reader = chart.page.get_by_role("slider")
    reader.focus()
    chart.page.keyboard.press("End")
    said = "2 years: If nothing new is done, far lower; Your plan, about the same"
    assert reader.get_attribute("aria-valuetext") == said


def test_a_change_is_played_from_the_lines_before_and_again_when_asked(chart: Alone) -> None:
    chart.page.clock.install()
    chart.put(sent(panel(0.2)))
    assert chart.page.get_by_role("button", name="Replay the change").is_hidden()
    plan = chart.page.locator(".line").nth(1)
    before = plan.get_attribute("d")
    chart.put(sent(panel(0.8), before=(panel(0.2),)))
    assert chart.page.locator(".ghost").nth(1).get_attribute("d") == before
    chart.page.clock.run_for(800)
    halfway = plan.get_attribute("d")
    chart.page.clock.run_for(2_000)
    after = plan.get_attribute("d")
    assert len({before, halfway, after}) == 3
    chart.page.get_by_role("button", name="Replay the change").click()
    chart.page.clock.run_for(100)
    assert plan.get_attribute("d") != after
    chart.page.clock.run_for(3_000)
    assert plan.get_attribute("d") == after


def test_a_change_is_there_at_once_where_motion_is_not_wanted(chart: Alone) -> None:
    chart.page.emulate_media(reduced_motion="reduce")
    chart.put(sent(panel(0.8)))
    after = chart.page.locator(".line").nth(1).get_attribute("d")
    chart.put(sent(panel(0.8), before=(panel(0.2),)))
    assert chart.page.locator(".line").nth(1).get_attribute("d") == after


@pytest.mark.parametrize("label", NASTY.values(), ids=NASTY)
def test_any_name_is_shown_as_it_stands_and_nothing_leaves_the_screen(chart: Alone, label: str) -> None:
    chart.page.set_viewport_size({"width": 390, "height": 900})
    chart.put(sent(panel(0.6, label, label, meaning=label, says=((label, label),))))
    assert chart.page.locator("figcaption strong").inner_text() == label
    assert chart.page.locator(".key span").last.inner_text() == label
    chart.page.get_by_role("button", name=f"What “{label}” means here").click()
    chart.page.get_by_role("slider").hover()
    assert chart.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert chart.page.locator("script, img").count() == 0


def test_curves_follow_the_width_of_the_page(chart: Alone) -> None:
    chart.put(sent(panel(0.6), panel(0.2, "Buy-in")))
    first, second = chart.page.locator(".plot").all()
    assert first.bounding_box()["y"] == second.bounding_box()["y"]
    chart.page.set_viewport_size({"width": 390, "height": 900})
    wide = "[...document.querySelectorAll('div')].at(-1).shadowRoot.querySelector('[role=img]').clientWidth"
    chart.page.wait_for_function(f"{wide} < 390")
    assert first.bounding_box()["y"] < second.bounding_box()["y"]
