"""Odnoklassniki (OK): topics, statuses and videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts


def read(parts: UrlParts) -> Recognised:
    """Odnoklassniki: topics, statuses and videos."""
    segments = parts.segments
    if len(segments) > 1 and segments[0] in {"video", "live"}:
        return Recognised("ok", None, segments[1])
    owner = (
        segments[1]
        if len(segments) > 1 and segments[0] in {"group", "profile"}
        else parts.segment(0)
    )
    kinds = [i for i, name in enumerate(segments[:-1]) if name in {"topic", "statuses"}]
    return Recognised("ok", owner or None, segments[kinds[0] + 1] if kinds else None)


IDENTITY = Identity(
    "ok",
    title="OK (Odnoklassniki)",
    hosts=("ok.ru",),
    read=read,
    exits={("ok.ru", "dk"): ("st.link",)},
)
