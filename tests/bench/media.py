"""Posts with pictures for the benchmark: what fetching, keeping and reading them costs.

Served by a replica in a process of its own; to see it: `python -m tests.bench.media --pages 200`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import signal
import sqlite3
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.bench import crawling
from tests.bench.measure import Usage
from tests.bench.table import line
from tests.replica.messages import Reply, Request, html, not_found, typed
from tests.replica.prose import rng_for
from tests.replica.server import Replica
from tests.replica.sites import Site, Web

if TYPE_CHECKING:
    from asyncio import StreamWriter

POSTS = 200
CHANNEL, FILES = "t.me", "cdn4.telesco.pe"
SIZE = (1280, 853)
"""As Telegram sends photographs."""
_GRAIN = (150, 100)
"""Of the noise that is drawn larger: about 150 kB each."""
_MADE = 400
HOSTS = 8
PROMISED = 25_000_000
"""Bytes of each large file, below `media_max_bytes`."""
FLOOD = 4_000_000_000
"""Bytes of a file that is cut at that limit."""


def _host(number: int) -> str:
    """Where a large file is: neighbours on different hosts, which are asked at once."""
    return f"bench-files-{number % HOSTS}.net"


def count_of(post: int) -> int:
    """Pictures of a post: one or two, 300 of 200 posts."""
    return 1 + post % 2


@lru_cache(maxsize=_MADE)
def picture(name: str) -> bytes:
    """A JPEG of about 150 kB, another for each name."""
    wide, high = _GRAIN
    noise = rng_for(f"bench picture {name}").randbytes(wide * high * 3)
    made = Image.frombytes("RGB", _GRAIN, noise).resize(SIZE, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    made.save(out, "JPEG", quality=52)
    return out.getvalue()


@lru_cache(maxsize=1)
def _noise() -> bytes:
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + rng_for("bench video").randbytes(PROMISED)


def _bare_post(request: Request) -> Reply:
    return _post(request, shows=False)


def _post(request: Request, *, shows: bool = True) -> Reply:
    name = request.bare_path.rpartition("/")[2]
    if not name.isdecimal():
        return not_found()
    photos = "".join(
        '<a class="tgme_widget_message_photo_wrap" style="width:800px;background-image:'
        f'url(\'https://{FILES}/file/{name}-{n}.jpg\')"><div class="tgme_widget_message_photo" '
        'style="padding-top:66%"></div></a>'
        for n in range(count_of(int(name)) if shows else 0)
    )
    words = " ".join(
        rng_for(f"bench post {name}").choices(["river", "ferry", "weir", "mill", "bank"], k=40)
    )
    return html(
        f'<div class="tgme_widget_message" data-post="bench/{name}">{photos}'
        f'<div class="tgme_widget_message_text js-message_text">{words}</div></div>'
    )


def _large(request: Request) -> Reply:
    name = request.bare_path.rpartition("/")[2]
    if not name.isdecimal():
        return not_found()
    return html(
        f'<div class="tgme_widget_message" data-post="bench/{name}">'
        '<a class="tgme_widget_message_video_player"><div class="tgme_widget_message_video_wrap">'
        f'<video src="https://{_host(int(name))}/file/{name}.mp4"></video></div></a>'
        '<div class="tgme_widget_message_text js-message_text">The ferry goes again.</div></div>'
    )


def _file(request: Request) -> Reply:
    name = request.bare_path.rpartition("/")[2]
    if name.endswith(".mp4"):
        number = name.removesuffix(".mp4").encode()
        return typed(_noise() + number, "video/mp4")
    return typed(picture(name), "image/jpeg")


def _flooding(request: Request) -> Reply:
    """A file of 4 GB: one is promised, the next comes unannounced."""
    name = request.bare_path.rpartition("/")[2].removesuffix(".mp4")
    if not name.isdecimal():
        return not_found()
    length = f"Content-Length: {FLOOD}\r\n" if int(name) % 2 else ""

    async def script(writer: StreamWriter) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n{length}Connection: close\r\n\r\n"
        writer.write(head.encode())
        with contextlib.suppress(OSError):
            for _ in range(FLOOD // len(_noise())):
                writer.write(_noise())
                await writer.drain()

    return Reply(script=script)


def report(count: int) -> str:
    """The report that cites the first `count` posts."""
    prose = "<p>The benchmark brigade looked at the river, and took pictures of it.</p>" * 6
    notes = "".join(f"<p>[{n + 1}] https://{CHANNEL}/bench/{n + 1}</p>" for n in range(count))
    marks = "".join(
        f"<p>The brigade saw the bank of the river. [{n + 1}]</p>" for n in range(count)
    )
    return (
        "<!DOCTYPE html><html><head><title>Load Update, March 19, 2026</title></head><body><main>"
        f"<article><h1>Load Update, March 19, 2026</h1>{prose}{marks}<hr>{notes}</article></main>"
        "</body></html>"
    )


def main() -> None:
    """Serve until SIGTERM; the first line says where."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--large", action="store_true", help="videos in place of pictures")
    parser.add_argument("--flood", action="store_true", help="the same, each without end")
    parser.add_argument("--bare", action="store_true", help="the same posts without pictures")
    given = parser.parse_args()
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    large = given.large or given.flood
    for number in range(1, given.pages + 1):
        for place in range(0 if large or given.bare else count_of(number)):
            picture(f"{number}-{place}.jpg")
    citing = html(report(given.pages))
    web = Web()
    web.add(
        Site(
            ("understandingwar.org",),
            lambda request: citing if "/research/" in request.path else not_found(),
        ),
        Site((CHANNEL,), _large if large else _bare_post if given.bare else _post),
        Site((FILES, *map(_host, range(HOSTS))), _flooding if given.flood else _file),
    )
    with Replica(world=web) as replica:
        print(replica.proxy_url, replica.ca_file, flush=True)
        signal.sigwait(ends)


