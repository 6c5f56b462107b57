"""Records of what is understood of a fetched page: frozen, picklable, without behaviour.

From `FetchedPage`, one capture as it was sent, to `Processed`, all that was read of it. What a
report says is in `archive.model.reports`, what is stored in `archive.model.rows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.body import Body
    from archive.model.fetch import FetchContext
    from archive.model.media import MediaFacts, ShownMedia
    from archive.model.reports import ParsedReport
    from archive.model.sources import SourceRow
    from archive.model.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What the pure stages get: one capture, its body still as sent.

    Attributes:
        headers: Names lower-cased; the last of several wins.
        body: Bytes as sent, maybe content-encoded. Of a revisit, the bytes it refers to.
        error: As in `FetchContext`.
    """

    context: FetchContext
    final_url: str
    captured_at: datetime
    http_status: int | None
    headers: dict[str, str]
    body: Body
    error: tuple[str, str] | None = None
    truncated: str | None = None


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link in a text.

    Attributes:
        url: The whole address, as the page has it.
        words: What it is set on.
    """

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What a cited page says, cleaned.

    Attributes:
        text: Main text, paragraphs divided by a blank line.
        published: `YYYY-MM-DD`, never after the capture; None when unknown.
        language: ISO 639-1, or None when the text is too short to tell.
        flags: Sorted doubts about the extraction, such as `thin` or `too-large-for-extraction`.
        facts: What a platform says besides, as name and value: `posted_at`, `views`,
            `forwarded_from`, `forwarded_url`, `media`, …
        links: Where the text leads, in its order.
        media: What the page shows beside its words, in its order.
    """

    text: str
    title: str | None = None
    author: str | None = None
    site_name: str | None = None
    published: str | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[TextLink, ...] = ()
    media: tuple[ShownMedia, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a text is found by under other addresses.

    Attributes:
        words: How many it has.
        bands: Numbers that near texts are likely to share; none when only equal words count.
    """

    words: int
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureVerdict:
    """A capture's outcome and what decided it.

    Attributes:
        evidence: Small JSON-ready facts: `status`, `final_url`, `marker` (the words found), `rule`
            (its name).
    """

    outcome: Outcome
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A report that a discovery page names.

    Attributes:
        lastmod: ISO 8601 UTC when the page says when the report last changed.
    """

    url: str
    title: str | None = None
    lastmod: str | None = None
    published: str | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one discovery page holds: reports, and further discovery pages (sitemap shards, next
    list pages)."""

    reports: tuple[Found, ...] = ()
    pages: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Memento:
    """One copy that another archive says it holds.

    Attributes:
        url: The address it was copied from, as that archive writes it.
        at: When, ISO 8601 UTC.
        http_status: What that address answered; None where the archive only noted that nothing had
            changed.
        digest: Equal for copies with the same body; its form is the archive's own.
    """

    url: str
    at: str
    http_status: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Processed:
    """A capture, understood: one of `report`, `text`, `discovered`, or none of them.

    Attributes:
        digest: Of the report's content, for sorting captures into versions.
        sources: For each note of the report, for each of its URLs: the source, or None where it is
            no address.
        failure: What went wrong while understanding it, for a person to read; the capture is kept
            all the same.
        mementos: Of an answer about another archive's copies: those to try, best first; None when
            it says nothing.
        signature: Of the text, where it is long enough and what was cited, to find it under other
            addresses.
        media: What a source's page shows, or what a listing of a post's media names.
        media_facts: Of a picture or video that was fetched: what its bytes say.
        kept: Of something shown whose body stands in a file: how many bytes it has without its
            content coding, and their `sha256:<hex>`. None: the page has its body.
    """

    page: FetchedPage
    verdict: CaptureVerdict
    report: ParsedReport | None = None
    text: PageText | None = None
    discovered: Discovered | None = None
    digest: str | None = None
    sources: tuple[tuple[SourceRow | None, ...], ...] = ()
    failure: str | None = None
    mementos: tuple[Memento, ...] | None = None
    signature: Signature | None = None
    media: tuple[ShownMedia, ...] = ()
    media_facts: MediaFacts | None = None
    kept: tuple[int, str] | None = None
