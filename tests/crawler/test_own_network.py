"""Whether our own network works, by the answers of others."""

from __future__ import annotations

import asyncio

from crawler.frontier.own_network import AT_ONCE, ROUNDS, OwnNetwork


class Hosts:
    """Those that answer, and who was asked."""

    def __init__(self, *answering: str) -> None:
        self.answering = frozenset(answering)
        self.asked: list[str] = []

    async def ask(self, host: str) -> bool:
        self.asked.append(host)
        await asyncio.sleep(0)
        return host in self.answering


ALL = tuple(f"h{n}.example" for n in range(30))


def own_network(hosts: Hosts, known: tuple[str, ...] = ALL, soon_s: float = 0.0) -> OwnNetwork:
    async def asked() -> tuple[str, ...]:
        return known

    return OwnNetwork(asked, hosts.ask, soon_s=soon_s)


def test_one_host_that_answers_is_enough() -> None:
    hosts = Hosts("h2.example")
    assert asyncio.run(own_network(hosts).network_works())
    assert len(hosts.asked) == AT_ONCE


def test_when_no_host_answers_there_is_no_network_and_nobody_is_asked_again() -> None:
    hosts = Hosts()

    async def run() -> list[bool]:
        one = own_network(hosts)
        return [await one.network_works() for _ in range(5)]

    assert asyncio.run(run()) == [False] * 5
    assert len(hosts.asked) == AT_ONCE * ROUNDS == len(set(hosts.asked))


def test_an_answer_that_comes_by_itself_saves_the_question() -> None:
    hosts = Hosts()

    async def run() -> bool:
        one = own_network(hosts, soon_s=60)
        waiting = asyncio.ensure_future(one.network_works())
        await asyncio.sleep(0)
        one.heard()
        return await waiting

    assert asyncio.run(run())
    assert hosts.asked == []


def test_an_answer_from_before_the_failure_says_nothing() -> None:
    hosts = Hosts()

    async def run() -> bool:
        one = own_network(hosts)
        one.heard()
        await asyncio.sleep(0.001)
        return await one.network_works()

    assert not asyncio.run(run())


def test_many_failures_at_once_ask_one_round() -> None:
    hosts = Hosts(*ALL)

    async def run() -> list[bool]:
        one = own_network(hosts)
        return await asyncio.gather(*(one.network_works() for _ in range(20)))

    assert asyncio.run(run()) == [True] * 20
    assert len(hosts.asked) == AT_ONCE


def test_few_hosts_known_are_asked_as_many_times_as_it_takes() -> None:
    hosts = Hosts()
    assert not asyncio.run(own_network(hosts, ("only.example",)).network_works())
    assert set(hosts.asked) == {"only.example"}


def test_with_nobody_to_ask_there_is_no_network() -> None:
    assert not asyncio.run(own_network(Hosts(), ()).network_works())


def test_an_answer_that_is_only_slow_counts_while_those_asked_refuse_at_once() -> None:
    class Slow(Hosts):
        async def ask(self, host: str) -> bool:
            one.heard()
            return await super().ask(host)

    hosts = Slow()
    one = own_network(hosts)
    assert asyncio.run(one.network_works())
    assert len(hosts.asked) == AT_ONCE
