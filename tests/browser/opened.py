"""An archive in a browser: what is looked at, in which ways, and what must be so on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import CHROMIUM

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE, WIDE = 390, 1400  # pixels
LOADS_MS = 60_000
"""A page that takes longer never comes; it takes a tenth of a second."""
GRAVE = frozenset({"serious", "critical"})


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a page."""

    width: int
    scheme: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width}, {self.scheme}, {'with' if self.scripts else 'without'} scripts"


TURNS = (
    (View(PHONE, "light", True), View(WIDE, "dark", False)),
    (View(PHONE, "dark", False), View(WIDE, "light", True)),
)
"""Each page is looked at in two of them, the next one in the other two: so each pair of width,
colours and scripts is met on every second page."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, not one of Playwright's."""
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, url: str, view: View, status: int = 200) -> Iterator[Page]:
    """The page; at the end nothing may be on its console."""
    context = browser.new_context(
        viewport={"width": view.width, "height": 900},
        color_scheme=view.scheme,  # type: ignore[arg-type]
        java_script_enabled=view.scripts,
    )
    context.set_default_timeout(LOADS_MS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"not loaded: {request.url}"))
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == status, url
    yield page
    expected = "Failed to load resource" if status >= 400 else None
    assert [line for line in said if expected is None or expected not in line] == [], url
    context.close()


def width_of(page: Page) -> int:
    """How wide the page is, with what stands out of its window."""
    wide: int = page.evaluate("() => document.documentElement.scrollWidth")
    return wide


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical, by all of its rules or by some."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
