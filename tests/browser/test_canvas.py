"""The diagram component by itself in a real browser, around a small drawing made by hand."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from loops.draw.palette import LIGHT
from loops.ui import look
from loops.ui.components import canvas

SVG = "{http://www.w3.org/2000/svg}"
BOXES = {"a": (120, 100), "b": (480, 100), "c": (300, 320), "d": (300, 30)}
WIRES = {
    "a|b": "M190,100 L410,100",
    "b|c": "M460,130 L340,290",
    "c|a": "M260,290 L140,130",
    "d|b": "M370,30 L430,75",
}


def drawing(boxes: dict[str, tuple[int, int]] = BOXES) -> str:
    """A drawing in the form that loops.draw makes: two loops need not be there, one is enough."""
    links = "".join(
        f'<g class="link" data-link="{key}" aria-label="{key} in words" opacity="1">'
        f'<path class="hit" d="{path}" fill="none" stroke="#fff" stroke-opacity="0" stroke-width="18"/>'
        f'<path class="wire" d="{path}" fill="none" stroke="#0072B2" stroke-width="2.6"/></g>'
        for key, path in WIRES.items()
        if key.split("|")[0] in boxes
    )
    nodes = "".join(
        f'<g class="node" data-node="{name}" aria-label="Box {name}" opacity="1">'
        f'<rect class="box" x="{x - 70}" y="{y - 28}" width="140" height="56" rx="14" fill="#f6f7f9" '
        'stroke="#5f6368" stroke-width="1.8"/>'
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="21" fill="#1a1a1a">Box {name}</text></g>'
        for name, (x, y) in boxes.items()
    )
    ring = (
        '<g class="loop" data-loop="round" aria-label="R1, Round, snowball" opacity="1">'
        '<circle class="hit" cx="300" cy="180" r="25" fill="#fff"/>'
        '<path class="ring" d="M300,159 A21,21 0 1 1 290,161" fill="none" stroke="#7B3294"/></g>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="cld" role="img" viewBox="0 0 600 400" '
        'aria-label="Small" font-family="Arial"><rect class="paper" width="600" height="400" fill="#ffffff"/>'
        f"{links}{nodes}{ring}</svg>"
    )


LOOP = canvas.LoopWords("R1 Round (snowball)", "It comes <b>round</b>.", (
    "node:a", "node:b", "node:c", "link:a|b", "link:b|c", "link:c|a", "loop:round",
))  # fmt: skip
STEPS = (
    canvas.Step("First", "One.", ("node:a", "node:b", "link:a|b")),
    canvas.Step("Then", "Two.", LOOP.parts),
)
FRAMES = canvas.Frames(("a", "b"), np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]), canvas.moments(range(3)))
ALL = {*(f"node:{name}" for name in BOXES), *(f"link:{key}" for key in WIRES), "loop:round"}
COMPONENT = """async ([html, css, script]) => {
  const place = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  place.innerHTML = `<style>${css}</style>${html}`;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: draw } = await import(address);
  window.inside = place;
  window.told = [];
  const setTriggerValue = (name, value) => window.told.push(value.part);
  window.put = (data) => {
    window.leave = draw({ data, parentElement: place, setTriggerValue });
  };
}"""


class Bench:
    """The component on an empty page: what Python would send it, and what it tells Python."""

    def __init__(self, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.page = page
        self._sent: dict[str, Any] = {}
        monkeypatch.setattr(canvas, "_component", lambda **given: self._sent.update(given) or {})
        monkeypatch.setattr(look, "palette", lambda: LIGHT)
        page.route(
            "http://127.0.0.1:1/", lambda route: route.fulfill(content_type="text/html", body="<body></body>")
        )
        page.goto("http://127.0.0.1:1/")
        style = ":host { --st-text-color: #1a1a1a; --st-background-color: #fff; --st-primary-color: #0072B2 }"
        page.evaluate(COMPONENT, [canvas.HTML, style + canvas.CSS, canvas.SCRIPT])

    def put(self, svg: str | None = None, **more: Any) -> None:
        """Show what :func:`loops.ui.components.canvas.show` would."""
        canvas.show(svg or drawing(), key="bench", **{"loops": {"round": LOOP}, "steps": STEPS, **more})
        self.page.evaluate("data => window.put(data)", self._sent["data"])

    @property
    def told(self) -> list[str]:
        """What was picked so far."""
        found: list[str] = self.page.evaluate("window.told")
        return found

    def looks(self, name: str) -> set[str]:
        """The parts that have a class, such as the faded ones."""
        return set(
            self.page.locator(f".{name}").evaluate_all(
                "all => all.map(one => Object.entries(one.dataset).map(two => two.join(':'))[0])"
            )
        )

    def focused(self) -> str:
        """The part that has the keyboard."""
        found: str = self.page.evaluate(
            "Object.entries(inside.activeElement?.dataset ?? {}).map(one => one.join(':'))[0] ?? ''"
        )
        return found

    def caption(self) -> str:
        """What is said below the drawing."""
        return " ".join(self.page.locator(".caption").inner_text().split())


@pytest.fixture
def bench(page: Any, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(page, monkeypatch)


def test_a_click_picks_each_kind_and_a_second_click_or_an_empty_spot_clears(bench: Bench) -> None:
    bench.put()
    bench.page.locator("[data-node=a]").click()
    bench.page.locator("[data-node=a]").click()
    bench.page.mouse.click(*_middle(bench, "a|b"))
    bench.page.locator("[data-loop=round]").click()
    bench.page.locator(".paper").click(position={"x": 4, "y": 4})
    assert bench.told == ["node:a", "", "link:a|b", "loop:round", ""]


def _middle(bench: Bench, key: str) -> tuple[float, float]:
    box = bench.page.locator(f'[data-link="{key}"] .hit').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_picked_loop_stands_out_with_its_story_as_text(bench: Bench) -> None:
    bench.put()
    bench.page.locator("[data-loop=round]").click()
    assert bench.looks("lit") == set(LOOP.parts)
    assert bench.looks("faded") == {"node:d", "link:d|b"}
    assert bench.caption() == "R1 Round (snowball) It comes <b>round</b>."
    bench.page.keyboard.press("Escape")
    assert bench.looks("faded") == set()


def test_a_picked_box_stands_out_with_its_neighbours_and_an_arrow_with_its_ends(bench: Bench) -> None:
    bench.put()
    bench.page.locator("[data-node=a]").click()
    assert bench.looks("lit") == {"node:a", "node:b", "node:c", "link:a|b", "link:c|a"}
    bench.page.mouse.click(*_middle(bench, "d|b"))
    assert bench.looks("lit") == {"node:d", "node:b", "link:d|b"}
    assert bench.caption() == "d|b in words"


def test_what_python_chooses_stands_out_and_a_late_answer_does_not_undo_a_newer_pick(bench: Bench) -> None:
    bench.put(chosen=canvas.Picked("node", "d"))
    assert bench.looks("lit") == {"node:d", "node:b", "link:d|b"}
    bench.page.locator("[data-node=a]").click()
    bench.page.locator("[data-loop=round]").click()
    bench.put(chosen=canvas.Picked("node", "a"))
    assert bench.looks("lit") == set(LOOP.parts)
    bench.put(chosen=canvas.Picked("loop", "round"))
    bench.put(chosen=None)
    assert bench.looks("lit") == set()


def test_one_tab_stop_and_arrow_keys_reach_everything(bench: Bench) -> None:
    bench.put()
    assert bench.page.locator(".stage [tabindex='0']").count() == 1
    bench.page.keyboard.press("Tab")
    assert bench.focused() == "node:a"
    found, open_ends = {"node:a"}, ["node:a"]
    while open_ends:
        start = open_ends.pop()
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            kind, _, name = start.partition(":")
            bench.page.locator(f'[data-{kind}="{name}"]').evaluate("one => one.focus()")
            bench.page.keyboard.press(key)
            if bench.focused() not in found:
                found.add(bench.focused())
                open_ends.append(bench.focused())
    assert found == ALL
    assert bench.page.locator(".stage [tabindex='0']").count() == 1
    bench.page.keyboard.press("End")
    assert bench.focused() == "link:d|b"
    bench.page.keyboard.press("Home")
    bench.page.keyboard.press("ArrowRight")
    bench.page.keyboard.press("Enter")
    assert bench.told == ["link:a|b"]
    bench.page.keyboard.press("Space")
    assert bench.told == ["link:a|b", ""]


def test_the_drawing_is_a_group_of_buttons_with_names(bench: Bench) -> None:
    bench.put(chosen=canvas.Picked("loop", "round"))
    drawn = bench.page.get_by_role("group", name="Small. Arrow keys move")
    assert drawn.get_by_role("button").count() == len(ALL)
    assert drawn.get_by_role("button", name="R1, Round, snowball", pressed=True).count() == 1


def test_steps_build_the_diagram_up_and_hidden_parts_cannot_be_reached(bench: Bench) -> None:
    bench.put()
    bench.page.get_by_role("button", name="Next loop").click()
    assert ALL - bench.looks("hidden") == set(STEPS[0].parts)
    assert bench.caption() == "First One."
    bench.page.get_by_role("button", name="Next loop").click()
    assert bench.looks("hidden") == {"node:d", "link:d|b"}
    assert bench.page.get_by_role("button", name="Next loop").is_disabled()
    bench.page.locator("[data-node=a]").evaluate("one => one.focus()")
    bench.page.keyboard.press("End")
    assert bench.focused() == "link:c|a"
    bench.page.get_by_role("button", name="Show all again").click()
    assert bench.looks("hidden") == set()


def test_the_frame_moves_in_on_what_is_there_and_out_again_to_the_whole(bench: Bench) -> None:
    bench.page.emulate_media(reduced_motion="reduce")
    bench.put(steps=(canvas.Step("One", "box", ("node:d",)), canvas.Step("All", "of it", tuple(ALL))))
    seen = bench.page.locator("svg")
    bench.page.get_by_role("button", name="Next loop").click()
    x, y, width, height = map(float, seen.get_attribute("viewBox").split())
    assert (width, height) == pytest.approx((200, 400 / 3))
    assert (x, y) == pytest.approx((200, 0))
    assert seen.bounding_box()["width"] == pytest.approx(600)
    bench.page.get_by_role("button", name="Next loop").click()
    # from the top of d at 2 to the foot of c at 348, and 20 to spare on each side, in the same proportions
    assert float(seen.get_attribute("viewBox").split()[3]) == pytest.approx(348 - 2 + 40)
    bench.page.get_by_role("button", name="Show all again").click()
    assert seen.get_attribute("viewBox") == "0 0 600 400"


def test_the_keys_of_a_remote_step_and_escape_shows_everything_again(bench: Bench) -> None:
    bench.put()
    bench.page.get_by_role("button", name="Full screen").focus()
    bench.page.keyboard.press("PageDown")
    assert bench.caption() == "First One."
    bench.page.keyboard.press("ArrowRight")
    bench.page.keyboard.press("ArrowRight")
    assert bench.caption() == "Then Two."
    bench.page.keyboard.press("PageUp")
    assert bench.caption() == "First One."
    bench.page.locator("[data-node=a]").evaluate("one => one.focus()")
    bench.page.keyboard.press("Escape")
    assert bench.looks("hidden") == set()


def test_new_levels_keep_the_drawing_and_the_moment_and_a_new_drawing_keeps_the_rest(bench: Bench) -> None:
    bench.put(frames=FRAMES)
    bench.page.get_by_role("slider", name="Time").fill("1")
    bench.page.get_by_role("button", name="Next loop").click()
    bench.page.locator("[data-node=b]").evaluate("one => { one.focus(); one.kept = true; }")
    assert _gauge(bench, "b") == pytest.approx(0.5, abs=0.01)
    bench.put(frames=canvas.Frames(("a", "b"), np.full((3, 2), 0.2), FRAMES.times))
    assert bench.page.locator("[data-node=b]").evaluate("one => one.kept")
    assert bench.focused() == "node:b"
    assert _gauge(bench, "b") == pytest.approx(0.2, abs=0.01)
    bench.put(drawing({"a": (130, 110), "b": (480, 100)}), frames=FRAMES)
    assert bench.focused() == "node:b"
    assert bench.looks("hidden") == {"link:b|c", "loop:round"}
    assert _gauge(bench, "b") == pytest.approx(0.5, abs=0.01)
    assert bench.page.locator(".when").inner_text() == "1 month"


def _gauge(bench: Bench, name: str) -> float:
    """How long a box's bar is, as a share of its track."""
    drawn = bench.page.locator(f"[data-node={name}] .gauge rect")
    track, bar = (float(drawn.nth(place).get_attribute("width")) for place in (0, 1))
    return bar / track


