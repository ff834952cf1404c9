"""The diagram page in a real browser: picked by mouse and keyboard, played, revealed, saved, at any size."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from serving import still, turn_to

from loops.draw.palette import DARK

NASTY = {
    "script": "<script>alert(1)</script>",
    "quotes": '"Say \'yes\' & "more""',
    "emoji": "🚶‍♀️ Walking 🚴 together 🎉",
    "long": ("many small words in one long label " * 6)[:199] + ".",
    "wide": "W" * 200,
}


def model_file(labels: dict[str, str]) -> bytes:
    """A model of one ring of boxes with these labels."""
    names = list(labels)
    quoted = {name: label.replace("\\", "\\\\").replace('"', '\\"') for name, label in labels.items()}
    boxes = "".join(f'[variable.{name}]\nlabel = "{quoted[name]}"\nstart = 0.1\n' for name in names)
    links = "".join(
        f'[[link]]\nfrom = "{name}"\nto = "{after}"\npolarity = "+"\nstrength = 0.1\n'
        for name, after in zip(names, names[1:] + names[:1], strict=True)
    )
    return f'format = 1\nid = "nasty"\ntitle = "{quoted["script"]}"\n{boxes}{links}'.encode()


@pytest.fixture
def diagram(page: Any, address: str) -> Any:
    """The page as a newcomer meets it."""
    return opened(page, address)


def opened(page: Any, address: str) -> Any:
    page.goto(address)
    page.get_by_role("heading", name="What if?").wait_for()
    turn_to(page, "The diagram")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    return page


def card(page: Any) -> Any:
    return page.locator(".st-key-card")


def parts(page: Any, look: str) -> set[str]:
    """The parts of the diagram that have a class, such as the lit ones."""
    return set(
        page.locator(f"svg.cld .{look}").evaluate_all("all => all.map(one => Object.values(one.dataset)[0])")
    )


def test_a_newcomer_reads_which_loops_make_it_grow_and_which_hold_it_back(diagram: Any) -> None:
    assert diagram.locator("svg.cld .box").count() == 5
    told = diagram.locator("[data-testid=stMain]").inner_text()
    grows, holds = told.index("What makes “Buy-in” grow."), told.index("What holds “Buy-in” back.")
    assert grows < told.index("R1 The right information") < holds < told.index("B1 Running out of time")


def test_a_click_on_a_box_opens_its_card(diagram: Any) -> None:
    diagram.locator("[data-node=value]").click()
    card(diagram).get_by_role("heading", name="It helps with our own priorities").wait_for()
    card(diagram).get_by_role("button", name="Information that makes sense to me").click()
    card(diagram).get_by_role("heading", name="More “Information that makes sense to me”").wait_for()
    diagram.locator('[data-link="insight|value"][aria-pressed=true]').wait_for(state="attached")


FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot) one = one.shadowRoot.activeElement;
  return Object.entries(one?.dataset ?? {}).map((pair) => pair.join(":"))[0] ?? "";
}"""


def test_the_keyboard_alone_opens_the_card_of_a_box_an_arrow_and_a_loop(diagram: Any) -> None:
    diagram.get_by_role("switch", name="Show everything").focus()
    diagram.keyboard.press("Tab")
    for kind, heading in (("node", "Information that"), ("link", "leads to more"), ("loop", "(snowball)")):
        diagram.keyboard.press("Home")
        # a walk without a plan: which way a loop lies is the layout's business
        for key in random.Random(1).choices(("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"), k=200):
            if diagram.evaluate(FOCUSED).startswith(kind):
                break
            diagram.keyboard.press(key)
        diagram.keyboard.press("Enter")
        card(diagram).get_by_role("heading", name=heading).first.wait_for()
        assert diagram.evaluate(FOCUSED).startswith(kind)
    diagram.keyboard.press("Escape")
    card(diagram).wait_for(state="detached")


def test_the_arrow_keys_reach_every_part_of_the_whole_map(diagram: Any) -> None:
    diagram.get_by_text("Show everything").click()
    diagram.locator("svg.cld .box").nth(25).wait_for()
    missed = diagram.locator("svg.cld").evaluate(
        """(drawing) => {
          const here = () => drawing.getRootNode().activeElement;
          const parts = [...drawing.querySelectorAll(".node, .link, .loop")];
          const [found, open] = [new Set([parts[0]]), [parts[0]]];
          while (open.length) {
            const from = open.pop();
            for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
              from.focus();
              from.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
              if (!found.has(here())) open.push(here());
              found.add(here());
            }
          }
          return parts.filter((part) => !found.has(part)).map((part) => part.getAttribute("aria-label"));
        }"""
    )
    assert missed == []


def test_a_loop_stands_out_by_its_ring_and_by_its_button(diagram: Any) -> None:
    diagram.locator("[data-loop=right_information]").click()
    card(diagram).get_by_role("heading", name="R1 The right information (snowball)").wait_for()
    assert {"insight", "value", "buy_in", "embedded", "impact"} <= parts(diagram, "lit")
    assert "value|embedded" in parts(diagram, "faded")
    diagram.get_by_role("button", name="Back to all loops").click()
    diagram.get_by_role("button", name="B1 Running out of time").click()
    diagram.locator("[data-node=strain].lit").wait_for()
    assert "insight" in parts(diagram, "faded")
    assert diagram.locator(".caption").inner_text().startswith("B1 Running out of time (brake)")


