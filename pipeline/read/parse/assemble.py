"""From what a layout's parser or the reader of plain text found to the report: the same for all of
them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model.reports import ParsedReport
from pipeline.read.parse import lines
from pipeline.read.parse.printed import printed_by
from pipeline.read.parse.series import find_series
from pipeline.read.parse.when import Clues, report_date

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
    printed = printed_by(draft)
    series = find_series(draft.title, draft.url, draft.product_line)
    clues = Clues(
        draft.title, draft.url, captured_at, printed.dateline, draft.printed_date, draft.created_at
    )
    report = ParsedReport(
        parser=draft.parser,
        publisher=draft.publisher,
        url=draft.url,
        title=draft.title,
        series=series.slug,
        series_name=series.name,
        report_date=report_date(clues),
        edition=series.edition,
        text=printed.text,
        authors=printed.authors or draft.researchers,
        cutoff_text=_side_cutoff(draft) or printed.cutoff or printed.dateline,
        dateline_text=printed.dateline,
        takeaways=printed.takeaways,
        corrections=printed.corrections,
        sections=printed.sections,
        figures=printed.figures,
        attachments=draft.attachments,
        markers=printed.markers,
        notes=printed.notes,
        aliases=_aliases(draft),
        links=printed.links,
        published_at=draft.published_at,
        modified_at=draft.modified_at,
        complete=bool(printed.notes) or not printed.markers,
    )
    return replace(report, quality=_quality(printed.doubts, draft, report, series))


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
