"""Truth Social: `/@<account>/posts/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "truthsocial",
    title="Truth Social",
    hosts=("truthsocial.com",),
    places=(0, 2),
)
