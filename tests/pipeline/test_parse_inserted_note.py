"""One note more shifts all labels behind it, and is still one note more: in every way to print
markers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model.reports import ParsedReport
from pipeline.decide.versions.changes import change_between
from pipeline.read.content.digests import content_of
from pipeline.read.parse import parse_report

WORDS = ("The column halted at the river.", "The bridge stays closed.", "The council met again.")


def read(marker: str, note: str, cited: tuple[str, ...], marked: tuple[int, ...]) -> ParsedReport:
    """A report whose sentences have as many markers as `marked` says."""
    labels = iter(range(1, 99))
    prose = "".join(
        f"<p>{words}{''.join(marker.format(n=next(labels)) for _ in range(count))} It rained.</p>"
        for words, count in zip(WORDS, marked, strict=True)
    )
    notes = "".join(f"<p>{note.format(n=n)} {url}</p>" for n, url in enumerate(cited, 1))
    page = (
        "<html><body><main><h1>Iran Update, March 11, "
        f"2026</h1>{prose * 9}<h2>Notes</h2>{notes}</main></body></html>"
    )
    url = "https://understandingwar.org/research/middle-east/iran-update-march-11-2026/"
    report = parse_report(page.encode(), url, "text/html", datetime(2026, 3, 12, tzinfo=UTC))
    assert isinstance(report, ParsedReport)
    return report


@pytest.mark.parametrize(
    ("marker", "note"),
    [
        ("[{n}]", "[{n}]"),
        ("<sup>{n}</sup>", "<sup>{n}</sup>"),
        ("<sup><a href='#fn{n}'>{n}</a></sup>", "[{n}]"),
        ("<a href='#footnote{n}_k3'>{n}</a>", "<a href='#footnoteref{n}_k3'>{n}.</a>"),
        ("<span>[</span><span>{n}</span>]", "[{n}]"),
        ("[^{n}]", "[^{n}]:"),
        (" ({n})", "({n})"),
    ],
)
def test_an_inserted_note_is_no_edit_of_words(marker: str, note: str) -> None:
    urls = ("https://a.example/1", "https://b.example/2", "https://c.example/3")
    before = content_of(read(marker, note, urls, (1, 1, 1)))
    more = (urls[0], "https://new.example/9", *urls[1:])
    after = content_of(read(marker, note, more, (1, 2, 1)))
    change = change_between(before, after)
    assert change is not None
    assert change.kinds == ("notes",)
    assert (change.words_added, change.words_removed) == (0, 0)
    assert change.notes_added == ("2",)
    assert change.notes_dropped == ()
