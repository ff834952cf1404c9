"""Another theory on the page Stress test in a real browser: made by keyboard, stopped, on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import still, turn_to

COMPARE = "Compare it with ours"
PROVES_NOTHING = "More consistent is not proved"


def open_stress(page: Any, address: str, versions: str) -> None:
    page.goto(address)
    turn_to(page, "Stress test", "Look deeper")
    ask_of(page, versions)


def ask_of(page: Any, versions: str) -> None:
    """So many versions, once the page is there."""
    page.get_by_role("button", name=COMPARE).wait_for()
    page.get_by_role("radio", name=versions, exact=True).click()
    still(page)


def pick(page: Any, label: str, typed: str) -> None:
    """A choice made by keyboard."""
    page.get_by_role("combobox", name=label).focus()
    page.keyboard.type(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    still(page)


def test_a_team_makes_a_theory_of_its_own_by_keyboard(page: Any, address: str) -> None:
    open_stress(page, address, "1,000")
    pick(page, "Which other theory", "One of our own")
    pick(page, "The arrow that we see otherwise", "Trust → Buy-in")
    pick(page, "How we see it", "goes the other way")
    page.get_by_text("goes the other way: “Buy-in: ready to act” raises “Trust between partners”").wait_for()
    page.get_by_role("button", name=COMPARE).focus()
    page.keyboard.press("Enter")
    page.get_by_text(PROVES_NOTHING).wait_for()
    assert page.get_by_role("region", name="In 1,000 versions of our assumptions").count() == 1


def test_it_can_be_stopped_and_asked_again(page: Any, address: str) -> None:
    open_stress(page, address, "100,000")
    page.get_by_role("button", name=COMPARE).click()
    page.get_by_text(re.compile("Both theories are tried: [1-9]")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name=COMPARE).wait_for()
    assert page.get_by_text(PROVES_NOTHING).count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.set_default_timeout(60_000)
    try:
        page.goto(f"{address}/stress")
        ask_of(page, "1,000")
        page.get_by_role("button", name=COMPARE).click()
        page.get_by_text(PROVES_NOTHING).wait_for()
        page.get_by_text("Where that is from, and how it is looked for").click()
        page.wait_for_timeout(1_000)
        rights = page.evaluate(
            "() => [...document.querySelectorAll('h3, p, li, [role=region]')].map((one) => "
            "Math.round(one.getBoundingClientRect().right))"
        )
        found = Axe().run(page).response["violations"]
    finally:
        page.close()
    assert max(rights) <= 390
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]
