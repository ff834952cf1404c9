"""A story in front of a room: keys, clicks, swipes, the full screen, and the file that plays alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import still, turn_to

from loops import library
from loops.draw.story import offline
from loops.draw.story.scenes import scenes, stories
from loops.files import read_model

QUESTION = "Which of these snowballs is already rolling here, and who could give it the next push?"
READABLE = 28


def open_present(page: Any, address: str) -> None:
    page.goto(address)
    turn_to(page, "Present", "Together")
    page.locator(".show svg").wait_for()


def start(page: Any) -> None:
    page.get_by_role("button", name="Start, full screen").click()
    page.wait_for_function("document.fullscreenElement !== null")


def count(page: Any) -> str:
    return str(page.locator(".count").inner_text())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = read_model(library.shipped_models()["common_purpose"])
    plans = library.scenarios_of(model)
    told = {story.title: scenes(model, story, plans) for story in stories(model)}
    path = tmp_path_factory.mktemp("offline") / "stories.html"
    path.write_text(offline.page(model, told), encoding="utf-8")
    return path


@pytest.fixture
def alone(browser: Any, file: Path) -> Any:
    """Open the file by itself; an error, a word on the console or any request but its own fails."""
    pages = []
    wrong: list[str] = []

    def opened(**screen: Any) -> Any:
        page = browser.new_page(**screen)
        page.set_default_timeout(30_000)
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda said: wrong.append(f"console: {said.text}"))
        page.on(
            "request", lambda sent: sent.url == file.as_uri() or wrong.append(f"request: {sent.url[:200]}")
        )
        page.goto(file.as_uri())
        page.locator(".show svg").wait_for()
        return page

    yield opened
    for page in pages:
        page.close()
    assert wrong == []


def test_the_file_is_told_by_arrow_keys_as_soon_as_it_is_open(alone: Any) -> None:
    page = alone(viewport={"width": 1280, "height": 720})
    page.keyboard.press("ArrowRight")
    assert count(page) == "2 of 7"


def test_a_story_is_told_by_keyboard_to_its_question_and_python_hears_nothing(
    page: Any, address: str
) -> None:
    sent: list[Any] = []

    def heard(frame: Any) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", heard))
    open_present(page, address)
    page.get_by_role("button", name="Start, full screen").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.fullscreenElement !== null")
    before = len(sent)
    for step, key in enumerate(["ArrowRight", "PageDown", " ", "ArrowDown", "Enter", "ArrowRight"], start=2):
        page.keyboard.press(key)
        assert count(page) == f"{step} of 7"
    assert page.locator(".sentence").inner_text() == QUESTION
    assert page.locator(".said").inner_text() == f"7 of 7. Over to you. {QUESTION}"
    page.keyboard.press("ArrowRight")
    assert count(page) == "7 of 7"
    for key, step in (("PageUp", 6), ("ArrowLeft", 5), ("Home", 1), ("End", 7)):
        page.keyboard.press(key)
        assert count(page) == f"{step} of 7"
    page.keyboard.press("F5")
    assert page.evaluate("document.fullscreenElement !== null")
    page.keyboard.press("Escape")
    page.wait_for_function("document.fullscreenElement === null")
    assert len(sent) == before


HEARD = """
  const kept = new Set(), [add, drop] = [document.addEventListener, document.removeEventListener];
  const count = () => { window.heard = kept.size; };
  document.addEventListener = (kind, call, ...more) => {
    if (kind === "keydown") { kept.add(call); count(); }
    add.call(document, kind, call, ...more);
  };
  document.removeEventListener = (kind, call, ...more) => {
    if (kind === "keydown") { kept.delete(call); count(); }
    drop.call(document, kind, call, ...more);
  };
  count();
