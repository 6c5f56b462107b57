"""Something that a cited page shows: what its capture changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.rows import CaptureUpdate
from pipeline.decide import captures as decide
from pipeline.decide.media import file_row, shown_rows
from pipeline.decide.near_media import look_of, looks_alike
from pipeline.read.sources import source_row

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Processed, Written
    from pipeline.decide.held import HeldLooks


def media_update(
    held: HeldLooks, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What a capture of a picture, video or listing changes; it is none of its source's own.

    What a listing names is shown by the source; its capture is the one that shows it.
    """
    page = processed.page
    source = source_row(page.context.subject or page.context.uri_r)
    row = decide.capture_row(processed, written, decide.Understanding())
    name = page.context.step or page.context.uri_r
    file = file_row(processed, row, source.url, name)
    return CaptureUpdate(
        row,
        hops,
        failure=processed.failure,
        source=source,
        media=shown_rows(source.id, source.url, row.id, processed.media),
        media_file=file,
        looks=looks_alike(held, look_of(file, processed.media_facts)),
    )
