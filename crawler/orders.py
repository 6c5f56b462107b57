"""The orders of the process that started us, and whether it is still there.

They come on standard input. A line is a JSON list: the name of a spider, the file of its job and,
where pages will have to be read, the modules with which workers begin. Before the first spider a
line may have such modules alone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

Order = tuple[str, str]
"""A spider and the file of its job."""


class Orders:
    """Reads standard input in a thread, so that its end is seen at once, whatever we are doing."""

    def __init__(self, *, idle: bool = False) -> None:
        """As we begin.

        Args:
            idle: Nothing is under way until the first order comes (`first`).
        """
        self._waiter: asyncio.Future[Order | None] | None = None
        self._first: Future[Order] | None = Future() if idle else None

    def listen(self) -> None:
        """Begin to read."""
        # a daemon: it is never done before the process is
        threading.Thread(target=self._hear_orders, daemon=True).start()

    def first(self) -> Order:
        """The first order, where we were started without a job. If none comes, the process ends
        without a message."""
        assert self._first is not None
        return self._first.result()

    def awaited(self) -> asyncio.Future[Order | None]:
        """The next order; None when none will come.

        From now on the end of standard input no longer ends us at once.
        """
        import asyncio  # what workers need is ordered before it is loaded

        self._waiter = asyncio.get_running_loop().create_future()
        return self._waiter

    def give_up(self) -> None:
        """Wait for no more orders. To be called in the event loop's thread."""
        waiter, self._waiter = self._waiter, None
        if waiter is not None:
            _set(waiter, None)

    def _hear_orders(self) -> None:
        said = b""
        while got := os.read(sys.stdin.fileno(), 1024):
            *lines, said = (said + got).split(b"\n")
            for line in lines:
                *order, last = json.loads(line)
                if isinstance(last, list):
                    _prepare(last)
                else:
                    order.append(last)
                if order:
                    self._answer((order[0], order[1]))
        self._answer(None)

    def _answer(self, order: Order | None) -> None:
        if self._first is not None and not self._first.done():
            if order is None:
                os._exit(0)  # nothing was begun
            self._first.set_result(order)
            return
        waiter, self._waiter = self._waiter, None
        if waiter is None:
            # at once: what is written is written, and the next start takes it in
            os._exit(1)
        waiter.get_loop().call_soon_threadsafe(_set, waiter, order)


def _set(waiter: asyncio.Future[Order | None], order: Order | None) -> None:
    if not waiter.done():
        waiter.set_result(order)


def _prepare(modules: list[str]) -> None:
    """Have workers begin to load while we load what fetches their pages."""
    from pipeline.run.worker import prepare

    prepare(modules)
