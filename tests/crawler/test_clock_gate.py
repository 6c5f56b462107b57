"""Whether our clock is right, as servers say it: asked of others only where one says that it is
not."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.http import Response

from crawler.frontier.clock import ClockGate
from tests.replica.messages import http_date

NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
YEARS = timedelta(days=20_000)


def says(moment: datetime | None, age_s: int | None = None) -> Response:
    headers = {} if moment is None else {"Date": http_date(moment)}
    if age_s is not None:
        headers["Age"] = str(age_s)
    return Response("https://x.example/", headers=headers)


class Others:
    """Hosts that may be asked; each says a time, or nothing, or does not answer (an error)."""

    def __init__(self, **answers: datetime | Exception | None) -> None:
        self.asked: list[str] = []
        self._answers = answers
        self.gate = ClockGate(self.hosts, self.ask, clock=lambda: NOW)

    async def hosts(self) -> list[str]:
        return list(self._answers)

    async def ask(self, host: str) -> None:
        self.asked.append(host)
        await asyncio.sleep(0)
        answer = self._answers[host]
        if isinstance(answer, Exception):
            self.gate.silent(host)
            raise answer
        self.gate.heard(host, says(answer))


async def test_one_server_that_agrees_is_enough_for_the_whole_run() -> None:
    others = Others(a=NOW)
    others.gate.heard("first", says(NOW - timedelta(hours=3)))
    others.gate.heard("odd", says(NOW - YEARS))
    assert await others.gate.objection(failed=False) is None
    assert others.asked == []


@pytest.mark.parametrize("ahead", [YEARS, -YEARS])
async def test_where_every_server_contradicts_nothing_may_be_kept(ahead: timedelta) -> None:
    others = Others(a=NOW + ahead, b=None, c=OSError("refused"))
    others.gate.heard("first", says(NOW + ahead))
    said = await others.gate.objection(failed=False)
    assert said is not None
    assert "20000.0 days apart" in said
    assert "first" in said
    assert sorted(others.asked) == ["a", "b", "c"]
    assert await others.gate.objection(failed=True) == said


async def test_one_server_that_is_wrong_itself_is_overruled_by_another() -> None:
    others = Others(a=NOW - YEARS, b=NOW)
    others.gate.heard("odd", says(NOW - YEARS))
    assert await others.gate.objection(failed=False) is None


async def test_without_a_word_on_time_nobody_is_asked() -> None:
    others = Others(a=NOW)
    others.gate.heard("first", says(None))
    assert await others.gate.objection(failed=False) is None
    assert others.asked == []


async def test_a_failure_waits_for_what_others_say() -> None:
    others = Others(a=NOW + YEARS)
    assert "days apart" in str(await others.gate.objection(failed=True))


async def test_where_nobody_answers_a_failure_is_kept() -> None:
    others = Others(a=OSError("refused"), b=OSError("refused"))
    assert await others.gate.objection(failed=True) is None
    assert await others.gate.objection(failed=True) is None
    assert len(others.asked) == 2


async def test_an_answer_that_grew_old_in_a_cache_is_no_contradiction() -> None:
    others = Others(a=NOW)
    week = timedelta(days=7)
    others.gate.heard("cached", says(NOW - week, round(week.total_seconds())))
    assert await others.gate.objection(failed=False) is None
    assert others.asked == []


async def test_an_answer_in_the_moment_in_which_the_wait_is_over_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = Others(a=NOW)

    async def over(waiting: Coroutine[Any, Any, bool], _seconds: float) -> None:
        waiting.close()
        others.gate.heard("first", says(NOW))
        raise TimeoutError

    monkeypatch.setattr("crawler.frontier.clock.asyncio.wait_for", over)
    async with asyncio.timeout(5):
        assert await others.gate.objection(failed=True) is None
