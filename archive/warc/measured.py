"""A WARC file as it lies there, without a look at its records."""

from __future__ import annotations

import fcntl
import hashlib
import os
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.errors import WarcError
from archive.model.fixity import WarcFile

if TYPE_CHECKING:
    from pathlib import Path


def is_held(path: Path) -> bool:
    """Whether a process writes this file now."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def measure(path: Path) -> WarcFile:
    """Size and SHA-256 of a file that nobody writes.

    Raises:
        WarcError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found = os.fstat(file.fileno())
    except OSError as error:
        raise WarcError(f"WARC {path} cannot be read: {error_with_advice(error, path)}") from error
    return WarcFile(path.name, found.st_size, digest, found.st_mtime_ns)