"""
"""Keeps `window.heard`: how many listen to the keys of the whole document."""


def test_the_page_is_told_by_arrow_keys_as_soon_as_it_is_open(page: Any, address: str) -> None:
    page.add_init_script(HEARD)
    open_present(page, address)
    heard = page.evaluate("heard")
    page.keyboard.press("ArrowRight")
    assert count(page) == "2 of 7"
    page.get_by_role("heading", name="Present").click()
    page.keyboard.press("ArrowRight")
    assert count(page) == "3 of 7"
    page.get_by_role("button", name="Start, full screen").focus()
    page.keyboard.press("ArrowRight")
    assert count(page) == "4 of 7"
    start(page)
    page.keyboard.press("ArrowLeft")
    assert count(page) == "3 of 7"
    page.keyboard.press("Escape")
    page.wait_for_function("document.fullscreenElement === null")
    page.get_by_role("combobox", name="Story").focus()
    page.keyboard.press("ArrowLeft")
    assert count(page) == "3 of 7"
    turn_to(page, "Words", "Help")
    page.get_by_role("heading", name="Words").wait_for()
    page.locator(".show").wait_for(state="detached")
    assert page.evaluate("heard") == heard - 1
    page.keyboard.press("ArrowRight")
    turn_to(page, "Present", "Together")
    page.locator(".show svg").wait_for()
    assert count(page) == "3 of 7"
    page.keyboard.press("ArrowRight")
    assert count(page) == "4 of 7"


def test_the_full_screen_holds_the_picture_its_words_and_nothing_else(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(reduced_motion="reduce")
    open_present(page, address)
    start(page)
    page.keyboard.press("ArrowRight")
    assert page.locator(".show").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    seen = page.evaluate(
        """() => [[5, 5], [640, 20], [1270, 20], [5, 710], [1270, 710], [640, 360]].map(([x, y]) => {
          const inside = document.elementFromPoint(x, y).shadowRoot.elementFromPoint(x, y);
          return inside.closest(".show") !== null && inside.closest("button") === null;
        })"""
    )
    assert seen == [True] * 6
    visible = page.locator(".show").evaluate(
        """show => [...show.querySelectorAll(".slide > *, .show > p, button")]
          .filter(one => one.checkVisibility() && one.getBoundingClientRect().height > 2)
          .map(one => one.className)"""
    )
    assert visible == ["title", "picture", "sentence", "foot"]
    size = page.locator(".sentence").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= READABLE
    letters = page.locator(".picture .node text").first.evaluate("one => one.getBoundingClientRect().height")
    assert letters >= 13
    for name in (".title", ".picture", ".sentence", ".foot"):
        box = page.locator(name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        assert box["y"] + box["height"] <= 720


def test_clicks_and_swipes_go_on_and_back(page: Any, address: str) -> None:
    open_present(page, address)
    start(page)
    show = page.locator(".show").bounding_box()
    middle = show["height"] / 2

    def swipe(begin: float, end: float) -> None:
        page.mouse.move(begin, middle)
        page.mouse.down()
        page.mouse.move(end, middle)
        page.mouse.up()

    for move, step in (((700, 700), 2), ((700, 500), 3), ((500, 700), 2), ((60, 60), 1)):
        swipe(*move)
        assert count(page) == f"{step} of 7"
    page.keyboard.press("Escape")


def test_a_story_goes_on_where_it_was_left(page: Any, address: str) -> None:
    open_present(page, address)
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    assert count(page) == "4 of 7"
    assert page.locator(".outline li[aria-current] button").inner_text() == "If they can, we can"
    open_present(page, address)
    assert count(page) == "4 of 7"
    page.get_by_role("combobox", name="Story").click()
    page.get_by_role("option", name="Why it stalls").click()
    page.get_by_text("Three years of sharing information").first.wait_for()
    assert count(page) == "1 of 7"
    page.locator(".outline").get_by_role("button", name="It gets too big").click()
    assert count(page) == "3 of 7"
    page.locator(".outline summary").nth(2).click()
    page.get_by_text("It gets too big, a brake.").wait_for()


def test_where_there_is_no_full_screen_the_show_covers_the_page_and_can_be_left(
    page: Any, address: str
) -> None:
    page.add_init_script("delete Element.prototype.requestFullscreen")
    open_present(page, address)
    page.get_by_role("button", name="Start, full screen").click()
    leave = page.get_by_role("button", name="Leave")
    leave.wait_for()
    assert page.locator(".show").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 900}
    page.keyboard.press("ArrowRight")
    assert count(page) == "2 of 7"
    leave.click()
    leave.wait_for(state="hidden")
    assert page.locator(".show").bounding_box()["width"] < 1000
    assert count(page) == "2 of 7"


def test_pictures_are_made_stopped_and_saved(page: Any, address: str, tmp_path: Path) -> None:
    open_present(page, address)
    page.locator(".st-key-make-A-picture-of-each-step button").first.click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Stop").wait_for(state="detached")
    assert page.get_by_role("button", name="Save").count() == 0
    page.locator(".st-key-make-One-web-page-that-plays-offline button").first.click()
    save = page.locator(".st-key-save-One-web-page-that-plays-offline button").first
    save.wait_for()
    still(page)
    with page.expect_download() as saving:
        save.click()
    saving.value.save_as(tmp_path / "stories.html")
    assert saving.value.suggested_filename == "common_purpose.html"
    assert (tmp_path / "stories.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_plays_by_itself(alone: Callable[..., Any], scheme: str) -> None:
    page = alone(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    assert page.get_by_role("combobox", name="Story").locator("option").count() == 4
    paper = page.locator(".show").evaluate("one => getComputedStyle(one).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 22, 20)"}[scheme]
    box = page.locator(".picture rect.paper").evaluate("one => getComputedStyle(one).fill")
    assert box == paper
    start(page)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert page.locator(".sentence").inner_text() == QUESTION
    page.keyboard.press("Escape")
    page.wait_for_function("document.fullscreenElement === null")
    page.get_by_role("combobox", name="Story").select_option("Why it stalls")
    assert count(page) == "1 of 7"
    found = Axe().run(page).response["violations"]
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_the_picture_moves_where_it_moves_in_unless_the_reader_wants_it_still(
    alone: Callable[..., Any],
) -> None:
    frames = """async () => {
      const picture = document.querySelector(".picture");
      document.querySelector(".next").click();
      const seen = new Set();
      for (let n = 0; n < 40; n++) {
        await new Promise(requestAnimationFrame);
        seen.add(picture.firstElementChild.getAttribute("viewBox"));
      }
      return seen.size;
    }"""
    for motion, few in (("no-preference", False), ("reduce", True)):
        page = alone(viewport={"width": 390, "height": 844}, reduced_motion=motion)
        page.get_by_role("combobox", name="Story").select_option("Why it stalls")
        assert (page.evaluate(frames) <= 2) is few


def test_on_a_phone_the_file_moves_in_on_what_is_new(alone: Callable[..., Any]) -> None:
    page = alone(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("combobox", name="Story").select_option("Why it stalls")
    for step in range(2, 7):
        page.get_by_role("button", name="Next").tap()
        assert count(page) == f"{step} of 7"
        for name in (".title", ".picture", ".sentence", ".foot"):
            box = page.locator(name).bounding_box()
            assert box["x"] + box["width"] <= 390
    letters = page.locator(".picture .node[data-node='competing_priorities'] text").first
    near = letters.bounding_box()
    assert near["height"] >= 8
    assert near["x"] >= 0
    assert near["x"] + near["width"] <= 390
