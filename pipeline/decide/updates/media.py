"""What a capture of a picture, video or listing changes that a cited page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.media import MediaKind
from archive.model.rows import CaptureUpdate
from pipeline.decide import captures as decide
from pipeline.decide.media import file_row, shown_rows
from pipeline.decide.media_rot import media_events, sight_of
from pipeline.decide.near_media import look_of, looks_alike
from pipeline.read.sources import source_row

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Written
    from archive.model.understood import Processed
    from pipeline.decide.held import HeldSights


def media_update(
    held: HeldSights, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What a capture of a picture, video or listing changes; it is none of its source's own.

    What a listing names is shown by the source; its capture is the one that shows it.
    """
    page = processed.page
    source = source_row(page.context.subject or page.context.uri_r)
    row = decide.capture_row(processed, written, decide.Understanding())
    name = page.context.step or page.context.uri_r
    file = file_row(processed, row, source.url, name)
    shown = shown_rows(source.id, source.url, row.id, processed.media)
    is_listing = name == MediaKind.LISTING
    sight = sight_of(processed, row, source, shown) if is_listing else None
    return CaptureUpdate(
        row,
        hops,
        failure=processed.failure,
        source=source,
        media=shown,
        media_file=file,
        looks=looks_alike(held, look_of(file, processed.media_facts)),
        sight=sight,
        media_events=media_events(held, source, sight, held.standings(source.id)),
    )
