"""A real browser on a real server: both start here, on a free port, and end here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from serving import FLAGS, find_browser, served


def _without(reason: str) -> None:
    """Skip with one line, or fail where a browser is required."""
    if os.environ.get("LOOPS_REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("no Playwright: pip install playwright")
    found = find_browser()
    if found is None:
        _without("no browser: install Chromium, Chrome or Edge (Debian, Ubuntu: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    saved = tmp_path_factory.mktemp("saved")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOOPS_STORE", f"sqlite:///{saved}/loops.db")
        patch.setenv("LOOPS_MODELS", f"{saved}/models")
        with served() as url:
            yield url


@pytest.fixture(scope="session")
def visitor(browser: Any) -> Iterator[Any]:
    """Somebody whose browser already has the app's own scripts, as on every visit but the first."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(visitor: Any) -> Iterator[Any]:
    """A page that fails its test on any error, console error or request outside this computer."""
    opened = visitor.new_page()
    opened.set_default_timeout(60_000)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    opened.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    opened.on(
        "request", lambda request: wrong.append(f"request: {request.url}") if _outside(request.url) else None
    )
    yield opened
    opened.close()
    assert wrong == []


def _outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
