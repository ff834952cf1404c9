"""Two tabs change one saved file: the first save goes through, the second shows what the first changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from changing import SMALL
from serving import still, turn_to

from loops.files import read_model


@pytest.fixture
def shared(address: str) -> Iterator[Path]:
    """A model in the folder of saved ones."""
    folder = Path(os.environ["LOOPS_MODELS"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "two_tabs.toml"
    path.write_bytes(SMALL)
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def other(browser: Any) -> Iterator[Any]:
    """A tab of somebody else."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def open_shared(page: Any, address: str) -> None:
    page.goto(address)
    turn_to(page, "Change the diagram", "Make your own")
    page.locator("svg.cld .node").nth(1).wait_for()
    still(page)
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name="two_tabs.toml").click()
    page.get_by_role("button", name="Save under another name").wait_for()
    still(page)


def add_box(page: Any, name: str) -> None:
    form = page.get_by_test_id("stForm").filter(has_text="Add a box")
    form.get_by_role("textbox").fill(name)
    form.get_by_role("textbox").press("Tab")
    form.get_by_role("button", name="Add the box").click()
    page.locator("svg.cld .node", has_text=name).wait_for()
    still(page)


def save(page: Any) -> None:
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    still(page)


def test_of_two_tabs_the_second_save_is_refused_shown_and_put_on_top(
    page: Any, other: Any, address: str, shared: Path
) -> None:
    open_shared(page, address)
    open_shared(other, address)
    add_box(page, "Bike racks")
    add_box(other, "Walking group")
    save(page)
    page.get_by_text("Saved as two_tabs.toml", exact=True).wait_for()
    first = shared.read_bytes()
    save(other)
    other.get_by_text("Somebody else saved two_tabs.toml since you opened it").wait_for()
    other.get_by_text("The box “Bike racks” is new").wait_for()
    assert shared.read_bytes() == first

    other.reload()  # what was not saved is still there, and still not saved
    other.locator("svg.cld .node", has_text="Walking group").wait_for()
    still(other)
    save(other)
    other.get_by_role("button", name="Put my changes on top of theirs").press("Enter")
    other.get_by_text("Your changes stand on top of theirs now").wait_for()
    other.locator("svg.cld .node", has_text="Bike racks").wait_for()
    assert shared.read_bytes() == first
    save(other)
    other.get_by_text("Saved as two_tabs.toml", exact=True).wait_for()
    labels = [node.label for node in read_model(shared).nodes.values()]
    assert labels == ["Trust", "Work", "Bike racks", "Walking group"]
    assert b"# slow" in shared.read_bytes()


def test_the_way_back_to_a_draft_is_in_no_link_to_a_view(page: Any, address: str, shared: Path) -> None:
    open_shared(page, address)
    add_box(page, "Bike racks")
    assert "draft=" in page.url
    turn_to(page, "What if")
    page.get_by_role("heading", name="What if?").wait_for()
    still(page)
    assert "draft=" in page.url  # a reload here loses nothing either
    page.get_by_role("button", name="Copy a link").click()
    link = page.locator("code", has_text="http").inner_text()
    assert link.count("?") == 1
    assert "draft" not in link
