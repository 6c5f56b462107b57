"""Bluesky: `/profile/<account>/post/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "bluesky",
    hosts=("bsky.app",),
    places=(1, 3),
)
