"""A meeting before a projector: a question before the answer, hands by keyboard, a record that reopens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from people import people, start_space
from playwright.sync_api import expect
from serving import still

DECISION = {
    "What will we do?": "Visit two practices",
    "Who does it?": "Pat Example",
    "By when?": "12 June",
    "What do we expect to see?": "They ask us back",
    "What would change our mind?": "Nobody answers",
}


@pytest.fixture
def arrive(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    with people(browser, address) as one_more:
        yield one_more


def less_effort(page: Any) -> None:
    """Try the first lever at less effort."""
    effort = page.get_by_role("slider", name="Effort")
    effort.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.get_by_text("at 0% effort instead of 100%").wait_for()


def ask(page: Any) -> None:
    less_effort(page)
    page.get_by_text("Will “Buy-in: ready to act” go up, down or stay about the same?").click()
    page.get_by_role("button", name="Ask the room").click()
    page.get_by_text("0 hands so far").wait_for()


def curve(page: Any) -> str:
    found: str = page.locator(".timechart path.line").first.get_attribute("d")
    return found


def test_the_room_is_asked_before_it_is_shown_and_the_change_plays_again(arrive: Callable[..., Any]) -> None:
    page = arrive("meeting")
    ask(page)
    assert page.locator(".timechart").count() == 0
    assert "under our assumptions" not in page.locator("body").inner_text()
    page.keyboard.press("1")
    page.get_by_text("1 hand so far").wait_for()
    page.keyboard.press("1")
    page.get_by_text("2 hands so far").wait_for()
    page.get_by_role("button", name="+1").nth(1).click()
    page.get_by_text("3 hands so far").wait_for()
    page.get_by_role("button", name="Show what happens").click()
    page.get_by_text(
        "2 of 3 hands said “Up” and 1 said “Down”; under our assumptions it goes down."
    ).wait_for()
    ghost = page.locator(".timechart path.ghost").first
    ghost.wait_for()
    page.wait_for_timeout(2_500)  # the change plays once by itself
    now = curve(page)
    assert now != ghost.get_attribute("d")
    page.get_by_role("button", name="Replay").click()
    page.wait_for_timeout(300)
    assert curve(page) != now
    page.wait_for_timeout(2_500)
    assert curve(page) == now


def test_a_decision_opens_the_next_meeting_after_a_reload_and_elsewhere(arrive: Callable[..., Any]) -> None:
    page = arrive("meeting")
    token = start_space(page, "North team")
    for label, text in DECISION.items():
        page.get_by_label(label).fill(text)
        still(page)
    page.get_by_role("button", name="Keep this decision").click()
    page.locator(".decided").get_by_text("Visit two practices").wait_for()
    page.get_by_role("button", name="End the meeting").click()
    page.get_by_text("we decided:").wait_for()
    page.reload()
    other = arrive("meeting", workspace=token)
    for screen in (page, other):
        screen.get_by_text("we decided:").wait_for()
        for text in DECISION.values():
            screen.locator(".decided").get_by_text(text).wait_for()
    page.get_by_label("How did it go?").fill("One practice asked")
    page.get_by_role("button", name="Note it").click()
    other.locator(".said", has_text="One practice asked").wait_for()


def test_without_a_space_the_record_holds_what_was_tried_and_decided(arrive: Callable[..., Any]) -> None:
    page = arrive("meeting")
    ask(page)
    page.keyboard.press("1")
    page.get_by_text("1 hand so far").wait_for()
    page.get_by_role("button", name="Show what happens").click()
    page.get_by_role("button", name="Try another change").wait_for()
    page.get_by_label("What will we do?").fill("Visit two practices")
    page.get_by_role("button", name="Keep this decision").click()
    page.locator(".decided").get_by_text("Visit two practices").wait_for()
    page.get_by_text("Take the record of this meeting with you").click()
    still(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Markdown").click()
    record = Path(saved.value.path()).read_text()
    for words in ("at 0% effort instead of 100%", "1 of 1 hand said “Up”", "Visit two practices"):
        assert words in record


def test_what_was_typed_is_still_there_after_the_room_was_asked(arrive: Callable[..., Any]) -> None:
    page = arrive("meeting")
    less_effort(page)
    page.get_by_label("What would change our mind?").fill("Nobody answers")
    page.get_by_role("button", name="Ask the room").click()
    page.get_by_text("hands so far").wait_for()
    page.get_by_role("button", name="Show what happens").click()
    page.get_by_role("button", name="Try another change").wait_for()
    expect(page.get_by_label("What would change our mind?")).to_have_value("Nobody answers")


def test_a_phone_counts_hands_without_moving_sideways(arrive: Callable[..., Any]) -> None:
    page = arrive("meeting", width=390)
    ask(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for place in range(3):
        button = page.get_by_role("button", name="+1").nth(place).bounding_box()
        assert button["height"] >= 44
        assert button["x"] + button["width"] <= 390
