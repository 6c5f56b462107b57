"""A picture, video or listing that a page shows, once fetched: how that ended, what it is."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.body import whole_body
from archive.model.media import MediaKind, ShownMedia
from archive.model.understood import CaptureVerdict, Processed
from archive.model.vocabulary import ADDRESS_REFUSED_LATE, MEDIA_UNTOLD, Outcome
from archive.urls.normal import identify
from archive.warc.decode import UndecodableBodyError, decoded_body
from pipeline.read.media.expiry import has_expired
from pipeline.read.platforms.registry import json_media, page_media
from pipeline.read.text.decode import decode
from pipeline.read.text.json_of import json_of

if TYPE_CHECKING:
    from archive.model.body import Viewed
    from archive.model.media import MediaFacts
    from archive.model.understood import FetchedPage
    from archive.urls.normal import SourceIdentity

LISTING = MediaKind.LISTING.value
_WHOLE = (HTTPStatus.OK, None)
"""None: what was put together from two downloads, and so came with no head of its own."""
OF_NO_POST = "of-no-post"
"""Marker of a listing that names nothing, and not the post either: a tombstone, an error. What the
post shows is not told by it."""
_PDF = b"%PDF-"
_JUDGED_BYTES = 1024 * 1024
"""Of a file: more than any rule looks at."""
_MOST_BYTES = 2**31
"""Of a body that is unpacked for its digest: more than any limit lets through."""
EXPIRED = "expired-address"
"""Rule: what was signed until a time is refused after it; what stood there may be there still."""


def read_media(page: FetchedPage, body: Viewed) -> Processed:
    """What became of something shown; its bytes decide what it is, not its Content-Type."""
    if page.http_status in _WHOLE and page.truncated is None:
        return _answered(page, body)
    verdict = _judged(page, body)
    if page.http_status == HTTPStatus.PARTIAL_CONTENT and verdict.outcome is Outcome.OK:
        return _answered(page, body)  # a part that is all of it
    refused = verdict.outcome in ADDRESS_REFUSED_LATE
    if refused and has_expired(page.context.uri_r, page.captured_at):
        verdict = replace(verdict, evidence={**verdict.evidence, "rule": EXPIRED})
    return Processed(page, verdict)


def _answered(page: FetchedPage, body: Viewed) -> Processed:
    from pipeline.read.media.pictures import NotReadable, PictureTooLarge, media_facts

    if page.context.step == LISTING:
        named = _listed(page, body[:])
        if named is not None:
            media, marker = named
            return Processed(page, _verdict(Outcome.OK, "listing", marker), media=media)
    try:
        facts = media_facts(body)
    except PictureTooLarge as error:
        return Processed(page, _verdict(Outcome.TOO_LARGE, "picture-points", str(error)))
    except NotReadable as error:
        outcome = Outcome.TRUNCATED if error.is_cut else Outcome.UNSUPPORTED
        return Processed(page, _verdict(outcome, "picture-broken", str(error)))
    if facts is not None:
        return Processed(page, _verdict(Outcome.OK, "media", facts.form), media_facts=facts)
    return Processed(page, _in_place_of_media(page, body))


def _in_place_of_media(page: FetchedPage, body: Viewed) -> CaptureVerdict:
    """What came in the place of a picture: a document of another form, a wall, an error page."""
    declared = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body[: len(_PDF)] == _PDF:
        return _verdict(Outcome.OK, "media", "pdf")
    said = _judged(page, body)
    if said.outcome not in MEDIA_UNTOLD:
        return said
    return _verdict(Outcome.UNSUPPORTED, "not-media", declared or "no content type")


def _judged(page: FetchedPage, body: Viewed) -> CaptureVerdict:
    """By the rules for any page: those for the platform of its post do not apply to it."""
    from pipeline.read.outcomes import judge_capture

    begun = body if isinstance(body, bytes) else body[:_JUDGED_BYTES]
    begun = begun if begun.strip() else body[:]
    return judge_capture(replace(page, context=replace(page.context, subject=None)), None, begun)


def _listed(page: FetchedPage, body: bytes) -> tuple[tuple[ShownMedia, ...], str | None] | None:
    """What a listing names, and a marker where it is none of its post; None for what is no
    listing."""
    try:
        source = identify(page.context.subject or "")
    except BadUrlError:
        return None
    try:
        loaded = json_of(body)
    except (ValueError, RecursionError):
        shown = _listed_page(page, body, source)
        return None if shown is None else (shown, None)
    if not isinstance(loaded, dict) or "provider_name" in loaded:
        return None
    found = json_media(loaded, source)
    named = {str(loaded.get(name)) for name in ("id_str", "id")}
    marker = None if found or source.post_id in named else OF_NO_POST
    return tuple(one for one in found if one.kind is not MediaKind.LISTING), marker


def _listed_page(
    page: FetchedPage, body: bytes, source: SourceIdentity
) -> tuple[ShownMedia, ...] | None:
    """What a page of a video's player names; None where it shows no video: a wall, an error."""
    content_type = page.headers.get("content-type")
    # lazy: what needs only this module's names would load the readers of all formats
    from pipeline.read.page_text import kind_of
    from pipeline.read.text.formats.html import parse_html

    if kind_of(body, content_type) != "html":
        return None
    tree = parse_html(decode(body, content_type).text)
    found = page_media(tree, source) if tree is not None else ()
    return found if any(one.kind is MediaKind.VIDEO for one in found) else None


def kept_body(page: FetchedPage) -> bytes:
    """The body without its content coding; as it was sent where that cannot be undone."""
    body = whole_body(page.body)
    try:
        return decoded_body(body, tuple(page.headers.items()), _MOST_BYTES)
    except UndecodableBodyError:
        return body


def own_picture(url: str, body: bytes) -> tuple[tuple[ShownMedia, ...], MediaFacts | None]:
    """Of a source that is a picture itself: the picture as shown by it, and what it is."""
    from pipeline.read.media.pictures import NotReadable, PictureTooLarge, media_facts

    try:
        facts = media_facts(body)
    except (PictureTooLarge, NotReadable):
        facts = None
    if facts is None:
        return (), None
    return (ShownMedia(MediaKind.PICTURE, url, url, facts.width, facts.height),), facts


def _verdict(outcome: Outcome, rule: str, marker: str | None = None) -> CaptureVerdict:
    told = {"rule": rule, "status": 200, **({"marker": marker} if marker else {})}
    return CaptureVerdict(outcome, told)
