"""One capture, understood. Pure: no I/O, no clock; it runs in a worker process and can be ended
there."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.errors import ArchiveError, MachineError
from archive.model.browser import PAGE
from archive.model.reports import NotAReport, ParsedReport
from archive.model.understood import CaptureVerdict, FetchedPage, Processed
from archive.model.vocabulary import (
    CODING_UNSEEN,
    FINDABLE,
    MEDIA_CODING_UNSEEN,
    MEDIA_SHOWN,
    READABLE,
    Kind,
    Outcome,
)
from archive.warc.decode import decode_body, encodings
from archive.warc.digests import sha256_digest
from pipeline.read import mementos
from pipeline.read.content import content_of, digest
from pipeline.read.references.kinds import kind_of
from pipeline.read.sources import note_sources

if TYPE_CHECKING:
    from archive.model.body import LargeBody
    from archive.model.understood import PageText

CUT_REPORT = "the page breaks off; no version is made of a part, which would look like an edit"

PLAIN_TEXT = "plain-text"
REPOST = "repost"

UNTRUE = "untrue"
"""Evidence `coding`: the headers name a content coding that the body is not in."""

_RESOURCE = ("record", "resource")
"""Evidence of what came without a server's head."""

TOO_LARGE = "too-large"
_FLAGGED = {
    TOO_LARGE: Outcome.TOO_LARGE,
    "broken": Outcome.TRUNCATED,
    "unknown-encoding": Outcome.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the work on one page.

    Attributes:
        max_bytes: Of the body once unpacked.
        extract_max_bytes: Larger pages give their paragraphs as they stand; see `Settings`.
    """

    max_bytes: int = 30_000_000
    extract_max_bytes: int = 1_000_000


def process(page: FetchedPage, limits: Limits) -> Processed:
    """Decode, judge and read one capture.

    Whatever cannot be read becomes `Processed.failure`, a mistake of a parser's too; the capture is
    kept either way.

    Raises:
        MemoryError: The page needs more than its worker may have.
        MachineError: The system refuses what a library asks of it, such as room to unpack a model:
            nothing is to be thought of the page for that.
    """
    try:
        if isinstance(page.body, bytes):
            return _understand(page, page.body, limits)
        return _understand_large(page, page.body, limits)
    except MemoryError:
        raise
    except OSError as error:
        # libraries raise it of odd content, too, and then without the system's number
        if error.errno is None:
            return _not_understood(page, error)
        raise MachineError(f"the page could not be read: {error_with_advice(error)}") from error
    except Exception as error:  # noqa: BLE001 - recovery and rebuild read every record: one page must not end them
        return _not_understood(page, error)


def process_apart(page: FetchedPage, limits: Limits) -> Processed:
    """As `process`, for another process that has the page: its body does not travel back.

    Raises:
        MemoryError: As `process`.
        MachineError: As `process`.
    """
    found = process(page, limits)
    return replace(found, page=replace(found.page, body=b""))


def _judged(page: FetchedPage, text: PageText | None, body: bytes) -> CaptureVerdict:
    # as late as in the functions below: who has worker processes read what it takes in mostly needs
    # none of it
    from pipeline.read.outcomes import judge_capture

    return judge_capture(page, text, body)


def _not_understood(page: FetchedPage, error: Exception) -> Processed:
    """Judged by its status alone; the failure names the line, for whoever mends the parser."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    outcome = Outcome.OK if page.http_status == 200 else _judged(page, None, b"").outcome
    evidence = {"rule": "not-understood", "status": page.http_status}
    said = f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
    return Processed(page, CaptureVerdict(outcome, evidence), failure=said)


def is_unread(page: FetchedPage) -> bool:
    """Whether nothing is read of it (failures, answers without a body, robots.txt), so that no
    worker is needed."""
    return page.context.kind is Kind.ROBOTS or page.error is not None or not page.body


def _understand_large(page: FetchedPage, body: LargeBody, limits: Limits) -> Processed:
    """What stands in a file: what a page shows is looked at where it stands, all else is read whole
    as any other."""
    from pipeline.read.fetched_media import kept_body, read_media

    context, is_http = page.context, page.http_status is not None
    most = limits.max_bytes if is_http and not encodings(page.headers) else len(body)
    if context.kind is Kind.MEDIA and not encodings(page.headers):
        found = replace(read_media(page, body.view(most)), kept=(len(body), body.digest))
        found = _with_flag(found, TOO_LARGE if most < len(body) else None)
        return found if is_http else _noted(found, *_RESOURCE)
    raw = body.view(most + 1)[:]  # by one more than it may have it is seen to be too large
    bare = replace(page, body=raw)
    found = replace(_understand(bare, raw, limits), page=page)
    if context.kind is not Kind.MEDIA or found.verdict.outcome is not Outcome.OK:
        return found
    kept = kept_body(bare)
    return replace(found, kept=(len(kept), sha256_digest(kept)))


def _understand(page: FetchedPage, body: bytes, limits: Limits) -> Processed:
    if mementos.is_copy(page):
        return _copy(page, limits)
    if page.context.kind is Kind.ROBOTS and page.http_status == 200:
        # what the rules say is the crawler's business; that they were there is all that counts here
        return Processed(page, CaptureVerdict(Outcome.OK, {"rule": "robots.txt", "status": 200}))
    if page.context.kind is Kind.BROWSER and page.error is None:
        return _browsed(page, body, limits)
    if is_unread(page):
        return Processed(page, _judged(page, None, b""))
    if page.http_status is None:
        return _without_http(page, body, limits)
    decoded = decode_body(body, page.headers, limits.max_bytes)
    return _with_flag(_read_by_kind(page, decoded.body, limits), decoded.flag)


def _with_flag(processed: Processed, flag: str | None) -> Processed:
    """What was read, with what the undoing of its content coding met."""
    if flag == UNTRUE:
        return _noted(processed, "coding", UNTRUE)
    if flag is not None and processed.mementos is not None:
        # of a list that breaks off nothing can be said
        processed = replace(processed, mementos=None)
    is_media = processed.page.context.kind is Kind.MEDIA
    unseen = MEDIA_CODING_UNSEEN if is_media else CODING_UNSEEN
    if flag is None or processed.verdict.outcome not in unseen:
        return processed
    evidence = {**processed.verdict.evidence, "rule": "content-coding", "marker": flag}
    verdict = CaptureVerdict(_FLAGGED[flag], evidence)
    if processed.report is not None and verdict.outcome is not Outcome.UNSUPPORTED:
        return Processed(processed.page, verdict, failure=CUT_REPORT)
    return replace(processed, verdict=verdict)


def _noted(processed: Processed, name: str, value: str) -> Processed:
    """The same with one more fact in its evidence."""
    verdict = processed.verdict
    noted = CaptureVerdict(verdict.outcome, {**verdict.evidence, name: value})
    return replace(processed, verdict=noted)


def _copy(page: FetchedPage, limits: Limits) -> Processed:
    """Process another archive's copy, by the rules for the page that it is a copy of."""
    processed = replace(process(mementos.as_original(page), limits), page=page)
    if processed.verdict.outcome is Outcome.OK and not mementos.is_replay(page):
        evidence = {**processed.verdict.evidence, "rule": "no-copy", "final_url": page.final_url}
        return Processed(page, CaptureVerdict(Outcome.REDIRECTED_AWAY, evidence))
    return processed


def report_processed(page: FetchedPage, verdict: CaptureVerdict, report: ParsedReport) -> Processed:
    """A report with all that can be made of it without the database, so that the worker does it."""
    report = replace(
        report, notes=tuple(replace(note, kind=kind_of(note)) for note in report.notes)
    )
    return Processed(
        page,
        verdict,
        report=report,
        digest=digest(content_of(report), report.parser),
        sources=note_sources(report),
    )


def unprocessed(task: tuple[FetchedPage, Limits], error: ArchiveError) -> Processed:
    """What stands for a capture whose worker was ended: judged by its status alone, with the
    failure said."""
    page = task[0]
    return Processed(page, _judged(page, None, b""), failure=str(error))


def _without_http(page: FetchedPage, body: bytes, limits: Limits) -> Processed:
    """A repost, or what somebody kept of an address without the server's head (a `resource`
    record)."""
    is_text = page.headers.get("content-type", "").lower().startswith("text/plain")
    if page.context.kind is Kind.REPORT and is_text:
        return _plain_text(page, body)
    return _noted(_read_by_kind(page, body, limits), *_RESOURCE)


def _browsed(page: FetchedPage, body: bytes, limits: Limits) -> Processed:
    """What a browser kept: its page is read as any page is, its parts are not read."""
    from pipeline.read.browsed import as_served, read_part

    if page.context.step != PAGE:
        return read_part(page)
    shown = as_served(page)
    # pictures that it shows are parts of it already
    return replace(_source(shown, body, limits), media=(), media_facts=None)


def _plain_text(page: FetchedPage, body: bytes) -> Processed:
    """Process one report of a repost or a pasted text, which came without HTTP."""
    from pipeline.read.plaintext.reading import read_text

    verdict = CaptureVerdict(Outcome.OK, {"rule": PLAIN_TEXT})
    try:
        found = read_text(body.decode("utf-8", "replace"), page.context.uri_r, page.captured_at)
    except ArchiveError as error:
        return Processed(page, verdict, failure=str(error))
    address = found[0].report.url
    # the repost is a publication of its own: what it cuts or garbles is no edit of the page it was
    # taken from
    report = replace(
        found[0].report,
        url=page.context.uri_r,
        publisher=REPOST,
        aliases=(address,) if address else (),
    )
    return report_processed(page, verdict, report)


def _read_by_kind(page: FetchedPage, body: bytes, limits: Limits) -> Processed:
    if page.context.kind is Kind.REPORT:
        return _report(page, body)
    if page.context.kind is Kind.DISCOVERY:
        return _discovery(page, body)
    if page.context.kind is Kind.MEDIA:
        from pipeline.read.fetched_media import read_media

        return read_media(page, body)
    return _source(page, body, limits)


def _report(page: FetchedPage, body: bytes) -> Processed:
    from pipeline.read.parse import parse_report

    verdict = _judged(page, None, body)
    if verdict.outcome is Outcome.TRUNCATED:
        return Processed(page, verdict, failure=CUT_REPORT)
    if verdict.outcome not in READABLE:
        return Processed(page, verdict)
    parsed = parse_report(body, page.final_url, page.headers.get("content-type"), page.captured_at)
    if isinstance(parsed, NotAReport):
        outcome = parsed.outcome if verdict.outcome is Outcome.OK else verdict.outcome
        evidence = {**verdict.evidence, "rule": "not-a-report", "marker": parsed.reason}
        return Processed(page, CaptureVerdict(outcome, evidence), failure=parsed.reason)
    return report_processed(page, CaptureVerdict(Outcome.OK, verdict.evidence), parsed)


def _discovery(page: FetchedPage, body: bytes) -> Processed:
    from pipeline.read.discover import read_discovery

    if page.context.step == mementos.STEP:
        return _memento_answer(page, body)
    verdict = _judged(page, None, body)
    if page.http_status != 200:
        return Processed(page, verdict)
    verdict = CaptureVerdict(Outcome.OK, verdict.evidence)
    try:
        found = read_discovery(page.context.step or "", body, page.final_url, page.captured_at)
    except ArchiveError as error:
        return Processed(page, verdict, failure=str(error))
    return Processed(page, verdict, discovered=found)


def _memento_answer(page: FetchedPage, body: bytes) -> Processed:
    # judged as the archive's page: the rules for the platform that it speaks of do not apply to it
    bare = replace(page, context=replace(page.context, subject=None))
    verdict = _judged(bare, None, body)
    if page.http_status == 200:
        verdict = CaptureVerdict(Outcome.OK, {"rule": "cdx", "status": 200})
    try:
        found = mementos.read_answer(page, body)
    except ArchiveError as error:
        # an error page says so by its status; what came in place of an answer has to be looked at
        return Processed(page, verdict, failure=str(error) if page.http_status == 200 else None)
    return Processed(page, verdict, mementos=found)


def _source(page: FetchedPage, body: bytes, limits: Limits) -> Processed:
    from archive.near_duplicates import signature
    from pipeline.read.page_text import page_text
    from pipeline.read.text.limits import TextLimits

    if page.http_status is not None and page.http_status >= 400:
        return Processed(page, _judged(page, None, body))
    text = page_text(
        body,
        page.context.subject or page.final_url,
        page.headers.get("content-type"),
        page.captured_at,
        TextLimits(extract_max_bytes=limits.extract_max_bytes),
    )
    verdict = _judged(page, text, body)
    # walls and notices say the same on many pages without being copies of one another
    said = signature(text.text) if verdict.outcome in FINDABLE else None
    if verdict.outcome not in MEDIA_SHOWN:
        return Processed(page, verdict, text=text, signature=said)
    media, facts = text.media, None
    if "image" in text.flags and page.context.kind is Kind.SOURCE:
        from pipeline.read.fetched_media import own_picture

        media, facts = own_picture(page.context.uri_r, body)
    return Processed(page, verdict, text=text, signature=said, media=media, media_facts=facts)
