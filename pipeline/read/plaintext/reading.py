"""Reposts and pasted reports: plain text in, reports out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.errors import BadInputError
from archive.model.reports import Attachment
from archive.urls.publishers.registry import NAMES
from pipeline.read.blocks import BlockKind
from pipeline.read.parse import numbers
from pipeline.read.parse.assemble import assemble
from pipeline.read.parse.dates import date_in_slug, find_dates
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.lines import clean, names_in
from pipeline.read.parse.series import find_series, fold, slug_of, slugify, title_in
from pipeline.read.plaintext.as_blocks import lay_out
from pipeline.read.plaintext.cut import CUT
from pipeline.read.plaintext.finding import ReportPart, address_of, find_parts
from pipeline.read.plaintext.frame import without_hints
from pipeline.read.plaintext.frontmatter import FrontMatter, read_front_matter
from pipeline.read.plaintext.incoming import lines_in
from pipeline.read.plaintext.markup import Printed, read_markup
from pipeline.read.references.check import stubs
from pipeline.read.references.labels import line_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import ParsedReport, Quality

PARSER = numbers.PLAIN_TEXT

PLAIN_TEXT = "plain-text"
MISSING_NOTES = "missing-notes"
CUT_URLS = "cut-urls"
NO_ADDRESS = "no-address"

# The line beside a report that names both times; a cut-off alone is read with the masthead.
_SIDE_CUTOFF = re.compile(r"assessment as of\b.{3,60}\bdata cut[\s-]?off\b.{3,40}$", re.IGNORECASE)
_PERSON = re.compile(r"/(?:people|team)/(?P<name>[a-z]+(?:-[a-z]+){1,4})/?$")

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
        cut_urls: The URLs that are only the beginning of what was cited, in order; also those cut
            to nothing.
        missing_notes: Labels that the prose refers to and the list of notes does not have.
        stated_at: The day or moment that the text gives itself: when it was saved or posted, else
            its report's day.
    """

    report: ParsedReport
    text: str
    first_line: int
    last_line: int
    title_variants: tuple[str, ...] = ()
    cut_urls: tuple[str, ...] = ()
    missing_notes: tuple[str, ...] = ()
    stated_at: datetime | None = None


def read_text(text: str, name: str, posted_at: datetime | None = None) -> tuple[TextReport, ...]:
    """Read the reports of a repost or a pasted text, the poster's words around them left out.

    Args:
        text: The file's text, from `decode`.
        name: The file's name, for messages.
        posted_at: When the text was saved; tells the year of a report when neither it nor its
            poster names one.

    Raises:
        BadInputError: It is no text, or no report stands in it; the message says what, where, and
            what next.
    """
    raw = lines_in(text, name)
    front = read_front_matter(raw)
    printed = _printed(raw, front)
    lines = [line.text for line in printed]
    parts = find_parts(lines)
    if not parts:
        raise BadInputError(_no_report(name, lines))
    if parts[0].start < front.end:
        parts[0].start = 0
        parts[0].body = max(parts[0].body, front.end)
    document = _Document(raw, printed, lines, front)
    return tuple(_report_of(part, document, posted_at) for part in parts)


def _no_report(name: str, lines: Sequence[str]) -> str:
    printed = sum(1 for line in lines if line.strip())
    return (
        f"{name}: its {printed} lines are no report. A report has the title of a known ISW or CTP "
        "series with a date, or a report's address, and below it markers such as [1], or a "
        "hundred words; without title and address, three markers with notes. Put the title line "
        "(for example: Iran Update, December 7, 2023) or the address above the whole text and "
        "import it again"
    )


@dataclass(frozen=True, slots=True)
class _Document:
    """A text's lines as they stand, and as a reader sees them; equally many."""

    raw: Sequence[str]
    printed: Sequence[Printed]
    lines: Sequence[str]
    front: FrontMatter


