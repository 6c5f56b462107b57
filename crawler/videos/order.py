"""What yt-dlp's process is told to fetch, and what it gives: a line of JSON each way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class VideoOrder:
    """One video to fetch.

    Attributes:
        url: The page that shows it.
        folder: Where its file goes; empty, and there for this video alone.
        port: Of the proxy on loopback, the only way out.
        size: Bytes that the file may have.
        seconds: Of processor time.
        agent: The user agent, where a site's reader in yt-dlp has none of its own.
    """

    url: str
    folder: str
    port: int
    size: int
    seconds: float
    agent: str


@dataclass(frozen=True, slots=True)
class VideoResult:
    """What became of it.

    Attributes:
        error: What yt-dlp says; None where there is a file.
        is_large: All that there is has more bytes than may be.
        file: Its name in the folder.
        program: yt-dlp's name and version.
        url: Where the file came from, as read.
    """

    error: str | None = None
    is_large: bool = False
    file: str | None = None
    program: str = ""
    extractor: str | None = None
    format_id: str | None = None
    url: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


def line_of(told: VideoOrder | VideoResult) -> str:
    """One line of JSON."""
    return json.dumps(asdict(told)) + "\n"


def order(line: str) -> VideoOrder:
    """What `line_of` made of it."""
    return VideoOrder(**json.loads(line))


def got(line: str) -> VideoResult:
    """What `line_of` made of it.

    Raises:
        ValueError: It is none of our lines.
    """
    try:
        return VideoResult(**json.loads(line))
    except TypeError as error:
        raise ValueError(str(error)) from error
