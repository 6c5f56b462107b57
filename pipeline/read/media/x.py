"""What a post on X shows: oEmbed names none of it, the answer behind its public embeds does.

Facts about that answer are those that public programs rely on: `tweet-result?id=…&token=…`, where
any token serves; `mediaDetails` with the whole pictures and the variants of a video; a tombstone in
place of a post that is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.model.media import MediaKind, ShownMedia
from pipeline.read.text.shown.gathered import STREAM, Gathered, decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.urls.normal import SourceIdentity

_EMBED = "https://cdn.syndication.twimg.com/tweet-result?id={}&token=a&lang=en"
_MOST_BITS = 2_500_000
"""A second, of the variant that is taken: 720p; above it the same pictures in four times the
bytes."""


def shown(loaded: dict[str, Any], source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """Of oEmbed the address where more is told; of that answer pictures, stills and videos."""
    if source.post_id is None or not source.post_id.isdigit():
        return ()
    if "mediaDetails" not in loaded and "photos" not in loaded and "video" not in loaded:
        if "provider_name" not in loaded:
            return ()
        return (ShownMedia(MediaKind.LISTING, "listing", _EMBED.format(source.post_id)),)
    gathered = Gathered()
    details = list(_dicts(loaded.get("mediaDetails")))
    for detail in details:
        _detail(detail, gathered)
    for photo in _dicts(loaded.get("photos")):
        _photo(photo.get("url"), gathered, photo.get("width"), photo.get("height"))
    if not _has_video(gathered):
        _video(loaded.get("video"), gathered)
    if not _has_video(gathered) and any("video_info" in detail for detail in details):
        gathered.add(MediaKind.VIDEO, missing=STREAM)
    return gathered.all()


def _has_video(gathered: Gathered) -> bool:
    return any(one.kind is MediaKind.VIDEO for one in gathered.all())


def _detail(detail: dict[str, Any], gathered: Gathered) -> None:
    """A picture; of a video its still and the best variant of a usual size."""
    size, alt = detail.get("original_info"), detail.get("ext_alt_text")
    size = size if isinstance(size, dict) else {}
    width, height, still = size.get("width"), size.get("height"), detail.get("media_url_https")
    info = detail.get("video_info")
    if not isinstance(info, dict):
        _photo(still, gathered, width, height, alt)
        return
    gathered.add(MediaKind.POSTER, still, width=width, height=height, alt=alt)
    variant = _best(_dicts(info.get("variants")), "url", "content_type")
    lasts = decimal(info.get("duration_millis"))
    gathered.add(
        MediaKind.VIDEO,
        variant,
        width=width,
        height=height,
        alt=alt,
        duration_s=lasts / 1000 if lasts else None,
    )


def _photo(
    url: object, gathered: Gathered, width: object, height: object, alt: object = None
) -> None:
    """A picture in its whole size: without a name for the size X serves a smaller one."""
    text = str(url or "")
    if (urlsplit(text).hostname or "") == "pbs.twimg.com" and "?" not in text:
        text = f"{text.rpartition(':')[0] if text.count(':') > 1 else text}?name=orig"
    gathered.add(MediaKind.PICTURE, text, width=width, height=height, alt=alt)


def _video(video: object, gathered: Gathered) -> None:
    if isinstance(video, dict):
        lasts = decimal(video.get("durationMs"))
        gathered.add(MediaKind.POSTER, video.get("poster"))
        variant = _best(_dicts(video.get("variants")), "src", "type")
        gathered.add(MediaKind.VIDEO, variant, duration_s=lasts / 1000 if lasts else None)


def _best(variants: Iterator[dict[str, Any]], url: str, form: str) -> object:
    """The largest file within the bound, else the smallest; a list of pieces is no file."""
    files = [one for one in variants if str(one.get(form, "")) == "video/mp4" and one.get(url)]
    files.sort(key=lambda one: decimal(one.get("bitrate")) or 0)
    within = [one for one in files if (decimal(one.get("bitrate")) or 0) <= _MOST_BITS]
    chosen = within[-1:] or files[:1]
    return chosen[0][url] if chosen else None


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    return (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))
