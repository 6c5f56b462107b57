"""Which sources a report's notes point to. Pure."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.records import Kind, Outcome, Via
from archive.model.rows import SourceRow
from archive.urls import normal as urls

if TYPE_CHECKING:
    from archive.model.records import FetchedPage
    from archive.model.reports import CitedUrl, ParsedReport


CUT = "cut"
"""Repair of an address that ends in an ellipsis and is not known whole."""

ARRIVED = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.PAYWALL, Outcome.TRUNCATED})
"""Outcomes of a capture that ended at what was cited."""


def leads_to(page: FetchedPage, outcome: Outcome) -> str | None:
    """The source that a cited address led to, where that is another: of a short link its target, of a memento its original.

    In the form of `sources.url`, so that it is found among the sources that others cite by their own address.
    """
    context = page.context
    if context.kind is not Kind.SOURCE or context.via is Via.WAYBACK:
        return None
    try:
        cited = urls.identify(context.subject or context.uri_r)
        if cited.platform == "wayback":
            parts = urls.wayback_parts(cited.url)
            return urls.source_key(parts[1]) if parts else None
        if context.subject is not None or outcome not in ARRIVED:
            return None  # a platform's view has another address than its post, and leads nowhere
        reached = urls.source_key(page.final_url)
    except BadUrlError:
        return None
    return reached if reached != cited.key else None


def note_sources(report: ParsedReport) -> tuple[tuple[SourceRow | None, ...], ...]:
    """For each note, for each of its URLs: the source, or None where what is printed is no address, or not all of one."""
    return tuple(tuple(_cited_source(cited) for cited in note.urls) for note in report.notes)


def _cited_source(cited: CitedUrl) -> SourceRow | None:
    """A cut address is kept as it is printed; at what stands there nothing was ever to be found."""
    return None if CUT in cited.repairs else _source_or_none(cited.url)


# The same reports are captured again and again, and neighbours cite the same; a row takes about 1 kB.
@functools.lru_cache(maxsize=4096)
def _source_or_none(url: str) -> SourceRow | None:
    try:
        return source_row(url)
    except BadUrlError:
        return None


def source_row(cited_url: str) -> SourceRow:
    """The source that a URL points to.

    Raises:
        BadUrlError: It is no address at all.
    """
    identity = urls.identify(cited_url)
    key = urls.publication_key(cited_url) if urls.is_report_url(cited_url) else None
    return SourceRow(
        id=urls.stable_id(identity.key),
        url=identity.key,
        cited_url=urls.fetchable(cited_url),
        host=identity.host,
        domain=identity.domain,
        platform=identity.platform,
        account=identity.account,
        post_id=identity.post_id,
        publication_key=key,
    )
