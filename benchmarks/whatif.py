"""How long a moved lever takes to show new curves: from the key press to the painted figure, in a browser.

Run ``python benchmarks/whatif.py [moves]``. It starts its own server on a free port and stops it again. Two
views are measured: the one the page opens with, and the fullest it allows (six lines in each of four panels).
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

# the browser and the server are those of the browser tests
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from serving import FLAGS, find_browser, served

# The plan is the second line of each panel. A move is over one frame after it has changed in every panel.
WATCH = """() => {
  const path = plot => plot.querySelectorAll('path.js-line')[1]?.getAttribute('d') || '';
  const drawn = () => [...document.querySelectorAll('.js-plotly-plot')].map(path);
  const changed = now => now.length === before.length && now.every((line, place) => line !== before[place]);
  let before = drawn(), pressed = 0;
  window.took = [];
  addEventListener('keydown', () => { pressed = performance.now(); before = drawn(); }, true);
  const look = () => {
    if (pressed && changed(drawn())) {
      const began = pressed; pressed = 0;
      requestAnimationFrame(() => window.took.push(performance.now() - began));
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def main(moves: int = 40) -> None:
    """Move one lever up and down and print the median and the 95th percentile."""
    browser_path = find_browser()
    if browser_path is None:
        sys.exit("No browser found. Install one: apt-get install chromium")
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        report("opening view", measure(page, moves))
        page.reload()
        page.locator("path.js-line").nth(1).wait_for(timeout=120_000)
        fill(page)
        report("fullest view", measure(page, moves))
        browser.close()


def report(view: str, took: list[float]) -> None:
    """Print what was measured."""
    ordered = sorted(took)
    print(
        f"{view}: {len(took)} moves, {os.cpu_count()} cores: median {statistics.median(took):.0f} ms, "
        f"95th percentile {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms, slowest {ordered[-1]:.0f} ms"
    )


def fill(page: Page) -> None:
    """Compare as many scenarios and look at as many boxes as the page allows."""
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
    page.locator("path.js-line").nth(23).wait_for()


def measure(page: Page, moves: int) -> list[float]:
    """Milliseconds from the key press to the painted figure, for each move of one lever."""
    page.locator("path.js-line").nth(1).wait_for(timeout=120_000)
    lever = page.get_by_role("slider").first
    lever.focus()
    page.wait_for_timeout(1_500)
    page.evaluate(WATCH)
    for move in range(moves):
        page.keyboard.press("ArrowLeft" if move % 10 < 5 else "ArrowRight")
        page.wait_for_function(f"window.took.length > {move}", timeout=5_000)
        page.wait_for_timeout(120)
    took: list[float] = page.evaluate("window.took")
    return took


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
