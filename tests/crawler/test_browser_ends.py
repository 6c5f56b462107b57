"""What a page does to the browser that looks at it is its own matter, not that of the next one."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, Self

import pytest

from archive.config import Settings
from archive.model.browser import WantedPage
from crawler.browser.look import HEIGHT, TALLEST, shown_height
from crawler.browser.running import BrowserEndedError, NoBrowserError
from crawler.browser.visit import Visit, VisitOrder
from crawler.spiders import browser as module
from crawler.spiders.browser import BrowserSpider


@pytest.mark.parametrize(
    ("said", "height"),
    [
        (900, 900), (900.5, 900), (10**9, TALLEST), (float("inf"), TALLEST),
        (float("nan"), HEIGHT), (0, HEIGHT), (-5, HEIGHT), (None, HEIGHT), ("tall", HEIGHT),
        ({"x": 1}, HEIGHT),
    ],
)  # fmt: skip
def test_a_height_that_scripts_made_up_is_none(said: object, height: int) -> None:
    assert shown_height(said) == height


class Looked(BrowserSpider):
    """Keeps what becomes of pages in a list."""

    def __init__(self, deadly: str) -> None:
        self.kept: list[tuple[str, str | None]] = []
        self.deadly = deadly
        self.context: Any = SimpleNamespace(
            settings=Settings(), budget=SimpleNamespace(over=lambda: None)
        )

    def must_wait(self, _fetch: Any) -> bool:
        return False

    async def _turn(self, _asked: dict[str, float], _host: str) -> None:
        pass

    async def _kept(self, one: WantedPage, visit: Visit, *_: Any) -> None:
        self.kept.append((one.cited_url[-1], visit.error[0] if visit.error else None))

    def look(self, names: str) -> str:
        """Look at pages called by these letters; which of them are left."""
        left = [
            WantedPage(n, url, url) for n, url in enumerate(f"https://a.example/{n}" for n in names)
        ]
        deadly = self.deadly

        class Frail:
            def __init__(self, _settings: Settings) -> None:
                pass

            async def __aenter__(self) -> Self:
                return self

            async def __aexit__(self, *_: object) -> None:
                pass

            async def visit(self, order: VisitOrder) -> Visit:
                if order.url[-1] in deadly:
                    raise BrowserEndedError("Chromium ended: it did not answer any more")
                return Visit()

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(module, "Running", Frail)
            try:
                asyncio.run(self._look(left))
            except NoBrowserError:
                self.kept.append(("stopped", None))
        return "".join(one.cited_url[-1] for one in left)


def test_a_page_over_which_the_browser_ends_is_not_in_the_way_of_the_next_ones() -> None:
    spider = Looked(deadly="bd")
    assert spider.look("abcde") == ""
    assert spider.kept == [
        ("a", None), ("b", "unsupported"), ("c", None), ("d", "unsupported"), ("e", None),
    ]  # fmt: skip


def test_a_browser_that_ends_over_every_page_is_the_machines_matter() -> None:
    spider = Looked(deadly="abc")
    assert spider.look("abc") == "bc"
    assert spider.kept == [("a", "unsupported"), ("stopped", None)]
