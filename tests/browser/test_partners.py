"""A surgery through its first two meetings: rated, what is missing, what would help, and whether it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from people import people, sound, start_space
from playwright.sync_api import expect
from serving import still
from sittings import MODEL

from loops.narrate import on_day

LABELS = {name: node.label for name, node in MODEL.nodes.items()}
THEN = date.today() - timedelta(days=31)
NAME = "Surgery A"


@pytest.fixture
def arrive(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    with people(browser, address) as one_more:
        yield one_more


def press(page: Any, name: str) -> None:
    still(page)
    page.get_by_role("button", name=name, exact=True).click()


def part(page: Any, name: str) -> None:
    """Go to a part of the partner's page."""
    still(page)
    page.get_by_role("radio", name=name, exact=True).click()
    page.get_by_role("heading", name=name, level=3).wait_for()
    still(page)


def say(page: Any, box: str, word: str) -> None:
    """Answer by keyboard, and wait until it is seen."""
    words = page.get_by_role("radiogroup", name=LABELS[box], exact=True)
    words.get_by_role("radio", name=word, exact=True).focus()
    page.keyboard.press("Space")
    expect(words.get_by_role("radio", name=word, exact=True)).to_be_checked()


def test_a_surgery_is_rated_and_a_month_later_it_is_seen_what_came_of_it(arrive: Callable[..., Any]) -> None:
    page = arrive("partners")
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name="Active practice").click()
    still(page)
    token = start_space(page, "North team")
    _it_is_added(page)
    _two_rate_it_at_once(page, arrive, token)
    _what_is_missing(page)
    _what_would_help(page)
    _a_month_later(page)
    _it_leaves_without_its_name_and_is_erased(page)


def _it_is_added(page: Any) -> None:
    page.get_by_label("What it is called").fill(NAME)
    for label, words in (("What kind of place", "A GP surgery"), ("The workstream", "Our own words")):
        page.get_by_role("combobox", name=label).fill(words)
        page.keyboard.press("Enter")
        still(page)
    page.get_by_role("combobox", name="Who there can say something").fill("Reception")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    sound(page)
    press(page, "Add it")
    page.get_by_text("A GP surgery · Our own words · Reception").wait_for()


def _two_rate_it_at_once(page: Any, arrive: Callable[..., Any], token: str) -> None:
    """One on a phone, who loses the page and finds the answers again; both keep theirs."""
    (number,) = parse_qs(urlsplit(page.url).query)["partner"]
    other = arrive("partners", width=390, workspace=token, partner=number)
    other.emulate_media(color_scheme="dark")
    _on(page, THEN)
    page.get_by_role("radio", name="Reception").click()
    still(page)
    for box, word in (("info_reception", "Not yet"), ("value", "A little"), ("buy_in", "A little")):
        say(page, box, word)
    page.get_by_placeholder("What makes you say so?").first.fill("Nobody has told us")
    page.keyboard.press("Tab")
    _on(other, THEN)
    say(other, "embedded", "Not yet")
    say(other, "impact", "Don’t know")
    sound(other)
    other.reload()
    press(other, "Keep 2 answers")
    other.get_by_text("2 answers are kept.").first.wait_for()
    sound(page)
    press(page, "Keep 3 answers")
    press(page, "See where they are")


def _on(page: Any, day: date) -> None:
    page.get_by_role("radio", name="Rate").wait_for()
    still(page)
    page.get_by_role("group", name="Day").get_by_role("spinbutton").first.focus()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Enter")
    still(page)


def _what_is_missing(page: Any) -> None:
    page.get_by_text(f"{LABELS['info_reception']} is missing.").first.wait_for()
    page.get_by_text(MODEL.nodes["info_reception"].prompts[0]).first.wait_for()
    page.get_by_text("Nobody has told us").first.wait_for()
    sound(page)


def _what_would_help(page: Any) -> None:
    """What adds most is chosen, and what is expected of it is kept for the next meeting."""
    part(page, "What if, from here")
    page.get_by_text("What adds most from here").wait_for(timeout=120_000)
    press(page, "Choose what adds most")
    still(page)
    page.get_by_role("heading", name="Keep what we expect").wait_for()
    sound(page)
    press(page, "Keep it")
    press(page, "See expected and happened")
    page.get_by_text("From " + on_day(THEN)).wait_for()


def _a_month_later(page: Any) -> None:
    """A rating of today stands beside what was expected, and beside that of a month ago."""
    part(page, "Rate")
    _on(page, date.today())
    page.get_by_role("radio", name="Reception").click()
    still(page)
    page.get_by_text(f"Last time, on {on_day(THEN)}").first.wait_for()
    for box, word in (("info_reception", "Mostly"), ("value", "Not yet")):
        say(page, box, word)
    press(page, "Keep 2 answers")
    part(page, "Expected and happened")
    row = page.locator("tr", has_text=LABELS["info_reception"])
    expect(row).to_contain_text("mostly")
    expect(row).to_contain_text("more than expected")
    sound(page)
    part(page, "Where they are")
    expect(page.get_by_text(f"{LABELS['info_reception']} is missing.")).to_have_count(0)


def _it_leaves_without_its_name_and_is_erased(page: Any) -> None:
    press(page, "Take away as a file")
    with page.expect_download() as got:
        page.get_by_role("button", name="All that is known of it").click()
    assert NAME not in Path(got.value.path()).read_text("utf-8")
    assert "Surgery" not in page.url
    page.keyboard.press("Escape")
    press(page, "Remove")
    page.get_by_label("To erase it, write its name").fill(NAME)
    page.keyboard.press("Tab")
    press(page, "Erase it for good")
    page.get_by_text("It is erased: 7 ratings and 1 course").wait_for()
    expect(page.get_by_text(NAME)).to_have_count(0)
