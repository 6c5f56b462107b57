"""Shared by all tests: where the real pages are, who asks, an archive to write to, and a
process-wide promise of no network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pipeline.run.ingest import Archive

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real"

# Nothing is collected without one, on the replica neither; commands that tests start inherit it.
os.environ.setdefault("ISW_ARCHIVE_CONTACT", "mailto:operator@isw-archive.example")

# A busy machine fails no test: the first example of some loads a library.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes come first; tests marked `real` need pages that are not ours to
    bundle."""
    # after the shuffle: a worker that came to one of these last would be waited for
    items.sort(key=_minutes, reverse=True)
    if REAL.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no real pages at {REAL}")
    for item in items:
        if "real" in item.keywords:
            item.add_marker(skip)


def _minutes(item: pytest.Item) -> int:
    mark = item.get_closest_marker("minutes")
    return mark.args[0] if mark else 0


@pytest.fixture
def real() -> Path:
    """The folder of real pages; only for tests marked `real`."""
    return REAL


@pytest.fixture
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Archive]:
    """An archive in `data`, open for writing: empty, or, for tests marked `citing`, with a report
    of March 3 that cites a post and an article. Modules that need another have their own."""
    from archive.config import Settings
    from pipeline.run.ingest import Archive
    from tests.memento_samples import keep_citing_report

    with Archive.open(tmp_path / "data", Settings(), run="test") as opened:
        if request.node.get_closest_marker("citing") is not None:
            keep_citing_report(opened)
        yield opened
