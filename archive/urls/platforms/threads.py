"""Threads: `/@<account>/post/<post>`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "threads",
    hosts=("threads.net", "threads.com"),
    places=(0, 2),
    gates=dict.fromkeys(("l.threads.com", "l.threads.net"), ("u",)),
)
