"""Each platform that is declared: a post that is there, one that is gone, one that is closed.

The cases of one stand in `tests/fixtures/platforms/<name>/cases.json`, by names that begin with
`there`, `removed` or `closed`; docs/add-a-platform.md says what each part means.
"""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage, Processed
from archive.model.vocabulary import Kind, Outcome
from archive.urls.normal import identify
from archive.urls.platforms.registry import IDENTITIES
from archive.urls.publishers.registry import PUBLISHERS
from pipeline.read.platforms.platform import Platform
from pipeline.read.platforms.registry import platforms
from pipeline.read.platforms.views import fetch_url, second_view
from pipeline.read.process import Limits, process

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parents[1] / "fixtures" / "platforms"
AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
CLOSED = {Outcome.FORBIDDEN, Outcome.LOGIN_WALL}
ALL = sorted(platforms().values(), key=lambda one: one.name)


def cases(name: str) -> dict[str, dict[str, Any]]:
    file = FOLDER / name / "cases.json"
    loaded: dict[str, dict[str, Any]] = json.loads(file.read_text()) if file.exists() else {}
    return loaded


NAMED = [(one, name) for one in sorted(p.name for p in FOLDER.iterdir()) for name in cases(one)]


def answered(platform: str, case: dict[str, Any]) -> Processed:
    """One case as the crawl would have it."""
    asked = case.get("asked") or fetch_url(identify(case["cited"]))
    kind = "application/json" if "json" in case else "text/html; charset=utf-8"
    if "file" in case:
        body = (FOLDER / platform / case["file"]).read_bytes()
    else:
        body = (json.dumps(case["json"]) if "json" in case else case["body"]).encode()
    subject = case["cited"] if asked != case["cited"] else None
    context = FetchContext(7, Kind.SOURCE, asked, subject=subject)
    status = case.get("status", 200)
    page = FetchedPage(context, asked, AT, status, {"content-type": kind}, body)
    return process(page, Limits())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_platform_has_addresses_and_cases_for_all_that_it_declares(one: Platform) -> None:
    assert one.name in {identity.platform for identity in IDENTITIES}
    starts = {name.partition(",")[0] for name in cases(one.name)}
    reads = one.read_page or one.read_json or one.read_oembed
    wanted = {"there": reads, "removed": one.removed, "closed": one.closed}
    assert starts == {name for name, declared in wanted.items() if declared}


def test_there_are_no_cases_without_a_platform() -> None:
    assert {path.name for path in FOLDER.iterdir()} <= set(platforms())


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_oembed_is_read_where_its_provider_is_named(one: Platform) -> None:
    assert bool(one.providers) == (one.read_oembed is not None)
    assert all(name == name.lower() for name in one.providers)


@pytest.mark.parametrize(("platform", "name"), NAMED)
def test_a_case_is_of_its_platform(platform: str, name: str) -> None:
    assert identify(cases(platform)[name]["cited"]).platform == platform


@pytest.mark.parametrize(("platform", "name"), [n for n in NAMED if n[1].startswith("there")])
def test_a_post_that_is_there_is_read(platform: str, name: str) -> None:
    case = cases(platform)[name]
    found = answered(platform, case)
    assert found.verdict.outcome is Outcome.OK
    assert found.text is not None
    assert "thin" not in found.text.flags
    read = {key: getattr(found.text, key) for key in case["says"]}
    assert read == case["says"]


@pytest.mark.parametrize(("platform", "name"), [n for n in NAMED if n[1].startswith("removed")])
def test_a_removed_post_is_removed_by_the_platforms_word(platform: str, name: str) -> None:
    case = cases(platform)[name]
    found = answered(platform, case).verdict
    assert found.outcome is Outcome.REMOVED
    assert found.evidence["rule"] == f"{platform}-removed"
    assert case["marker"] in str(found.evidence["marker"])


@pytest.mark.parametrize(("platform", "name"), [n for n in NAMED if n[1].startswith("closed")])
def test_a_closed_post_is_closed_and_no_removal(platform: str, name: str) -> None:
    case = cases(platform)[name]
    found = answered(platform, case).verdict
    assert found.outcome in CLOSED
    assert found.outcome == case["outcome"]
    assert str(found.evidence["rule"]).startswith(f"{platform}-")
    assert case["marker"] in str(found.evidence["marker"])


@pytest.mark.parametrize("one", [one for one in ALL if one.second_views], ids=lambda one: one.name)
def test_a_second_view_is_another_and_the_last(one: Platform) -> None:
    cited = cases(one.name)["there"]["cited"]
    first = fetch_url(identify(cited))
    for outcome in {outcome for view in one.second_views for outcome in view.after}:
        second = second_view(cited, first, outcome)
        assert second not in {None, first}
        assert second_view(cited, str(second), outcome) is None
        assert second_view(cited, first, outcome, f"{one.name}-notice") is None
    assert second_view(cited, first, Outcome.REMOVED) is None
    assert second_view(cited, first, Outcome.OK) is None


# Words of other meanings; `ok` is an outcome's name, `x` a letter.
_OTHER_WORDS = {"ok", "x", "max", "memento", "wayback", "archive-today", "shortlink"}
_OWN_FOLDERS = ("archive/urls/platforms", "pipeline/read/platforms")


def test_nothing_else_names_a_platform() -> None:
    names = {one.platform for one in IDENTITIES} | set(platforms())
    names -= _OTHER_WORDS | {one.name for one in PUBLISHERS}
    files = [
        file for part in ("archive", "pipeline", "crawler") for file in ROOT.glob(f"{part}/**/*.py")
    ]
    places = [
        (str(file.relative_to(ROOT)), node.value)
        for file in files
        if not str(file.relative_to(ROOT)).startswith(_OWN_FOLDERS)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert places == []
