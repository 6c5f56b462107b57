"""Which of the files that a platform offers of a video is taken. Pure."""

from __future__ import annotations

from typing import Any

USUAL_HEIGHT = 720
"""Pixels; above it the same pictures in several times the bytes."""
_FILES = frozenset({"http", "https"})
_PIECES = frozenset({"m3u8", "m3u8_native"})


class NoFileError(Exception):
    """None can be taken.

    Attributes:
        is_large: There are some, all with more bytes than may be.
    """

    def __init__(self, said: str, *, is_large: bool) -> None:
        super().__init__(said)
        self.is_large = is_large


def chosen(formats: list[dict[str, Any]], most_bytes: int) -> dict[str, Any]:
    """One file with pictures, and with sound where one has both: nothing is put together here,
    which would be a program's work on strangers' bytes.

    Args:
        formats: As yt-dlp has them, the best last.
        most_bytes: What is known to have more is not taken.

    Raises:
        NoFileError: There is none.
    """
    usable = [one for one in formats if _is_one_file(one)]
    fitting = [one for one in usable if _bytes(one) <= most_bytes]
    if not fitting:
        said = f"no file of at most {most_bytes:,} bytes" if usable else "no single file of it"
        raise NoFileError(said, is_large=bool(usable))
    return max(enumerate(fitting), key=lambda pair: (*_rank(pair[1]), pair[0]))[1]


def _is_one_file(one: dict[str, Any]) -> bool:
    protocol, has_pictures = one.get("protocol"), one.get("vcodec") != "none"
    return has_pictures and not one.get("has_drm") and protocol in _FILES | _PIECES


def _bytes(one: dict[str, Any]) -> int:
    return int(one.get("filesize") or one.get("filesize_approx") or 0)


def _rank(one: dict[str, Any]) -> tuple[bool, bool, bool, int]:
    """Sound before whole files before a usual size; then as tall as usual, else as low as may
    be."""
    height = int(one.get("height") or 0)
    is_usual = height <= USUAL_HEIGHT
    has_sound = one.get("acodec") != "none"
    return (has_sound, one.get("protocol") in _FILES, is_usual, height if is_usual else -height)
