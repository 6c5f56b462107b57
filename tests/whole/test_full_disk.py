"""A disk that is full, for real: a file system in memory, of so many bytes, that this test alone
sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import at
from tests.replica.world import SMALL, build_world, fetch, reports
from tests.saved import ENV, record, rows

OF_OUR_OWN = ("unshare", "--user", "--map-root-user", "--mount")
CAPTURES = 6
SCRIPT = """
run() { name=$1; shift; "$@" > "$OUT/$name.out" 2> "$OUT/$name.err"; echo $? > "$OUT/$name.code"; }
mount -t tmpfs -o size="${KIB}k" none "$DISK" || exit
run full "$@" import "$SAVED"
mount -o remount,size=64m "$DISK"
run next "$@" import "$SAVED" --json
run status "$@" status
cp -a "$DISK/data" "$OUT/data"
"""


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = [*OF_OUR_OWN, "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _can_mount(), reason="no file system can be mounted here")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some reports, saved."""
    world = build_world(SMALL)
    wanted = [report for report in reports(SMALL) if report.site == "isw"][:CAPTURES]
    pages = [(report.url, fetch(world, report.url, at(24 * 30)).body) for report in wanted]
    path = tmp_path_factory.mktemp("saved") / "x.warc.gz"
    path.write_bytes(b"".join(record(*page, number=n) for n, page in enumerate(pages, 1)))
    return path


@pytest.mark.parametrize("kib", [4, 400, 560, 1000])
def test_a_full_disk_is_called_full_and_the_next_command_goes_on(
    tmp_path: Path, saved: Path, kib: int
) -> None:
    """The database meets it as it is made, as its tables are, and with its first rows."""
    disk = tmp_path / "disk"
    disk.mkdir()
    program = [sys.executable, "-m", "pipeline", "--data", str(disk / "data")]
    places = {"KIB": str(kib), "DISK": str(disk), "OUT": str(tmp_path), "SAVED": str(saved)}
    env = {**os.environ, **ENV, **places}
    subprocess.run([*OF_OUR_OWN, "sh", "-c", SCRIPT, "_", *program], env=env, check=True)
    said = {path.name: path.read_text().strip() for path in tmp_path.glob("*.*")}
    assert said["full.code"] == "1"
    (line,) = said["full.err"].splitlines()
    assert "the disk is full (" in line
    assert f" free in {disk}" in line
    assert "free disk space" in line
    assert said["next.code"] == "0", said["next.err"]
    counts = json.loads(said["next.out"])["counts"]
    assert counts.get("captures", 0) + counts.get("already held", 0) == CAPTURES
    assert rows(tmp_path / "data", "SELECT count(*), count(DISTINCT origin) FROM captures") == [
        (CAPTURES, CAPTURES)
    ]
    assert said["status.code"] == "0", said["status.out"]
