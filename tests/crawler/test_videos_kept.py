"""What yt-dlp gave, as records and rows; that they come back from the records alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from archive.config import Settings
from archive.model.flat import values_of
from archive.model.media import IN_PLAYER, MediaKind, ShownMedia
from archive.model.vocabulary import Kind, Via
from archive.warc.reader import iter_records
from crawler.browser.page_traffic import PageLimits, PageTraffic
from crawler.context import CrawlContext
from crawler.videos.keeping import Keeper
from crawler.videos.order import VideoResult
from crawler.videos.running import VideoAttempt
from pipeline.decide.updates.media import media_update
from pipeline.read.process import Limits, process
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report, written
from tests.replica.pictures import MP4
from tests.serving import in_process

WATCH = "https://www.youtube.com/watch?v=aRiver00001"
FILM = "https://vimeo.com/700100200"
SETTINGS = Settings(media="videos", ytdlp_hosts=("youtube.com",))
IN_THE_PLAYER = ShownMedia(MediaKind.VIDEO, "video", duration_s=9.0, missing=IN_PLAYER)
ONE_OF_SOME = replace(IN_THE_PLAYER, name="video 1_2")
GOT = VideoResult(
    file="video.mp4", program="yt-dlp/2026.10.26", extractor="youtube", format_id="18",
    url="https://rr1.googlevideo.com/videoplayback?itag=18&sig=secret", width=640, duration_s=9.3,
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", SETTINGS, run=None) as opened:
        cites = report(notes=(note("1", WATCH), note("2", FILM)))
        shown = [processed(page(1), report=cites)]
        for number, url in enumerate((WATCH, FILM), start=2):
            made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number))
            shown.append(processed(made, media=(IN_THE_PLAYER, ONE_OF_SOME)))
        for one in shown:
            opened.commit(one, written(one.page))
        yield opened


class Context:
    """The crawl's own, without its threads and processes."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.limits = Limits()
        self.job = SimpleNamespace(run="test")
        self.progress = SimpleNamespace(counts=Counter(), tell=lambda _event: None)

    def give_number(self, fetch: Any) -> None:
        fetch.capture_id = fetch.capture_id or self.archive.next_capture_id()

    async def keep(self, write: Callable[[], Any]) -> Any:
        return write()

    async def understand(self, fetched: Any) -> Any:
        return process(fetched, self.limits)

    async def commit(self, done: Any, fetch: Any) -> Any:
        return self.archive.take_in(done, fetch.written, ())


async def keep(
    archive: Archive, folder: Path, got: VideoResult, body: bytes = MP4, **seen: Any
) -> None:
    [one] = archive.wanted.videos_wanted((), 10)
    if got.file:
        (folder / got.file).write_bytes(body)
    traffic = PageTraffic(PageLimits(), is_trusted=True, connections=2, size=900, **seen)
    context = cast("CrawlContext", Context(archive))
    await Keeper(context, one, folder, at(9), 30_000).keep(VideoAttempt(got, traffic))


def row(archive: Archive, *columns: str) -> tuple[Any, ...]:
    asked = (
        f"SELECT {', '.join(columns)} FROM media JOIN sources ON sources.id = media.source_id "
        "LEFT JOIN media_files ON media_files.capture_id = file_capture_id "
        "LEFT JOIN captures ON captures.id = file_capture_id "
        "WHERE media.name = 'video' AND sources.platform = 'youtube'"
    )
    [found] = archive.db.execute(asked).fetchall()
    return tuple(found)


def test_only_what_is_all_of_a_page_on_a_host_that_a_rule_names_is_wanted(archive: Archive) -> None:
    [one] = archive.wanted.videos_wanted((), 10)
    assert (one.source_url, one.name) == ("https://youtube.com/watch?v=aRiver00001", "video")
    assert archive.wanted.videos_wanted((FILM,), 10) == []
    assert archive.wanted.videos_wanted((WATCH,), 10) == [one]


