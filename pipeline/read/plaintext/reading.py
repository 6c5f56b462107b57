"""Reposts and pasted reports: plain text in, reports out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.errors import BadInputError
from pipeline.read.parse.assemble import assemble
from pipeline.read.parse.dates import find_dates
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.generic import PUBLISHERS
from pipeline.read.parse.lines import clean
from pipeline.read.parse.series import find_series, title_in
from pipeline.read.plaintext.cut import CUT
from pipeline.read.plaintext.finding import Part, address_of, find_parts
from pipeline.read.plaintext.incoming import lines_in
from pipeline.read.plaintext.laying import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import ParsedReport, Quality

PARSER = "plain-text/1"

PLAIN_TEXT = "plain-text"
MISSING_NOTES = "missing-notes"
CUT_URLS = "cut-urls"
NO_ADDRESS = "no-address"

# Nothing is dated before ISW and CTP published; used where a text names no year at all.
_NO_TIME = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TextReport:
    """One report found in a text.

    Attributes:
        report: As read; its `url` is empty when the text names no address (flag `no-address`).
        text: Its own part of the text; read alone it gives the same report.
        first_line, last_line: Where that part stands in the file, from 1.
        title_variants: Other forms in which the text prints the title.
        cut_urls: The URLs that are only the beginning of what was cited, in order.
        missing_notes: Labels that the prose refers to and the list of notes does not have.
    """

    report: ParsedReport
    text: str
    first_line: int
    last_line: int
    title_variants: tuple[str, ...] = ()
    cut_urls: tuple[str, ...] = ()
    missing_notes: tuple[str, ...] = ()


def read_text(text: str, name: str, posted_at: datetime | None = None) -> tuple[TextReport, ...]:
    """Read the reports of a repost or a pasted text, the poster's words around them left out.

    Args:
        text: The file's text, from `decode`.
        name: The file's name, for messages.
        posted_at: When the text was saved; tells the year of a report when neither it nor its poster names one.

    Raises:
        BadInputError: It is no text, or no report stands in it; the message says what, where, and what next.
    """
    lines = lines_in(text, name)
    parts = find_parts(lines)
    if not parts:
        raise BadInputError(
            f"{name}: none of its {len(lines)} lines is the title of a known ISW or CTP series with a date, or a report's "
            f"address, and it has no markers with a list of notes; put the report's title line (for example: Iran Update, December 7, 2023) or its address above "
            f"its text and import it again"
        )
    return tuple(_read(part, lines, posted_at) for part in parts)


def _read(part: Part, lines: Sequence[str], posted_at: datetime | None) -> TextReport:
    url = address_of(part, lines) or ""
    titles = list(dict.fromkeys(sign.title for sign in part.signs if sign.title))
    title = titles[0] if titles else _title_from(url)
    blocks = lay_out(lines[part.body : part.end])
    posted = _time_in(lines[part.start : part.body]) or posted_at
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    draft = Draft(PARSER, PUBLISHERS.get(host, "unknown"), url, title, blocks, pictured=False)
    report = assemble(draft, posted or _NO_TIME)
    cut = tuple(c.url for note in report.notes for c in note.urls if CUT in c.repairs)
    variants = tuple(other for other in titles[1:] if other != title)
    return TextReport(
        report=replace(report, quality=_quality(report, cut=bool(cut))),
        text="\n".join(lines[part.start : part.end]).strip("\n"),
        first_line=part.start + 1,
        last_line=part.end,
        title_variants=variants,
        cut_urls=cut,
        missing_notes=report.quality.unmatched_markers,
    )


def _quality(report: ParsedReport, *, cut: bool) -> Quality:
    doubts = {
        PLAIN_TEXT: True,
        MISSING_NOTES: bool(report.quality.unmatched_markers),
        CUT_URLS: cut,
        NO_ADDRESS: not report.url,
    }
    flags = {*report.quality.flags, *(flag for flag, holds in doubts.items() if holds)}
    return replace(report.quality, flags=tuple(sorted(flags)))


def _title_from(url: str) -> str:
    """A title made of the address's last part, for texts that begin with the address alone."""
    series = find_series("", url)
    return title_in(url) or series.name


def _time_in(lines: Sequence[str]) -> datetime | None:
    """The last whole date above the report: when it was posted."""
    found = [date for line in lines for date in find_dates(clean(line)) if date.year]
    days = [day for date in found if date.year and (day := date.on(date.year))]
    return datetime(days[-1].year, days[-1].month, days[-1].day, tzinfo=UTC) if days else None