def test_playing_moves_the_fills_without_a_word_to_the_server(page: Any, address: str) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("frame")))
    opened(page, address)
    page.wait_for_load_state("networkidle")
    box = page.locator("[data-node=buy_in]")
    fill, bar = box.locator(".box"), box.locator(".gauge rect").nth(1)
    before, length = fill.get_attribute("fill"), float(bar.get_attribute("width"))
    sent.clear()
    page.get_by_role("button", name="Play", exact=True).click()
    page.locator(".when", has_text="3 years").first.wait_for()
    page.get_by_role("button", name="Pause").click()
    assert fill.get_attribute("fill") != before
    assert float(bar.get_attribute("width")) > length + 5
    assert sent == []


def test_loops_are_revealed_one_by_one_with_their_story(diagram: Any) -> None:
    diagram.get_by_role("button", name="Next loop").click()
    assert diagram.locator(".caption").inner_text().startswith("R1 The right information (snowball)")
    assert parts(diagram, "hidden") == {"value|embedded", "impact|value", "seeing_is_believing"}
    diagram.get_by_role("button", name="Next loop").click()
    assert parts(diagram, "hidden") == {"value|embedded"}
    assert diagram.locator(".count").inner_text() == "2 of 2"


def test_the_picture_is_saved_as_a_png_three_times_the_drawing(diagram: Any) -> None:
    width, height = diagram.locator("svg.cld").evaluate(
        "one => [one.viewBox.baseVal.width, one.viewBox.baseVal.height]"
    )
    with diagram.expect_download() as saved:
        diagram.get_by_role("button", name="Save picture (PNG)").click()
    data = Path(saved.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    picture = Image.open(BytesIO(data)).convert("RGB")
    assert picture.size == (round(3 * width), round(3 * height))
    colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 24)}
    assert {(255, 255, 255), (0, 0x72, 0xB2), (0x7B, 0x32, 0x94)} <= colours


def test_what_a_label_holds_shows_as_text_inside_its_box(diagram: Any) -> None:
    diagram.get_by_role("button", name="Open a file").click()
    diagram.locator("input[type=file]").set_input_files(
        {"name": "nasty.toml", "mimeType": "application/toml", "buffer": model_file(NASTY)}
    )
    diagram.locator("[data-node=script]").wait_for()
    for name, label in NASTY.items():
        drawn = diagram.locator(f"[data-node={name}]")
        said = drawn.get_attribute("aria-label")
        assert said.startswith(label)
        outside = drawn.evaluate(
            """(node) => {
              const box = node.querySelector(".box").getBBox();
              return [...node.querySelectorAll("text")].map((text) => text.getBBox()).filter((text) =>
                text.x < box.x || text.x + text.width > box.x + box.width ||
                text.y < box.y - 1 || text.y + text.height > box.y + box.height + 1).length;
            }"""
        )
        assert outside == 0, name
    assert diagram.locator("[data-node=script] text").all_text_contents()[0].startswith("<script>")
    diagram.locator("[data-node=script]").click()
    card(diagram).get_by_role("heading", name=NASTY["script"]).wait_for()
    assert diagram.locator("svg.cld script, .st-key-card script").count() == 0


def test_the_diagram_is_drawn_for_a_dark_screen(page: Any, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, address)
    assert page.locator("svg.cld .paper").get_attribute("fill") == DARK.paper
    label = page.locator("[data-node=value] text").first.get_attribute("fill")
    assert label == DARK.ink


def test_a_phone_reads_the_card_below_the_drawing_and_nothing_spills_over(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_role("button", name="Full screen").bounding_box()["height"] >= 40
    page.locator("[data-node=insight]").click()
    opened_card = card(page)
    opened_card.wait_for()
    stage = page.locator(".stage").bounding_box()
    assert opened_card.bounding_box()["y"] > stage["y"] + stage["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_arrow_shown_can_be_read_in_a_table_and_taken_along(diagram: Any) -> None:
    diagram.get_by_text("Every arrow in the picture, one by one").click()
    rows = diagram.get_by_role("region", name="Every arrow in the picture").get_by_role("row")
    assert rows.count() == 1 + diagram.locator("svg.cld .link").count()
    still(diagram)
    with diagram.expect_download() as saved:
        diagram.get_by_role("button", name="Download the arrows (CSV)").click()
    assert Path(saved.value.path()).read_text().startswith("From,To,")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_with_a_card_open_and_boxes_filled(
    page: Any, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    opened(page, address)
    page.get_by_text("Show everything").click()
    page.locator("svg.cld .box").nth(25).wait_for()
    page.get_by_role("slider", name="Time").fill("60")
    page.locator("[data-node=trust]").click()
    card(page).wait_for()
    found = Axe().run(page).response["violations"]
    assert [one["help"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_every_arrow_is_one_click_from_why(page: Any, address: str) -> None:
    page.goto(address)
    turn_to(page, "Why believe this?", "Help")
    page.get_by_role("link", name="Read every arrow").click()
    table = page.get_by_role("table", name="Every arrow in the picture")
    table.wait_for()
    assert page.title() == "The diagram – Living loops"
    assert table.locator("tbody tr").count() == 73
    boxes = page.locator("svg.cld .box")
    boxes.nth(30).wait_for()
    assert "arrows" not in page.url.split("/")[-1]
    page.get_by_text("Show everything").click()
    boxes.nth(30).wait_for(state="detached")
    table.locator("tbody tr").nth(72).wait_for(state="detached")
    assert boxes.count() == 5
    assert table.is_visible()
