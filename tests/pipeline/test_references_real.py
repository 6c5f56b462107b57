"""References of real pages against the hand-made truth, and captures of one report against each
other."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.model.reports import Note, ParsedReport
from pipeline.read.parse import parse_report
from tests.conftest import REAL

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.real

GOLD = [p for p in sorted((REAL / "gold").glob("*.json")) if not p.name.startswith("seed")]
REPORTS = sorted((REAL / "isw_versions").glob("*")) if REAL.is_dir() else []
PAGES = [p for folder in ("isw_drupal", "isw_wp") for p in sorted((REAL / folder).glob("*.html"))]

# Saved before its notes were filled in.
EMPTY_LIST = "empty-endnotes"

# Edited by the authors between two captures: the same address with and without `www.`.
EDITED = {("russian-offensive-campaign-assessment-september-15", "13")}


def parsed(path: Path) -> ParsedReport:
    captured_at = datetime(2026, 11, 1, tzinfo=UTC)
    url = "https://www.understandingwar.org/backgrounder/x"
    report = parse_report(path.read_bytes(), url, "text/html; charset=utf-8", captured_at)
    assert isinstance(report, ParsedReport)
    return report


def differences(gold: dict[str, Any], notes: tuple[Note, ...]) -> Iterator[str]:
    for wanted, found in itertools.zip_longest(gold["notes"], notes):
        if wanted is None or found is None or wanted["label"] != found.label:
            yield f"label: wanted {wanted and wanted['label']}, found {found and found.label}"
        elif "doubt" not in wanted:
            urls = [cited.url for cited in found.urls]
            yield from (f"[{found.label}] missed {u}" for u in wanted["urls"] if u not in urls)
            yield from (f"[{found.label}] extra {u}" for u in urls if u not in wanted["urls"])


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:40])
def test_notes_urls_and_markers_equal_the_truth(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    report = parsed(REAL / gold["page"])
    assert not list(differences(gold, report.notes))
    assert [marker.label for marker in report.markers] == gold["markers"]
    assert all(marker.sentence for marker in report.markers)


@pytest.mark.parametrize("folder", REPORTS, ids=lambda path: path.name[-30:])
def test_captures_with_links_and_without_cite_the_same_urls(folder: Path) -> None:
    captures = [parsed(path).notes for path in sorted(folder.glob("*.html"))]
    first = captures[0]
    for other in captures[1:]:
        assert len(first) == len(other)
        for one, two in zip(first, other, strict=True):
            if (folder.name, one.label) not in EDITED:
                assert [u.url for u in one.urls] == [u.url for u in two.urls], one.label


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem[:40])
def test_labels_are_complete_and_markers_matched_on_every_page(path: Path) -> None:
    report = parsed(path)
    if EMPTY_LIST in path.name:
        assert not report.complete
        assert {"incomplete", "no-notes"} <= set(report.quality.flags)
        return
    assert report.complete
    assert report.notes
    assert not report.quality.missing_labels
    assert not report.quality.unmatched_markers
    assert not report.quality.unused_notes
