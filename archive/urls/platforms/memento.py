"""Other archives, which have copies of pages of others."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "memento",
    title="Another archive",
    hosts=("perma.cc", "ghostarchive.org", "webcitation.org", "megalodon.jp"),
    leads=True,
    copies=True,
)
