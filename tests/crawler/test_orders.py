"""What a process of spiders hears of the one that started it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from crawler.orders import Orders
from crawler.process import spider_named


@pytest.fixture
def parent(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The other end of our standard input."""
    ours, theirs = os.pipe()
    with os.fdopen(ours) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield theirs


def test_the_next_spider_is_named_on_a_line_and_the_end_means_no_more(parent: int) -> None:
    async def ask() -> tuple[str, str] | None:
        orders = Orders()
        awaited = orders.awaited()
        orders.listen()
        os.write(parent, '["sources", "/a b/ü\\n.json"]\n'.encode())
        first = await asyncio.wait_for(awaited, 10)
        last = orders.awaited()
        os.close(parent)
        assert await asyncio.wait_for(last, 10) is None
        return first

    assert asyncio.run(ask()) == ("sources", "/a b/ü\n.json")


def test_who_begins_idle_hears_the_first_order_before_there_is_a_loop(parent: int) -> None:
    orders = Orders(idle=True)
    orders.listen()
    os.write(parent, b'["checks", "/a.json"]\n')
    assert orders.first() == ("checks", "/a.json")

    async def ask() -> tuple[str, str] | None:
        awaited = orders.awaited()
        os.write(parent, b'["sources", "/b.json"]\n')
        return await asyncio.wait_for(awaited, 10)

    assert asyncio.run(ask()) == ("sources", "/b.json")
    awaited_no_more(orders, parent)


def awaited_no_more(orders: Orders, parent: int) -> None:
    """So that the end of the pipe ends nobody."""

    async def wait() -> None:
        last = orders.awaited()
        os.close(parent)
        await asyncio.wait_for(last, 10)

    asyncio.run(wait())


@pytest.mark.parametrize(
    "told",
    [b'["reports", "/a.json", ["a.module"]]\n', b'[["a.module"]]\n["reports", "/a.json"]\n'],
    ids=["with an order", "before a spider is named"],
)
def test_workers_are_prepared_with_what_is_named(
    parent: int, monkeypatch: pytest.MonkeyPatch, told: bytes
) -> None:
    prepared: list[list[str]] = []
    monkeypatch.setattr("pipeline.run.worker.prepare", prepared.append)
    orders = Orders(idle=True)
    orders.listen()
    os.write(parent, told)
    assert orders.first() == ("reports", "/a.json")
    assert prepared == [["a.module"]]
    awaited_no_more(orders, parent)


def test_who_began_idle_and_is_told_nothing_ends_in_good_order() -> None:
    code = (
        "import time; from crawler.orders import Orders; Orders(idle=True).listen(); time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"", timeout=50, check=False)
    assert done.returncode == 0


def test_who_is_told_to_stop_waits_no_more() -> None:
    async def ask() -> tuple[str, str] | None:
        orders = Orders()
        awaited = orders.awaited()
        orders.give_up()
        orders.give_up()
        return await awaited

    assert asyncio.run(ask()) is None


def test_a_parent_that_is_gone_while_we_work_ends_us_at_once() -> None:
    code = "import time; from crawler.orders import Orders; Orders().listen(); time.sleep(60)"
    done = subprocess.run([sys.executable, "-c", code], input=b"", timeout=50, check=False)
    assert done.returncode == 1


@pytest.mark.parametrize("name", ["reports", "sources", "checks", "mementos", "submissions"])
def test_a_spider_has_the_name_of_its_module(name: str) -> None:
    assert spider_named(name).name == name
