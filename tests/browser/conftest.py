"""The demo's archive, as `make demo` makes it up to a certain day, and a browser to look at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archive.clock import TEST_CLOCK, offset_to
from tests.browser.opened import chromium
from tests.browser.shown import UNTIL
from tests.browsing import CHROMIUM
from tests.demo import live_through
from tests.replica.year import year
from tests.serving import served

READY = os.environ.get("ISW_ARCHIVE_TEST_DEMO")
"""A folder that `python -m tests.demo --no-serve --until 2026-11-20T12:00:00Z --data …` made: then
none is made here."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder."""
    if READY:
        return Path(READY)
    folder = tmp_path_factory.mktemp("demo") / "demo-data"
    live_through(year(UNTIL), folder)
    return folder


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the demo is served, as on its last day."""
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TEST_CLOCK, offset_to(UNTIL + timedelta(hours=1)))
        with served(demo) as (_, where):
            yield where.rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file: Playwright holds its thread's event loop as long as it stands."""
    with chromium() as started:
        yield started
