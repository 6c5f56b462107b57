"""What a page shows and what became of it, as rows; and what of it is fetched. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.fetch import Target
from archive.model.media import ALL_MEDIA, PICTURES, MediaFile, MediaKind, MediaRow
from archive.model.vocabulary import Kind, Outcome
from archive.urls import normal as urls
from archive.warc.digests import sha256_digest
from pipeline.read.fetched_media import EXPIRED, kept_body
from pipeline.read.media.expiry import has_expired

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.media import ShownMedia, WantedMedia
    from archive.model.player import PlayerNote
    from archive.model.rows import CaptureRow
    from archive.model.understood import Processed

KINDS: dict[str, frozenset[MediaKind]] = {
    "none": frozenset(),
    "pictures": PICTURES,
    "videos": ALL_MEDIA,
}
"""What each value of the setting `media` fetches."""

AGAIN = "isw-archive recrawl --media takes it"
EXPIRED_TOLD = "the page's address for it was good for a time that is over"


def media_id(source_url: str, name: str) -> int:
    """The number of something shown."""
    return urls.stable_id(f"{source_url} {name}")


def shown_rows(
    source_id: int, source_url: str, capture: int, shown: tuple[ShownMedia, ...]
) -> tuple[MediaRow, ...]:
    """What a capture of a source shows, as rows."""
    return tuple(
        MediaRow(
            id=media_id(source_url, one.name),
            source_id=source_id,
            name=one.name,
            capture_id=capture,
            first_capture_id=capture,
            position=position,
            kind=one.kind,
            url=one.url,
            declared_width=one.width,
            declared_height=one.height,
            declared_bytes=one.size,
            duration_s=one.duration_s,
            alt=one.alt,
            missing=one.missing,
        )
        for position, one in enumerate(shown)
    )


def file_row(processed: Processed, row: CaptureRow, source_url: str, name: str) -> MediaFile:
    """The row of a capture of something that a page shows: what it is, or why it could not be
    had."""
    facts, page = processed.media_facts, processed.page
    size, digest = _kept(processed) if row.outcome == Outcome.OK else (None, None)
    return MediaFile(
        capture_id=row.id,
        media_id=media_id(source_url, name),
        url=page.context.uri_r,
        reason=None if row.outcome == Outcome.OK else _reason(processed),
        form=facts.form if facts else None,
        width=facts.width if facts else None,
        height=facts.height if facts else None,
        size=size,
        sha256=digest.removeprefix("sha256:") if digest is not None else None,
        phash=facts.phash if facts else None,
        said=facts.said if facts else None,
        player=_player(page.context.player),
    )


def _player(note: PlayerNote | None) -> str | None:
    return json.dumps(note.to_json(), ensure_ascii=False, sort_keys=True) if note else None


def _kept(processed: Processed) -> tuple[int, str]:
    """How many bytes it has, without its content coding, and their digest."""
    if processed.kept is not None:
        return processed.kept
    body = kept_body(processed.page)
    return len(body), sha256_digest(body)


def _reason(processed: Processed) -> str:
    """Why, in words: the rule that decided, with what it saw."""
    told = processed.verdict.evidence
    if told.get("rule") == EXPIRED:
        return EXPIRED_TOLD
    parts = (str(told.get(name) or "") for name in ("rule", "marker"))
    return ": ".join(filter(None, parts)) or str(processed.verdict.outcome)


def target_of(one: WantedMedia) -> Target:
    """The target by which something shown is fetched."""
    return Target(
        url=one.url,
        kind=Kind.MEDIA,
        reason=f"shown: {one.kind}",
        cited_at=one.cited_at,
        step=one.name,
        subject=one.source_url,
        part=one.part,
    )


def why_left(one: WantedMedia, most_bytes: int, at: datetime) -> str | None:
    """Why something that a page shows is never fetched, in words; None: it is."""
    if has_expired(one.url, at):
        return f"{EXPIRED_TOLD}; {AGAIN}"
    if one.size is not None and one.size > most_bytes:
        return f"declared as {one.size:,} bytes; a file may have {most_bytes:,} (media_max_bytes)"
    return None
