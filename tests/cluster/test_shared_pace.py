"""Whoever asks a domain, wherever, asks it at one pace."""

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from pipeline.run.cluster.shared_pace import (
    AWAY_S,
    LATE_S,
    NoTurnError,
    RestingError,
    TurnRequest,
    Turns,
)

PACE = 2.0
MOST = 300.0


@dataclass
class Time:
    """A clock that goes on when somebody sleeps, and stands still once where it is told to."""

    now: float = 100.0
    stall_s: float = 0.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self.stall_s
        self.stall_s = 0.0


@dataclass
class Table:
    """The table of turns as PostgreSQL has it, by the same rule.

    Attributes:
        away: So many questions are not answered.
    """

    time: Time
    free: dict[str, tuple[float, str]] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)
    away: int = 0

    def take(self, wish: TurnRequest, holder: str) -> float:
        if self.away:
            self.away -= 1
            raise NoTurnError("queue: it is away")
        rest = self.resting.get(wish.host, 0.0) - self.time.now
        if rest > wish.most_s:
            raise RestingError(rest)
        at, last = self.free.get(wish.domain, (0.0, holder))
        own = self.time.now + max(wish.own_s, rest)
        moment = max(own, at + (0 if last == holder else LATE_S))
        self.free[wish.domain] = (moment + wish.pace_s, holder)
        return moment - self.time.now


@dataclass
class Desk:
    table: Table
    holder: str

    async def ask(self, wish: TurnRequest) -> float:
        return self.table.take(wish, self.holder)

    async def rest(self, host: str, seconds: float) -> None:
        self.table.resting[host] = self.table.time.now + seconds

    async def close(self) -> None:
        """There is nothing to let go."""


def spider(table: Table, holder: str, *, alone: bool = False) -> Turns:
    time = table.time
    return Turns(Desk(table, holder), MOST, alone, now=lambda: time.now, sleep=time.sleep)


def asked(table: Table, *holders: str, stall_s: float = 0.0) -> list[float]:
    """When a domain is asked by these, one after the other."""
    spiders = {name: spider(table, name) for name in holders}
    moments = []

    async def ask() -> None:
        for name in holders:
            table.time.stall_s = stall_s
            await spiders[name].take("a.com", "www.a.com", PACE)
            moments.append(table.time.now)

    asyncio.run(ask())
    return moments


def test_one_spider_asks_at_its_pace() -> None:
    assert asked(Table(Time()), "one", "one", "one") == [100.0, 102.0, 104.0]


def test_another_spider_waits_for_the_pace_and_for_what_the_first_may_be_late_by() -> None:
    assert asked(Table(Time()), "one", "two") == [100.0, 102.0 + LATE_S]


def test_who_was_a_little_late_asks_the_next_time_a_pace_later() -> None:
    moments = asked(Table(Time()), "one", "one", "one", stall_s=LATE_S / 2)
    assert [b - a >= PACE for a, b in pairwise(moments)] == [True, True]


def test_a_turn_that_comes_too_late_is_let_go() -> None:
    [moment] = asked(Table(Time()), "one", stall_s=10 * LATE_S)
    # the first is gone, the next a pace later
    assert moment == 100.0 + max(PACE, 10 * LATE_S)


def test_what_a_host_asks_one_spider_holds_for_all() -> None:
    table = Table(Time())
    one, two = spider(table, "one"), spider(table, "two")

    async def ask() -> None:
        await one.rest("www.a.com", 60)
        await two.take("a.com", "www.a.com", PACE)

    asyncio.run(ask())
    assert table.time.now == 160.0


def test_a_host_that_wants_to_be_left_alone_for_long_is_asked_by_nobody_and_others_are() -> None:
    table = Table(Time())
    one, two = spider(table, "one"), spider(table, "two")
    asyncio.run(one.rest("www.a.com", MOST + 60))
    with pytest.raises(RestingError, match="left alone for 360 s"):
        asyncio.run(two.take("a.com", "www.a.com", PACE))
    asyncio.run(two.take("a.com", "static.a.com", PACE))
    assert table.time.now == 100.0


def test_domains_do_not_wait_for_each_other() -> None:
    table = Table(Time())
    asked(table, "one")
    asyncio.run(spider(table, "two").take("b.com", "b.com", PACE))
    assert table.time.now == 100.0


def test_a_worker_asks_nobody_while_the_queue_is_away() -> None:
    table = Table(Time(), away=3)
    asyncio.run(spider(table, "one").take("a.com", "www.a.com", PACE))
    assert 100.0 < table.time.now < 100.0 + AWAY_S
    table.away = 10_000
    with pytest.raises(NoTurnError):
        asyncio.run(spider(table, "two").take("a.com", "www.a.com", PACE))


def test_the_archives_own_commands_go_on_without_a_queue_for_no_worker_asks_then() -> None:
    table = Table(Time(), away=10_000)
    own = spider(table, "own", alone=True)

    async def ask() -> None:
        for _ in range(5):
            await own.take("a.com", "www.a.com", PACE)

    asyncio.run(ask())
    assert table.time.now == 100.0
    # where nobody answers a question takes seconds: it is asked once a minute
    assert table.away == 10_000 - 1
