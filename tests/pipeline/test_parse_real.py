"""Real pages, read where they are kept beside the checkout: against hand-made truth, and each
against its own address."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from archive.model.reports import NotAReport, ParsedReport
from archive.model.vocabulary import Outcome
from pipeline.read.parse import parse_report
from pipeline.read.parse.dates import date_in_slug
from pipeline.read.parse.series import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
GOLD = sorted((REAL / "gold").glob("*.json"))
VERSIONS = sorted((REAL / "gold" / "versions").glob("*.json"))
WARCS = ("reports", "versions", "bulk")
CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
TAKEAWAY_CHARS = 60  # as the truth cuts them

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not GOLD, reason="no real pages beside the checkout"),
]


def differences(report: ParsedReport, gold: dict[str, Any]) -> list[str]:
    """Each field that differs, as a line for the reader."""
    found: dict[str, Any] = {
        **{name: getattr(report, name) for name in ("url", "title", "report_date", "cutoff_text")},
        "dateline_text": report.dateline_text,
        "authors": list(report.authors),
        "takeaways": [text[:TAKEAWAY_CHARS] for text in report.takeaways],
    }
    return [
        f"{k}: {v!r} is not {gold[k]!r}" for k, v in found.items() if k in gold and v != gold[k]
    ]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:60])
def test_fields_equal_the_hand_made_truth(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    if not gold["page"].endswith(".html"):
        pytest.skip("a repost as plain text")
    report = parse_report((REAL / gold["page"]).read_bytes(), gold["url"], "text/html", CAPTURED)
    assert isinstance(report, ParsedReport), report
    assert differences(report, gold) == []


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem[-24:])
def test_captures_of_one_content_read_the_same_and_others_do_not(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    groups: dict[tuple[Any, ...], set[int]] = {}
    for capture in gold["captures"]:
        body = (REAL / "isw_versions" / path.stem / Path(capture["file"]).name).read_bytes()
        report = parse_report(
            body, gold.get("url", "https://www.understandingwar.org/x"), None, CAPTURED
        )
        assert isinstance(report, ParsedReport)
        figures = tuple((f.url.replace("//www.", "//"), f.caption) for f in report.figures)
        content = (report.title, " ".join(report.text.split()), figures)
        groups.setdefault(content, set()).add(capture["group"])
    if any([] in change["kinds_also_accepted"] for change in gold["changes"]):
        return  # "no change" can be defended, and so can the change
    assert sorted(map(sorted, groups.values())) == [
        [n] for n in sorted({c["group"] for c in gold["captures"]})
    ]


def pages(name: str) -> Iterator[tuple[str, str | None, datetime, bytes]]:
    with (REAL / f"{name}.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            content_type = record.http_headers.get("Content-Type")
            url = record.headers["WARC-Target-URI"]
            yield url, content_type, record.record_date, record.reader.read()


def doubts(url: str, report: ParsedReport | NotAReport) -> list[str]:
    """What cannot be right about a report read at this address."""
    if isinstance(report, NotAReport):
        return [f"no report: {report.reason}"]
    printed, day = date_in_slug(slug_of(url)), report.report_date or ""
    checks = {
        f"date {day!r}": printed is None or day[5:] == f"{printed.month:02}-{printed.day:02}",
        f"year of {day!r}": printed is None or printed.year is None or day[:4] == str(printed.year),
        f"series {report.series!r}": report.series
        in {"russian-offensive-campaign-assessment", "iran-update"},
        f"title {report.title!r}": 20 < len(report.title) < 120,
        f"authors {report.authors!r}": 0 < len(report.authors) < 10,
        "short prose": len(report.text) > 3000,
        f"parser {report.parser!r}": report.parser in {"isw-drupal/4", "isw-wp/4"},
        "takeaways of two words": all(text.count(" ") > 2 for text in report.takeaways),
    }
    return [doubt for doubt, fine in checks.items() if not fine]


@pytest.mark.parametrize("name", WARCS)
def test_every_real_page_reads_as_what_its_address_says(name: str) -> None:
    found = {
        url: wrong
        for url, content_type, captured_at, body in pages(name)
        if (wrong := doubts(url, parse_report(body, url, content_type, captured_at)))
    }
    assert found == {}


REFUSALS = {
    "access_denied__august-12": (Outcome.FORBIDDEN, "access denied"),
    "isw_pub_bitly_404": (Outcome.SOFT_404, "page not found"),
    "not_found__April-26-2023_before_publication": (Outcome.SOFT_404, "page not found"),
    "not_found__january-1-2023": (Outcome.SOFT_404, "page not found"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_real_error_pages_are_no_reports_and_say_why(name: str) -> None:
    body = (REAL / "isw_errors" / f"{name}.html").read_bytes()
    url = "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-august-12"
    found = parse_report(body, url, "text/html; charset=utf-8", CAPTURED)
    assert isinstance(found, NotAReport)
    outcome, reason = REFUSALS[name]
    assert found.outcome is outcome
    assert found.reason.startswith(reason)


def test_every_real_error_page_is_looked_at() -> None:
    assert {path.stem for path in (REAL / "isw_errors").iterdir()} == set(REFUSALS)
