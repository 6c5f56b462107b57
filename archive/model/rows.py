"""The records that go into the store: one `CaptureUpdate` is one transaction."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.model.browser import BrowserPageRow, BrowserPartRow
    from archive.model.fetch import Hop
    from archive.model.media import LooksAlike, MediaFile, MediaRow, MediaSight
    from archive.model.related import PostLink
    from archive.model.reports import Attachment, Change, ParsedReport, VersionRun
    from archive.model.sources import SourceRow
    from archive.model.support import Naming
    from archive.model.understood import Memento, TextLink


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One row of `captures`; the fields are its columns."""

    id: int
    kind: str
    url: str
    source_id: int | None
    publication_id: int | None
    captured_at: str
    outcome: str
    http_status: int | None
    final_url: str
    via: str
    reason: str
    run: str | None
    content_type: str | None
    payload_bytes: int | None
    payload_digest: str | None
    content_digest: str | None
    text_id: int | None
    warc_file: str
    warc_offset: int
    warc_length: int
    record_id: str
    revisit_of: str | None
    tls_verified: int | None
    etag: str | None
    last_modified: str | None
    memento_at: str | None
    origin: str | None
    complete: int | None
    evidence: str
    facts: str
    clock_skew_s: int | None = None
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of `texts`."""

    id: int
    text: str
    title: str | None
    author: str | None
    site_name: str | None
    published: str | None
    language: str | None
    flags: str
    digest: str
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What the captures of one source or publication add up to."""

    captures: int
    first_captured_at: str
    last_captured_at: str
    next_due_at: str | None
    last_outcome: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """What makes a publication, and what discovery says of it."""

    id: int
    key: str
    url: str
    publisher: str
    title: str | None = None
    found_at: str | None = None
    found_by: str | None = None
    published: str | None = None
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version to be written whole, in place of what stood there.

    Attributes:
        sources: For each note, for each of its URLs: the source, or None where the URL is no
            address.
    """

    run: VersionRun
    version: int
    report_id: str
    report: ParsedReport
    digest: str
    change: Change | None
    sources: tuple[tuple[SourceRow | None, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionTouch:
    """A version that stays, with new counts or another place in the order."""

    run: VersionRun
    version: int
    change: Change | None


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """How the versions of one publication change with this capture."""

    delete: tuple[int, ...] = ()
    touch: tuple[VersionTouch, ...] = ()
    write: tuple[VersionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NearPair:
    """One row of `near_texts`: two texts, the lesser id first."""

    text_id: int
    other_id: int
    resemblance: float


@dataclass(frozen=True, slots=True)
class SharedText:
    """That a source holds a text which may stand under other addresses too.

    Attributes:
        same: Equal for texts with the same words.
        bands: To be stored; none when they are, or when the text is too short to be near another.
        together: Pairs that the text brings.
        apart: Pairs that end with it.
    """

    source_id: int
    text_id: int
    same: int
    bands: tuple[int, ...] = ()
    together: tuple[NearPair, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MementoCheckRow:
    """One row of `memento_checks`: a question to another archive; `found` is null when there was no
    answer."""

    capture_id: int
    source_id: int
    checked_at: str
    found: str | None


@dataclass(frozen=True, slots=True)
class MementoRow:
    """One row of `mementos`: what is known of other archives' copies of a source."""

    source_id: int
    url: str | None
    memento_at: str | None
    http_status: int | None
    outcome: str
    checked_at: str | None
    checks: int
    capture_id: int | None
    next_due_at: str | None
    answered_at: str | None
    round_due_at: str | None


@dataclass(frozen=True, slots=True)
class DriftRow:
    """What a capture's text is against its source's first good one; columns `drift…` of
    `captures`."""

    capture_id: int
    drift: str | None
    drift_from: int | None
    drift_detail: str | None


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One row of `verdicts`."""

    source_id: int
    capture_id: int
    decided_at: str
    status: str
    rule: str
    drift: str | None
    since: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of `events` about a source."""

    id: str
    at: str
    kind: str
    subject: str
    source_id: int
    capture_id: int
    detail: str


@dataclass(frozen=True, slots=True)
class Followed:
    """From when to when a source was seen, by its verdicts; columns of `sources`.

    Attributes:
        first_seen_at, last_seen_at: None when it never was.
        drifted_at: The first check that found another text.
        compared: Whether its text could ever be compared.
    """

    first_seen_at: str | None = None
    last_seen_at: str | None = None
    drifted_at: str | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class SourceVerdicts:
    """What is thought of one source, whole: it takes the place of what was thought before.

    Attributes:
        history: Of its captures, that which comes in among them; with when it is due.
        followed: How long it was seen.
        drifts: Of captures whose text was compared with another first one, or never.
    """

    source_id: int
    status: str
    drift: str | None
    dead_since: str | None
    history: History
    followed: Followed = Followed()
    verdicts: tuple[VerdictRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    drifts: tuple[DriftRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureUpdate:
    """Everything that one capture changes."""

    capture: CaptureRow
    hops: tuple[Hop, ...] = ()
    failure: str | None = None
    text: TextRow | None = None
    links: tuple[TextLink, ...] = ()
    naming: Naming | None = None
    shared: SharedText | None = None
    attachments: tuple[Attachment, ...] = ()
    source: SourceRow | None = None
    memento_check: MementoCheckRow | None = None
    memento: MementoRow | None = None
    verdicts: tuple[SourceVerdicts, ...] = ()
    publication: PublicationRow | None = None
    publication_history: History | None = None
    aliases: tuple[str, ...] = ()
    plan: VersionPlan | None = None
    found: tuple[PublicationRow, ...] = ()
    media: tuple[MediaRow, ...] = ()
    media_file: MediaFile | None = None
    looks: LooksAlike | None = None
    sight: MediaSight | None = None
    media_events: tuple[EventRow, ...] = ()
    browser_page: BrowserPageRow | None = None
    browser_part: BrowserPartRow | None = None
    related: tuple[PostLink, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRow:
    """One row of `runs`."""

    id: str
    job: str
    arguments: dict[str, Any]
    started_at: str
    who: str | None = None
    reason: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


def found_text(found: tuple[Memento, ...] | None) -> str | None:
    """Copies as the table of questions keeps them."""
    return None if found is None else json.dumps([asdict(m) for m in found], ensure_ascii=False)
