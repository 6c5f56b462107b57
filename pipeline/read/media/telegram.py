"""What a Telegram post shows, from its widget or its channel's preview.

The address of a file is made anew with each page; of photos the mark-up tells the number, which
stays. A video over Telegram's limit for browsers has no address: its still picture has, and the
page says `Media is too big`. Documents are in the app alone: the page names them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.media import MediaKind, ShownMedia
from pipeline.read.text.shown.gathered import STYLE_URL, Gathered, decimal, seconds, size_in_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

_WIDTH = re.compile(r"(?:^|;)\s*width:\s*(\d{1,5}(?:\.\d{1,4})?)px")
_RATIO = re.compile(r"padding-top:\s*(\d{1,4}(?:\.\d{1,6})?)%")
_NUMBER = re.compile(r"(?<!\S)(\d{15,20})(?!\S)")
"""Of a photo, among the classes of its element."""

TOO_BIG, IN_APP = "too-big", "in-the-app-only"
_QUOTED = frozenset({"tgme_widget_message_reply", "tgme_widget_message_link_preview"})
"""Another post or page that this one speaks of: what they show is theirs."""


def shown(message: HtmlElement) -> tuple[ShownMedia, ...]:
    """Photos, albums, videos with their stills, voice, documents of a message, in their order."""
    gathered = Gathered(signed=True)
    for element in message.iter("a", "div", "audio", "video", "i"):
        classes = (element.get("class") or "").split()
        reader = next((_READERS[name] for name in classes if name in _READERS), None)
        if reader is not None and not is_quoted(element):
            reader(element, gathered)
    return gathered.all()


def is_quoted(element: HtmlElement) -> bool:
    """Whether it stands inside another message or page that the message speaks of."""
    return any(
        _QUOTED.intersection((above.get("class") or "").split())
        for above in (element, *element.iterancestors("a", "div"))
    )


def _photo(element: HtmlElement, gathered: Gathered) -> None:
    style = element.get("style") or ""
    number = _NUMBER.search(element.get("class") or "")
    inner = next(iter(element.find_class("tgme_widget_message_photo")), element)
    is_laid_out = "grouped_media_wrap" in (element.get("class") or "")
    # in an album the numbers are those of its tiles
    width, height = (None, None) if is_laid_out else _measures(style, inner.get("style") or "")
    gathered.add(
        MediaKind.PICTURE,
        _of_style(style),
        named=f"photo {number[1]}" if number else None,
        width=width,
        height=height,
    )


def _video(element: HtmlElement, gathered: Gathered) -> None:
    """A player: its still picture, then the video, or that it has none for browsers."""
    frame = next(iter(element.find_class("tgme_widget_message_video_wrap")), element)
    own = frame.get("style") or ""
    width, height = _measures(own, own)
    lasts = seconds(_text(element, "message_video_duration", "tgme_widget_message_roundvideo_time"))
    still = next(
        (
            url
            for name in ("tgme_widget_message_video_thumb", "tgme_widget_message_roundvideo_thumb")
            for one in element.find_class(name)
            if (url := _of_style(one.get("style") or ""))
        ),
        None,
    )
    gathered.add(MediaKind.POSTER, still, width=width, height=height)
    played = next(element.iter("video"), None)
    label = _text(element, "message_media_not_supported_label")
    gathered.add(
        MediaKind.VIDEO,
        played.get("src") if played is not None else None,
        width=(played.get("width") if played is not None else None) or width,
        height=(played.get("height") if played is not None else None) or height,
        duration_s=lasts,
        missing=TOO_BIG if "big" in label.lower() else IN_APP,
    )


def _voice(element: HtmlElement, gathered: Gathered) -> None:
    beside = element.getparent()
    told = beside if beside is not None else element
    lasts = seconds(_text(told, "tgme_widget_message_voice_duration"))
    gathered.add(MediaKind.AUDIO, element.get("src"), duration_s=lasts, missing=IN_APP)


def _document(element: HtmlElement, gathered: Gathered) -> None:
    """A file: its name and size are told, its bytes are in the app."""
    is_audio = bool(element.find_class("audio"))
    extra = _text(element, "tgme_widget_message_document_extra")
    gathered.add(
        MediaKind.AUDIO if is_audio else MediaKind.DOCUMENT,
        alt=_text(element, "tgme_widget_message_document_title"),
        size=size_in_bytes(extra),
        missing=IN_APP,
    )


_READERS: dict[str, Callable[[HtmlElement, Gathered], None]] = {
    "tgme_widget_message_photo_wrap": _photo,
    "tgme_widget_message_video_player": _video,
    "tgme_widget_message_roundvideo_player": _video,
    "tgme_widget_message_voice": _voice,
    "tgme_widget_message_document_wrap": _document,
}


def _of_style(style: str) -> str | None:
    found = STYLE_URL.search(style)
    return found[1] if found else None


def _measures(style: str, frame: str) -> tuple[float | None, float | None]:
    """Width in pixels, and height by the frame's ratio."""
    wide, ratio = _WIDTH.search(style), _RATIO.search(frame)
    width = decimal(wide[1]) if wide else None
    return width, width * float(ratio[1]) / 100 if width and ratio else None


def _text(element: HtmlElement, *names: str) -> str:
    found = (" ".join(e.text_content().split()) for name in names for e in element.find_class(name))
    return next(filter(None, found), "")