def _printed(raw: Sequence[str], front: FrontMatter) -> list[Printed]:
    """The lines without markup.

    Of what a saver wrote above them the title and address alone are left.
    """
    told = iter(text for text in (front.title, front.url) if text)
    above = [next(told, "") for _ in range(front.end)]
    rest = [without_hints(line) for line in raw[front.end :]]
    return read_markup([*above, *rest], front.url or "")


def _report_of(part: ReportPart, document: _Document, posted_at: datetime | None) -> TextReport:
    lines, front = document.lines, document.front if part.start == 0 else FrontMatter()
    url = address_of(part, lines) or ""
    titles = part.titles
    title = titles[0] if titles else _title_from(url)
    dated = _time_in(lines[part.start : part.body])
    draft = _draft(document.printed[part.body : part.end], url, title, front.authors or "")
    report = assemble(draft, dated or posted_at or _NO_TIME)
    cut = tuple(
        text
        for note in report.notes
        for text in (*(c.url for c in note.urls if CUT in c.repairs), *stubs(note))
    )
    variants = tuple(other for other in titles[1:] if other != title)
    return TextReport(
        report=replace(report, quality=_quality(report, cut=bool(cut))),
        text="\n".join(document.raw[part.start : part.end]).strip("\n"),
        first_line=part.start + 1,
        last_line=part.end,
        title_variants=variants,
        cut_urls=cut,
        missing_notes=report.quality.unmatched_markers,
        stated_at=front.saved or front.dated or dated,
    )


def _draft(printed: Sequence[Printed], url: str, title: str, authors: str) -> Draft:
    """What a layout's parser would hand over of these lines; `authors` as the file names them."""
    blocks = lay_out(printed)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return Draft(
        PARSER,
        NAMES.get(host, "unknown"),
        url,
        title,
        blocks,
        researchers=names_in(authors) or _people(printed),
        side_lines=tuple(
            clean(line.text) for line in printed if _SIDE_CUTOFF.match(line.text.strip())
        ),
        attachments=_attachments(printed, host),
        pictured=any(block.kind is BlockKind.FIGURE for block in blocks),
    )


def _people(printed: Sequence[Printed]) -> tuple[str, ...]:
    """The people of the cards beside a report.

    Links to their pages, named as the address names them.
    """
    found: dict[str, None] = {}
    for run in (run for line in printed for run in line.runs if run.href):
        page = _PERSON.search(run.href or "")
        words = run.text.split()[: page["name"].count("-") + 1] if page else []
        if page and slugify(" ".join(words)) == page["name"]:
            found.setdefault(" ".join(words))
    return tuple(found)


def _attachments(printed: Sequence[Printed], host: str) -> tuple[Attachment, ...]:
    """Files of the report's own site that the text links to outside its notes."""
    found: dict[str, Attachment] = {}
    for line in printed:
        if line_label(line.text) is not None:
            continue
        for run in line.runs:
            parts = urlsplit(run.href or "")
            if (
                host
                and (parts.hostname or "").endswith(host)
                and parts.path.lower().endswith(".pdf")
            ):
                found.setdefault(
                    run.href or "", Attachment(run.href or "", clean(run.text) or None)
                )
    return tuple(found.values())


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
    """A title made of the address's last part as the sites print theirs.

    For texts that begin with the address alone.
    """
    series = find_series("", url)
    printed = date_in_slug(slug_of(url))
    day = printed.on(printed.year) if printed and printed.year else None
    if series.known and day is not None and fold(slug_of(url)).startswith(fold(series.name)):
        return f"{series.name}, {day:%B} {day.day}, {day.year}"
    return title_in(url) or series.name


def _time_in(lines: Sequence[str]) -> datetime | None:
    """The last whole date above the report: when it was posted."""
    found = [date for line in lines for date in find_dates(clean(line)) if date.year]
    days = [day for date in found if date.year and (day := date.on(date.year))]
    return datetime(days[-1].year, days[-1].month, days[-1].day, tzinfo=UTC) if days else None
