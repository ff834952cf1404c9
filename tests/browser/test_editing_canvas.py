"""The diagram changed on the drawing, in a real browser, on a small page of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from serving import served

from loops.draw.arcs import arc

Place = tuple[float, float]
BEGIN = {"trust": (0.0, 0.0), "work": (400.0, 0.0), "time": (200.0, 260.0)}
FRAMES = """async (count) => {
  const seen = [];
  for (let frame = 0; frame < count; frame += 1) {
    await new Promise(requestAnimationFrame);
    const { x, y } = stage().querySelector("[data-node=work] .box").getBoundingClientRect();
    seen.push([Math.round(x), Math.round(y)]);
  }
  return seen;
}"""


@pytest.fixture(scope="module")
def small(browser: Any) -> Iterator[str]:
    with served(str(Path(__file__).with_name("editing_page.py"))) as url:
        yield url


class Desk:
    """The page, and what a hand or the keyboard does on it."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self._told: list[dict[str, Any]] = []
        page.goto(address)
        page.locator("[data-node=trust]").wait_for()
        page.evaluate(
            """() => {
              const holds = (one) => one.shadowRoot?.querySelector(".stage");
              const inside = [...document.querySelectorAll("*")].find(holds);
              window.stage = () => inside.shadowRoot.querySelector(".stage");
              window.focused = () => Object.values(inside.shadowRoot.activeElement?.dataset ?? {})[0] ?? "";
            }"""
        )
        self.rests()

    def heard(self, *gestures: dict[str, Any]) -> None:
        """Python has been told these since the last time, each with nothing but what matters to it."""
        self._told += gestures
        self.page.wait_for_function(
            """(count) => {
              const { innerText } = document.querySelector("[data-testid=stCode]");
              return innerText.split('"do"').length > count;
            }""",
            arg=len(self._told),
        )
        self.rests()
        every = json.loads(self.page.locator("[data-testid=stCode]").inner_text())
        assert [{name: value for name, value in one.items() if value} for one in every] == self._told

    def rests(self) -> None:
        """Wait until what was sent last is drawn."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.evaluate(FRAMES, 3)

    def says(self) -> str:
        return str(self.page.locator(".telling").inner_text())

    def focused(self) -> str:
        return str(self.page.evaluate("focused()"))

    def at(self, place: Place) -> Place:
        """Where a place of the drawing is on the screen."""
        found = self.page.evaluate(
            """([x, y]) => {
              const place = new DOMPoint(x, y).matrixTransform(stage().querySelector("svg").getScreenCTM());
              return [place.x, place.y];
            }""",
            list(place),
        )
        return found[0], found[1]

    def drag(self, start: Place, end: Place, *, drop: bool = True) -> None:
        mouse = self.page.mouse
        mouse.move(*self.at(start))
        mouse.down()
        mouse.move(*self.at(end), steps=8)
        if drop:
            mouse.up()

    def click(self, place: Place) -> None:
        self.page.mouse.click(*self.at(place))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def line(self, key: str) -> list[Place]:
        """Points of an arrow's line, from its beginning to its tip, 64 steps apart."""
        found = self.page.locator(f'[data-link="{key}"] .hit').evaluate(
            """(line) => Array.from({ length: 65 }, (_, step) => {
              const { x, y } = line.getPointAtLength((step / 64) * line.getTotalLength());
              return [x, y];
            })"""
        )
        return [tuple(one) for one in found]


@pytest.fixture
def desk(page: Any, small: str) -> Desk:
    return Desk(page, small)


def test_a_dragged_box_takes_its_arrows_along_and_nothing_jumps_back(desk: Desk) -> None:
    before = desk.line("work|time")
    desk.drag(BEGIN["work"], (430.3, 90.2), drop=False)
    desk.page.wait_for_timeout(50)
    live = {key: desk.line(key) for key in ("trust|work", "work|time")}
    assert live["work|time"] != before
    desk.page.mouse.up()
    places = desk.page.evaluate(FRAMES, 60)
    assert len({tuple(place) for place in places}) == 1
    desk.heard({"do": "move", "part": "node:work", "x": 430, "y": 90})
    assert desk.says() == "Moved: The work."
    # both lines end at the edge to within a share of the way between the centres, and are written in tenths
    for key, ends in (("trust|work", ("trust", "work")), ("work|time", ("work", "time"))):
        centres = {**BEGIN, "work": (430.0, 90.0)}
        way = np.hypot(*np.subtract(centres[ends[0]], centres[ends[1]]))
        apart = np.hypot(*np.subtract(live[key], desk.line(key)).T).max()
        assert apart <= 1.2 * way * (1 / 192 / 16 + 1 / 64 / 64) + 0.2
    assert desk.focused() == "work"


def test_what_python_refuses_goes_back_and_says_so_and_escape_ends_a_drag(desk: Desk) -> None:
    was = desk.line("work|time")
    desk.drag(BEGIN["time"], (200, 310))
    desk.heard({"do": "move", "part": "node:time", "x": 200, "y": 310})
    assert desk.says() == "Nothing has changed."
    assert desk.line("work|time") == was
    desk.drag(BEGIN["work"], (300, 100), drop=False)
    desk.press("Escape")
    desk.page.mouse.up()
    assert desk.line("work|time") == was
    desk.heard()


