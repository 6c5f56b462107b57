"""Videos that a platform shows in its player alone: what it names of them in public, their stills
and the sheets of small frames behind the player's bar (the storyboard).

Facts about the pages are those that public programs rely on: YouTube's watch page holds
`playerStoryboardSpecRenderer`, whose `spec` is an address and then, for each level of detail,
width, height, frames, columns, rows, milliseconds, name and signature, with `#` between; Vimeo's
player page holds `playerConfig` with `thumb_preview`, one sheet.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from archive.model.media import IN_PLAYER, STORYBOARD, THE_VIDEO, MediaKind, ShownMedia
from pipeline.read.media.posts import oembed_media, video_page
from pipeline.read.text.shown.gathered import Gathered, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity

MOST_SHEETS = 12
"""Of a storyboard: some 0.5 MB; a longer video is taken in fewer frames."""

_SPEC = re.compile(r'"playerStoryboardSpecRenderer"\s*:\s*(?=\{)')
_DETAILS = re.compile(r'"videoDetails"\s*:\s*\{')
_LASTS = re.compile(r'"lengthSeconds"\s*:\s*"(\d{1,7})"')
_CONFIG = re.compile(r"\bplayerConfig\s*=\s*(?=\{)")
_FRAMES_HOST = ".ytimg.com"
_WHOLE_NUMBER = re.compile(r"\d{1,6}")


def youtube_oembed(loaded: dict[str, Any], source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """The still, the video, and the watch page, where its storyboard is named."""
    listing = f"https://www.youtube.com/watch?v={source.post_id}"
    return _of_oembed(loaded, source, listing)


def vimeo_oembed(loaded: dict[str, Any], source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """The still, the video, and the player's page, which Vimeo's storyboard is named on."""
    hidden = source.key.rstrip("/").partition(f"/{source.post_id}/")[2]
    tail = f"?h={quote(hidden, safe='')}" if hidden else ""
    return _of_oembed(loaded, source, f"https://player.vimeo.com/video/{source.post_id}{tail}")


def _of_oembed(
    loaded: dict[str, Any], source: SourceIdentity, listing: str
) -> tuple[ShownMedia, ...]:
    found = oembed_media(loaded, source)
    if source.post_id is None or loaded.get("type") != "video":
        return found
    gathered = Gathered()
    gathered.add(
        MediaKind.VIDEO, named=THE_VIDEO, missing=IN_PLAYER, alt=loaded.get("title"),
        duration_s=seconds(loaded.get("duration")),
    )  # fmt: skip
    return (*found, *gathered.all(), ShownMedia(MediaKind.LISTING, "listing", listing))


def youtube_page(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """Of a watch page the still, the video, and its storyboard; nothing where it shows no video."""
    script = next((s for s in _scripts(tree) if _DETAILS.search(s)), None)
    if script is None or source.post_id is None:
        return video_page(tree, source)
    lasts = _LASTS.search(script)
    gathered = Gathered()
    gathered.add(
        MediaKind.VIDEO,
        named=THE_VIDEO,
        missing=IN_PLAYER,
        duration_s=float(lasts[1]) if lasts and int(lasts[1]) else None,
    )
    spec = _object_at(script, _SPEC).get("spec")
    for number, sheet in enumerate(_sheets(str(spec or ""), source.post_id), start=1):
        gathered.add(MediaKind.POSTER, sheet, named=f"{STORYBOARD} {number}", alt=STORYBOARD)
    return (*video_page(tree, source), *gathered.all())


def vimeo_page(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """The still and the video that Vimeo's player page shows, with its storyboard."""
    script = next((s for s in _scripts(tree) if _CONFIG.search(s)), None)
    config = _object_at(script, _CONFIG) if script else {}
    video = _dict(config.get("video"))
    if source.post_id is None or str(video.get("id")) != source.post_id:
        return ()
    gathered = Gathered(signed=True)
    title = video.get("title")
    gathered.add(MediaKind.POSTER, _thumbnail(video), alt=title)
    gathered.add(
        MediaKind.VIDEO, named=THE_VIDEO, missing=IN_PLAYER, alt=title,
        width=video.get("width"), height=video.get("height"),
        duration_s=seconds(video.get("duration")),
    )  # fmt: skip
    preview = _dict(_dict(config.get("request")).get("thumb_preview"))
    gathered.add(
        MediaKind.POSTER, preview.get("url"), named=f"{STORYBOARD} 1", alt=STORYBOARD,
        width=preview.get("width"), height=preview.get("height"),
    )  # fmt: skip
    return gathered.all()


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a storyboard: frames of a size, on so many sheets."""

    place: int
    sheets: int
    name: str
    signature: str


def _sheets(spec: str, video: str) -> Iterator[str]:
    """Addresses of the finest level's sheets that are no more than `MOST_SHEETS`."""
    base, *parts = spec.split("|")
    address = urlsplit(base)
    host = address.hostname or ""
    if not host.endswith(_FRAMES_HOST) or f"/{video}/" not in address.path:
        return
    levels = [level for place, part in enumerate(parts) if (level := _level(place, part))]
    few = [level for level in levels if level.sheets <= MOST_SHEETS]
    if not few:
        return
    level = few[-1]
    pattern = base.replace("$L", str(level.place)).replace("$N", level.name)
    pattern += f"{'&' if address.query else '?'}sigh={quote(level.signature, safe='$-_')}"
    for number in range(level.sheets):
        yield pattern.replace("$M", str(number))


def _level(place: int, part: str) -> _Level | None:
    """A level, or None for what is none."""
    fields = part.split("#")
    if len(fields) != 8 or not all(_WHOLE_NUMBER.fullmatch(one) for one in fields[:5]):
        return None
    _, _, frames, columns, rows = map(int, fields[:5])
    if not frames or not columns or not rows:
        return None
    return _Level(place, math.ceil(frames / (columns * rows)), fields[6], fields[7])


def _thumbnail(video: dict[str, Any]) -> object:
    """The still in its largest size."""
    thumbs = _dict(video.get("thumbs"))
    sizes = sorted((int(name), url) for name, url in thumbs.items() if name.isdecimal())
    return sizes[-1][1] if sizes else video.get("thumbnail_url") or thumbs.get("base")


def _scripts(tree: HtmlElement) -> Iterator[str]:
    return (str(one.text or "") for one in tree.iter("script"))


def _object_at(script: str, start: re.Pattern[str]) -> dict[str, Any]:
    """The JSON object behind a match; empty where there is none."""
    match = start.search(script)
    if match is None:
        return {}
    try:
        found, _ = json.JSONDecoder().raw_decode(script, match.end())
    except (ValueError, RecursionError):
        return {}
    return _dict(found)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