def test_playing_runs_through_every_moment_and_a_pause_says_the_levels(bench: Bench) -> None:
    bench.put(frames=FRAMES)
    assert bench.page.get_by_role("button", name="Box a: not yet").count() == 1
    bench.page.get_by_role("button", name="Play", exact=True).click()
    seen = bench.page.evaluate(
        """async () => {
          const bar = inside.querySelector("[data-node=a] .gauge rect + rect");
          const widths = new Set();
          for (let frame = 0; frame < 30; frame += 1) {
            await new Promise(requestAnimationFrame);
            widths.add(bar.getAttribute("width"));
          }
          return widths.size;
        }"""
    )
    assert seen > 20
    bench.page.get_by_role("button", name="Pause").click()
    bench.page.get_by_role("slider", name="Time").fill("2")
    assert bench.page.get_by_role("button", name="Box a: fully").count() == 1
    assert bench.page.get_by_role("slider", name="Time").get_attribute("aria-valuetext") == "2 months"
    assert bench.told == []
    bench.put(frames=None)
    assert bench.page.locator(".gauge").count() == 0
    assert not bench.page.get_by_role("button", name="Play", exact=True).is_visible()


def test_where_motion_is_not_wanted_time_goes_by_in_years(bench: Bench) -> None:
    bench.page.emulate_media(reduced_motion="reduce")
    months = np.linspace(0, 1, 25)[:, None] ** np.ones(2)
    bench.put(frames=canvas.Frames(("a", "b"), months, canvas.moments(range(25))))
    bench.page.get_by_role("slider", name="Time").fill("5")
    bench.page.get_by_role("button", name="Play", exact=True).click()
    bench.page.wait_for_function("Number(inside.querySelector('.time').value) > 5.1")
    assert _gauge(bench, "a") == 0


