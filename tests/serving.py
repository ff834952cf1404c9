"""A real browser and a real server, for the browser tests and for the benchmark of the screen."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """The path of a browser that Playwright can drive, if there is one."""
    return next(filter(None, (*map(shutil.which, NAMES), *(p for p in PLACES if Path(p).exists()))), None)


@contextmanager
def served(script: str = "app.py") -> Iterator[str]:
    """The address of the app, or of another page, on a free port; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.fileWatcherType", "none"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(f"{url}/_stcore/health")
            yield url
        finally:
            server.terminate()


def turn_to(page: Any, title: str, menu: str = "") -> None:
    """Go to another page: by its link at the top or in a menu there, on a phone by the side bar."""
    if page.viewport_size["width"] < 640:
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        return
    if menu:
        page.get_by_test_id("stTopNav").get_by_role("button", name=menu, exact=True).click()
        page.get_by_role("menuitem", name=title, exact=True).click()
        return
    page.get_by_test_id("stTopNav").get_by_role("link", name=title, exact=True).click()


def still(page: Any) -> None:
    """Wait until nothing is drawn any more: or else a click may fall on a button being replaced."""
    page.wait_for_timeout(500)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def _wait(url: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
