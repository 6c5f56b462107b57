"""yt-dlp's process, from outside: a video at a time, through the proxy, within limits."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.videos.order import VideoOrder, VideoResult, got, line_of

if TYPE_CHECKING:
    from crawler.browser.page_traffic import PageLimits, PageTraffic
    from crawler.browser.proxy import GuardProxy

_MORE_BYTES = 20_000_000
"""Over the network beyond the file's own: pages and scripts of the player."""
_PASSED_ON = ("PYTHONPATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH")
_MOST_OUT = 100_000


@dataclass(frozen=True, slots=True)
class VideoAttempt:
    """What yt-dlp gave, and what it did on the network."""

    got: VideoResult
    traffic: PageTraffic


def limits_of(limits: PageLimits, file_bytes: int) -> PageLimits:
    """Bounds of one video: as many bytes as its file may have, and its pages'."""
    return type(limits)(limits.seconds, limits.requests, file_bytes + _MORE_BYTES)


async def fetched(proxy: GuardProxy, order: VideoOrder, limits: PageLimits) -> VideoAttempt:
    """One video, in a process of its own; what goes wrong is told in what it gives."""
    traffic = proxy.begin(limits, trusted=True)
    process = _started(order.folder)
    clock = asyncio.get_running_loop().call_later(limits.seconds, traffic.out_of_time)
    talk = asyncio.get_running_loop().run_in_executor(
        None, _talk, process, line_of(order), limits.seconds
    )
    try:
        said = await talk
    finally:
        clock.cancel()
        proxy.end()
        _kill(process)
    if said is None:
        traffic.over = traffic.over or f"more than {limits.seconds:g} seconds"
        return VideoAttempt(VideoResult(error="it did not end"), traffic)
    try:
        return VideoAttempt(got(said), traffic)
    except ValueError:
        return VideoAttempt(VideoResult(error=f"it ended with {process.returncode}"), traffic)


def _started(folder: str) -> subprocess.Popen[str]:
    """With nothing of our environment: no proxies, no home, no programs."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    env = {
        **passed,
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), folder),
        "PATH": "",
        "LANG": "C.UTF-8",
        "YTDLP_NO_PLUGINS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.videos"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=env, start_new_session=True,
    )  # fmt: skip


def _talk(process: subprocess.Popen[str], line: str, seconds: float) -> str | None:
    """Its last line; None where it does not end in time."""
    try:
        out, _ = process.communicate(line, timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.communicate()
        return None
    except OSError:
        return ""
    return (out or "")[-_MOST_OUT:].strip().rpartition("\n")[2]


def _kill(process: subprocess.Popen[str]) -> None:
    """End it, and whatever it may have begun."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
