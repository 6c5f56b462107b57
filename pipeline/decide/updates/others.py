"""What captures of discovery pages, robots.txt, figures, attachments and probes change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.rows import CaptureUpdate
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.decide import captures as decide
from pipeline.decide import judging
from pipeline.decide.verdicts import PROBE_HOLDS, probe_place

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Written
    from archive.model.rows import CaptureRow, PublicationRow, SourceVerdicts, TextRow
    from archive.model.understood import Processed
    from pipeline.decide.held import HeldSources


def other_update(
    held: HeldSources, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What a capture of neither a report nor a source changes."""
    page = processed.page
    found: tuple[PublicationRow, ...] = ()
    if processed.discovered is not None:
        found = tuple(
            decide.found_row(f, page.context.step, page.captured_at)
            for f in processed.discovered.reports
        )
    text = decide.text_of(processed)
    known = decide.Understanding(
        content_digest=text.digest if text else None, text_id=text.id if text else None
    )
    row = decide.capture_row(processed, written, known)
    verdicts = _probed(held, row, text) if page.context.kind is Kind.PROBE else ()
    return CaptureUpdate(
        row,
        hops,
        failure=processed.failure,
        text=text,
        links=decide.links_of(processed),
        found=found,
        verdicts=verdicts,
    )


def _probed(held: HeldSources, row: CaptureRow, text: TextRow | None) -> tuple[SourceVerdicts, ...]:
    """The verdicts on the sources in a folder, now that its answer to addresses that cannot exist
    is known."""
    probe = judging.as_probe(row, text)
    host = urls.identify(row.url).host
    beside = [
        source
        for source in held.echoing(host, probe[0], PROBE_HOLDS)
        if source.platform in judging.SITES and probe_place(source.cited_url) == probe[0].place
    ]
    unsure = held.unsure(host, row.captured_at, PROBE_HOLDS, but=0)
    beside += [s for s in unsure if s.platform in judging.SITES and s not in beside]
    found = [judging.judged(held, s, judging.Incoming(probes=(probe,))) for s in beside]
    return tuple(one for one in found if one is not None)
