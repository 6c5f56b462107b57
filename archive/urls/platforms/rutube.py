"""Rutube: videos by their code, or by the number that embedded players once had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_CODE = re.compile(r"(?:[0-9a-f]{32}|\d{4,12})(?!\w)")
# What may stand before a video's code, and chooses no other one.
_PLACES = frozenset({"video", "play", "embed", "shorts", "live", "private"})


def read(parts: UrlParts) -> Recognised:
    """Every form of a video folds to `rutube.ru/video/<code>`.

    One that its owner shows to few (`/video/private/`) needs the key behind its code (`?p=`).
    """
    places = [name for name in parts.segments if name in _PLACES]
    code = leading(_CODE, parts.segment(len(places))) if places else None
    if code and tuple(places) == parts.segments[: len(places)]:
        key = parts.param("p")
        hidden = f"?p={key}" if key and re.fullmatch(r"[\w-]+", key, re.ASCII) else ""
        kept = "private/" if "private" in places else ""
        return Recognised("rutube", None, code, f"https://rutube.ru/video/{kept}{code}{hidden}")
    if parts.segments[:2] == ("video", "person"):
        return Recognised("rutube", parts.segment(2) or None)
    named = parts.segment(0) in {"channel", "u"}
    return Recognised("rutube", (parts.segment(1).lower() or None) if named else None)


IDENTITY = Identity("rutube", title="RuTube", hosts=("rutube.ru",), read=read)
