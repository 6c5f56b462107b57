"""yt-dlp's process from outside: it hangs, says nothing that can be read, or is not there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive.config import Settings
from archive.urls.addresses import Allowed
from crawler.browser.page_traffic import PageLimits
from crawler.browser.proxy import GuardProxy
from crawler.frontier.names import slot_of
from crawler.opening import by_page
from crawler.spiders import videos
from crawler.spiders.videos import VideosSpider
from crawler.videos import running
from crawler.videos.failures import failure
from crawler.videos.order import VideoOrder
from crawler.videos.running import fetched, limits_of


@pytest.mark.parametrize(
    ("command", "seconds", "outcome", "said"),
    [
        ("kill -STOP $$", 0.1, "timeout", "more than 0.1 seconds"),
        ("echo garbage", 60.0, "unsupported", "it ended with 0"),
        ("echo '{\"what\": 1}'; exit 3", 60.0, "unsupported", "it ended with 3"),
        ("kill -KILL $$", 60.0, "unsupported", "it ended with -9"),
    ],
)
async def test_a_process_that_goes_wrong_is_ended_and_told(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    seconds: float,
    outcome: str,
    said: str,
) -> None:
    begun: list[subprocess.Popen[str]] = []

    def started(_folder: str) -> subprocess.Popen[str]:
        begun.append(
            subprocess.Popen(
                ["/bin/sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, start_new_session=True,
            )
        )  # fmt: skip
        return begun[0]

    monkeypatch.setattr(running, "_started", started)
    limits = PageLimits(seconds)
    async with GuardProxy(Allowed(), {}) as proxy:
        order = VideoOrder("https://a.example/", str(tmp_path), proxy.port, 1_000, seconds, "x")
        tried = await fetched(proxy, order, limits)
        assert proxy.traffic is not None
        assert proxy.traffic.closed
    assert begun[0].poll() is not None
    found, why = failure(tried.got, tried.traffic)
    assert (str(found), said in why) == (outcome, True)


def test_a_video_may_take_its_own_bytes_and_some_for_its_player() -> None:
    assert limits_of(PageLimits(9.0, 5), 1_000) == PageLimits(9.0, 5, 20_001_000)


async def test_without_yt_dlp_what_is_wanted_is_named_with_what_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(videos, "missing", lambda: ("yt-dlp is not installed", "install it"))

    async def ask(call: Any, *args: Any) -> Any:
        return call(*args)

    wanted = SimpleNamespace(videos_wanted=lambda _named, _most: [object(), object()])
    archive = SimpleNamespace(wanted=wanted)
    spider: Any = SimpleNamespace(stopped=None)
    spider.context = SimpleNamespace(
        job=SimpleNamespace(media=False, urls=()), settings=Settings(), archive=archive, ask=ask
    )
    await VideosSpider.feed(spider)
    assert spider.stopped == (
        "2 videos of hosts in ytdlp_hosts not fetched: yt-dlp is not installed; install it, "
        "then run again"
    )


def test_a_videos_bytes_are_those_of_its_pages_host() -> None:
    assert by_page(slot_of)("urn:video:https://www.youtube.com/watch?v=a") == "youtube.com"
