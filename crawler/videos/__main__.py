"""`python -m crawler.videos`: fetches the video that standard input names, and tells on standard
output what became of it, a line each.

A process of its own: yt-dlp reads strangers' pages with code that changes weekly. It can connect to
nothing but the proxy, start no program, look up no name, and write no more than a file may have.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import Any

from archive.urls.addresses import Allowed
from crawler.download.guard import stand_guard
from crawler.videos.choice import NoFileError, chosen
from crawler.videos.order import VideoOrder, VideoResult, line_of, order

MEMORY_BYTES = 1_500_000_000
"""Of private memory; an ordinary video takes 150 MB."""
HOST = "127.0.0.1"
_MORE_BYTES = 1_000_000
"""Beyond the file's, so that the size is told by whoever counts it, not by the system."""
_FORBIDDEN = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty",
    "os.startfile", "pty.spawn", "socket.bind", "socket.gethostbyname", "socket.gethostbyaddr",
    "socket.getnameinfo",
})  # fmt: skip
_BYPASSES = ("curl_cffi", "secretstorage", "mutagen")
"""Modules that yt-dlp uses where they are there: a network stack that our guard does not see; the
keyring; tags that it would write into the file."""


class _ForbiddenError(OSError):
    """What is not done here."""


def main() -> None:
    """Carry out orders until standard input ends, all with the limits and the proxy of the
    first."""
    for place, line in enumerate(sys.stdin):
        told = order(line)
        if not place:
            _bound(told)
            _shut(told.port)
        sys.stdout.write(line_of(_fetched(told)))
        sys.stdout.flush()


def _bound(told: VideoOrder) -> None:
    """Memory, processor time and file size."""
    seconds = max(1, int(told.seconds))
    most = told.size + _MORE_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _shut(port: int) -> None:
    """Leave the proxy as the only way out."""
    stand_guard(Allowed(), frozenset({(HOST, port)}))
    sys.addaudithook(_audit)
    for name in _BYPASSES:
        sys.modules[name] = None  # type: ignore[assignment] # Python's own way to forbid an import


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN or (event == "socket.getaddrinfo" and args[0] != HOST):
        raise _ForbiddenError(f"yt-dlp may not do this here: {event}")


def _fetched(told: VideoOrder) -> VideoResult:
    from yt_dlp import YoutubeDL
    from yt_dlp.globals import plugin_dirs
    from yt_dlp.utils import YoutubeDLError
    from yt_dlp.version import __version__

    plugin_dirs.value = []
    program = f"yt-dlp/{__version__}"
    words = _Words()
    choice = _Choice(told.size)
    try:
        with YoutubeDL(_options(told, words, choice)) as loader:
            info = loader.extract_info(told.url, download=True)
    except (YoutubeDLError, _TooLargeError, OSError, MemoryError) as error:
        said = str(choice.failed or words.last or error or type(error).__name__)
        is_large = isinstance(error, _TooLargeError) or choice.is_large
        return VideoResult(error=said, is_large=is_large, program=program)
    return _result_of(info, words, program)


def _result_of(info: Any, words: _Words, program: str) -> VideoResult:
    """What was fetched; of a page with several videos, the first."""
    entries = [one for one in (info or {}).get("entries") or () if one]
    one = entries[0] if entries else info or {}
    files = one.get("requested_downloads") or [{}]
    path = files[0].get("filepath")
    if not path:
        last = words.last or "it took no file"
        return VideoResult(error=last, is_large="max-filesize" in last, program=program)
    return VideoResult(
        file=str(path).rpartition("/")[2],
        program=program,
        extractor=_text(one.get("extractor")),
        format_id=_text(one.get("format_id")),
        url=_text(one.get("url")),
        width=_whole(one.get("width")),
        height=_whole(one.get("height")),
        duration_s=float(one["duration"])
        if isinstance(one.get("duration"), (int, float))
        else None,
    )


def _text(value: object) -> str | None:
    return str(value)[:4_000] if value else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and value > 0 else None


class _TooLargeError(Exception):
    """More came than a file may have."""


class _Words:
    """What yt-dlp says; the last that matters."""

    last = ""

    def debug(self, said: str) -> None:
        if "max-filesize" in said:
            self.last = said

    def warning(self, said: str) -> None:
        """Ignore a warning."""

    def error(self, said: str) -> None:
        self.last = said


class _Choice:
    """Asks `chosen`, and remembers why it took nothing."""

    failed: NoFileError | None = None

    def __init__(self, size: int) -> None:
        self._size = size

    @property
    def is_large(self) -> bool:
        return self.failed is not None and self.failed.is_large

    def __call__(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return [chosen(list(told["formats"]), self._size)]
        except NoFileError as error:
            self.failed = error
            return []


def _options(told: VideoOrder, words: _Words, choice: _Choice) -> dict[str, Any]:
    """All that would read files of the system, keep state, or start programs is off."""

    def progress(state: dict[str, Any]) -> None:
        if int(state.get("downloaded_bytes") or 0) > told.size:
            raise _TooLargeError(f"more than {told.size:,} bytes")

    return {
        "proxy": f"http://{HOST}:{told.port}",
        "logger": words, "quiet": True, "noprogress": True, "color": "never",
        "progress_hooks": [progress],
        "cachedir": False, "cookiefile": None, "cookiesfrombrowser": None, "usenetrc": False,
        "js_runtimes": {}, "remote_components": (), "enable_file_urls": False,
        "external_downloader": None, "ffmpeg_location": f"{told.folder}/none",
        "hls_prefer_native": True, "fixup": "never", "postprocessors": [],
        "compat_opts": {"no-certifi"} if "SSL_CERT_FILE" in os.environ else set(),
        "geo_bypass": False, "nocheckcertificate": False,
        "http_headers": {"User-Agent": told.agent},
        "format": choice, "max_filesize": told.size, "match_filter": _why_not,
        "noplaylist": True, "playlist_items": "1",
        "outtmpl": {"default": "video.%(ext)s"},
        "paths": {"home": told.folder, "temp": told.folder},
        "nopart": True, "continuedl": False, "overwrites": True, "updatetime": False,
        "retries": 1, "extractor_retries": 1, "fragment_retries": 1, "file_access_retries": 0,
        "skip_unavailable_fragments": False, "socket_timeout": 20,
    }  # fmt: skip


def _why_not(info: dict[str, Any], *, incomplete: bool = False) -> str | None:
    """A broadcast that goes on has no end to wait for."""
    del incomplete
    is_on = info.get("is_live") or info.get("live_status") in {"is_live", "is_upcoming"}
    return "the broadcast is still on, or to come" if is_on else None


if __name__ == "__main__":
    main()
