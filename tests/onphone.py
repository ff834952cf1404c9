"""A page on a phone: nothing is wider than its screen, and nothing keeps anybody from using it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTH = 390


@contextmanager
def phone(browser: Any, address: str, scheme: str) -> Iterator[Any]:
    """A page open at an address, on a screen as narrow as a phone's, in a light or dark scheme."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 844}, color_scheme=scheme)
    page.set_default_timeout(60_000)
    try:
        page.goto(address)
        yield page
    finally:
        page.close()


def check_fit(page: Any, parts: str) -> None:
    """Hold that the parts (a selector) end within the screen, and that axe finds nothing serious."""
    ends = page.evaluate(
        "parts => [...document.querySelectorAll(parts)].map((one) => "
        "Math.round(one.getBoundingClientRect().right))",
        parts,
    )
    assert max(ends) <= WIDTH
    found = Axe().run(page).response["violations"]
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]
