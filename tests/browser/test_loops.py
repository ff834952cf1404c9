"""The Loops page in a browser: it paints, fits a phone, is reached by keyboard, and keeps its axes level."""

from __future__ import annotations

import json
from typing import Any

import pytest
from serving import still, turn_to


def opened(page: Any, address: str) -> Any:
    page.goto(address)
    page.locator(".timechart .line").nth(1).wait_for()
    turn_to(page, "Loops", "Look deeper")
    page.get_by_role("heading", name="Which loop leads?").wait_for()
    page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()
    return page


def choose(page: Any, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)  # a list opened while the page still moves closes again
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


@pytest.mark.parametrize("width", [1280, 390])
def test_two_plans_are_level_when_wide_and_one_column_on_a_phone(page: Any, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, address)
    choose(page, "A second plan beside it", "Everything for a year")
    charts = page.locator(".js-plotly-plot")
    charts.nth(1).wait_for()
    page.wait_for_timeout(1_000)
    first, second = (charts.nth(place).bounding_box() for place in (0, 1))
    if width > 640:
        assert first["y"] == pytest.approx(second["y"], abs=1)  # a pixel: edges may lie between two
        assert first["x"] + first["width"] <= second["x"]
    else:
        assert first["y"] + first["height"] <= second["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_key_is_drawn_with_the_dashes_of_its_lines(page: Any, address: str) -> None:
    opened(page, address)
    lines = page.locator("span:has(> i) > i")
    lines.first.wait_for()
    grounds = lines.evaluate_all("found => found.map(one => getComputedStyle(one).backgroundImage)")
    assert len(grounds) >= 3
    assert len(set(grounds)) == len(grounds)
    assert all(ground.startswith("repeating-linear-gradient") for ground in grounds)


def test_the_second_view_opens_by_keyboard_and_gives_its_shares_as_json(page: Any, address: str) -> None:
    opened(page, address)
    fold = page.locator("summary", has_text="Another way to look")
    fold.focus()
    page.keyboard.press("Enter")
    save = page.get_by_role("button", name="Download for other programs (JSON)")
    save.wait_for()
    assert page.locator(".js-plotly-plot").count() == 2
    still(page)
    with page.expect_download() as taken:
        save.click()
    told = json.loads(taken.value.path().read_text())
    assert told["feedback"]["valid"]
    assert {loop["polarity"] for loop in told["feedback"]["feedbackLoops"]} == {"+", "-"}


def test_a_loop_without_a_name_is_found_by_typing_and_stands_out_on_the_diagram(
    page: Any, address: str
) -> None:
    opened(page, address)
    page.get_by_role("radio", name="All of them").click()
    page.get_by_role("spinbutton", name="Page").wait_for()
    box = page.get_by_role("combobox", name="See a loop on the diagram")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)
    box.fill("R·14")
    page.get_by_role("option", name="R·14 Buy-in, Working together and Trust between partners").click()
    page.locator("svg.cld .box").nth(2).wait_for()  # “Passing it on”, which stands there first, has two
    assert page.locator("svg.cld .box").count() == 3
