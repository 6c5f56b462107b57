"""Reddit: `/r/<group>/comments/<post>/…`."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "reddit",
    hosts=("reddit.com",),
    places=(1, 3),
    gates={"out.reddit.com": ("url",)},
)
