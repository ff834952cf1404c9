"""The way to every page: at the top by keyboard, on a narrow projector, and in the side bar of a phone."""

from __future__ import annotations

from typing import Any

import pytest
from onphone import check_fit, phone

expect = pytest.importorskip("playwright.sync_api").expect
MENUS = ["Look deeper", "Together", "Make your own", "Help"]


def test_a_menu_is_opened_left_and_followed_by_keyboard(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 700})
    page.goto(address)
    top = page.get_by_test_id("stTopNav")
    top.get_by_role("link", name="What if").wait_for()
    expect(top.get_by_role("button")).to_have_text(MENUS)  # and none of them is "4 more"
    menu = top.get_by_role("button", name="Help")
    menu.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Why believe this?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Words")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Words").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_every_page_stands_in_the_side_bar(browser: Any, address: str, scheme: str) -> None:
    with phone(browser, address, scheme) as page:
        page.get_by_test_id("stExpandSidebarButton").click()
        pages = page.get_by_test_id("stSidebarNav")
        for menu in MENUS:
            pages.get_by_text(menu, exact=True).wait_for()
        page.wait_for_timeout(500)  # it slides in
        check_fit(page, "[data-testid=stSidebarNav] a")
        pages.get_by_role("link", name="Words").click()
        page.get_by_role("heading", name="Words").wait_for()
