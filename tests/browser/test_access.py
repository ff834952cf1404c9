"""Every page in light and dark, judged by axe-core: nothing serious stands in anybody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES: dict[str, Callable[[Any], Any]] = {
    "what-if": lambda page: page.get_by_role("slider").first,
    "diagram": lambda page: page.get_by_role("heading", name="The diagram"),
    "change": lambda page: page.locator("svg.cld .node").first,
    "last": lambda page: page.get_by_role("button", name="Draw the map"),
    "goal": lambda page: page.get_by_role("button", name="Find plans"),
    "stress": lambda page: page.get_by_role("button", name="Try them"),
    "loops": lambda page: page.locator(".js-plotly-plot").first,
    "present": lambda page: page.locator(".show svg"),
    "meeting": lambda page: page.get_by_role("button", name="Keep this decision"),
    "bring": lambda page: page.get_by_role("button", name="Bring it in"),
    "workshop": lambda page: page.locator("svg.cld .node").first,
    "utopia": lambda page: page.get_by_text("Several tables write down"),
    "why": lambda page: page.get_by_role("heading", name="Sources"),
    "words": lambda page: page.get_by_role("heading", name="How sure we are"),
}
"""Each page, and what is there once it has been drawn."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(browser: Any, address: str, name: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    try:
        page.goto(f"{address}/{name}" if name != "what-if" else address)
        PAGES[name](page).wait_for(timeout=60_000)
        page.wait_for_timeout(1_000)
        found = Axe().run(page).response["violations"]
    finally:
        page.close()
    serious = [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert not serious
