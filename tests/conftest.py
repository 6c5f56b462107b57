"""Shared by all tests: where the real pages are, and a process-wide promise of no network."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `real` need pages that are not ours to bundle."""
    if REAL.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no real pages at {REAL}")
    for item in items:
        if "real" in item.keywords:
            item.add_marker(skip)


@pytest.fixture
def real() -> Path:
    """The folder of real pages; only for tests marked `real`."""
    return REAL
