"""Stress test in a real browser: tried, stopped and finished, the reasons behind one card, a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from onphone import check_fit, phone
from serving import turn_to

TRY = "Try them"
MORE = "Whom it is about, where it comes from, when it fails"


def open_stress(page: Any, address: str, versions: str) -> None:
    page.goto(address)
    turn_to(page, "Stress test", "Look deeper")
    page.get_by_role("button", name=TRY).wait_for()
    page.get_by_role("radio", name=versions, exact=True).click()


def test_what_is_stopped_says_how_far_it_came_and_is_finished_when_asked(page: Any, address: str) -> None:
    open_stress(page, address, "10,000")
    page.get_by_role("button", name=TRY).click()
    page.get_by_text(re.compile("Versions are being tried: [1-9]")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("It was stopped: what stands here is from the first").wait_for()
    page.get_by_role("button", name=TRY).focus()
    page.keyboard.press("Enter")
    page.get_by_text("10,000 versions were tried, with the seed 1.").wait_for()
    page.get_by_text("It was stopped").wait_for(state="detached")


def test_a_card_opens_and_says_why(page: Any, address: str) -> None:
    open_stress(page, address, "1,000")
    page.get_by_role("button", name=TRY).click()
    page.get_by_text("Of 21 things we think happen").wait_for()
    page.get_by_text(MORE).first.click()
    page.get_by_text("In what circumstances").wait_for()
    page.get_by_role("button", name="Look for the reasons").click()
    page.get_by_text("Along which path.", exact=True).wait_for()
    assert page.get_by_text("What decides.", exact=True).count() == 1


def test_one_thing_is_pushed_by_keyboard_and_shown_on_the_diagram(page: Any, address: str) -> None:
    open_stress(page, address, "1,000")
    page.get_by_role("button", name="Push it", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Pushed once all was at rest after").wait_for()
    page.get_by_label(re.compile("^Buy-in: ready to act, more")).wait_for()
    page.get_by_text("What the signs alone say").click()
    page.get_by_role("button", name="Push it, by signs alone").click()
    page.get_by_text("That is too few to say anything: 100 are needed.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str, scheme: str) -> None:
    with phone(browser, f"{address}/stress", scheme) as page:
        page.get_by_role("radio", name="1,000", exact=True).click()
        page.get_by_role("button", name=TRY).click()
        page.get_by_text("1,000 versions were tried").wait_for()
        page.get_by_text(MORE).first.click()
        page.get_by_role("button", name="Find where to look").click()
        page.get_by_text("Numbers are those of the table.").wait_for()
        page.wait_for_timeout(1_000)
        check_fit(page, ".js-plotly-plot, h2, h4, p")
