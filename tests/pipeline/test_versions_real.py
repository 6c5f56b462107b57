"""Real captures against versions told by hand. Each difference is printed."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from archive.model.reports import CapturedContent, Content, ParsedReport
from archive.model.times import parse_time
from pipeline.decide.versions import change_between, plan_runs
from pipeline.read.content import content_of, digest
from pipeline.read.parse import parse_report
from tests.conftest import REAL

GOLD = sorted((REAL / "gold/versions").glob("*.json")) if REAL.is_dir() else []
# The hand count took author and time lines in, which are not prose here.
WORDS_TOLERANCE = 2

pytestmark = pytest.mark.real


def read(page: Path, url: str, captured_at: str) -> ParsedReport:
    report = parse_report(
        page.read_bytes(), url, "text/html; charset=utf-8", parse_time(captured_at)
    )
    assert isinstance(report, ParsedReport), f"{page}: {report}"
    return report


def captured(gold: dict) -> tuple[list[CapturedContent], dict[int, Content]]:
    captures, contents = [], {}
    for number, capture in enumerate(gold["captures"]):
        page = REAL / "isw_versions" / gold["report"] / capture["file"]
        report = read(page, gold["url"], capture["captured_at"])
        contents[number] = content_of(report)
        key = digest(contents[number], report.parser)
        captures.append(CapturedContent(number, capture["captured_at"], key, report.complete))
    return captures, contents


def expected_runs(gold: dict, *, joined: bool) -> list[list[int]]:
    """Runs by hand; with `joined`, changes that may rightly be seen as none make no run."""
    silent = {
        (change["from_group"], change["to_group"])
        for change in gold["changes"]
        if joined and [] in change["kinds_also_accepted"]
    }
    runs = [[0]]
    for (_, one), (number, other) in pairwise(enumerate(c["group"] for c in gold["captures"])):
        if one == other or (one, other) in silent:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def said(change, expected: dict) -> str:
    """What differs between a change found and the one told by hand; empty when nothing does."""
    accepted = [set(expected["kinds"]), *map(set, expected["kinds_also_accepted"])]
    problems = [] if set(change.kinds) in accepted else [f"kinds {change.kinds}, not {accepted}"]
    for name, found in (
        ("words_added", change.words_added),
        ("words_removed", change.words_removed),
    ):
        least = expected[name] - expected[f"{name}_captions"] - WORDS_TOLERANCE
        if not least <= found <= expected[name] + WORDS_TOLERANCE:
            problems.append(f"{name} {found}, not {expected[name]}")
    problems += [
        f"{name} {getattr(change, name)}, not {expected[name]}"
        for name in ("notes_added", "notes_dropped")
        if list(getattr(change, name)) != expected[name]
    ]
    if "notes" in change.kinds and list(change.notes_changed) != expected["notes_changed"]:
        problems.append(f"notes_changed {change.notes_changed}, not {expected['notes_changed']}")
    return "; ".join(problems)


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_versions_are_those_told_by_hand(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    captures, contents = captured(gold)
    runs = plan_runs(captures)
    changes = [
        change_between(contents[one.representative], contents[other.representative])
        for one, other in pairwise(runs)
    ]
    found = [list(run.captures) for run in runs]
    strict, joined = expected_runs(gold, joined=False), expected_runs(gold, joined=True)
    assert found in (strict, joined), f"runs {found}, not {strict}; changes {changes}"
    if found == strict:
        wrong = [said(change, told) for change, told in zip(changes, gold["changes"], strict=True)]
        assert not any(wrong), wrong
    assert plan_runs(captures[::-1]) == runs


def test_a_page_written_anew_by_another_tool_is_no_edit() -> None:
    slug = "russian-offensive-campaign-assessment-may-5-2023"
    url = f"https://www.understandingwar.org/backgrounder/{slug}"
    pages = (
        REAL / "isw_drupal_reserialised/May-5-2023.html",
        REAL / f"isw_drupal/2023-05-05__{slug}.html",
    )
    one, other = (content_of(read(page, url, "2023-06-01T00:00:00Z")) for page in pages)
    assert change_between(one, other) is None


def test_an_empty_list_of_notes_is_incomplete_and_no_edit() -> None:
    name = "iran-update-special-report-march-29-2026"
    report = read(
        REAL / f"isw_wp/{name}__empty-endnotes.html",
        f"https://understandingwar.org/research/middle-east/{name}/",
        "2026-03-30T03:00:00Z",
    )
    early = content_of(report)
    assert not early.complete
    late = Content(early.title, early.text, (), early.figures, complete=True)
    assert change_between(early, late) is None
