"""People at their own screens: each a browser context of its own, which fails the test on any error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import still

_PROBES = ("/_stcore/health", "/_stcore/host-config")
"""What Streamlit asks for below a page's own address before it looks at the root: not found is its answer."""


@contextmanager
def people(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """A way to open a page for one more person: ``arrive("workshop", workspace=token, width=390)``."""
    contexts, wrong = [], []

    def heard(said: Any) -> None:
        if said.type == "error" and not said.location.get("url", "").endswith(_PROBES):
            wrong.append(said.text)

    def arrive(path: str, *, width: int = 1280, **asked: str) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 860})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", heard)
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        page.goto(f"{address}/{path}?{query}")
        return page

    try:
        yield arrive
    finally:
        for context in contexts:
            context.close()
    assert wrong == []


def start_space(page: Any, name: str) -> str:
    """Name a shared space on the page, and return the token that its link holds."""
    page.get_by_role("button", name="Keep it in a shared space").click()
    page.get_by_label("A name for a new space").fill(name)
    page.get_by_role("button", name="Start a new space").click()
    page.get_by_text(f"Shared space: {name}").wait_for()
    return parse_qs(urlsplit(page.url).query)["workspace"][0]


def sound(page: Any) -> None:
    """Nothing serious stands in anybody's way, and nothing is wider than the screen."""
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=15_000)  # Streamlit's own have no name
    still(page)
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in serious]
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
