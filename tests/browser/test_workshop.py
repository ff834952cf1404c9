"""A workshop on several screens at once: words arrive by themselves, none is lost, votes stay hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from people import people, start_space
from playwright.sync_api import expect
from serving import still

HOSTILE = "<script>document.title = 'taken'</script> <img src=x onerror=alert(1)> ![x](y) 🚴"


@pytest.fixture
def arrive(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    with people(browser, address) as one_more:
        yield one_more


@pytest.fixture
def lead(arrive: Callable[..., Any]) -> Any:
    page = arrive("workshop")
    page.token = start_space(page, "North practice")
    return page


def pick(page: Any, part: str) -> None:
    """Pick a part in the diagram with the mouse."""
    kind, name = part.split(":")
    drawn = page.locator(f'.{kind}[data-{kind}="{name}"]')
    drawn.wait_for()
    (drawn.locator(".sign") if kind == "link" else drawn).click()


def write(page: Any, words: str) -> None:
    page.get_by_label("What do they say").fill(words)
    page.get_by_role("button", name="Put it on the diagram").click()


def test_words_arrive_on_the_other_screen_and_leave_its_own_draft_alone(
    arrive: Callable[..., Any], lead: Any
) -> None:
    other = arrive("workshop", workspace=lead.token)
    for page in (lead, other):
        pick(page, "node:insight")
        page.get_by_text("Which would help you most").wait_for()
    draft = other.get_by_label("What do they say")
    draft.click()
    draft.press_sequentially("half a tho")
    write(lead, "Show us consultation times")
    other.locator(".said", has_text="Show us consultation times").wait_for()
    other.locator('.node[data-node="insight"] .mark', has_text="1 said").wait_for()
    draft.press_sequentially("ught")
    assert draft.input_value() == "half a thought"
    other.get_by_role("button", name="Put it on the diagram").click()
    lead.locator(".said", has_text="half a thought").wait_for()
    lead.locator('.node[data-node="insight"] .mark', has_text="2 said").wait_for()


def test_two_who_change_the_same_words_at_once_both_keep_theirs(
    arrive: Callable[..., Any], lead: Any
) -> None:
    pick(lead, "node:insight")
    write(lead, "first words")
    other = arrive("workshop", workspace=lead.token)
    pick(other, "node:insight")
    for page, words in ((lead, "words of one"), (other, "words of the other")):
        page.locator(".said", has_text="first words").wait_for()
        page.get_by_role("button", name="Change", exact=True).click()
        page.get_by_label("Change what was said").fill(words)
    for page in (lead, other):
        page.get_by_role("button", name="Keep the change").click()
    for page in (lead, other):
        page.locator(".said", has_text="words of one").wait_for()
        page.locator(".said", has_text="words of the other").wait_for()
    other.get_by_text("Both are kept").wait_for()


def test_votes_are_hidden_until_all_have_voted(arrive: Callable[..., Any], lead: Any) -> None:
    pick(lead, "link:insight|value")
    voters = lead.get_by_label("How many are voting?")
    voters.fill("2")
    voters.press("Enter")
    lead.get_by_role("button", name="Open a vote on this arrow").click()
    lead.get_by_text("0 of 2 voted so far").wait_for()
    phones = [arrive("workshop", width=390, workspace=lead.token, join="1") for _ in range(2)]
    for phone in phones:
        phone.get_by_text("Is that true here?").wait_for()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        for answer in ("Yes", "It depends", "No"):
            assert phone.get_by_role("button", name=answer).bounding_box()["height"] >= 60
    phones[0].get_by_role("button", name="Yes").click()
    phones[0].get_by_role("button", name="Yes (your vote)").wait_for()
    lead.get_by_text("1 of 2 voted so far").wait_for()
    for page in (lead, *phones):
        assert "yes 1" not in page.locator("body").inner_text()
    phones[0].reload()
    phones[0].get_by_role("button", name="Yes (your vote)").wait_for()
    phones[1].get_by_role("button", name="It depends").click()
    for page in (lead, *phones):
        page.get_by_text("yes 1, depends 1, no 0").first.wait_for()
    lead.locator(".asks", has_text="2 voted: yes 1, depends 1, no 0").wait_for()
    lead.locator('.link[data-link="insight|value"] .mark', has_text="yes 1, depends 1, no 0").wait_for()


def test_a_phone_that_was_there_before_the_vote_writes_about_its_arrow(
    arrive: Callable[..., Any], lead: Any
) -> None:
    phone = arrive("workshop", width=390, workspace=lead.token, join="1")
    phone.get_by_text("nothing to vote on yet").wait_for()
    pick(lead, "link:insight|value")
    lead.get_by_role("button", name="Open a vote on this arrow").click()
    phone.get_by_text("Is that true here?").wait_for()
    phone.get_by_text("Write something onto the diagram").click()
    arrow = "Information that makes sense to me → It helps with our own priorities (+)"
    phone.get_by_role("heading", name=arrow, level=3).wait_for()
    write(phone, "It was so last year")
    phone.get_by_text("Your words are on the diagram.").wait_for()
    lead.locator('.link[data-link="insight|value"] .mark', has_text="1 said").wait_for()


def test_without_the_link_nothing_of_it_is_seen(arrive: Callable[..., Any], lead: Any) -> None:
    pick(lead, "node:insight")
    write(lead, "only for those in the room")
    lead.locator(".said", has_text="only for those in the room").wait_for()
    stranger = arrive("workshop")
    pick(stranger, "node:insight")
    stranger.get_by_text("Which would help you most").wait_for()
    stranger.get_by_text("start a shared space above").wait_for()
    stranger.wait_for_timeout(3_000)  # longer than other people's words take to arrive
    assert "only for those in the room" not in stranger.locator("body").inner_text()
    assert stranger.locator(".mark").count() == 0


def test_hostile_words_are_words(lead: Any) -> None:
    pick(lead, "node:insight")
    write(lead, HOSTILE)
    said = lead.locator(".said p")
    said.wait_for()
    assert said.inner_text() == HOSTILE
    assert lead.title() != "taken"
    assert lead.locator(".said img, .said script").count() == 0


def test_a_part_is_picked_and_written_on_by_keyboard_alone(lead: Any) -> None:
    lead.locator('.node[data-node="insight"]').focus()
    lead.keyboard.press("Enter")
    lead.get_by_text("Which would help you most").wait_for()
    draft = lead.get_by_label("What do they say")
    draft.focus()
    lead.keyboard.type("By keyboard")
    for _ in range(2):
        lead.keyboard.press("Tab")
    assert lead.evaluate("document.activeElement.innerText") == "Put it on the diagram"
    lead.keyboard.press("Enter")
    lead.locator(".said", has_text="By keyboard").wait_for()


def test_a_draft_stays_with_its_part_when_another_is_picked(lead: Any) -> None:
    pick(lead, "node:insight")
    lead.get_by_role("heading", name="Information that makes sense to me", level=3).wait_for()
    draft = lead.get_by_label("What do they say?")
    draft.fill("half a thought")
    pick(lead, "node:impact")  # leaves the field and picks in one movement
    lead.get_by_role("heading", name="We can see it working here", level=3).wait_for()
    still(lead)  # what was there before may stand a moment longer
    expect(draft).to_have_value("")
    pick(lead, "node:insight")
    lead.get_by_role("heading", name="Information that makes sense to me", level=3).wait_for()
    still(lead)  # what was there before may stand a moment longer
    expect(draft).to_have_value("half a thought")


def saved(page: Any, button: str) -> str:
    still(page)
    with page.expect_download() as got:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(got.value.path()).read_text(encoding="utf-8")


def test_words_and_names_are_in_a_file_only_when_ticked(lead: Any) -> None:
    pick(lead, "node:insight")
    lead.get_by_label("Name (may stay empty").fill("Pat Example")
    write(lead, "Show us consultation times")
    lead.locator(".said", has_text="Show us consultation times").wait_for()
    lead.get_by_text("Take it away as a file").click()
    bare = saved(lead, "Markdown")
    lead.get_by_text("What people wrote").click()
    words = saved(lead, "Markdown")
    lead.get_by_text("Their names too").click()
    named = saved(lead, "Markdown")
    assert "Which would help you most" in bare
    assert "consultation times" not in bare.replace("consultation time,", "")
    assert "Show us consultation times" in words
    assert "Pat Example" not in bare + words
    assert "Pat Example" in named
