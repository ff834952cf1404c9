"""A component on an empty page of a real browser: what Python would send it, and what it tells Python."""

from __future__ import annotations

from typing import Any

_MOUNT = """async ([html, css, script]) => {
  const place = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  place.innerHTML = `<style>${css}</style>${html}`;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { default: show } = await import(address);
  window.told = [];
  const setStateValue = (name, value) => window.told.push(value);
  window.put = (data) => { show({ data, parentElement: place, setStateValue }); };
}"""
_COLOURS = ":host { --st-text-color: #1a1a1a; --st-background-color: #fff; --st-primary-color: #0072B2 }"


class Alone:
    """One component, made from the HTML, CSS and SCRIPT of its module."""

    def __init__(self, page: Any, component: Any) -> None:
        self.page = page
        blank = "http://127.0.0.1:1/"
        page.route(blank, lambda route: route.fulfill(content_type="text/html", body="<p></p>"))
        page.goto(blank)
        page.evaluate(_MOUNT, [component.HTML, _COLOURS + component.CSS, component.SCRIPT])

    def put(self, data: dict[str, Any]) -> None:
        """Send data from Python."""
        self.page.evaluate("data => window.put(data)", data)

    @property
    def told(self) -> list[Any]:
        """What Python was told so far."""
        found: list[Any] = self.page.evaluate("window.told")
        return found