def test_a_picked_arrow_is_bent_by_its_middle_the_way_python_bends_it(desk: Desk) -> None:
    start, end = (np.array(BEGIN[name]) for name in ("trust", "work"))

    def middle(bend: float) -> Place:
        (x, y), *_ = arc(start, end, bend, np.array([0.5]))
        return float(x), float(y)

    desk.click(middle(0.2))
    desk.page.locator(".handle").wait_for()
    desk.drag(middle(0.2), middle(-0.35))
    desk.heard({"do": "bend", "part": "link:trust|work", "bend": -0.35})
    # half a step of 64 along an arc half as long again as the straight line at most, and bends rounded
    nearest = min(np.hypot(*np.subtract(one, middle(-0.35))) for one in desk.line("trust|work"))
    assert nearest < 1.5 * 400 / 64 / 2 + 400 * 0.005
    desk.click((20, 200))
    desk.page.locator(".handle").wait_for(state="hidden")


def test_boxes_and_arrows_are_added_by_hand(desk: Desk) -> None:
    desk.button("Add a box").click()
    assert desk.says().startswith("Click or tap where the new box goes")
    desk.click((20, 240))
    desk.heard({"do": "node", "x": 20, "y": 240})
    assert (desk.says(), desk.focused()) == ("New box: The new_3.", "new_3")
    desk.button("Add an arrow").click()
    desk.drag((20, 240), (0, 0))
    desk.heard({"do": "link", "source": "new_3", "target": "trust"})
    assert desk.says() == "New arrow: The new_3 to The trust: more leads to more (assumed)."
    desk.button("Add an arrow").click()
    desk.click((20, 240))
    assert desk.says().startswith("From “The new_3”: pick the box where the arrow ends")
    desk.click((20, 240))
    desk.heard({"do": "link", "source": "new_3", "target": "new_3"})
    assert not desk.button("Undo").is_visible()  # the page has one
    desk.button("Full screen").click()
    desk.button("Undo").click()
    desk.heard({"do": "undo"})
    assert desk.page.locator("[data-link='new_3|new_3']").count() == 0


def test_everything_is_done_by_keyboard_from_one_tab_stop(desk: Desk) -> None:
    assert desk.page.locator(".stage [tabindex='0']").count() == 1
    desk.page.locator("[data-node=trust]").evaluate("one => one.focus()")
    desk.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight")
    desk.heard({"do": "move", "part": "node:trust", "x": 10, "y": 20})
    assert desk.focused() == "trust"
    desk.press("n", "ArrowDown", "Enter")
    desk.heard({"do": "node", "x": 10, "y": 150})
    desk.press("a", "ArrowUp", "Enter")
    desk.heard({"do": "link", "source": "new_3", "target": "trust"})
    assert desk.focused() == "new_3|trust"
    desk.press("]", "]", "s")
    desk.heard(
        {"do": "bend", "part": "link:new_3|trust", "bend": 0.1},
        {"do": "sign", "part": "link:new_3|trust"},
    )
    assert desk.says() == "The new_3 to The trust: more leads to less (assumed)."
    desk.press("Delete")
    desk.heard({"do": "remove", "part": "link:new_3|trust"})
    assert desk.says().startswith("Removed: The new_3 to The trust")
    assert desk.focused() in {*BEGIN, "new_3"}
    desk.press("a", "Escape", "Control+z", "Control+Shift+z", "Control+y")
    desk.heard({"do": "undo"}, {"do": "redo"}, {"do": "redo"})
    assert desk.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_fast_gestures_on_a_slow_page_all_arrive_once_and_in_order(page: Any, small: str) -> None:
    desk = Desk(page, f"{small}?slow=0.4")
    desk.drag(BEGIN["work"], (420, 40))
    desk.drag((420, 40), (380, 80))
    desk.drag((380, 80), (390, 20))
    desk.press("n", "Enter", "Control+z", "Control+y")
    field = page.get_by_label("Another field")
    field.fill("")
    field.press_sequentially("nas")
    field.press("Delete")
    desk.heard(
        {"do": "move", "part": "node:work", "x": 420, "y": 40},
        {"do": "move", "part": "node:work", "x": 380, "y": 80},
        {"do": "move", "part": "node:work", "x": 390, "y": 20},
        {"do": "node", "x": 390, "y": 130},
        {"do": "undo"},
        {"do": "redo"},
    )
    page.wait_for_timeout(600)
    desk.heard()
    assert page.locator(".stage .node").count() == 4


def test_on_a_phone_a_finger_drags_a_box_and_moves_the_page_elsewhere(browser: Any, small: str) -> None:
    phone = browser.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    desk = Desk(phone.new_page(), small)
    touch = phone.new_cdp_session(desk.page)

    def finger(start: Place, end: Place) -> None:
        for step in np.linspace(0, 1, 9):
            x, y = np.array(start) + step * np.subtract(end, start)
            points = [{"x": float(x), "y": float(y)}]
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    finger(desk.at(BEGIN["time"]), desk.at((260, 200)))
    desk.heard({"do": "move", "part": "node:time", "x": 260, "y": 200})
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    assert desk.page.evaluate(scrolled) == 0
    (x, y) = desk.at((20, 260))
    finger((x, y), (x, y - 150))
    desk.page.wait_for_function(f"{scrolled} > 20")
    desk.heard()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()
