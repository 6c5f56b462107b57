"""Rumble: videos by the code before the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts


def read(parts: UrlParts) -> Recognised:
    """Videos by the code before the title."""
    name = parts.segment(1) if parts.segment(0) == "embed" else parts.segment(0)
    match = re.match(r"v[0-9a-z]{4,}(?=-|\.|$)", name)
    if match and parts.segment(0) not in {"c", "user"}:
        return Recognised("rumble", None, match.group(0))
    return Recognised(
        "rumble", parts.segment(1) or None if parts.segment(0) in {"c", "user"} else None
    )


IDENTITY = Identity("rumble", hosts=("rumble.com",), read=read)
