"""The queues in which Scrapy's downloader keeps requests: one slot a site, which waits between two
of its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twisted.python.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy import Request
    from scrapy.crawler import Crawler

# A slot without any delay would not look at the time at all, and so could not be paused.
LEAST_DELAY_S = 0.001

_last_seen: dict[str, float] = {}
"""When each slot of the spiders that this process ran before was last used: a site is asked at one
pace, whoever asks."""

_SLOT = "download_slot"
"""Key of `request.meta` that names a request's slot: Scrapy's own, and documented."""

PACE = "isw_pace"
"""Key of `request.meta`: the least seconds between two requests to its site."""


class Slots:
    """The slots of one crawl. Times are seconds of `time.monotonic`, as the downloader's."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    def settle(self, request: Request, slot: str, *, delay_s: float, width: int) -> None:
        """Put a request into a slot, and give the slot its pace.

        Args:
            request: Not yet sent.
            slot: Its name.
            delay_s: The least time between two of its requests.
            width: How many of its requests may be under way.
        """
        request.meta[_SLOT], request.meta[PACE] = slot, delay_s
        # for the slot that will be made for this request, or made again after a quiet minute
        made = {"delay": delay_s, "jitter": 0.0, "concurrency": width}
        self._downloader().per_slot_settings[slot] = made
        opened = self._opened(request, slot)
        self.hold(request, delay_s)
        opened.concurrency = width

    def hold(self, request: Request, least_s: float) -> None:
        """Let no slot be quicker than `least_s`, whatever AutoThrottle makes of it."""
        opened = self._slot_of(request)
        if opened is not None:
            opened.delay = max(opened.delay, least_s)
            opened.jitter = 0.0

    def pause(self, request: Request, until: float) -> None:
        """Let a request's slot send nothing before `until`."""
        opened = self._slot_of(request)
        if opened is not None:
            opened.delay = max(opened.delay, LEAST_DELAY_S)
            # the slot waits until `lastseen + delay`
            opened.lastseen = max(opened.lastseen, until - opened.delay)

    def turn(self, request: Request, now: float) -> float:
        """Take the slot's next turn for a request that is under way; seconds until it comes."""
        opened = self._slot_of(request)
        if opened is None:
            return 0.0
        opened.lastseen = max(now, opened.lastseen + opened.delay)
        return float(opened.lastseen - now)

    def end_waiting(
        self, request: Request, error: Exception, is_meant: Callable[[Request], bool]
    ) -> None:
        """End those of the requests waiting in the same slot that are meant."""
        opened = self._slot_of(request)
        for entry in [one for one in (opened.queue if opened else ()) if is_meant(one[0])]:
            opened.queue.remove(entry)
            entry[1].errback(Failure(error))  # type: ignore[no-untyped-call]

    def end_all_waiting(self, error: Exception) -> None:
        """End what waits for its turn with a host: Scrapy would wait, and a host may ask for
        minutes."""
        for slot in self._slots().values():
            while slot.queue:
                slot.queue.popleft()[1].errback(Failure(error))  # type: ignore[no-untyped-call]

    def asked(self) -> Iterator[Request]:
        """The requests that wait in a slot or are under way."""
        for slot in self._slots().values():
            yield from slot.active

    def is_idle(self) -> bool:
        """Whether the engine has no request at all: none in a slot, in a middleware, or answered
        and not taken yet."""
        engine = self._crawler.engine
        if engine is None or engine._slot is None:  # noqa: SLF001 - as above
            return False
        answered = engine.scraper.slot
        return not (
            self._downloader().active
            or (answered is not None and not answered.is_idle())
            or engine._slot.scheduler.has_pending_requests()  # noqa: SLF001
        )

    def remember(self, now: float) -> None:
        """Hand on to the next spider of this process when each site was asked last.

        Not what a site asked us to wait: the next spider hears that for itself, and has to know
        it, or it would take the silence for its own.
        """
        for name, slot in self._slots().items():
            _last_seen[name] = max(_last_seen.get(name, 0.0), min(slot.lastseen, now))

    def _opened(self, request: Request, name: str) -> Any:
        """The slot of a request, made now if there is none: with the past of its site."""
        if name not in self._slots():
            self._downloader()._get_slot(request)  # noqa: SLF001 - that is what this module is for
            self._slots()[name].lastseen = _last_seen.get(name, 0.0)
        return self._slots()[name]

    def _slot_of(self, request: Request) -> Any:
        return self._slots().get(request.meta.get(_SLOT, ""))

    def _slots(self) -> dict[str, Any]:
        slots: dict[str, Any] = self._downloader().slots
        return slots

    def _downloader(self) -> Any:
        if self._crawler.engine is None:
            raise AssertionError("a request before the engine started")
        return self._crawler.engine.downloader
