"""What a body is by its first bytes: a picture made of points, a video, a sound; for who shows
captured files and for who judges them."""

from __future__ import annotations

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

PICTURE_TYPES = frozenset(kind for _, kind in _STARTS) | {"image/webp"}
"""Of pictures made of points that we draw anew. SVG is a page with scripts and is none of them."""

_SYNC = b"G"
_PACKETS = (0, 188, 376, 564)
"""Where packets of a transport stream begin, each with the same byte (ISO/IEC 13818-1, section
2.4.3.2): what stands in the pieces of a stream."""

_AVIF = frozenset({b"avif", b"avis", b"heic", b"heix", b"mif1"})


def picture_type(body: bytes) -> str | None:
    """The type of a picture made of points; None for anything else, whatever it says it is."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS if body.startswith(start)), None)


def other_media_type(body: bytes) -> str | None:
    """The type of a video, a sound, or a picture in a form that we do not draw; None: none of
    them."""
    if body[4:8] == b"ftyp":
        return "image/avif" if body[8:12] in _AVIF else "video/mp4"
    if body.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    if len(body) >= _PACKETS[-1] and all(body[at : at + 1] == _SYNC for at in _PACKETS[:-1]):
        return "video/mp2t"
    if body.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3")):
        return "audio/mpeg"
    return "audio/ogg" if body.startswith(b"OggS") else None
