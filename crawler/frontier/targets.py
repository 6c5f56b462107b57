"""From a target to a request, and in which order targets are fetched."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from archive.errors import BadUrlError
from archive.model.fetch import FetchContext
from archive.model.vocabulary import Kind, Via
from archive.urls import normal as urls
from crawler.download.failures import BadTargetError, PrivateAddressError
from pipeline.read.platforms.telegram import is_private

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from archive.model.fetch import Hop, Target, Written
    from archive.model.vocabulary import Outcome
    from crawler.handle import Settled

FETCH = "fetch"
"""Key of `request.meta` under which the `Fetch` travels; redirects share it."""

SECRET = "isw_secret"  # noqa: S105 - a key of `request.meta`
"""Marks a request that carries keys: it is kept nowhere, and sent to nobody whose certificate cannot be verified."""


@dataclass(slots=True, eq=False)
class Fetch:
    """One logical fetch, from its first request to the record that ends it. Shared by all its hops.

    Attributes:
        uri_r: What is captured; differs from the target's URL only when another archive answers for it.
        capture_id: None until the first record is written.
        hops: Redirects followed so far.
        written: The record that ends the fetch.
        context: The context kept in that record.
        captured_at: When that record's response was complete.
        truncated: Why its body is not whole, or None.
        tries: How often this target was fetched before in this run.
        last_try: Another try in this run would be refused.
        waiter: Who waits for the last try to end, or None.
    """

    target: Target
    uri_r: str = ""
    via: Via = Via.LIVE
    memento_at: str | None = None
    capture_id: int | None = None
    hops: list[Hop] = field(default_factory=list)
    written: Written | None = None
    context: FetchContext | None = None
    captured_at: datetime | None = None
    truncated: str | None = None
    tries: int = 0
    last_try: bool = False
    waiter: asyncio.Future[Settled | None] | None = None

    def __post_init__(self) -> None:
        self.uri_r = self.uri_r or self.target.url

    @property
    def purpose(self) -> tuple[Kind, str, str]:
        """What two fetches of one run have in common when the second would tell nothing new.

        Two sources may be fetched at one address, such as a post and a comment below it: each needs a capture of its
        own. The second request costs little (its payload becomes a revisit).
        """
        target = self.target
        if target.kind is not Kind.SOURCE:
            return target.kind, target.url, ""
        cited = target.subject or target.url
        try:
            return target.kind, target.url, urls.source_key(cited)
        except BadUrlError:  # it ends as unsupported, once
            return target.kind, target.url, cited

    def again(self) -> Fetch:
        """The next try of the same fetch: another capture."""
        return Fetch(
            self.target,
            uri_r=self.uri_r,
            via=self.via,
            memento_at=self.memento_at,
            tries=self.tries + 1,
            waiter=self.waiter,
        )

    def elsewhere(self, url: str) -> Fetch:
        """The fetch of another view of the same source: another capture."""
        target = replace(
            self.target,
            url=url,
            subject=self.target.subject or self.target.url,
            etag=None,
            last_modified=None,
            previous=None,
        )
        return Fetch(target, waiter=self.waiter)

    def make_context(
        self,
        *,
        run: str | None,
        final: bool,
        tls_verified: bool | None = None,
        led_by: str | None = None,
        error: tuple[Outcome, str] | None = None,
    ) -> FetchContext:
        """What the next record says about this fetch; its capture has a number by now."""
        if self.capture_id is None:
            raise AssertionError(f"no capture number yet: {self.uri_r}")
        return FetchContext(
            capture_id=self.capture_id,
            kind=self.target.kind,
            uri_r=self.uri_r,
            via=self.via,
            reason=self.target.reason,
            hop=len(self.hops),
            final=final,
            tls_verified=tls_verified,
            led_by=None if led_by == "redirect" else led_by,
            step=self.target.step,
            memento_at=self.memento_at,
            error=(str(error[0]), error[1]) if error else None,
            run=run,
            subject=self.target.subject,
        )


def validators(target: Target, url: str) -> dict[str, str]:
    """Headers that make the request for `url` conditional.

    Only for the very address that the earlier payload came from: a date that fits one page of a redirect chain may
    fit another by accident, and a 304 would then stand for a page never seen.
    """
    if target.previous is None or url.partition("#")[0] != target.previous.uri.partition("#")[0]:
        return {}
    headers = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in headers.items() if value}


def request_for(fetch: Fetch, **kwargs: Any) -> Request:
    """The first request of a fetch.

    Raises:
        BadTargetError: The URL is none that could be requested.
        PrivateAddressError: Nobody without an account is shown anything there.
    """
    url = fetch.target.url
    if not url.lower().startswith(("http://", "https://")):
        raise BadTargetError(f"not an http(s) address: {url}")
    if fetch.target.kind is Kind.SOURCE and is_private(fetch.target.subject or url):
        raise PrivateAddressError(f"only members of the channel are shown anything there: {url}")
    try:
        request = Request(url, meta={FETCH: fetch}, dont_filter=True, **kwargs)
    except ValueError as error:
        raise BadTargetError(f"no address that can be requested: {error}") from error
    request.headers.update(validators(fetch.target, request.url))
    return request


def robots_fetch(target: Target) -> Fetch:
    """The fetch behind a request that no spider made: the robots middleware asks for robots.txt."""
    if target.kind is not Kind.ROBOTS:
        raise AssertionError(f"only robots.txt is fetched without a spider: {target.url}")
    return Fetch(target)


class Frontier:
    """Which fetch comes next: spread over hosts, at most a few of one host under way.

    Scrapy's own queue would fill its places with requests that wait for the same slow host. Here each host has a queue;
    hosts take turns, and a host that has enough under way is passed over.
    """

    def __init__(self, host_of: Callable[[str], str], per_host: int) -> None:
        """An empty frontier.

        Args:
            host_of: The key under which URLs share their politeness, for example the registered domain.
            per_host: How many fetches of one host may be under way.
        """
        self._host_of = host_of
        self._per_host = per_host
        self._queues: dict[str, deque[Fetch]] = {}
        self._turns: deque[str] = deque()
        self._active: dict[str, int] = {}
        self._seen: set[tuple[Kind, str, str]] = set()
        self._later: list[tuple[float, int, Fetch]] = []
        self._order = itertools.count()

    def __len__(self) -> int:
        """How many fetches wait, now or for their time."""
        return self.ready + len(self._later)

    @property
    def ready(self) -> int:
        """How many fetches wait for nothing but their turn."""
        return sum(map(len, self._queues.values()))

    def queued(self) -> Iterator[Fetch]:
        """The fetches that wait for nothing but their turn."""
        return itertools.chain.from_iterable(self._queues.values())

    @property
    def under_way(self) -> int:
        """How many fetches were taken and are not done."""
        return sum(self._active.values())

    def add(self, fetch: Fetch, *, first: bool = False) -> bool:
        """Queue it, unless it was asked for before in this run, for the same purpose; says whether.

        Args:
            fetch: What to fetch.
            first: Before everything else of its host.
        """
        purpose = fetch.purpose
        if purpose in self._seen:
            return False
        self._seen.add(purpose)
        self._push(fetch, first=first)
        return True

    def drop_all(self) -> list[Fetch]:
        """Empty it of all that waits, and give that back."""
        waiting = [fetch for queue in self._queues.values() for fetch in queue]
        waiting += [fetch for _, _, fetch in self._later]
        self._queues.clear()
        self._turns.clear()
        self._later.clear()
        return waiting

    def add_later(self, fetch: Fetch, at: float) -> None:
        """Queue a further try for the moment `at`, of the clock that `take` is told."""
        heapq.heappush(self._later, (at, next(self._order), fetch))

    def take(self, now: float) -> Fetch | None:
        """The next fetch that may start, or None when none may at this moment."""
        while self._later and self._later[0][0] <= now:
            self._push(heapq.heappop(self._later)[2])
        for _ in range(len(self._turns)):
            host = self._turns[0]
            self._turns.rotate(-1)
            if self._active.get(host, 0) < self._per_host:
                return self._pop(host)
        return None

    def next_time(self) -> float | None:
        """When the earliest further try is due; None when there is none."""
        return self._later[0][0] if self._later else None

    def done(self, fetch: Fetch) -> None:
        """A fetch that was taken has ended."""
        host = self._host_of(fetch.target.url)
        self._active[host] -= 1
        if not self._active[host]:
            del self._active[host]

    def _push(self, fetch: Fetch, *, first: bool = False) -> None:
        host = self._host_of(fetch.target.url)
        if host not in self._queues:
            self._queues[host] = deque()
            self._turns.append(host)
        if first:
            self._queues[host].appendleft(fetch)
        else:
            self._queues[host].append(fetch)

    def _pop(self, host: str) -> Fetch:
        queue = self._queues[host]
        fetch = queue.popleft()
        if not queue:
            del self._queues[host]
            self._turns.remove(host)
        self._active[host] = self._active.get(host, 0) + 1
        return fetch
