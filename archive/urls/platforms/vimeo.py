"""Vimeo: videos by number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts


def read(parts: UrlParts) -> Recognised:
    """Videos by number; an unlisted one needs the code behind it."""
    numbers = [i for i, name in enumerate(parts.segments) if name.isdigit()]
    if not numbers:
        return Recognised("vimeo", parts.segment(0) or None if len(parts.segments) == 1 else None)
    number, code = parts.segments[numbers[0]], parts.segment(numbers[0] + 1)
    hidden = code if re.fullmatch(r"[0-9a-f]{8,12}", code) else parts.param("h")
    tail = f"/{hidden}" if hidden and hidden.isalnum() else ""
    return Recognised("vimeo", None, number, f"https://vimeo.com/{number}{tail}")


IDENTITY = Identity("vimeo", hosts=("vimeo.com",), read=read)
