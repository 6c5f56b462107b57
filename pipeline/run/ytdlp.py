"""Whether there is a yt-dlp to fetch videos with."""

from __future__ import annotations

from importlib.util import find_spec


def missing() -> tuple[str, str] | None:
    """What is missing, and what mends it; None: nothing."""
    if find_spec("yt_dlp") is None:
        return "yt-dlp is not installed", "pip install 'isw-archive[videos]'"
    return None
