"""MAX: `/<channel>/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "max",
    title="MAX",
    hosts=("max.ru",),
    places=(0, 1),
)
