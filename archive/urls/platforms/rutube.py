"""Rutube: `/video/<code>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "rutube",
    hosts=("rutube.ru",),
    places=(0, 1),
)
