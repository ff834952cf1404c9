"""The What-if page while somebody drags a lever, steers it with the keyboard, and comes back to it."""

from __future__ import annotations

from typing import Any

import pytest
from serving import turn_to

expect = pytest.importorskip("playwright.sync_api").expect
LEVER = "Design it together"


def opened(page: Any, address: str) -> Any:
    """The page with its curves, and its lever."""
    page.goto(address)
    page.locator(".timechart .line").nth(1).wait_for()
    return page.get_by_role("slider", name=LEVER, exact=True)


def plan(page: Any) -> str:
    """The curve of the plan in the first picture."""
    drawn: str = page.locator(".timechart .line").nth(1).get_attribute("d")
    return drawn


def drawn_anew(page: Any, before: str) -> None:
    """Wait until the curve of the plan is another one."""
    expect(page.locator(".timechart .line").nth(1)).not_to_have_attribute("d", before)


def middle(lever: Any, share: float) -> tuple[float, float]:
    box = lever.bounding_box()
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def test_curves_and_their_sentences_follow_a_lever_before_it_is_let_go(page: Any, address: str) -> None:
    lever = opened(page, address)
    sentences = page.locator(".says").first.inner_text()
    before = plan(page)
    page.mouse.move(*middle(lever, 0.97))
    page.mouse.down()
    page.mouse.move(*middle(lever, 0.5), steps=5)
    drawn_anew(page, before)
    halfway = plan(page)
    page.mouse.move(*middle(lever, 0.02), steps=5)
    drawn_anew(page, halfway)
    expect(page.locator(".says").first).not_to_have_text(sentences)
    assert lever.input_value() == "0"
    assert page.get_by_role("button", name="Undo").is_disabled()  # the hand has not come to rest
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def test_a_lever_is_moved_with_the_keyboard(page: Any, address: str) -> None:
    lever = opened(page, address)
    before = plan(page)
    lever.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    drawn_anew(page, before)
    assert lever.input_value() == "80"
    assert lever.get_attribute("aria-valuetext") == "80%"
    assert lever.evaluate("one => one.matches(':focus')")


def test_one_drag_is_one_step_back_and_the_lever_goes_with_it(page: Any, address: str) -> None:
    lever = opened(page, address)
    before = plan(page)
    page.mouse.move(*middle(lever, 0.97))
    page.mouse.down()
    page.mouse.move(*middle(lever, 0.3), steps=20)
    page.mouse.up()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_enabled()
    moved = lever.input_value()
    undo.click()
    expect(lever).to_have_value("100")
    expect(page.locator(".timechart .line").nth(1)).to_have_attribute("d", before)
    expect(undo).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    expect(lever).to_have_value(moved)
    page.get_by_role("button", name="Start again").click()
    expect(lever).to_have_value("100")
    expect(page.locator(".timechart .line").nth(1)).to_have_attribute("d", before)


def test_levers_stay_where_they_were_left_when_one_comes_back(page: Any, address: str) -> None:
    lever = opened(page, address)
    before = plan(page)
    lever.focus()
    page.keyboard.press("ArrowLeft")
    drawn_anew(page, before)
    moved = plan(page)
    turn_to(page, "Words", "Help")
    page.get_by_role("heading", name="Words").wait_for()
    turn_to(page, "What if")
    expect(lever).to_have_value("95")
    expect(page.locator(".timechart .line").nth(1)).to_have_attribute("d", moved)
    lever.focus()
    page.keyboard.press("ArrowRight")  # and they are as live as before
    expect(page.locator(".timechart .line").nth(1)).to_have_attribute("d", before)


def test_two_readers_do_not_see_each_other(page: Any, browser: Any, address: str) -> None:
    mine = opened(page, address)
    other = browser.new_page()
    theirs = opened(other, address)
    before = plan(page), plan(other)
    mine.focus()
    page.keyboard.press("Home")
    drawn_anew(page, before[0])
    theirs.focus()
    other.keyboard.press("ArrowLeft")
    drawn_anew(other, before[1])
    assert (mine.input_value(), theirs.input_value()) == ("0", "95")
    assert plan(page) != plan(other)
    other.close()


def test_a_chart_is_read_with_the_keyboard_and_keeps_the_focus_while_levers_move(
    page: Any, address: str
) -> None:
    lever = opened(page, address)
    reader = page.get_by_role("slider", name="Read “Buy-in: ready to act” month by month")
    reader.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    said = reader.get_attribute("aria-valuetext")
    assert said.startswith("1 year 1 month: If nothing new is done, not yet; Your plan, ")
    before = plan(page)
    # as when a second pair of hands is on the levers: this reader's place is kept
    lever.evaluate("one => { one.value = 0; one.dispatchEvent(new Event('input', { bubbles: true })); }")
    drawn_anew(page, before)
    assert reader.evaluate("one => one.matches(':focus')")
    assert reader.get_attribute("aria-valuenow") == "13"


def test_plans_are_seen_against_one_of_them(page: Any, address: str) -> None:
    opened(page, address)
    page.get_by_role("combobox", name="Show each plan").click()
    page.get_by_role("option", name="against “If nothing new is done”").click()
    expect(page.locator(".timechart [role=img] text").filter(has_text="higher").first).to_be_visible()
    expect(page.locator(".says").first).not_to_contain_text("stays at not yet")


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_levers_and_curves_without_moving_sideways(page: Any, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    lever = opened(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    levers = page.locator(".st-key-levers").bounding_box()
    chart = page.locator(".plot").first.bounding_box()
    assert levers["width"] <= width
    assert levers["height"] <= 844 / 2
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= width
    before = plan(page)
    lever.scroll_into_view_if_needed()
    x, y = middle(lever, 0.2)
    page.mouse.click(x, y)
    drawn_anew(page, before)


def test_a_chart_is_seen_large_with_the_plans_named(page: Any, address: str) -> None:
    opened(page, address)
    page.get_by_text("Table and figures").click()
    page.get_by_role("button", name="See a chart large").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".scatterlayer .js-line")).to_have_count(3)
    expect(dialog.locator(".legendtext").filter(has_text="Your plan")).to_be_visible()
