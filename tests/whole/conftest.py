"""Three reports of the replica as other tools would have saved them, and an archive of one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.factories import at
from tests.fixity_samples import make_archive
from tests.replica.world import SMALL, build_world, fetch, reports
from tests.saved import record, run

Pages = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Three reports of the replica: address and page."""
    world = build_world(SMALL)
    wanted = [report for report in reports(SMALL) if report.site == "isw"][:3]
    return [(report.url, fetch(world, report.url, at(24 * 30)).body) for report in wanted]


@pytest.fixture(scope="module")
def one(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one report; tests copy it."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "a.warc.gz").write_bytes(record(*pages[0], number=1))
    assert run(folder / "data", "import", folder / "a.warc.gz").exit_code == 0
    return folder / "data"


@pytest.fixture(scope="module")
def kept(one: Path) -> Path:
    """The archive that `data` is a copy of; a module that looks at another one says so."""
    return one


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """An archive to change."""
    return Path(shutil.copytree(kept, tmp_path / "data"))


@pytest.fixture(scope="session")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive of two runs, with what it was imported from beside it
    (`tests.fixity_samples.make_archive`); tests copy it."""
    return make_archive(tmp_path_factory.mktemp("two-runs"))


@pytest.fixture(scope="session")
def small_archive(two_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small archive, `data`, its backup, `bag`, and `more.warc.gz` with a further
    report; tests copy what they change."""
    folder = tmp_path_factory.mktemp("small-archive")
    shutil.copy(two_runs.parent / "more.warc.gz", folder)
    data = Path(shutil.copytree(two_runs, folder / "data"))
    assert run(data, "backup", folder / "bag").exit_code == 0
    return folder
