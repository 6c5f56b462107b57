"""One pace for a site, whichever spider of a process asks it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot

from crawler.download.scrapy_internals import slots
from crawler.download.scrapy_internals.slots import Slots

NOW, HOUR = 1_000.0, 3_600.0


class Downloader:
    """As much of Scrapy's as slots are made of."""

    def __init__(self) -> None:
        self.slots: dict[str, Slot] = {}
        self.per_slot_settings: dict[str, Any] = {}

    def _get_slot(self, request: Request) -> tuple[str, Slot]:
        name = request.meta["download_slot"]
        return name, self.slots.setdefault(name, Slot(1, 2.0, 0.0))


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_last_seen", {})


def asked(last: float) -> Slot:
    """The slot of the next spider's first request, where the one before left its own so."""
    for left in (last, None):
        downloader = Downloader()
        held = Slots(SimpleNamespace(engine=SimpleNamespace(downloader=downloader)))  # type: ignore[arg-type]
        held.settle(Request("https://a.example/"), "a.example", delay_s=2.0, width=1)
        if left is not None:
            downloader.slots["a.example"].lastseen = left
            held.remember(NOW)
    return downloader.slots["a.example"]


def test_the_next_spider_waits_from_the_last_request_of_the_one_before() -> None:
    assert asked(NOW - 1).lastseen == NOW - 1


def test_what_a_site_asked_us_to_wait_is_heard_by_each_spider_for_itself() -> None:
    assert asked(NOW + HOUR).lastseen == NOW
