"""From a target to a request, and to what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from archive.errors import BadUrlError
from archive.model.fetch import FetchContext
from archive.model.vocabulary import Kind, Outcome, Via
from archive.urls import normal as urls
from crawler.download.failures import BadTargetError, PrivateAddressError
from crawler.download.scrapy_internals.client import APART
from pipeline.read.platforms.registry import private_at

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime

    from archive.model.body import Body
    from archive.model.fetch import Hop, Target, Written
    from archive.model.media import Part
    from archive.model.understood import Processed
    from pipeline.run.ingest import Committed

FETCH = "fetch"
"""Key of `request.meta` under which the `Fetch` travels; redirects share it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A fetch that has ended: kept, understood, indexed."""

    processed: Processed
    committed: Committed

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        return Outcome(self.committed.outcome)

    @property
    def detail(self) -> str | None:
        """One line for a person on what went wrong, or None."""
        page = self.processed.page
        said = self.committed.message or self.processed.failure
        return said or (page.error[1] if page.error else None)


@dataclass(slots=True, eq=False)
class Fetch:
    """One logical fetch, from its first request to the record that ends it. Shared by all its hops.

    Attributes:
        uri_r: What is captured; differs from the target's URL only when another archive answers for
            it.
        capture_id: None until the first record is written.
        hops: Redirects followed so far.
        written: The record that ends the fetch.
        context: The context kept in that record.
        captured_at: When that record's response was complete.
        truncated: Why its body is not whole, or None.
        tries: How often this target was fetched before in this run.
        last_try: Another try in this run would be refused.
        waiter: Who waits for the last try to end, or None.
        body: Of that response, as it was sent.
        joined: What was put together from two downloads, with its type; None for what came whole.
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
    joined: tuple[Body, str] | None = None
    body: Body = b""

    def __post_init__(self) -> None:
        self.uri_r = self.uri_r or self.target.url

    @property
    def purpose(self) -> tuple[Kind, str, str]:
        """What two fetches of one run have in common when the second would tell nothing new.

        Two sources may be fetched at one address, such as a post and a comment below it: each needs
        a capture of its own. The second request costs little (its payload becomes a revisit).
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
        joined: str | None = None,
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
            joined=joined,
        )


def validators(target: Target, url: str) -> dict[str, str]:
    """Headers that make the request for `url` conditional.

    Only for the very address that the earlier payload came from: a date that fits one page of a
    redirect chain may fit another by accident, and a 304 would then stand for a page never seen.
    """
    if target.previous is None or url.partition("#")[0] != target.previous.uri.partition("#")[0]:
        return {}
    headers = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in headers.items() if value}


def asks_for_rest(part: Part) -> dict[str, str]:
    """Headers that ask for what is not there yet, if the file is still the same; else for all."""
    named = part.etag or part.last_modified or ""
    return {"Range": f"bytes={part.size}-", "If-Range": named, "Accept-Encoding": "identity"}


def request_for(fetch: Fetch, **kwargs: Any) -> Request:
    """The first request of a fetch.

    Raises:
        BadTargetError: The URL is none that could be requested.
        PrivateAddressError: Nobody without an account is shown anything there.
    """
    url = fetch.target.url
    if not url.lower().startswith(("http://", "https://")):
        raise BadTargetError(f"not an http(s) address: {url}")
    if fetch.target.kind is Kind.SOURCE and private_at(fetch.target.subject or url):
        raise PrivateAddressError(f"only members of the channel are shown anything there: {url}")
    try:
        request = Request(url, meta={FETCH: fetch, APART: True}, dont_filter=True, **kwargs)
    except ValueError as error:
        raise BadTargetError(f"no address that can be requested: {error}") from error
    request.headers.update(validators(fetch.target, request.url))
    if fetch.target.part is not None:
        request.headers.update(asks_for_rest(fetch.target.part))
    return request


def robots_fetch(target: Target) -> Fetch:
    """The fetch behind a request that no spider made: the robots middleware asks for robots.txt."""
    if target.kind is not Kind.ROBOTS:
        raise AssertionError(f"only robots.txt is fetched without a spider: {target.url}")
    return Fetch(target)
