"""What a reader does with a plan in a real browser: links, undo, months, kept plans, hours, the diagram."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import people

expect = pytest.importorskip("playwright.sync_api").expect
LEVER = "Design it together"


def drawn(page: Any) -> Any:
    """The page once its curves are there; returns the curve of the plan in the first picture."""
    line = page.locator(".timechart .line").nth(1)
    line.wait_for()
    return line


def lever(page: Any) -> Any:
    return page.get_by_role("slider", name=LEVER, exact=True)


def lower(page: Any, presses: int = 6) -> None:
    """Move a lever down with the keyboard, and wait until the hand counts as resting."""
    lever(page).focus()
    for _ in range(presses):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def enter(page: Any, label: str, value: int) -> None:
    page.get_by_label(label, exact=True).last.fill(str(value))
    page.keyboard.press("Enter")


def link(page: Any) -> str:
    page.get_by_role("button", name="Copy a link").click()
    text: str = page.locator("[data-testid=stCode] code").inner_text()
    return text.strip()


def test_a_link_brings_the_view_to_somebody_elses_screen(browser: Any, address: str) -> None:
    with people(browser, address) as arrive:
        mine = arrive("")
        before = drawn(mine).get_attribute("d")
        lower(mine)
        expect(drawn(mine)).not_to_have_attribute("d", before)
        theirs = arrive("", view=link(mine).partition("?view=")[2])
        expect(drawn(theirs)).to_have_attribute("d", drawn(mine).get_attribute("d"))
        assert lever(theirs).input_value() == "70"


def test_a_view_kept_in_the_address_survives_a_reload(page: Any, address: str) -> None:
    page.goto(address)
    drawn(page)
    lower(page)
    link(page)
    page.get_by_role("button", name="Put it in this page's address").click()
    page.wait_for_url("**view=*")
    page.reload()
    drawn(page)
    assert lever(page).input_value() == "70"


@pytest.mark.parametrize("text", ["nonsense", "A" * 9_000])
def test_a_bad_link_gives_a_message_and_the_page_as_usual(page: Any, address: str, text: str) -> None:
    page.goto(f"{address}?view={text}")
    drawn(page)
    expect(page.get_by_text("The link in the address could not be opened")).to_be_visible()
    assert lever(page).input_value() == "100"


def test_a_drag_is_undone_in_one_step_and_redone(page: Any, address: str) -> None:
    page.goto(address)
    before = drawn(page).get_attribute("d")
    box = lever(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    after, stands = drawn(page).get_attribute("d"), lever(page).input_value()
    assert after != before
    page.get_by_role("button", name="Undo").click()
    expect(drawn(page)).to_have_attribute("d", before)
    expect(lever(page)).to_have_value("100")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    expect(drawn(page)).to_have_attribute("d", after)
    expect(lever(page)).to_have_value(stands)


def test_months_edited_by_hand_change_the_curve_and_a_bad_row_says_why(page: Any, address: str) -> None:
    page.goto(address)
    before = drawn(page).get_attribute("d")
    page.get_by_text("When: the calendar of your plan").click()
    enter(page, "2. From month", 12)
    expect(drawn(page)).not_to_have_attribute("d", before)
    edited = drawn(page).get_attribute("d")
    expect(page.get_by_role("img", name="Share what each person needs to know: 100%")).to_have_attribute(
        "aria-label", "Share what each person needs to know: 100% from the start to month 12; else off"
    )
    enter(page, "2. From month", 0)
    expect(page.get_by_text("Month 0 is not after month 0 above")).to_be_visible()
    assert drawn(page).get_attribute("d") == edited


def test_a_kept_plan_is_one_more_line(page: Any, address: str) -> None:
    page.goto(address)
    drawn(page)
    expect(page.locator(".timechart .key .item")).to_have_count(3)
    lower(page)
    page.get_by_role("button", name="Keep this plan").click()
    page.get_by_label("Keep this plan as").fill("Less <b>design</b>")
    page.get_by_label("Keep this plan as").press("Enter")
    expect(page.locator(".timechart .key .item")).to_have_count(4)
    expect(page.locator(".timechart .key .item").last).to_have_text("Less <b>design</b>")


def test_two_people_do_not_see_each_others_plan(browser: Any, address: str) -> None:
    with people(browser, address) as arrive:
        mine, theirs = arrive(""), arrive("")
        before = drawn(theirs).get_attribute("d")
        drawn(mine)
        lower(mine)
        theirs.get_by_text("When: the calendar of your plan").click()
        expect(theirs.get_by_role("spinbutton", name="All levers run for")).to_have_value("48")
        assert lever(theirs).input_value() == "100"
        assert drawn(theirs).get_attribute("d") == before


def test_the_diagram_moves_with_the_levers(page: Any, address: str) -> None:
    page.goto(address)
    drawn(page)
    page.get_by_role("radio", name="The diagram").or_(
        page.get_by_text("The diagram", exact=True)
    ).last.click()
    box = page.locator("svg.cld [data-node=buy_in]")
    box.wait_for()
    full = box.locator(".box").get_attribute("fill")
    for name in (LEVER, "Make it easy: clear ask, clear offer"):
        page.get_by_role("slider", name=name, exact=True).focus()
        page.keyboard.press("Home")
    expect(box.locator(".box")).not_to_have_attribute("fill", full)


def unfold(page: Any) -> None:
    """Open all that is folded away, with something in it."""
    page.get_by_text("When: the calendar of your plan").click()
    page.get_by_role("button", name="Add this event").click()
    page.get_by_text("Hours a month and the hours there are").click()
    enter(page, "Hours a month that we have", 100)
    expect(page.get_by_text("over the 100 that there are in 48 months").first).to_be_visible()
    page.get_by_text("Table and figures").click()
    page.get_by_text("Show figures beside the words").wait_for()


def test_a_phone_shows_the_curves_below_the_levers_and_nothing_moves_sideways(
    page: Any, address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    drawn(page)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "node => node.scrollWidth - node.clientWidth"
    assert page.get_by_test_id("stMain").evaluate(wide) <= 0
    heights = [
        page.locator(part).bounding_box()["y"] for part in (".st-key-levers", ".timechart", ".st-key-tools")
    ]
    assert heights == sorted(heights)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_is_unfolded_stands_in_anybodys_way(browser: Any, address: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    try:
        page.goto(address)
        drawn(page)
        unfold(page)
        found = Axe().run(page).response["violations"]
    finally:
        page.close()
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
