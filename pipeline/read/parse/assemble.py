"""From what a layout's parser or the reader of plain text found to the report: the same for all of
them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.reports import ParsedReport
from pipeline.read.parse import content, lines
from pipeline.read.parse.masthead import read_masthead
from pipeline.read.parse.series import find_series
from pipeline.read.parse.takeaways import end_of_takeaways, takeaways_of
from pipeline.read.parse.when import Clues, report_date
from pipeline.read.references.check import doubts_of
from pipeline.read.references.labels import label_value
from pipeline.read.references.markers import mark
from pipeline.read.references.notes import split_notes

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model.reports import Quality
    from pipeline.read.parse.draft import Draft
    from pipeline.read.parse.series import Series


def assemble(draft: Draft, captured_at: datetime) -> ParsedReport:
    """The report that a draft's blocks make.

    Args:
        draft: From a layout's parser, or from plain text.
        captured_at: Tells the year where nothing printed does.
    """
    # its tables take 0.1 s, which who only compares versions need not wait for
    from pipeline.read.speech import with_speech

    split = split_notes(content.mark_kinds(draft.blocks), draft.url, unlabelled=draft.loose)
    head = read_masthead(tuple(split.prose), draft.title)
    printed = split.notes if split.style is not None else ()
    labels = {value for note in printed if (value := label_value(note.label)) is not None}
    prose = content.settle_captions(head.blocks) if draft.pictured else head.blocks
    freed = end_of_takeaways(tuple(prose))
    blocks, markers = mark(prose, labels, rare=split.rare, freed=freed)
    text, sections = content.read_prose(blocks, freed)
    series = find_series(draft.title, draft.url, draft.product_line)
    clues = Clues(
        draft.title, draft.url, captured_at, head.dateline, draft.printed_date, draft.created_at
    )
    markers = with_speech(markers, text)
    report = ParsedReport(
        parser=draft.parser,
        publisher=draft.publisher,
        url=draft.url,
        title=draft.title,
        series=series.slug,
        series_name=series.name,
        report_date=report_date(clues),
        edition=series.edition,
        text=text,
        authors=head.authors or draft.researchers,
        cutoff_text=_side_cutoff(draft) or head.cutoff or head.dateline,
        dateline_text=head.dateline,
        takeaways=takeaways_of(blocks),
        corrections=content.corrections_of(blocks),
        sections=sections,
        figures=content.figures_of(blocks) if draft.pictured else content.captions_alone(blocks),
        attachments=draft.attachments,
        markers=markers,
        notes=split.notes,
        aliases=_aliases(draft),
        links=content.report_links(blocks, draft.url),
        published_at=draft.published_at,
        modified_at=draft.modified_at,
        complete=bool(split.notes) or not markers,
    )
    quality = _quality(doubts_of(split.notes, markers), draft, report, series)
    return replace(report, quality=quality)


def _quality(quality: Quality, draft: Draft, report: ParsedReport, series: Series) -> Quality:
    flags = set(quality.flags)
    if not report.complete:
        flags.add("incomplete")
    if not draft.known:
        flags.add("unknown-layout")
    if report.report_date is None:
        flags.add("no-date")
    if not series.known:
        flags.add("unknown-series")
    return replace(quality, flags=tuple(sorted(flags)))


def _side_cutoff(draft: Draft) -> str | None:
    return next((line for line in draft.side_lines if lines.is_cutoff_line(line)), None)


def _aliases(draft: Draft) -> tuple[str, ...]:
    """Other addresses of the page; where it was fetched from is known without the page."""
    return tuple(dict.fromkeys(alias for alias in draft.aliases if alias != draft.url))