def test_a_change_is_an_arrow_up_or_down_or_none(bench: Bench) -> None:
    bench.put(frames=canvas.Frames(("a", "b", "c"), np.array([[0.3, -0.3, 0.0]]), ("Now",), change=True))
    tips = {name: bench.page.locator(f"[data-node={name}] polygon").get_attribute("points") for name in "abc"}
    assert tips["a"].split()[0] == "176,62"
    assert tips["b"].split()[0] == "536,82"
    assert [bench.page.locator(f"[data-node={name}] polygon").is_visible() for name in "abc"] == [
        True,
        True,
        False,
    ]
    fills = {bench.page.locator(f"[data-node={name}] .box").get_attribute("fill") for name in "abc"}
    assert len(fills) == 3


def test_the_saved_drawing_holds_what_is_seen(bench: Bench) -> None:
    bench.put(frames=FRAMES)
    bench.page.get_by_role("slider", name="Time").fill("2")
    bench.page.get_by_role("button", name="Next loop").click()
    with bench.page.expect_download() as saved:
        bench.page.get_by_role("button", name="Save drawing (SVG)").click()
    assert saved.value.suggested_filename == "diagram.svg"
    drawn = ElementTree.parse(saved.value.path()).getroot()
    groups = {group.get("data-node") or group.get("data-link") for group in drawn.iter(f"{SVG}g")} - {None}
    assert groups == {"a", "b", "a|b"}
    boxes = {group.get("data-node"): group.find(f"{SVG}rect") for group in drawn.iter(f"{SVG}g")}
    assert boxes["a"].get("fill") == LIGHT.high.lower()
    assert not [one for one in drawn.iter() if "hit" in one.get("class", "") or one.get("tabindex")]


