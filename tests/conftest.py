"""Shared by all tests: where the real pages are, who asks, and a process-wide promise of no
network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real"

# Nothing is collected without one, on the replica neither; commands that tests start inherit it.
os.environ.setdefault("ISW_ARCHIVE_CONTACT", "mailto:operator@isw-archive.example")


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
