"""Change the diagram in a real browser, by mouse and by keyboard: from a new box to a file elsewhere."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from serving import still, turn_to

from loops.interchange.detect import import_file


def open_page(page: Any, address: str) -> None:
    """The page by its way through the first page, with its drawing."""
    page.goto(address)
    turn_to(page, "Change the diagram", "Make your own")
    page.locator("svg.cld .node").nth(3).wait_for()
    still(page)


def state(page: Any, says: str) -> None:
    page.get_by_text(says, exact=True).wait_for()
    still(page)


def name_it(page: Any, name: str) -> None:
    """The card of the new box is open: give it a name."""
    field = page.get_by_role("textbox", name="Name", exact=True)
    field.fill(name)
    field.press("Tab")
    still(page)
    page.get_by_role("button", name="Keep these changes").click()


def button(page: Any, name: str) -> Any:
    """The first button of this name: that above the drawing, where a card has one too."""
    return page.get_by_role("button", name=name, exact=True).first


def test_by_mouse_from_a_new_box_to_a_file_for_another_tool(page: Any, address: str) -> None:
    open_page(page, address)
    button(page, "Add a box").click()
    svg = page.locator("svg.cld")
    svg.click(position={"x": 8, "y": 8})
    state(page, "1 change, not saved yet")
    name_it(page, "Friendly doors")
    state(page, "2 changes, not saved yet")
    button(page, "Add an arrow").click()
    page.locator("[data-node=new_box]").click()
    page.locator("[data-node=trust]").click()
    page.get_by_role("heading", name="More “Friendly doors” leads to more “Trust").wait_for()
    state(page, "3 changes, not saved yet")
    high = page.get_by_role("textbox", name="Why", exact=True).bounding_box()
    assert high
    assert high["height"] > 40, "the card scrolls; it does not squeeze what is in it"
    page.get_by_role("tab", name="Title and vision").click()  # another form, beside the card
    page.get_by_role("textbox", name="Title", exact=True).wait_for()
    button(page, "Flip the sign").click()
    page.get_by_role("heading", name="More “Friendly doors” leads to less").wait_for()
    state(page, "4 changes, not saved yet")
    button(page, "Undo").click()
    page.get_by_role("heading", name="More “Friendly doors” leads to more").wait_for()
    state(page, "3 changes, not saved yet")
    button(page, "Save").click()
    page.get_by_role("textbox", name="A name for the file").fill("Our own doors")
    page.get_by_role("button", name="Save it").click()
    state(page, "Saved as our_own_doors.toml")
    page.goto(f"{address}/?{page.url.partition('?')[2]}")
    page.get_by_role("slider").first.wait_for()
    still(page)
    turn_to(page, "Change the diagram", "Make your own")
    state(page, "Saved as our_own_doors.toml")
    page.locator("[data-node=new_box]").wait_for()
    page.get_by_role("tab", name="Send to other tools").click()
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download the file").click()
    sent = loading.value
    assert loading.value.failure() is None
    with open(sent.path(), "rb") as file:
        model = import_file(file.read(), sent.suggested_filename).model
    assert "Friendly doors" in {node.label for node in model.nodes.values()}
    turn_to(page, "The diagram")
    page.get_by_text("Show everything").click()
    page.locator("[data-node=new_box]").wait_for()


def test_by_keyboard_the_same_and_back_again(page: Any, address: str) -> None:
    open_page(page, address)
    page.locator("[data-node=trust]").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    state(page, "1 change, not saved yet")
    page.locator("[data-node=new_box]").focus()
    page.keyboard.press("a")
    page.locator("[data-node=trust]").focus()
    page.keyboard.press("Enter")
    state(page, "2 changes, not saved yet")
    page.locator("[data-link='new_box|trust']").focus()
    page.keyboard.press("s")
    page.get_by_role("heading", name="More “New box” leads to less “Trust between partners”.").wait_for()
    state(page, "3 changes, not saved yet")
    page.locator("[data-link='new_box|trust']").focus()
    page.keyboard.press("Control+z")
    state(page, "2 changes, not saved yet")
    page.locator("[data-node=new_box]").focus()
    page.keyboard.press("Delete")
    page.get_by_text("1 arrow went with “New box”.").wait_for()
    state(page, "3 changes, not saved yet")
    assert page.locator("[data-node=new_box]").count() == 0


def test_a_card_on_a_phone_stands_in_nobodys_way(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    try:
        page.goto(f"{address}/change")
        page.locator("[data-link='strain|buy_in']").focus(timeout=60_000)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Remove this arrow").wait_for()
        still(page)
        found = Axe().run(page).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth")
    finally:
        page.close()
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert wide <= 390
