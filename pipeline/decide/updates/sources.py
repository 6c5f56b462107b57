"""What a capture of a cited source changes, live or as another archive's copy; and an answer to the
question which copies another archive has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.media import Standing
from archive.model.past import PastCheck, PastCopy
from archive.model.rows import CaptureUpdate, MementoCheckRow, found_text
from archive.model.vocabulary import Outcome
from pipeline.decide import captures as decide
from pipeline.decide import judging
from pipeline.decide.copies import sum_up
from pipeline.decide.identities import sighting
from pipeline.decide.media import file_row, shown_rows
from pipeline.decide.media_rot import media_events, sight_of
from pipeline.decide.near_media import look_of, looks_alike
from pipeline.decide.related import post_links
from pipeline.decide.sharing import shared_text
from pipeline.decide.support.naming import naming_of
from pipeline.decide.verdicts import PROBE_HOLDS
from pipeline.read import mementos
from pipeline.read.sources import source_row

if TYPE_CHECKING:
    from archive.model.fetch import Hop, Written
    from archive.model.media import MediaFile
    from archive.model.past import JudgedSource
    from archive.model.rows import CaptureRow, MementoRow, SourceVerdicts, TextRow
    from archive.model.sources import SourceRow
    from archive.model.support import Naming
    from archive.model.understood import FetchedPage, Processed
    from pipeline.decide.held import HeldSources


def source_update(
    held: HeldSources, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What a capture of a source changes."""
    page = processed.page
    source = source_row(page.context.subject or page.context.uri_r)
    text = decide.text_of(processed)
    row = decide.capture_row(processed, written, _understood(held, page, written, source, text))
    update = CaptureUpdate(
        row,
        hops,
        failure=processed.failure,
        text=text,
        links=decide.links_of(processed),
        naming=_naming(processed),
        shared=shared_text(held, source.id, text, processed.signature),
        source=source,
        related=post_links(source, processed.text.facts if processed.text else (), row.id),
    )
    if mementos.is_copy(page):
        # what another archive holds says nothing of the source as it is
        row = replace(row, memento_at=mementos.copied_at(page))
        return replace(update, capture=row, memento=_memento(held, source.id, copy=_past_copy(row)))
    file = _own_file(processed, row, source)
    shown = shown_rows(source.id, source.url, row.id, processed.media)
    sight = sight_of(processed, row, source, shown)
    verdicts = _verdicts(held, source, row, text)
    return replace(
        update,
        media=shown,
        media_file=file,
        looks=looks_alike(held, look_of(file, processed.media_facts)),
        found=decide.led_to_report(row, row.captured_at),
        verdicts=verdicts,
        sight=sight,
        media_events=media_events(held, source, sight, _standings(source, verdicts)),
    )


def _understood(
    held: HeldSources, page: FetchedPage, written: Written, source: SourceRow, text: TextRow | None
) -> decide.Understanding:
    """What the capture's text says; for one that only says that nothing changed, what the capture
    before it said."""
    same = held.unchanged(page.http_status, written.revisit_of, source=source.id)
    return decide.Understanding(
        content_digest=text.digest if text else (same.content_digest if same else None),
        text_id=text.id if text else (same.text_id if same else None),
        source_id=source.id,
    )


def _standings(source: SourceRow, verdicts: tuple[SourceVerdicts, ...]) -> list[Standing]:
    own = (one for one in verdicts if one.source_id == source.id)
    return [Standing(v.decided_at, v.status, v.drift) for one in own for v in one.verdicts]


def _own_file(processed: Processed, row: CaptureRow, source: SourceRow) -> MediaFile | None:
    """The row of a source that is itself a picture or video: its own capture is its file."""
    if processed.media_facts is None or not processed.media:
        return None
    return file_row(processed, row, source.url, processed.media[0].name)


def memento_check_update(
    held: HeldSources, processed: Processed, written: Written, hops: tuple[Hop, ...]
) -> CaptureUpdate:
    """What another archive's answer to the question which copies of a source it holds changes."""
    page = processed.page
    source = source_row(page.context.subject or page.context.uri_r)
    row = decide.capture_row(processed, written, decide.Understanding())
    check = PastCheck(row.id, row.captured_at, row.url, processed.mementos, row.reason)
    found = found_text(processed.mementos)
    return CaptureUpdate(
        row,
        hops,
        failure=processed.failure,
        source=source,
        memento_check=MementoCheckRow(row.id, source.id, row.captured_at, found),
        memento=_memento(held, source.id, check=check),
    )


def _naming(processed: Processed) -> Naming | None:
    """What its text says of the publishers whose reports are kept."""
    text = processed.text
    if text is None:
        return None
    linked = [one.url for one in decide.links_of(processed)]
    return naming_of(text.title, text.text, [*linked, *dict(text.facts).get("links", "").split()])


def _verdicts(
    held: HeldSources, source: SourceRow, row: CaptureRow, text: TextRow | None
) -> tuple[SourceVerdicts, ...]:
    """The verdicts on the source with this capture, and on its neighbours where their host's name
    is gone."""
    own = judging.source_of(source)
    found = [judging.judged(held, own, judging.Incoming(row, text))]
    if row.outcome == Outcome.DNS_FAILURE and own.platform in judging.SITES:
        told = judging.Incoming(neighbours=(judging.as_neighbour(row),))
        others = held.captured_on(own.host)
        found += [judging.judged(held, o, told) for o in others if o.id != own.id]
    if own.platform in judging.SITES:
        told = judging.Incoming(beside=judging.as_beside(row, text, own, found[0]))
        found += [judging.judged(held, o, told) for o in _depending(held, own, row, text)]
    told = judging.Incoming(sightings=sighting(row))
    found += [judging.judged(held, o, told) for o in _renamed(held, own, told)]
    return tuple(one for one in found if one is not None)


def _renamed(held: HeldSources, own: JudgedSource, told: judging.Incoming) -> list[JudgedSource]:
    """Other sources of an account whose address was seen to be another account's, too."""
    if own.account is None or own.platform in judging.SITES or not told.sightings:
        return []
    known = held.account_ids(own).union(one.account_id for one in told.sightings)
    return held.of_account(own) if len(known) > 1 else []


def _depending(
    held: HeldSources, own: JudgedSource, row: CaptureRow, text: TextRow | None
) -> list[JudgedSource]:
    """Sources of the host whose verdict depends on whether this page shows what they showed."""
    if text is None or row.outcome != Outcome.OK:
        return []
    return held.depending(own, text.notice, row.captured_at, PROBE_HOLDS)


def _memento(
    held: HeldSources,
    source: int,
    *,
    check: PastCheck | None = None,
    copy: PastCopy | None = None,
) -> MementoRow:
    """What is known of a source's copies once this is known, too; the order in which it came does
    not matter."""
    checks = [*held.memento_checks(source), *([check] if check else [])]
    copies = [*held.memento_copies(source), *([copy] if copy else [])]
    return sum_up(
        source,
        sorted(checks, key=lambda c: (c.checked_at, c.capture_id)),
        sorted(copies, key=lambda c: (c.captured_at, c.capture_id)),
    )


def _past_copy(row: CaptureRow) -> PastCopy:
    return PastCopy(
        row.id, row.captured_at, row.outcome, row.http_status, row.final_url, row.memento_at
    )
