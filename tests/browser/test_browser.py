"""What only a browser can tell: that it paints, that the keyboard works, that it fits a phone."""

from __future__ import annotations

from typing import Any

import pytest


def test_the_first_page_paints_without_errors_or_outside_requests(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("path.js-line").nth(1).wait_for()
    assert page.locator(".js-plotly-plot").count() == 2
    assert page.get_by_text("It is not a forecast").first.is_visible()


def test_a_lever_moved_with_the_keyboard_changes_the_chart(page: Any, address: str) -> None:
    page.goto(address)
    plan = page.locator("path.js-line").nth(1)
    plan.wait_for()
    before = plan.get_attribute("d")
    page.get_by_role("slider", name="Design it together").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "before => document.querySelectorAll('path.js-line')[1].getAttribute('d') !== before", arg=before
    )
    assert page.get_by_role("slider", name="Design it together").input_value() == "80"


def test_levers_stay_where_they_were_left_when_one_comes_back(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("path.js-line").nth(1).wait_for()
    page.get_by_role("slider", name="Design it together").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    page.get_by_role("link", name="Words").first.click()
    page.get_by_role("heading", name="Words").wait_for()
    page.get_by_role("link", name="What if").first.click()
    page.locator("path.js-line").nth(1).wait_for()
    assert page.get_by_role("slider", name="Design it together").input_value() == "95"


def test_a_phone_shows_levers_and_curves_without_moving_sideways(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.locator("path.js-line").nth(1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    levers = page.locator(".st-key-levers").bounding_box()
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert levers["width"] <= 390
    assert levers["height"] <= 844 / 2
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= 390
    last = page.get_by_role("slider", name="National guidance and support")
    last.scroll_into_view_if_needed()
    last.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert last.input_value() == "35"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_diagram_is_drawn_and_a_loop_stands_out(page: Any, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    page.locator("path.js-line").nth(1).wait_for()
    if width < 640:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="The diagram").first.click()
    if width < 640:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    drawing = page.locator(".picture svg")
    drawing.wait_for()
    assert drawing.locator("rect").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Show everything").click()
    drawing.locator("rect").nth(20).wait_for()
    page.get_by_role("combobox", name="Read a loop").click()
    page.get_by_role("option").first.click()
    page.locator(".picture g[opacity='0.16']").first.wait_for(state="attached")


def test_why_is_one_click_from_the_curves(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("path.js-line").nth(1).wait_for()
    page.get_by_role("button", name="Why believe this?").click()
    page.get_by_text("How strong each of the").wait_for()
    page.get_by_role("link", name="Read more: how we know, and what this cannot tell you").click()
    page.get_by_role("heading", name="What this cannot tell you").wait_for()
