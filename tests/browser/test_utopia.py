"""A surgery imagined at two tables at once: one list of it, what it takes, a plan, and a charter to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdf
import pytest
from people import people, sound, start_space
from playwright.sync_api import expect
from serving import still, turn_to

FIRST = "Bike racks\nSigns\nSign up to be a parkrun practice"
SECOND = "- racks for bikes\n- Walking and running groups\n- Couch to 5k"


@pytest.fixture
def arrive(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    with people(browser, address) as one_more:
        yield one_more


def sit_down(arrive: Callable[..., Any], token: str, table: str, *, width: int) -> Any:
    page = arrive("utopia", width=width, workspace=token, join="1", utopia="1")
    page.emulate_media(color_scheme="dark" if width < 800 else "light")
    page.get_by_label("What is your table called?").fill(table)
    page.get_by_role("button", name="Sit down").click()
    page.get_by_label("What could be done?").wait_for()
    return page


def put_up(page: Any, field: str, words: str) -> None:
    page.get_by_label(field).fill(words)
    page.get_by_role("button", name="Put it up").click()
    page.locator(".ideas", has_text=words.splitlines()[-1].removeprefix("- ")).wait_for()


def go(page: Any, step: str) -> None:
    still(page)
    page.get_by_role("button", name=f"Next: {step}").click()
    page.get_by_role("heading", name=step, level=2).wait_for()
    still(page)


def test_two_tables_make_a_list_a_plan_and_a_charter(arrive: Callable[..., Any]) -> None:
    lead = arrive("utopia")
    lead.get_by_role("combobox", name="Model").click()
    lead.get_by_role("option", name="Active practice").click()
    still(lead)
    token = start_space(lead, "Development day")
    lead.get_by_role("button", name="Begin").click()
    lead.get_by_role("heading", name="1. What could be done").wait_for()
    one = sit_down(arrive, token, "Table 1", width=1280)
    two = sit_down(arrive, token, "Table 2", width=390)
    _they_write(lead, one, two)
    _they_make_one_list(lead, two)
    _they_find_a_plan(lead)
    _they_promise_and_print(lead)


def _they_write(lead: Any, one: Any, two: Any) -> None:
    """Both at once, what is in a cell and what is seen; what others write leaves a draft alone."""
    one.get_by_text("In the surroundings").click()
    one.get_by_text("the people we serve").click()
    still(one)
    draft = two.get_by_label("What could be done?")
    draft.fill("half a tho")
    put_up(one, "What could be done?", FIRST)
    two.locator(".ideas", has_text="parkrun practice").wait_for()
    expect(draft).to_have_value("half a tho")
    put_up(two, "What could be done?", SECOND)
    two.get_by_text("Feel", exact=True).click()
    put_up(two, "What do you feel?", "Nobody is told off")
    sound(two)
    lead.locator("td", has_text="Bike racks").get_by_text("Table 1").first.wait_for()
    lead.get_by_text("Couch to 5k").wait_for()
    sound(lead)
    go(lead, "See, hear, feel")
    lead.locator("section", has_text="What we feel").get_by_text("Nobody is told off").wait_for()


def _they_make_one_list(lead: Any, two: Any) -> None:
    """The racks are one thing, the source's one minute comes in with what it needs, the rest is matched."""
    lead.emulate_media(color_scheme="dark")
    go(lead, "One list")
    lead.get_by_role("button", name="These are the same").click()
    lead.get_by_text("Put together as “Bike racks”").wait_for()
    put_up(two, "What do you feel?", "I belong here")  # it comes up here by itself
    lead.get_by_text("I belong here").wait_for()
    still(lead)
    lead.get_by_role("button", name="Put what is ticked on the list").click()
    lead.get_by_text("Our list: 5 items").wait_for()
    lead.get_by_text("1-minute conversation about physical activity").wait_for()
    sound(lead)
    press_all(lead, "Add it")
    press_all(lead, "Yes, that is it")
    lead.locator(".item", has_text="Bike racks").get_by_text("£").wait_for()


def press_all(page: Any, label: str) -> None:
    """Press a button of this label until there is none."""
    for _ in range(20):
        still(page)
        if not page.get_by_role("button", name=label, exact=True).count():
            return
        page.get_by_role("button", name=label, exact=True).first.click()
    raise AssertionError(f"“{label}” does not go away")


def _they_find_a_plan(lead: Any) -> None:
    """The list goes to the goal; the search is stopped, and what it has found by then is a plan."""
    go(lead, "What it takes")
    lead.get_by_text("All of it at once takes").wait_for()
    sound(lead)
    lead.get_by_role("button", name="Find a plan that is enough").click()
    lead.get_by_role("heading", name="Work back from the goal").wait_for()
    lead.get_by_role("button", name="Find plans").click()
    stop = lead.get_by_role("button", name="Stop", exact=True)
    stop.wait_for()
    lead.wait_for_timeout(3_000)
    if stop.count():
        stop.click()
    lead.get_by_role("heading", name="Which plan?").wait_for(timeout=120_000)


def _they_promise_and_print(lead: Any) -> None:
    """What is promised is on the charter, and who promised it only when that is ticked."""
    still(lead)
    turn_to(lead, "Utopia", "Together")
    lead.get_by_role("heading", name="What it takes", level=2).wait_for()
    go(lead, "We commit")
    lead.get_by_label("What will you do? Choose from your list").click()
    lead.get_by_role("option", name="Couch to 5k").click()
    lead.get_by_label("Who does it?").fill("Pat Example")
    lead.get_by_label("By when?").fill("12 June")
    lead.get_by_role("button", name="Promise it").click()
    lead.get_by_text("Pat Example, by 12 June").wait_for()
    sound(lead)
    bare = printed(lead)
    lead.get_by_text("Put people’s names on it").click()
    named = printed(lead)
    for words in ("Bikeracks", "one-minuteconversation", "Whatittakes", "12June", "Signature"):
        assert words in bare
    assert "PatExample" not in bare
    assert "PatExample" in named


def printed(page: Any) -> str:
    """The words of the charter as it is printed, without spaces."""
    still(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="Print it (PDF)").click()
    return pdf.words(Path(got.value.path()).read_bytes())
