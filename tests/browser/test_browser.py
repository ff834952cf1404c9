"""What only a browser can tell: that it paints, that the keyboard works, that it fits a phone."""

from __future__ import annotations

from typing import Any

import pytest
from serving import turn_to


def test_the_first_page_paints_without_errors_or_outside_requests(page: Any, address: str) -> None:
    page.goto(address)
    page.locator(".timechart .line").nth(1).wait_for()
    assert page.locator(".plot").count() == 2
    assert page.get_by_text("It is not a forecast").first.is_visible()


def test_the_tab_says_which_page_it_is(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_function("document.title === 'What if? – Living loops'")
    turn_to(page, "Words", "Help")
    page.wait_for_function("document.title === 'Words – Living loops'")
    # the title alone is set, and the layout stays wide
    assert page.get_by_test_id("stMainBlockContainer").bounding_box()["width"] > 1200


@pytest.mark.parametrize("width", [1280, 390])
def test_the_diagram_is_drawn_and_a_loop_stands_out(page: Any, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    page.locator(".timechart .line").nth(1).wait_for()
    turn_to(page, "The diagram")
    drawing = page.locator("svg.cld")
    drawing.wait_for()
    assert drawing.locator(".box").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Show everything").click()
    drawing.locator(".box").nth(20).wait_for()
    finder = page.get_by_role("combobox", name="Find a loop")
    finder.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)  # a list opened while the page still moves closes again
    finder.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.click()
    drawing.locator(".faded").first.wait_for(state="attached")


def test_why_is_one_click_from_the_curves(page: Any, address: str) -> None:
    page.goto(address)
    page.locator(".timechart .line").nth(1).wait_for()
    page.get_by_role("button", name="Why believe this?").click()
    page.get_by_text("How strong each of the").wait_for()
    page.get_by_role("link", name="Read more: how we know, and what this cannot tell you").click()
    page.get_by_role("heading", name="What this cannot tell you").wait_for()
