"""A real yt-dlp over a small web on loopback: what it gives, and that nothing passes the guard."""

from __future__ import annotations

import asyncio
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from archive.urls.addresses import Allowed
from crawler.browser.page_traffic import PageLimits, PageTraffic
from crawler.browser.proxy import GuardProxy
from crawler.videos import running
from crawler.videos.order import VideoOrder, VideoResult, got, line_of
from tests.fetching import Asked, Server, pages
from tests.replica.pictures import MP4

pytest.importorskip("yt_dlp")

HTML = {"Content_Type": "text/html"}
VIDEO = {"Content_Type": "video/mp4"}
M3U8 = {"Content_Type": "application/vnd.apple.mpegurl"}
LARGE = 200_000
NAMES = ("plain", "large", "endless", "redirect", "pieces", "name", "garbage", "gone")


def shows(src: str) -> tuple[int, bytes, dict[str, str]]:
    page = f'<html><head><title>The weir</title></head><body><video src="{src}"></video></body>'
    return 200, page.encode(), HTML


def endless(connection: socket.socket, _asked: Asked) -> None:
    """A video that says nothing of its size and has no end."""
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Type: video/mp4\r\n\r\n" + MP4)
    while True:
        connection.sendall(bytes(65_536))


def web(evil: str) -> dict[str, Any]:
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://{evil}/0.ts\n#EXT-X-ENDLIST\n"
    return {
        "/plain": shows("/weir.mp4?token=secret"),
        "/weir.mp4?token=secret": (200, MP4, VIDEO),
        "/large": shows("/large.mp4"),
        "/large.mp4": (200, MP4 + bytes(LARGE), VIDEO),
        "/endless": shows("/endless.mp4"),
        "/endless.mp4": endless,
        "/redirect": (302, b"", {"Location": f"http://{evil}/"}),
        "/pieces": shows("/pieces.m3u8"),
        "/pieces.m3u8": (200, playlist.encode(), M3U8),
        "/name": shows(f"http://moves.example:{evil.partition(':')[2]}/weir.mp4"),
        "/garbage": (200, bytes(range(256)) * 40, HTML),
    }


async def names(host: str, _port: int) -> list[str]:
    return ["127.0.0.2"] if host == "moves.example" else [host]


class Seen:
    """What became of all of them, and how often the forbidden server was touched."""

    found: dict[str, VideoResult]
    bodies: dict[str, bytes]
    traffic: PageTraffic
    touched: int


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return asyncio.run(_fetched(tmp_path_factory.mktemp("videos")))


async def _fetched(folder: Path) -> Seen:
    """All by one process, as the module's own runs do one by one."""
    seen = Seen()
    seen.found, seen.bodies = {}, {}
    evil = Server(pages({}), host="127.0.0.2")
    own = Server(pages({}))
    with evil.running(), own.running():
        own.answer = pages(web(f"127.0.0.2:{evil.port}"))
        async with GuardProxy(Allowed.of(["127.0.0.1"]), {}, names) as proxy:
            seen.traffic = proxy.begin(PageLimits(60), trusted=True)
            process = running._started(str(folder))
            for name in NAMES:
                (folder / name).mkdir()
                url = f"http://127.0.0.1:{own.port}/{name}"
                line = line_of(
                    VideoOrder(url, str(folder / name), proxy.port, LARGE, 60, "isw-archive/test")
                )
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(line)
                process.stdin.flush()
                told = got(await asyncio.to_thread(process.stdout.readline))
                seen.found[name] = told
                if told.file:
                    seen.bodies[name] = (folder / name / told.file).read_bytes()
            await asyncio.to_thread(process.communicate)
        agents = {asked.headers.get("user-agent") for asked in own.asked}
        assert agents == {"isw-archive/test"}
    seen.touched = evil.touched
    shutil.rmtree(folder)
    return seen


def test_a_video_comes_whole_with_where_it_came_from(seen: Seen) -> None:
    plain = seen.found["plain"]
    assert (plain.error, plain.extractor, plain.program[:7]) == (None, "html5", "yt-dlp/")
    assert str(plain.url).endswith("/weir.mp4?token=secret")
    assert seen.bodies["plain"] == MP4


@pytest.mark.parametrize("name", ["large", "endless"])
def test_what_is_larger_than_a_file_may_be_is_said_to_be(seen: Seen, name: str) -> None:
    assert (seen.found[name].file, seen.found[name].is_large) == (None, True)


@pytest.mark.parametrize("name", ["redirect", "pieces", "name"])
def test_what_leads_to_a_forbidden_address_gives_nothing(seen: Seen, name: str) -> None:
    assert seen.found[name].file is None
    assert seen.found[name].error


def test_nothing_reaches_a_forbidden_address_and_the_proxy_says_why(seen: Seen) -> None:
    assert seen.touched == 0
    assert {place.partition(":")[0] for place in seen.traffic.refused} == {
        "127.0.0.2", "moves.example",
    }  # fmt: skip


def test_a_page_that_is_not_there_is_told(seen: Seen) -> None:
    assert "HTTP Error 404" in str(seen.found["gone"].error)
