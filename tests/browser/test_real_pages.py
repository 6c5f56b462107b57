"""An archive of real reports in a browser: whatever they hold, the pages are as right as the
demo's."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.opened import TURNS, faults, opened, width_of
from tests.browsing import CHROMIUM
from tests.conftest import REAL
from tests.serving import served

pytestmark = [
    pytest.mark.browser, pytest.mark.real, pytest.mark.skipif(CHROMIUM is None, reason="no browser")
]  # fmt: skip

PATHS = (
    "/", "/-/report/{0}", "/-/report/{0}/check", "/-/report/{0}/changes", "/-/source/{1}",
    "/-/search?q=drones", "/archive/versions", "/archive/notes",
)  # fmt: skip
LONGEST = (
    "SELECT report_id, source_id FROM versions JOIN notes ON notes.version_id = versions.id "
    "JOIN citations ON note_id = notes.id WHERE source_id IS NOT NULL "
    "GROUP BY versions.id ORDER BY count(*) DESC, versions.id LIMIT 1"
)


@pytest.fixture(scope="module")
def real_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("real-pages") / "data"
    words = ("--data", str(data), "import", str(REAL / "reports.warc.gz"))
    subprocess.run([sys.executable, "-m", "pipeline", *words], check=False, capture_output=True)
    return data


@pytest.fixture(scope="module")
def real_address(real_archive: Path) -> Iterator[str]:
    with served(real_archive) as (_, where):
        yield where.rstrip("/")


@pytest.mark.parametrize(("turn", "path"), list(enumerate(PATHS)))
def test_a_page_of_a_real_archive_is_right(
    real_archive: Path, real_address: str, browser: Browser, turn: int, path: str
) -> None:
    with closing(sqlite3.connect(real_archive / "archive.db")) as db:
        row = db.execute(LONGEST).fetchone()
    for view in TURNS[turn % 2]:
        with opened(browser, real_address + path.format(*row), view) as page:
            assert width_of(page) <= view.width
            assert not view.scripts or faults(page) == []


def test_pages_of_sentences_are_turned_by_keys(
    real_archive: Path, real_address: str, browser: Browser
) -> None:
    with closing(sqlite3.connect(real_archive / "archive.db")) as db:
        report, _ = db.execute(LONGEST).fetchone()
    with opened(browser, f"{real_address}/-/report/{report}/check", TURNS[1][1]) as page:
        page.keyboard.press("n")
        page.wait_for_url("**page=2**")
        page.keyboard.press("p")
        page.wait_for_url("**page=1**")
