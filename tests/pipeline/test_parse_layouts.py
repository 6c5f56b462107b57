"""Pages of many layouts, each a directory with `page.html` and `expected.json`; all made up for
this project."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.model.reports import ParsedReport
from archive.model.times import parse_time
from pipeline.read.parse import parse_report
from pipeline.read.parse.identity import report_id

PAGES = sorted((Path(__file__).parents[1] / "fixtures" / "reports").iterdir())
SHOWN = re.compile(r"\[(\d+|[ivxlc]+|[IVXLC]+)\]")


def shown(report: ParsedReport) -> dict[str, Any]:
    """The report in the form of `expected.json`."""
    return {
        **{name: getattr(report, name) for name in report.__dataclass_fields__},
        "id": report_id(report),
        "flags": list(report.quality.flags),
        "authors": list(report.authors),
        "takeaways": list(report.takeaways),
        "corrections": list(report.corrections),
        "aliases": list(report.aliases),
        "markers": [marker.label for marker in report.markers],
        "notes": [{"label": n.label, "urls": [u.url for u in n.urls]} for n in report.notes],
        "figures": [figure.url for figure in report.figures],
        "captions": [figure.caption for figure in report.figures],
        "attachments": [attachment.url for attachment in report.attachments],
        "section_headings": [s.heading for s in report.sections if s.heading],
    }


@pytest.mark.parametrize("directory", PAGES, ids=lambda path: path.name)
def test_a_page_of_each_layout_says_what_was_put_into_it(directory: Path) -> None:
    expected = json.loads((directory / "expected.json").read_text(encoding="utf-8"))
    given = expected["given"]
    report = parse_report(
        (directory / "page.html").read_bytes(),
        given["url"],
        given.get("content_type", "text/html; charset=utf-8"),
        parse_time(given["captured_at"]),
    )
    assert isinstance(report, ParsedReport), report
    found = shown(report)
    assert {name: found[name] for name in expected["report"]} == expected["report"]


def test_there_are_fifty_layouts_at_least() -> None:
    assert len(PAGES) >= 50


@pytest.mark.parametrize("directory", PAGES, ids=lambda path: path.name)
def test_the_prose_carries_every_marker_in_brackets(directory: Path) -> None:
    given = json.loads((directory / "expected.json").read_text(encoding="utf-8"))["given"]
    body = (directory / "page.html").read_bytes()
    captured_at = parse_time(given["captured_at"])
    report = parse_report(body, given["url"], given.get("content_type"), captured_at)
    assert isinstance(report, ParsedReport)
    captions = [figure.caption or "" for figure in report.figures]
    in_text = SHOWN.findall(report.text)
    assert Counter(in_text + SHOWN.findall(" ".join(captions))) == Counter(
        marker.label for marker in report.markers
    )
    assert SHOWN.findall("\n\n".join(section.text for section in report.sections)) == in_text