# --- measuring ------------------------------------------------------------------------------------


def cost(posts: int = POSTS) -> None:
    """Of a report of posts: that show nothing, without what they show, then with it; then memory of
    large files."""
    bare, _, _ = _collected(posts, "none", "--bare")
    without, plain, _ = _collected(posts, "none")
    taken, whole, sent = _collected(posts, "pictures")
    count = sum(map(count_of, range(1, posts + 1)))
    line(
        f"{posts} posts that show nothing",
        posts / bare.wall_s,
        f"{1e3 * bare.cpu_s / posts:.1f} ms CPU each",
    )
    line(
        f"{posts} posts alone, media = none",
        posts / without.wall_s,
        f"{1e3 * without.cpu_s / posts:.1f} ms CPU each, {plain / 1e6:.1f} MB",
    )
    each = 1e3 * (taken.cpu_s - without.cpu_s) / count
    line(
        f"{count} pictures of {sent / count / 1e3:.0f} kB",
        count / max(0.1, taken.wall_s - without.wall_s),
        f"{each:.1f} ms CPU each (25 at most)",
    )
    line("bytes on disk", None, f"{(whole - plain) / sent:.3f} of the pictures' own (1.3 at most)")
    memory()


def memory() -> None:
    """Of large files, beside the same crawl without them; then of files that end at their limit."""
    alone, _, _ = _collected(2, "none", "--large")
    line("memory without files", None, f"{alone.peak_bytes / 1e6:.0f} MB at most")
    for files in (2, HOSTS):
        after = ("rebuild", "verify --deep") if files == HOSTS else ()
        usage, _, got = _collected(files, "videos", "--large", after=after)
        line(
            f"memory, {files} files of {PROMISED / 1e6:.0f} MB",
            None,
            f"{usage.peak_bytes / 1e6:.0f} MB at most ({got / 1e6:.0f} MB came)",
        )
    usage, size, _ = _collected(4, "videos", "--flood")
    line(
        f"memory, 4 files of {FLOOD / 1e9:.0f} GB",
        None,
        f"{usage.peak_bytes / 1e6:.0f} MB at most ({size / 1e6:.0f} MB are kept)",
    )


def _collected(
    posts: int, media: str, *words: str, after: tuple[str, ...] = ()
) -> tuple[Usage, int, int]:
    """What a collect took, the bytes of its folder, and the bytes of the files that came; commands
    `after` it are told with what they took."""
    with crawling.collecting(posts, "tests.bench.media", *words, ISW_ARCHIVE_MEDIA=media) as crawl:
        usage, _ = crawl.run("collect", "--report", crawling.REPORT_URL)
        with contextlib.closing(sqlite3.connect(crawl.data / "archive.db")) as db:
            files, sent = db.execute(
                "SELECT count(*), coalesce(sum(size), 0) FROM media_files WHERE reason IS NULL"
            ).fetchone()
        videos = 0 if "--flood" in words else posts  # what is cut is no file that came
        wanted = {"none": 0, "videos": videos}.get(media, sum(map(count_of, range(1, posts + 1))))
        if files != wanted:
            sys.exit(f"bench: {files} of {wanted} files came")
        for command in after:
            told, _ = crawl.run(*command.split())
            line(f"memory of {command}", None, f"{told.peak_bytes / 1e6:.0f} MB at most")
        return usage, _bytes_of(crawl.data), int(sent)


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
