"""Which sources a report's notes point to. Pure."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from archive import urls
from archive.errors import BadUrlError
from archive.rows import SourceRow

if TYPE_CHECKING:
    from archive.records import ParsedReport


def note_sources(report: ParsedReport) -> tuple[tuple[SourceRow | None, ...], ...]:
    """For each note, for each of its URLs: the source, or None where what is printed is no address."""
    return tuple(tuple(_source_or_none(cited.url) for cited in note.urls) for note in report.notes)


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
