"""archive.today under each of its names."""

from __future__ import annotations

from archive.urls.copies import ARCHIVE_TODAY
from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "archive-today",
    title="archive.today",
    hosts=tuple(sorted(ARCHIVE_TODAY)),
    leads=True,
    copies=True,
)
