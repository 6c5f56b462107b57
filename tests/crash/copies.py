"""The trials of backup and repair: what they begin with, and what must hold of the copies."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive.fixity.bag import dated_bags
from archive.fixity.holding import holding
from archive.fixity.verify import VerifyOptions, verify

WOUNDS = 5
"""In the largest WARC file; another one is taken away where there is one."""


def bags_of(data: Path) -> Path:
    """Where a trial's folder is backed up to."""
    return data.with_name(f"{data.name}-bags")


def hurt(data: Path) -> None:
    """Damage the evidence: single bytes, and a file that is lost."""
    paths = sorted((data / "warc").glob("*.warc.gz"), key=lambda path: path.stat().st_size)
    size = paths[-1].stat().st_size
    with paths[-1].open("r+b") as file:
        for n in range(1, WOUNDS + 1):
            file.seek(size * n // (WOUNDS + 1))
            [byte] = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte ^ 0x10]))
    for path in paths[:-1][:1]:
        path.unlink()


def whole_bags(bags: Path) -> list[str]:
    """Each backup that would be taken for one is whole, to its last record."""
    faults = [
        f for bag in dated_bags(bags) for f in verify(holding(bag), VerifyOptions(deep=True)).faults
    ]
    return [f"a backup is not whole: {fault}" for fault in faults[:3]]


def done(bags: Path) -> list[str]:
    """After a backup that nobody disturbed there is one, and no half of any."""
    names = sorted(path.name for path in bags.iterdir()) if bags.is_dir() else []
    halves = [name for name in names if not name.endswith("Z")]
    faults = [f"left over of a backup: {', '.join(halves)}"] if halves else []
    return [*faults, *([] if dated_bags(bags) else ["no backup"]), *whole_bags(bags)]


def copied(data: Path, to: Path) -> Path:
    """A copy of a folder."""
    return Path(shutil.copytree(data, to))
