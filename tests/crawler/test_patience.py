"""How long a run waits when there is nothing else to do."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from crawler.frontier.fetch_queue import FetchQueue
from crawler.frontier.fetches import Fetch
from crawler.frontier.frontier import Frontier
from crawler.frontier.patience import Patience
from crawler.spiders import standstill as standstills
from crawler.spiders.base import CaptureSpider
from crawler.spiders.standstill import Standstill


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


ONE = Fetch(Target("https://a.example/", Kind.SOURCE, "test"))


def queue(most_under_way: int = 16) -> FetchQueue:
    """One whose only fetch is under way."""
    made = FetchQueue(Frontier(lambda _: "one host", 1), most_under_way)
    made.put(ONE)
    assert made.take() is ONE
    return made


def standstill(queue: FetchQueue, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Standstill:
    """That of a crawl none of whose hosts is troubled."""
    untroubled = SimpleNamespace(is_troubled=lambda _: False)
    monkeypatch.setattr(standstills, "pace_of_hosts", lambda _: untroubled)
    crawler: Any = SimpleNamespace(engine=engine)
    return Standstill(crawler, queue, Patience(60))


@pytest.mark.parametrize("where", ["active", "answered", "pending"])
def test_a_fetch_that_somebody_carries_out_is_no_waiting(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine()
    found = getattr(engine, where)
    (found.add if where == "active" else found.append)("a request")
    assert not standstill(queue(), engine, monkeypatch).waits_only()


def test_a_fetch_that_nobody_carries_out_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = queue()
    found = standstill(lost, Engine(), monkeypatch)
    assert found.waits_only()
    assert found.is_lost()
    with lost.being_settled():
        assert not found.waits_only()
        assert not found.is_lost()


def test_a_crawl_ends_over_a_lost_fetch_with_a_word() -> None:
    spider, said = CaptureSpider.__new__(CaptureSpider), []
    spider.queue = queue()
    spider.context = SimpleNamespace(stopped_by=said.append)  # type: ignore[assignment]
    spider._leave_lost()
    assert said == ["1 fetch came to no end, by a fault of ours; run again"]


@pytest.mark.parametrize("most_under_way", [1, 16])
def test_what_waits_for_the_place_of_such_a_fetch_does_not_keep_the_crawl(
    most_under_way: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = queue(most_under_way)
    found = standstill(lost, Engine(), monkeypatch)
    lost.put(Fetch(Target("https://a.example/more", Kind.SOURCE, "test")))
    assert lost.take() is None
    assert found.waits_only()
    assert found.is_lost()


def test_a_try_that_is_due_while_none_may_begin_is_waited_for() -> None:
    full, looked = queue(most_under_way=1), []
    full.frontier.add_later(Fetch(Target("https://b.example/", Kind.SOURCE, "test")), 0.0)

    async def wait(event: object, timeout: float) -> None:
        event.close()  # type: ignore[attr-defined]
        looked.append(timeout)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asyncio, "wait_for", wait)
        asyncio.run(full.wait(0.05))
    assert looked == [0.05]


@pytest.mark.parametrize("end", ["released", "put back, then dropped"])
async def test_whoever_waits_for_a_fetch_is_told_how_it_ended(end: str) -> None:
    made = FetchQueue(Frontier(lambda _: "one host", 1), 16)
    waiting = asyncio.ensure_future(made.fetched(Fetch(ONE.target)))
    await asyncio.sleep(0)
    fetch, settled = made.take(), object()
    assert fetch is not None
    if end == "released":
        made.release(fetch, settled)  # type: ignore[arg-type]
        assert await waiting is settled
    else:
        made.put_back(fetch, fetch.again(), 0.0)
        assert not waiting.done()
        made.drop_waiting()
        assert await waiting is None
    assert made.is_empty


async def test_what_was_asked_for_before_is_waited_for_by_nobody() -> None:
    made = FetchQueue(Frontier(lambda _: "one host", 1), 16)
    assert made.add([ONE.target, ONE.target]) == 1
    assert await made.fetched(Fetch(ONE.target), first=True) is None


async def test_who_waits_lets_others_run_though_something_has_changed_already() -> None:
    made, ran = queue(), asyncio.Event()
    asyncio.get_running_loop().call_soon(ran.set)
    made.wake()
    await made.wait(60)
    assert ran.is_set()
