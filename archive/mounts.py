"""Places where a disk belongs: what is begun below one while it is not mounted lies on another
disk, and is hidden once it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

FSTAB = Path("/etc/fstab")
"""https://man7.org/linux/man-pages/man5/fstab.5.html"""
_OCTAL = re.compile(r"\\([0-7]{3})")
_WHERE = 1


def unmounted(path: Path) -> Path | None:
    """The place on the way to a path where the system's table has a disk, and none is mounted; None
    where there is none, or nobody can tell."""
    real = path.resolve()
    places = _places()
    on_the_way = (one for one in (real, *real.parents) if str(one) in places)
    return next((one for one in on_the_way if not os.path.ismount(one)), None)


def _places() -> set[str]:
    """Paths that the table names."""
    try:
        lines = FSTAB.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return set()
    fields = [line.split() for line in lines if not line.lstrip().startswith("#")]
    named = [_unescaped(found[_WHERE]) for found in fields if len(found) > _WHERE]
    return {os.path.normpath(one) for one in named if one.startswith("/")}


def _unescaped(field: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), field)
