"""Which sources a report's notes point to. Pure."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.errors import BadUrlError
from archive.model.sources import SourceRow
from archive.model.vocabulary import ARRIVED, REDIRECT_STATUSES, Kind, Outcome, Via
from archive.urls import normal as urls
from archive.urls.platforms.registry import COPIES, LEADING

if TYPE_CHECKING:
    from archive.model.reports import CitedUrl, ParsedReport
    from archive.model.understood import FetchedPage


CUT = "cut"
"""Repair of an address that ends in an ellipsis and is not known whole."""

_LINK = re.compile(r"<\s*(https?://[^>\s]+)\s*>[^,<]*?;\s*rel\s*=\s*\"?([^\";,]+)", re.IGNORECASE)


def leads_to(page: FetchedPage, outcome: Outcome) -> str | None:
    """The source that a cited address led to, where that is another: of a short link its target, of
    a memento its original.

    In the form of `sources.url`, so that it is found among the sources that others cite by their
    own address.
    """
    context = page.context
    if context.kind is not Kind.SOURCE or context.via is Via.WAYBACK:
        return None
    try:
        cited = urls.identify(context.subject or context.uri_r)
        if cited.platform in COPIES:
            original = urls.copied_address(cited.key) or _stated_original(page)
            return urls.source_key(original) if original else None
        if context.subject is not None:
            return None  # a platform's view has another address than its post, and leads nowhere
        reached = _arrived_at(page, outcome, is_short=cited.platform in LEADING)
    except BadUrlError:
        return None
    return reached if reached != cited.key else None


def _arrived_at(page: FetchedPage, outcome: Outcome, *, is_short: bool) -> str | None:
    """The address at which a fetch ended, as a key.

    Of a short link's redirect that nobody followed, as in a saved file, where it points.
    """
    if outcome in ARRIVED:
        return urls.source_key(page.final_url)
    location = page.headers.get("location")
    if not is_short or not location or page.http_status not in REDIRECT_STATUSES:
        return None
    return urls.source_key(urljoin(page.final_url, location))


def _stated_original(page: FetchedPage) -> str | None:
    """What a copy's archive says it is a copy of (`Link: <…>.

    Rel="original"`, RFC 7089, section 2.2.2).
    """
    for target, relations in _LINK.findall(page.headers.get("link") or ""):
        if "original" in relations.lower().split():
            return str(target)
    return None


def note_sources(report: ParsedReport) -> tuple[tuple[SourceRow | None, ...], ...]:
    """For each note, for each of its URLs: the source, or None where what is printed is no address,
    or not all of one."""
    return tuple(tuple(_cited_source(cited) for cited in note.urls) for note in report.notes)


def _cited_source(cited: CitedUrl) -> SourceRow | None:
    """A cut address is kept as it is printed; at what stands there nothing was ever to be found."""
    return None if CUT in cited.repairs else _source_or_none(cited.url)


# The same reports are captured again and again, and neighbours cite the same; a row takes about 1
# kB.
@functools.lru_cache(maxsize=4096)
def _source_or_none(url: str) -> SourceRow | None:
    try:
        row = source_row(url)
    except BadUrlError:
        return None
    # a single label is a name in somebody's own network, or what is left of an address
    return row if "." in row.host or ":" in row.host else None


def source_row(cited_url: str) -> SourceRow:
    """The source that a URL points to; a copy of a report in another archive is a citation of that
    report, too.

    Raises:
        BadUrlError: It is no address at all.
    """
    identity = urls.identify(cited_url)
    report = urls.copied_address(identity.key) or identity.key
    key = urls.publication_key(report) if urls.is_report_url(report) else None
    return SourceRow(
        id=urls.stable_id(identity.key),
        url=identity.key,
        cited_url=identity.url,
        host=identity.host,
        domain=identity.domain,
        platform=identity.platform,
        account=identity.account,
        post_id=identity.post_id,
        publication_key=key,
    )
