"""Captures that wait are committed together, and none is lost to another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.errors import ArchiveError
from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.understood import CaptureVerdict, FetchedPage, Processed
from archive.model.vocabulary import Kind, Outcome
from crawler.commits import Commits
from pipeline.run.ingest import Archive, Understood
from tests.factories import at

BAD, WORSE = "bad", "worse"


class Kept:
    """An archive that keeps words; one of them it does not take."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []

    def take_in_all(self, captures: list[Any]) -> list[Any] | None:
        words = [one[0] for one in captures]
        self.groups.append(words)
        return None if {BAD, WORSE} & set(words) else words

    def take_in(self, word: str, *_: Any) -> str:
        if word == BAD:
            raise ArchiveError("not this one")
        if word == WORSE:
            raise ZeroDivisionError
        return word


class Busy:
    """A context whose archive is at something else until all have come."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self.archive = Kept()
        self.free = threading.Event()
        self._thread = thread
        thread.submit(self.free.wait, 30)

    async def ask(self, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *args)


@pytest.fixture
def busy() -> Iterator[Busy]:
    with ThreadPoolExecutor(1) as thread:
        busy = Busy(thread)
        yield busy
        busy.free.set()


def taken_in(busy: Busy, *words: str) -> list[Any]:
    async def all_of_them() -> list[Any]:
        commits: Any = Commits()
        asked = [
            asyncio.ensure_future(commits.take_in(busy.ask, busy.archive, (word, None, ())))
            for word in words
        ]
        await asyncio.sleep(0)
        busy.free.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(all_of_them())


def test_what_waits_is_taken_in_together_and_each_hears_of_its_own(busy: Busy) -> None:
    words = [str(number) for number in range(60)]
    assert taken_in(busy, *words) == words
    assert [len(group) for group in busy.archive.groups] == [50, 10]


def test_what_comes_alone_is_taken_in_by_itself(busy: Busy) -> None:
    assert taken_in(busy, "one") == ["one"]
    assert busy.archive.groups == []


def test_one_that_fails_is_no_loss_to_those_beside_it(busy: Busy) -> None:
    first, bad, worse, last = taken_in(busy, "first", BAD, WORSE, "last")
    assert (first, last) == ("first", "last")
    assert isinstance(bad, ArchiveError)
    assert isinstance(worse, ZeroDivisionError)


def one_after_another(busy: Busy, *groups: str, coming: int, pause_s: float) -> list[list[str]]:
    """Each letter of a word at once, then the next word; what was taken in together."""

    async def all_of_them() -> None:
        commits: Any = Commits(pause_s)
        for group in groups:
            asked = (
                commits.take_in(busy.ask, busy.archive, (one, None, ()), lambda: coming)
                for one in group
            )
            assert await asyncio.gather(*asked) == list(group)

    busy.free.set()
    asyncio.run(all_of_them())
    return busy.archive.groups


def test_soon_after_a_transaction_the_next_waits_for_all_that_are_under_way(busy: Busy) -> None:
    assert one_after_another(busy, "a", "bcde", coming=4, pause_s=3_600) == [list("bcde")]


def test_where_few_are_under_way_nothing_is_waited_for(busy: Busy) -> None:
    assert one_after_another(busy, "a", "b", "c", coming=3, pause_s=3_600) == []


def test_nobody_is_waited_for_beyond_the_pause(busy: Busy) -> None:
    assert one_after_another(busy, "a", "b", coming=9, pause_s=0.001) == []


def captures(archive: Archive, count: int) -> list[Understood]:
    made: list[Understood] = []
    for number in range(count):
        url = f"https://news{number}.example/harbour"
        context = FetchContext(archive.next_capture_id(), Kind.SOURCE, url)
        exchange = Exchange(url, at(1), HttpMessage("HTTP/1.1 404 Not Found", (), b""))
        page = FetchedPage(context, url, at(1), 404, {}, b"")
        verdict = CaptureVerdict(Outcome.GONE, {})
        made.append((Processed(page, verdict), archive.writer.write(exchange, context), ()))
    return made


def held(archive: Archive) -> int:
    return int(archive.db.execute("SELECT count(*) FROM captures").fetchone()[0])


def test_all_or_none_of_them_are_in_the_tables_and_the_disk_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="a") as archive:
        synced: list[str] = []
        sync = archive.writer.sync
        monkeypatch.setattr(archive.writer, "sync", lambda: synced.append("synced") or sync())
        first, second, third = captures(archive, 3)
        assert archive.take_in_all([first, first]) is None  # its number is given once
        assert held(archive) == 0
        results = archive.take_in_all([first, second, third])
        assert [one and one.outcome for one in results or ()] == [Outcome.GONE] * 3
        assert (held(archive), synced) == (3, ["synced"])
