"""Truth Social: `/@<account>/posts/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "truthsocial",
    hosts=("truthsocial.com",),
    places=(0, 2),
)
