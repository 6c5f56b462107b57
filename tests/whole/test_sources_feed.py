"""That the sources spider asks for every pending source once, and then ends, whatever became of
them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive.clock import now
from archive.config import Settings
from archive.urls.normal import stable_id
from crawler.frontier.fetch_queue import FetchQueue
from crawler.frontier.frontier import Frontier
from crawler.frontier.names import slot_of
from crawler.spiders.sources import BATCH, SourcesSpider
from pipeline.run.ingest import Archive
from pipeline.run.job import SpiderJob
from pipeline.run.targets import sources_pending

SOURCES = 2 * BATCH + 150
HOSTS = 40


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Many sources, all pending."""
    archive = Archive.open(tmp_path / "data", Settings(), run="test")
    urls = [f"https://h{n % HOSTS}-replica.net/{n}" for n in range(SOURCES)]
    rows = [
        {
            "id": stable_id(url),
            "url": url,
            "cited_url": url,
            "host": url.split("/")[2],
            "domain": url.split("/")[2],
            "platform": "web",
            "next_due_at": "2026-03-20T12:00:00Z",
        }
        for url in urls
    ]
    archive.db["sources"].insert_all(rows)
    with archive:
        yield archive


def spider(archive: Archive) -> SourcesSpider:
    """The spider, without an engine around it."""

    async def ask(call: Callable[..., Any], *args: Any) -> Any:
        return call(*args)

    made = SourcesSpider()
    job, settings = SpiderJob("", "test"), Settings()
    context = SimpleNamespace(archive=archive, ask=ask, job=job, settings=settings)
    made.context = context  # type: ignore[assignment]
    made.queue = FetchQueue(Frontier(slot_of, 2), 16)
    return made


async def taken(made: SourcesSpider) -> list[str]:
    """All that it asks for: taken as the engine would, and never captured, so that it stays
    pending."""
    found = []
    feeding = asyncio.ensure_future(made.feed())
    while not (feeding.done() and made.queue.is_empty):
        fetch = made.queue.take()
        if fetch is not None:
            found.append(fetch.target.url)
            made.queue.release(fetch, None)
        await asyncio.sleep(0)
    await feeding
    return found


def test_each_is_asked_for_once_although_all_stay_pending(archive: Archive) -> None:
    async def run() -> list[str]:
        return await taken(spider(archive))

    found = asyncio.run(run())
    assert len(found) == len(set(found)) == SOURCES


def test_those_behind_many_that_were_asked_for_have_their_turn(archive: Archive) -> None:
    async def run() -> list[str]:
        made = spider(archive)
        made.queue.add(sources_pending(archive.db, now(), 2 * BATCH))
        while (fetch := made.queue.take()) is not None:
            made.queue.release(fetch, None)
        return await taken(made)

    assert len(asyncio.run(run())) == SOURCES - 2 * BATCH
