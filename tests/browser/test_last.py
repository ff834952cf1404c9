"""Will it last? in a real browser: the answer, work that is asked for and stopped, a phone, the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from onphone import check_fit, phone
from serving import turn_to

ASK = "Try 64 versions of our assumptions"


def open_last(page: Any, address: str) -> None:
    page.goto(address)
    turn_to(page, "Will it last?", "Look deeper")
    page.get_by_role("heading", name="Likely to keep going without us").wait_for()
    page.get_by_role("button", name=ASK).wait_for()


def test_the_range_comes_when_it_is_asked_for(page: Any, address: str) -> None:
    open_last(page, address)
    page.get_by_role("button", name=ASK).focus()
    page.keyboard.press("Enter")
    page.get_by_text("the work must go on for 19 to 32 months").wait_for()
    page.get_by_role("button", name=ASK).wait_for(state="detached")
    page.get_by_text("where most versions tip").wait_for()


def test_a_map_is_stopped_and_then_drawn(page: Any, address: str) -> None:
    open_last(page, address)
    page.get_by_role("button", name="Draw the map").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Draw the map").wait_for()
    page.get_by_role("button", name="Stop").wait_for(state="detached")
    assert page.get_by_text("The dot, “Your plan”").count() == 0
    page.get_by_role("button", name="Draw the map").click()
    page.get_by_text("The dot, “Your plan”, lies where it keeps going.").wait_for()
    page.locator(".js-plotly-plot .heatmaplayer").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str, scheme: str) -> None:
    with phone(browser, f"{address}/last", scheme) as page:
        page.get_by_role("button", name="Draw the map").click()
        page.locator(".js-plotly-plot .heatmaplayer").wait_for()
        page.get_by_text("For those who know the field").click()
        page.get_by_text("places of rest, found from").wait_for()
        page.wait_for_timeout(1_000)
        check_fit(page, ".js-plotly-plot, h2, p")
