"""How quick the page is, in one run: python benchmarks/screen.py [seconds for each drag]

It starts its own server on a free port and a real browser, and prints

- input to paint while a lever is dragged by mouse and moved by keyboard: from an input event to the frame
  that shows what follows, for the opening view (three plans), the fullest (six plans, four charts) and the
  diagram in place of the curves;
- the first page: until the curves are painted, and the bytes that took, with nothing kept from before;
- runs a second and how long a message waits for its answer with 10 and 50 readers (see sessions.py).

Times are of this machine at this moment.
"""

from __future__ import annotations

import asyncio
import math
import os
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sessions import crowd

# the browser and the server are those of the browser tests
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from serving import FLAGS, find_browser, served

CURVES = ".timechart .line"
LEVER = "Design it together"
WIDE = {"width": 1280, "height": 900}
KEYS = 60
"""Key presses that are timed."""

# Each message of the levers has a number and covers the inputs since the one before; one that moves nothing
# shows nothing and is not timed. Its answer names the number before the picture is drawn with it; an input is
# shown one frame after that drawing.
LISTEN = """() => {
  window.watched = { inputs: [], sent: {}, values: '', heard: 0, took: [], drawn: 0 };
  const watched = window.watched;
  const text = data => typeof data === 'string' ? data : new TextDecoder().decode(data);
  const find = (data, name, form) => data.match(`"${name}": ?(${form})`)?.[1];
  const answered = data => {
    if (data.includes('living_loops_dials')) watched.heard = Number(find(data, 'heard', '[0-9]+'));
  };
  const sends = data => {
    const number = data.includes('"moved"') && find(data, 'number', '[0-9]+');
    if (!number) return;
    const values = find(data, 'values', '{[^}]*}');
    watched.sent[number] = values === watched.values ? [] : watched.inputs;
    watched.values = values;
    watched.inputs = [];
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', event => answered(text(event.data)));
    }
    send(data) {
      sends(text(data));
      super.send(data);
    }
  };
}"""
FIND = """const find = name => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
  .map(one => one.shadowRoot.querySelector(name)).find(Boolean);"""
WATCH = """() => {
  FIND
  const { watched } = window;
  find('.dials').addEventListener('input', () => watched.inputs.push(performance.now()), true);
  const afterThisFrame = act => requestAnimationFrame(() => {
    const next = new MessageChannel();
    next.port1.onmessage = act;
    next.port2.postMessage(0);
  });
  new MutationObserver(() => {
    watched.drawn += 1;
    const shown = Object.keys(watched.sent).filter(number => number <= watched.heard);
    const inputs = shown.flatMap(number => watched.sent[number]);
    shown.forEach(number => delete watched.sent[number]);
    afterThisFrame(() => inputs.forEach(began => watched.took.push(performance.now() - began)));
  }).observe(find('.timechart [role=img], svg.cld'), { childList: true, attributes: true, subtree: true });
}""".replace("FIND", FIND)
CURVES_AT = "() => { FIND return find('.timechart .line') ? performance.now() : 0; }".replace("FIND", FIND)


def main(seconds: float = 10.0) -> None:
    """Measure everything and print it."""
    found = find_browser()
    if found is None:
        sys.exit("No browser found. Install one: apt-get install chromium")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
    with served() as url:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
            ready(browser.new_page(), url)
            first_paint(browser, url)
            live(browser, url, seconds)
            browser.close()
        for readers in (10, 50):
            for every, how in ((0.0, "without a pause"), (1.0, "one step a second each")):
                took, size = asyncio.run(crowd(url, readers, seconds, every))
                rate = len(took) / seconds
                what = f"{readers} readers drag {how}: {rate:.0f} runs/s, {size / 1000:.0f} kB an answer"
                report(what, took)


