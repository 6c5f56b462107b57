"""Asking a Wayback with patience: its pace, retries, the waits that it asks for, and when it is left
alone.

tenacity owns these further tries; how one request travels is the caller's business, so that this
works over any crawler.

| number | value | who asks for it |
| --- | --- | --- |
| between two questions to the index | 1.25 s | the Internet Archive: 80 % of its limit of 60 a minute (EDGI's `wayback` client) |
| `Retry-After` | as asked; over 300 s it is left alone for the rest of the run | RFC 9110, 10.2.3 |
| without it | 10 s, doubled each time, at most 60 s | EDGI waits 60 s after a 429 that says nothing |
| questions in a row without an answer | 3, then it is left alone for the rest of the run | as the crawl's own breaker |
"""  # noqa: E501

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Self

    from archive.config import Settings
    from archive.model.understood import Memento

QUESTION_EVERY_S = 1.25
FIRST_PAUSE_S = 10.0
MAX_PAUSE_S = 60.0
MAX_RETRY_AFTER_S = 300.0
MAX_SILENT = 3


@dataclass(frozen=True, slots=True)
class WaybackAnswer:
    """What came of one request.

    Attributes:
        said: The Wayback answered what was asked, be it that it has nothing. Otherwise another try
            may help.
        good: A copy was had.
        mementos: Of a question: the copies to try, best first.
        retry_after_s: Seconds it asks us to wait.
        final: Another try would be refused, by ourselves or by the Wayback.
        detail: What went wrong, in one line.
    """

    said: bool
    good: bool = False
    mementos: tuple[Memento, ...] = ()
    retry_after_s: float | None = None
    final: bool = False
    detail: str | None = None


@dataclass(slots=True)
class Wayback:
    """One Wayback during one run.

    Attributes:
        tries: For each request, the first included.
        every_s: Least seconds between two questions.
        first_pause_s: Seconds before the second try, doubled for each next one.
        sleep: Waits so many seconds.
        clock: Seconds that only grow.
        down: Why it is left alone, or None while it answers.
    """

    tries: int = 3
    every_s: float = QUESTION_EVERY_S
    first_pause_s: float = FIRST_PAUSE_S
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    down: str | None = None
    _silent: int = 0
    _next: float = field(default=float("-inf"))

    @classmethod
    def under(cls, settings: Settings) -> Self:
        """With the tries that settings allow; at its own pace, unless they ask for none at all:
        that is for networks of one's own, and then the Wayback is one's own, too."""
        tries = 1 + settings.retries
        return cls(tries, 0.0, 0.0) if settings.host_delay_s == 0 else cls(tries)

    async def ask(self, send: Callable[[], Awaitable[WaybackAnswer]]) -> WaybackAnswer:
        """Ask the index; each try keeps its distance from the question before.

        Args:
            send: Makes one request.
        """

        async def paced() -> WaybackAnswer:
            moment = max(self.clock(), self._next)
            self._next = moment + self.every_s
            if moment > self.clock():
                await self.sleep(moment - self.clock())
            return await send()

        return await self.take(paced)

    async def take(self, send: Callable[[], Awaitable[WaybackAnswer]]) -> WaybackAnswer:
        """Make one request, again where that may help; a Wayback that is silent too often is left
        alone.

        Args:
            send: Makes one request.
        """

        async def sent() -> WaybackAnswer:  # tenacity awaits only what it can see to be a coroutine
            return await send()

        retrying: AsyncRetrying = AsyncRetrying(
            retry=retry_if_result(_may_pass),
            stop=stop_after_attempt(max(1, self.tries)),
            wait=self._pause_s,
            sleep=self.sleep,
            retry_error_callback=_last,
        )
        answer: WaybackAnswer = await retrying(sent)
        self._silent = 0 if answer.said else self._silent + 1
        if answer.final or _asks_to_stay_away(answer) or self._silent >= MAX_SILENT:
            self.down = self.down or answer.detail or "no answer"
        return answer

    def _pause_s(self, state: RetryCallState) -> float:
        asked = _last(state).retry_after_s
        if asked is not None:
            return asked
        return min(MAX_PAUSE_S, self.first_pause_s * 2.0 ** (state.attempt_number - 1))


def _last(state: RetryCallState) -> WaybackAnswer:
    if state.outcome is None:
        raise AssertionError("asked before the first try ended")
    answer: WaybackAnswer = state.outcome.result()
    return answer


def _may_pass(answer: WaybackAnswer) -> bool:
    return not answer.said and not answer.final and not _asks_to_stay_away(answer)


def _asks_to_stay_away(answer: WaybackAnswer) -> bool:
    return not answer.said and (answer.retry_after_s or 0.0) > MAX_RETRY_AFTER_S
