"""The Internet Archive's Wayback Machine."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "wayback", hosts=("web.archive.org", "web-beta.archive.org"), leads=True, copies=True
)
