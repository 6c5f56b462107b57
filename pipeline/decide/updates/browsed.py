"""What a capture by a browser changes: of a cited page, or of a part of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.browser import PAGE, BrowserNote, BrowserPageRow, BrowserPartRow
from archive.model.rows import CaptureUpdate
from archive.model.times import format_time
from pipeline.decide import captures as decide
from pipeline.decide.browsed import is_better, words_of
from pipeline.read.sources import source_row

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Written
    from archive.model.understood import Processed
    from pipeline.decide.held import HeldPlain


def browser_update(
    held: HeldPlain, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What a browser's capture changes.

    Like another archive's copy it says nothing of the source as it is: verdicts rest on what the
    source answers to everybody, and stay comparable from one check to the next.
    """
    context = processed.page.context
    note = context.browser or BrowserNote()
    text = decide.text_of(processed)
    known = decide.Understanding(
        content_digest=text.digest if text else None, text_id=text.id if text else None
    )
    row = decide.capture_row(processed, written, known)
    if context.step != PAGE:
        part = BrowserPartRow(row.id, note.page or "", context.step or "")
        return CaptureUpdate(row, hops, failure=processed.failure, browser_part=part)
    source = source_row(context.subject or context.uri_r)
    plain = held.plain(source.id, format_time(processed.page.captured_at))
    words = words_of(text.text) if text else 0
    page = BrowserPageRow(
        capture_id=row.id,
        source_id=source.id,
        words=words,
        plain_capture_id=plain.id if plain else None,
        plain_words=plain.words if plain else None,
        better=int(is_better(plain, row.outcome, words)),
        browser=note.browser,
        requests=note.requests,
        network_bytes=note.size,
        refused=json.dumps(dict(note.refused), ensure_ascii=False, sort_keys=True),
        limited_by=note.limit,
    )
    return CaptureUpdate(
        row, hops, failure=processed.failure, text=text, source=source, browser_page=page
    )
