"""A database that lies elsewhere, behind a symbolic link: the link stays, what it leads to is made
anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import web_samples as samples
from tests.spider_runs import ROOT


def run(data: Path, *words: str, limit_kib: int | None = None) -> subprocess.CompletedProcess[str]:
    begin = ["sh", "-c", f'ulimit -v {limit_kib}; exec "$@"', "sh"] if limit_kib else []
    return subprocess.run(
        [*begin, sys.executable, "-m", "pipeline", "--data", str(data), *words],
        cwd=ROOT, env={**os.environ, "ISW_ARCHIVE_WORKERS": "1"}, capture_output=True, text=True,
        check=False, timeout=600,
    )  # fmt: skip


def test_rebuild_replaces_what_the_link_leads_to(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    elsewhere = tmp_path / "disk" / "index.db"
    elsewhere.parent.mkdir()
    folder.database.replace(elsewhere)
    folder.database.symlink_to(elsewhere)
    before = elsewhere.stat().st_ino
    done = run(folder.root, "rebuild")
    assert done.returncode == 0, done.stderr
    assert folder.database.is_symlink()
    assert elsewhere.stat().st_ino != before
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == [
        "index.db",
        "index.db-sums",
    ]
    assert run(folder.root, "status").returncode == 0


def test_under_a_smaller_limit_of_memory_pages_are_read_all_the_same(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    done = run(folder.root, "rebuild", limit_kib=1_500_000)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
