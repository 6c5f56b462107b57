"""From a capture that is on disk to its rows: response or error → page → process pool → one
transaction."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.clock import now
from archive.errors import ArchiveError
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Via
from crawler.download.failures import CannotKeepError, classify, describe
from crawler.frontier.fetches import Settled
from pipeline.read import mementos
from pipeline.read.process import unprocessed
from pipeline.run.pool import TaskTooHeavy, WorkerDied
from pipeline.run.spider_events import Captured, LeftUnread
from pipeline.run.unread import Unread, unread_of

if TYPE_CHECKING:
    from scrapy.http import Response

    from archive.model.fetch import FetchContext
    from archive.model.understood import Processed
    from crawler.context import CrawlContext
    from crawler.frontier.fetches import Fetch

logger = logging.getLogger(__name__)


async def settle_response(crawl: CrawlContext, fetch: Fetch, response: Response) -> Settled | None:
    """Read and commit a response that the capture middleware has written.

    Returns:
        None for a page that no worker could read: it stays unread, and the next start reads it
            again.

    Raises:
        CannotKeepError: The database cannot be written.
    """
    if fetch.written is None or fetch.context is None or fetch.captured_at is None:
        raise AssertionError(f"a response that was not captured: {response.url}")
    body, fetch.body = fetch.body, b""  # the fetch may outlast its page
    page = FetchedPage(
        context=fetch.context,
        final_url=response.url,
        captured_at=fetch.captured_at,
        http_status=response.status,
        headers=_lowered(response),
        body=body,
        truncated=fetch.truncated,
    )
    if fetch.joined is not None:
        (body, content_type), fetch.joined = fetch.joined, None
        headers = {"content-type": content_type}
        page = replace(page, http_status=None, headers=headers, body=body)
    return await settle_page(crawl, fetch, page)


async def settle_failure(
    crawl: CrawlContext, fetch: Fetch, url: str, error: Exception
) -> Settled | None:
    """Write, read and commit that a fetch ended without a response.

    Args:
        crawl: The crawl.
        fetch: What was fetched.
        url: The address that failed; the last hop's.
        error: What happened.

    Raises:
        CannotKeepError: The WARC or the database cannot be written.
    """
    fetch.captured_at = now()
    url = url.partition("#")[0]
    fetch.written, fetch.context = await crawl.write_failure(
        fetch, url, fetch.captured_at, classify(error)
    )
    page = FetchedPage(
        context=fetch.context,
        final_url=url,
        captured_at=fetch.captured_at,
        http_status=None,
        headers={},
        body=b"",
        error=fetch.context.error,
    )
    return await settle_page(crawl, fetch, page)


async def settle_page(crawl: CrawlContext, fetch: Fetch, page: FetchedPage) -> Settled | None:
    """Read and commit a page that is on disk.

    Returns:
        None for a page that no worker could read.

    Raises:
        CannotKeepError: The database cannot be written.
    """
    try:
        processed = await _understood(crawl, page)
        committed = await crawl.commit(processed, fetch)
    except CannotKeepError:
        raise
    except Exception as error:  # the one broad catch: a capture is kept whatever a parser does
        logger.exception("not understood: uri_r=%s", page.context.uri_r)
        processed = unprocessed((page, crawl.limits), ArchiveError(describe(error)))
        committed = await crawl.commit(processed, fetch)
    if committed is None or isinstance(processed, Unread):
        url = page.context.subject or page.context.uri_r
        crawl.progress.tell(LeftUnread(told_kind(page.context), url))
        return None
    settled = Settled(processed, committed)
    _tell(crawl, settled)
    return settled


async def _understood(crawl: CrawlContext, page: FetchedPage) -> Processed | Unread:
    try:
        return await crawl.understand(page)
    except (TaskTooHeavy, WorkerDied) as error:
        return unread_of((page, crawl.limits), error)
    except ArchiveError as error:
        # no worker at all: to go on would be to keep pages that nobody reads
        raise crawl.stopped_by(str(error)) from error


def _tell(crawl: CrawlContext, settled: Settled) -> None:
    page = settled.processed.page
    url = page.context.subject or page.context.uri_r
    counts = crawl.progress.counts
    counts["versions"] += settled.committed.new_version
    counts["incomplete"] += settled.committed.incomplete
    counts["failures"] += settled.processed.failure is not None
    kind, outcome = told_kind(page.context), str(settled.outcome)
    crawl.progress.tell(Captured(kind, url, outcome, page.http_status, settled.detail))
    logger.info(
        "captured: status=%s outcome=%s uri_r=%s",
        page.http_status,
        settled.outcome,
        page.context.uri_r,
    )


def told_kind(context: FetchContext) -> str:
    """The word for a capture in the crawl's output: a copy of another archive is not called a
    source."""
    if context.step == mementos.STEP:
        return "memento-question"
    is_copy = context.kind is Kind.SOURCE and context.via is Via.WAYBACK
    return "memento" if is_copy else str(context.kind)


def _lowered(response: Response) -> dict[str, str]:
    """Header names in lower case; the last of several wins."""
    headers = {}
    for name, values in dict.items(response.headers):
        if values:
            headers[name.decode("latin-1").lower()] = values[-1].decode("latin-1")
    return headers
