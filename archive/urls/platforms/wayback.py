"""The Internet Archive's Wayback Machine."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "wayback",
    title="Wayback Machine",
    hosts=("web.archive.org", "web-beta.archive.org"),
    leads=True,
    copies=True,
)