def live(browser: Browser, url: str, seconds: float) -> None:
    """Print input to paint for the opening view and the fullest."""
    page = browser.new_page(viewport=WIDE)
    page.add_init_script(f"({LISTEN})()")
    ready(page, url)
    move(page, "opening view", seconds)
    ready(page, url)
    fill(page)
    move(page, "fullest view", seconds)
    for boxes in ("diagram of the core", "whole diagram"):
        ready(page, url)
        page.get_by_text("The diagram", exact=True).last.click()
        page.locator("svg.cld").wait_for()
        if boxes == "whole diagram":
            page.get_by_text("Show every box").click()
            page.locator("svg.cld .node").nth(20).wait_for()
        page.wait_for_timeout(1_500)
        move(page, boxes, seconds)


def ready(page: Page, url: str) -> None:
    """Open the page and wait until its curves are there and nothing moves."""
    page.goto(url)
    page.locator(CURVES).nth(1).wait_for(timeout=120_000)
    page.wait_for_timeout(1_500)


def first_paint(browser: Browser, url: str) -> None:
    """Print when a new reader sees the page and its curves, and what came over the wire until then."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    size = {"files": 0, "messages": 0}

    def count(kind: str, much: int) -> None:
        size[kind] += much

    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda one: count("files", int(one["encodedDataLength"])))
    page.on("websocket", lambda line: line.on("framereceived", lambda data: count("messages", len(data))))
    page.goto(url, wait_until="commit")
    curves = page.wait_for_function(CURVES_AT, polling="raf", timeout=120_000).json_value()
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print(
        f"first page: something after {first:.0f} ms, curves after {curves:.0f} ms; "
        f"{size['files'] / 1000:.0f} kB of files and {size['messages'] / 1000:.0f} kB of messages"
    )
    context.close()


def move(page: Page, view: str, seconds: float) -> None:
    """Print input to paint for one lever, dragged and then moved by keyboard."""
    lever = page.get_by_role("slider", name=LEVER, exact=True)
    lever.scroll_into_view_if_needed()
    page.evaluate(WATCH)
    drawn = drag(page, lever.bounding_box(), seconds)
    report(f"{view}, dragged by mouse ({drawn / seconds:.0f} drawings/s)", milliseconds(page))
    lever.focus()
    for press in range(KEYS):
        page.keyboard.press("ArrowLeft" if press % 20 < 10 else "ArrowRight")
        page.wait_for_timeout(150)
    page.wait_for_timeout(1_000)
    report(f"{view}, moved by keyboard", milliseconds(page))


def drag(page: Page, box: dict[str, float], seconds: float) -> int:
    """Swing the lever's handle to and fro for so long; how often the chart was drawn meanwhile."""
    height = box["y"] + box["height"] / 2
    began = time.monotonic()
    page.mouse.move(box["x"] + box["width"] - 8, height)
    page.mouse.down()
    while (now := time.monotonic() - began) < seconds:
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.47 * math.cos(2 * now)), height)
        page.wait_for_timeout(16)
    drawn: int = page.evaluate("window.watched.drawn")
    page.mouse.up()
    page.wait_for_timeout(1_000)
    return drawn


def milliseconds(page: Page) -> list[float]:
    """What has been timed since the last time, in seconds."""
    took: list[float] = page.evaluate("window.watched.took.splice(0)")
    return [each / 1000 for each in took]


def report(what: str, took: list[float]) -> None:
    """Print what was measured."""
    ordered = sorted(each * 1000 for each in took)
    print(
        f"{what}: {len(ordered)} inputs, median {statistics.median(ordered):.0f} ms, "
        f"95th percentile {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms, slowest {ordered[-1]:.0f} ms"
    )


def fill(page: Page) -> None:
    """Compare as many plans and look at as many boxes as the page allows."""
    choices = {
        "Compare with": ("Little and often", "Value first, then embed", "Champions leave"),
        "What to look at": ("Trust between partners", "Working together"),
    }
    for label, names in choices.items():
        box = page.get_by_role("combobox", name=label)
        for name in names:
            box.click()
            box.fill(name)
            page.get_by_role("option", name=name).click()
            page.wait_for_timeout(500)
        page.keyboard.press("Escape")
    page.locator(CURVES).nth(23).wait_for()


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
