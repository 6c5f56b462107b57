"""How long a run waits when there is nothing else to do."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from crawler.frontier.fetches import Fetch
from crawler.frontier.frontier import Frontier
from crawler.frontier.patience import Patience
from crawler.spiders.base import CaptureSpider


def test_it_ends_after_a_minute_without_anything_else_to_do() -> None:
    at = [100.0]
    patience = Patience(60, clock=lambda: at[0])
    assert not patience.is_over(waits_only=True)
    at[0] = 159.9
    assert not patience.is_over(waits_only=True)
    at[0] = 160.0
    assert patience.is_over(waits_only=True)


def test_work_in_between_begins_it_anew() -> None:
    at = [100.0]
    patience = Patience(60, clock=lambda: at[0])
    patience.is_over(waits_only=True)
    at[0] = 150.0
    assert not patience.is_over(waits_only=False)
    at[0] = 170.0
    assert not patience.is_over(waits_only=True)
    at[0] = 230.0
    assert patience.is_over(waits_only=True)


class Engine:
    """As much of Scrapy's as `Slots` asks: what is under way where."""

    def __init__(self) -> None:
        self.active: set[str] = set()
        self.answered: list[str] = []
        self.pending: list[str] = []
        self.downloader = SimpleNamespace(slots={}, active=self.active)
        self.scraper = SimpleNamespace(slot=SimpleNamespace(is_idle=lambda: not self.answered))
        self._slot = SimpleNamespace(
            scheduler=SimpleNamespace(has_pending_requests=lambda: bool(self.pending))
        )


def spider(engine: Engine) -> Any:
    """One whose only fetch is under way."""
    made = CaptureSpider.__new__(CaptureSpider)
    made.crawler = SimpleNamespace(engine=engine)  # type: ignore[assignment]
    made.frontier = Frontier(lambda _: "one host", 1)
    made.frontier.add(Fetch(Target("https://a.example/", Kind.SOURCE, "test")))
    made.frontier.take(0)
    made.taken = asyncio.Event()
    made.context = SimpleNamespace(settings=SimpleNamespace(concurrency=16))  # type: ignore[assignment]
    made._pace_of_hosts = lambda: SimpleNamespace(is_troubled=lambda _: False)  # type: ignore[method-assign,assignment,return-value]
    return made


@pytest.mark.parametrize("where", ["active", "answered", "pending"])
def test_a_fetch_that_somebody_carries_out_is_no_waiting(where: str) -> None:
    engine = Engine()
    found = getattr(engine, where)
    (found.add if where == "active" else found.append)("a request")
    assert not spider(engine)._waits_only()


def test_a_fetch_that_nobody_carries_out_ends_the_crawl_with_a_word() -> None:
    lost, said = spider(Engine()), []
    assert lost._waits_only()
    assert lost._is_lost()
    lost.context.stopped_by = said.append  # type: ignore[method-assign]
    lost._leave_lost()
    assert said == ["1 fetch came to no end, by a fault of ours; run again"]
    lost._settling = 1
    assert not lost._waits_only()


@pytest.mark.parametrize("concurrency", [1, 16])
def test_what_waits_for_the_place_of_such_a_fetch_does_not_keep_the_crawl(concurrency: int) -> None:
    lost = spider(Engine())
    lost.context.settings.concurrency = concurrency  # type: ignore[misc]
    lost.frontier.add(Fetch(Target("https://a.example/more", Kind.SOURCE, "test")))
    assert lost._take() is None
    assert lost._waits_only()
    assert lost._is_lost()


def test_a_try_that_is_due_while_none_may_begin_is_waited_for() -> None:
    full = spider(Engine())
    full.context.settings.concurrency = 1  # type: ignore[misc]
    full.frontier.add_later(Fetch(Target("https://b.example/", Kind.SOURCE, "test")), 0.0)
    full.changed, looked = asyncio.Event(), []
    full.patience = Patience(0.6)

    async def wait(event: object, timeout: float) -> None:
        event.close()  # type: ignore[attr-defined]
        looked.append(timeout)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asyncio, "wait_for", wait)
        asyncio.run(full._wait())
    assert looked == [full.patience.look_s]
