"""Your diagram in a real browser: drop a Kumu file, mend a note, run it; by keyboard; on a phone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import still, turn_to

LESS = "More leads to less (\u2212)"
NAMES = ["Trust", "Doing", "Strain", "Help"]
ARROWS = [(0, 1, "+"), (1, 0, "+"), (1, 2, "+"), (2, 1, "related to"), (3, 1, "+")]


def kumu() -> bytes:
    """A Kumu project with one connection of no known sign."""
    elements = [{"_id": f"e{at}", "attributes": {"label": name}} for at, name in enumerate(NAMES)]
    connections = [
        {
            "_id": f"c{at}",
            "from": f"e{one}",
            "to": f"e{other}",
            "direction": "directed",
            "attributes": {"connection type": sign},
        }
        for at, (one, other, sign) in enumerate(ARROWS)
    ]
    return json.dumps({"elements": elements, "connections": connections}).encode()


def open_page(page: Any, address: str) -> None:
    """Your diagram by its way through the first page: what the browser asks for in a folder is not there."""
    page.goto(address)
    turn_to(page, "Your diagram", "Make your own")


def drop(page: Any, data: bytes, name: str) -> None:
    """A file let fall on the place for it, as a hand does."""
    page.get_by_text("A diagram from your computer").wait_for()
    still(page)
    held = page.evaluate_handle(
        "([text, name]) => { const held = new DataTransfer();"
        " held.items.add(new File([text], name)); return held; }",
        [data.decode(), name],
    )
    page.locator("[data-testid=stFileUploaderDropzone]").first.dispatch_event("drop", {"dataTransfer": held})


def test_a_kumu_file_is_dropped_mended_and_run(page: Any, address: str) -> None:
    open_page(page, address)
    drop(page, kumu(), "map.json")
    page.get_by_text("4 boxes, 5 arrows and 2 loops came in, from Kumu (map.json).").wait_for()
    page.locator("svg.cld .node").nth(3).wait_for()
    page.get_by_text("Arrows whose sign is not known (1)").wait_for()
    page.get_by_role("button", name=LESS).click()
    page.get_by_text("What you changed (1)").wait_for()
    still(page)
    assert page.get_by_text("Arrows whose sign is not known").count() == 0
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("heading", name="What if?").wait_for()
    page.locator(".timechart .line").nth(1).wait_for()
    assert page.get_by_role("combobox", name="Model").input_value().startswith("map (map.toml)")
    turn_to(page, "The diagram")
    page.locator("svg.cld .node").nth(3).wait_for()


def test_it_goes_by_keyboard_and_every_step_back_too(page: Any, address: str) -> None:
    open_page(page, address)
    page.get_by_role("textbox", name="Or paste a link").focus()
    page.keyboard.type("Trust + Doing\nDoing ? Trust\nHelp + Doing")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Bring it in").focus()
    page.keyboard.press("Enter")
    page.get_by_text("3 boxes, 3 arrows and 1 loop came in").wait_for()
    still(page)
    page.get_by_role("button", name=LESS).focus()
    page.keyboard.press("Enter")
    page.get_by_text("What you changed (1)").wait_for()
    still(page)
    page.get_by_text("What you changed (1)").locator("xpath=ancestor::summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Arrows whose sign is not known (1)").wait_for()
    page.get_by_role("combobox", name="Help").focus()
    page.keyboard.type("A lever")
    page.keyboard.press("Enter")
    page.get_by_text("What you changed (1)").wait_for()
    still(page)
    page.get_by_role("button", name="Use it").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What if?").wait_for()
    page.get_by_role("slider", name="Help").wait_for()


def test_a_diagram_dropped_where_models_are_opened_is_shown_with_its_notes(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Open a file").click()
    page.locator("input[type=file]").first.set_input_files(
        {"name": "map.json", "mimeType": "application/json", "buffer": kumu()}
    )
    page.get_by_role("heading", name="Your diagram").wait_for()
    page.get_by_text("Arrows whose sign is not known (1)").wait_for()
    assert page.url.split("?")[0].endswith("/bring")
    assert "map" not in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.set_default_timeout(60_000)
    try:
        page.goto(f"{address}/bring")
        drop(page, kumu(), "map.json")
        page.locator("svg.cld .node").first.wait_for()
        page.get_by_role("button", name=LESS).click()
        page.get_by_text("What you changed (1)").click()
        page.locator("[data-testid=stToast]").wait_for(state="detached")
        rights = page.evaluate(
            "() => [...document.querySelectorAll('h1, h3, h4, p, li, main button')].map((one) => "
            "Math.round(one.getBoundingClientRect().right))"
        )
        found = Axe().run(page).response["violations"]
    finally:
        page.close()
    assert max(rights) <= 390
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]
