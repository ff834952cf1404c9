"""Work back from the goal in a real browser: by keys, by a click, a year late, onto What if, on a phone."""

from __future__ import annotations

import re
from typing import Any

from clinic import MODEL_FILE
from onphone import check_fit, phone
from playwright.sync_api import expect
from serving import still, turn_to

TWO = """
[lever.remind]
label = "Remind them"
hours_us = 3

[[link]]
from = "remind"
to = "known"
polarity = "+"
strength = 0.05
"""


def find_plans(page: Any) -> None:
    """A small model of a clinic is opened: there are few plans, so the search is quick."""
    page.get_by_role("button", name="Find plans").wait_for()
    still(page)
    page.get_by_role("button", name="Open a file").click()
    file = {"name": "clinic.toml", "mimeType": "application/toml", "buffer": (MODEL_FILE + TWO).encode()}
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_role("combobox", name="What we want")).to_have_value("Known", timeout=30_000)
    still(page)
    page.get_by_test_id("stPopoverBody").press("Escape")
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    page.get_by_role("button", name="Find plans").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="gets there in").wait_for()
    still(page)


def click_the_first_plan(page: Any) -> None:
    """A click where the point is, as a hand does it: what is drawn over the chart takes it."""
    point = page.locator(".js-plotly-plot .scatterlayer .trace .point").first
    point.evaluate("point => point.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(200)  # Plotly takes a click for what was pointed at before
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_plans_are_found_chosen_tried_late_and_put_on_what_if(page: Any, address: str) -> None:
    page.goto(address)
    turn_to(page, "Work back from the goal", "Look deeper")
    find_plans(page)
    click_the_first_plan(page)
    page.get_by_role("heading", name="With nothing new it gets there").wait_for()
    still(page)
    page.get_by_role("radio").first.focus()
    for _ in range(page.get_by_role("radio").count() - 1):
        page.keyboard.press("ArrowDown")
        still(page)
    expect(page.get_by_role("radio").last).to_be_checked()
    page.get_by_role("heading", name="This plan gets there in").wait_for()
    page.get_by_role("button", name="Try each thing a year late").click()
    page.get_by_text("If all of it comes a year late, it gets there").wait_for()
    still(page)
    page.get_by_role("button", name="Put it on “What if”").click()
    page.get_by_role("heading", name="What if?").wait_for()
    begun = page.get_by_role("combobox", name="Start your plan from")
    expect(begun).to_have_value(re.compile("Known: partly there within 1 year"), timeout=30_000)


def test_on_a_dark_phone_nothing_is_wider_than_the_screen(browser: Any, address: str) -> None:
    with phone(browser, f"{address}/goal", "dark") as page:
        find_plans(page)
        page.get_by_test_id("stToast").wait_for(state="detached")  # Streamlit's own, and it has no name
        check_fit(page, ".js-plotly-plot, h2, p, [role=listitem]")
