"""Weibo: `/<account>/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "weibo",
    hosts=("weibo.com",),
    places=(0, 1),
)
