"""A shared space in a real browser: its address opens it, there and elsewhere, and nothing else does."""

from __future__ import annotations

from typing import Any

from serving import turn_to


def test_the_address_and_nothing_else_opens_the_space(page: Any, browser: Any, address: str) -> None:
    name = "Tees <b>practices</b> & friends"
    workshop(page, address)
    page.get_by_role("button", name="Keep it in a shared space").click()
    page.get_by_label("A name for a new space").fill(name)
    page.get_by_label("A name for a new space").press("Enter")
    page.get_by_text(name).wait_for()
    turn_to(page, "Words", "Help")
    page.get_by_role("heading", name="Words").wait_for()
    page.wait_for_url("**/words?workspace=*")
    link = f"{address}/?{page.url.partition('?')[2]}"
    workshop(page, link)
    page.get_by_text(name).wait_for()
    for start, there in ((link, 1), (address, 0)):
        other = browser.new_page()
        workshop(other, start)
        assert other.get_by_text(name).count() == there
        assert other.get_by_role("button", name="Keep it in a shared space").count() == 1 - there
        other.close()


def workshop(page: Any, link: str) -> None:
    page.goto(link)
    turn_to(page, "Workshop", "Together")
    page.get_by_role("heading", name="Workshop").wait_for()
    page.locator(".st-key-workspace_bar").get_by_role("button").wait_for()