async def test_a_video_is_a_file_of_what_its_page_shows(archive: Archive, tmp_path: Path) -> None:
    await keep(archive, tmp_path, GOT)
    assert row(archive, "media.outcome", "captures.kind", "captures.via", "media.bytes",
               "media.form", "captures.url") == (
        "ok", "media", "yt-dlp", len(MP4), "mp4",
        "urn:video:https://youtube.com/watch?v=aRiver00001",
    )  # fmt: skip
    [told] = row(archive, "player")
    assert json.loads(told) == {
        "program": "yt-dlp/2026.10.26", "extractor": "youtube", "format_id": "18",
        "origin": "https://rr1.googlevideo.com/videoplayback?itag=18", "width": 640,
        "duration_s": 9.3, "connections": 2, "size": 900,
    }  # fmt: skip
    assert archive.wanted.videos_wanted((), 10) == []


async def test_how_the_player_had_it_is_shown_at_the_post_and_at_the_file(
    archive: Archive, tmp_path: Path
) -> None:
    await keep(archive, tmp_path, GOT)
    [number, source] = row(archive, "captures.id", "media.source_id")
    async with in_process(tmp_path / "data") as served:
        for path in (f"/-/source/{source}", f"/-/capture/{number}"):
            text = (await served.client.get(path)).text
            assert "fetched by</dt><dd><bdi>yt-dlp/2026.10.26, its reader for youtube" in text
            assert "https://rr1.googlevideo.com/videoplayback?itag=18</bdi>" in text
            assert "900 bytes in 2 connections" in text


async def test_a_failure_is_told_at_the_video_and_is_no_verdict(
    archive: Archive, tmp_path: Path
) -> None:
    verdicts = archive.db.execute("SELECT * FROM verdicts ORDER BY 1").fetchall()
    await keep(archive, tmp_path, VideoResult(error="ERROR: Private video", program="yt-dlp/1"))
    outcome, reason, tries = row(archive, "media.outcome", "media.reason", "tries")
    assert (outcome, tries) == ("login-wall", 1)
    assert "yt-dlp: Private video" in reason
    assert archive.wanted.videos_wanted((), 10) == []
    assert archive.db.execute("SELECT * FROM verdicts ORDER BY 1").fetchall() == verdicts


async def test_what_passes_is_tried_again_three_times(archive: Archive, tmp_path: Path) -> None:
    for _ in range(3):
        await keep(archive, tmp_path, VideoResult(error="timed out"))
    assert row(archive, "media.outcome", "tries") == ("timeout", 3)
    assert archive.wanted.videos_wanted((), 10) == []


@pytest.mark.parametrize(
    ("got", "body", "seen", "outcome"),
    [
        (GOT, MP4 * 100, {}, "too-large"),
        (GOT, MP4, {"over": "more than 9 seconds"}, "timeout"),
        (GOT, bytes(range(256)) * 4, {}, "unsupported"),
        (GOT, b"", {}, "unsupported"),
        (replace(GOT, file="../video.mp4"), MP4, {}, "unsupported"),
    ],
)
async def test_what_is_no_video_or_no_whole_one_is_not_held(
    archive: Archive,
    tmp_path: Path,
    got: VideoResult,
    body: bytes,
    seen: dict[str, Any],
    outcome: str,
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    await keep(archive, folder, got, body, **seen)
    assert row(archive, "media.outcome") == (outcome,)


async def test_rows_come_back_from_the_records_without_yt_dlp(
    archive: Archive, tmp_path: Path
) -> None:
    await keep(archive, tmp_path, VideoResult(error="timed out", program="yt-dlp/1"))
    await keep(archive, tmp_path, GOT)
    asked = "SELECT * FROM media_files ORDER BY capture_id"
    held = [dict(one) for one in archive.db.query(asked)]
    [file] = archive.folder.warc_files()
    again = []
    for record in iter_records(file):
        if record.context is not None:
            read = process(archive.readback.page_of(record), Limits())
            [record_id] = archive.db.execute(
                "SELECT record_id FROM captures WHERE id = ?", [record.context.capture_id]
            ).fetchone()
            made = written(read.page, record_id=record_id)
            update = media_update(archive.held, read, made, ())
            assert update.media_file is not None
            again.append(values_of(update.media_file))
            assert read.page.context.via is Via.YTDLP
    assert again == held
    assert len(held) == 2