def test_the_saved_picture_is_three_times_the_drawing_and_shows_it(bench: Bench) -> None:
    bench.put(chosen=canvas.Picked("loop", "round"))
    with bench.page.expect_download() as saved:
        bench.page.get_by_role("button", name="Save picture (PNG)").click()
    data = Path(saved.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    picture = Image.open(BytesIO(data)).convert("RGB")
    assert picture.size == (1800, 1200)
    assert picture.getpixel((9, 9)) == (255, 255, 255)
    lit, faded = picture.getpixel((900, 300)), picture.getpixel((1200, 157))
    assert lit == (0, 0x72, 0xB2)
    assert 200 < faded[0] < 250


def test_full_screen_is_entered_and_left_and_says_so(bench: Bench) -> None:
    bench.put()
    bench.page.get_by_role("button", name="Full screen").click()
    bench.page.get_by_role("button", name="Leave full screen").click()
    bench.page.get_by_role("button", name="Full screen", exact=True).wait_for()


def test_on_a_phone_letters_stay_readable_and_buttons_fit_a_finger(bench: Bench) -> None:
    bench.page.set_viewport_size({"width": 390, "height": 844})
    bench.put(frames=FRAMES)
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= 390
    letters = bench.page.locator("[data-node=a] text").evaluate("one => 21 * one.getScreenCTM().a")
    assert letters >= 10.9
    for button in (
        bench.page.get_by_role("button").filter(visible=True).filter(has_not=bench.page.locator("rect")).all()
    ):
        if button.evaluate("one => one.tagName") == "BUTTON":
            assert button.bounding_box()["height"] >= 40
    wide = bench.page.locator("svg").bounding_box()["width"]
    bench.page.get_by_role("button", name="Larger").click()
    assert bench.page.locator("svg").bounding_box()["width"] == pytest.approx(1.25 * wide, rel=0.01)
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_leaving_takes_every_listener_along(bench: Bench) -> None:
    bench.put(frames=FRAMES)
    bench.page.get_by_role("button", name="Play", exact=True).click()
    bench.page.evaluate("window.leave()")
    bench.page.locator("[data-node=a]").click()
    assert bench.told == []
