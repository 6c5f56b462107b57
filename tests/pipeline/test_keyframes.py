"""Kept videos looked at in still frames: by a program in ffmpeg's place, and by ffmpeg itself."""

from __future__ import annotations

import random
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.store import Store
from archive.db.tables import video_rows
from archive.model.media import MediaKind, ShownMedia, VideoLook
from archive.model.vocabulary import Kind
from archive.show import media_reading
from pipeline.read.fetched_media import own_picture
from pipeline.read.media.frames import SIDE, frames_of
from pipeline.read.sources import source_row
from pipeline.run.frames import NoFrames, found_program, raw_frames
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, note, page, report
from tests.saved import run

HEAD = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
POSTS = ("https://t.me/portwatch/12", "https://t.me/tolvar/7", "https://t.me/other/3")

STUB = """#!/bin/sh
for word; do case "$word" in
file:*) tail -c +33 "${word#file:}" ;;
esac; done
"""
"""Gives the file's bytes behind its head as frames."""


def points(*seeds: str, dark: int = 0) -> bytes:
    """Frames of noise that is coarse enough to have a look."""
    from PIL import Image

    small = [Image.frombytes("L", (8, 8), random.Random(seed).randbytes(64)) for seed in seeds]
    drawn = [one.resize((SIDE, SIDE), Image.Resampling.BICUBIC) for one in small]
    return b"".join(one.point(lambda n: max(0, n - dark)).tobytes() for one in drawn)


FILM = [f"frame {n}" for n in range(8)]
BODIES = (
    HEAD + points(*FILM),
    HEAD + points(*FILM[1:], dark=6),
    HEAD + points(*(f"other {n}" for n in range(8))),
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stub = tmp_path / "bin" / "ffmpeg"
    stub.parent.mkdir()
    stub.write_text(STUB)
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stub.parent}:/usr/bin:/bin")
    return stub


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three posts with a video each; the second's is the first's, cut and darker."""
    root = tmp_path / "data"
    with Archive.open(root, Settings(), run=None) as archive:
        notes = [note(str(n), url) for n, url in enumerate(POSTS, 1)]
        samples.keep(archive, page(1), report=report(notes=tuple(notes)))
        for number, (url, body) in enumerate(zip(POSTS, BODIES, strict=True)):
            clip = f"https://cdn.example/{number}.mp4"
            shown = ShownMedia(MediaKind.VIDEO, "video 1", clip)
            samples.keep(archive, page(10 + number, kind=Kind.SOURCE, uri_r=url,
                captured_at=at(number)), media=(shown,))  # fmt: skip
            made = page(20 + number, kind=Kind.MEDIA, uri_r=clip, subject=url, step="video 1",
                captured_at=at(5), body=body)  # fmt: skip
            samples.keep(archive, made, media_facts=own_picture(clip, body)[1])
    return root


def near(folder: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute("SELECT frames, shift FROM near_videos").fetchall()


@pytest.mark.usefixtures("program")
def test_the_same_footage_is_found_and_shown(folder: Path) -> None:
    said = run(folder, "keyframes", "--json")
    assert (said.exit_code, '"videos": 3' in said.stdout) == (0, True), said.output
    found = near(folder)
    assert [(frames, abs(shift)) for frames, shift in found] == [(7, 1)]
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.row_factory = sqlite3.Row
        [clip] = media_reading.of_source(db, source_row(POSTS[1]).id)
        [other] = media_reading.of_source(db, source_row(POSTS[2]).id)
    assert [(one["url"], one["same"]) for one in clip["elsewhere"]] == [(POSTS[0], 0)]
    assert other["elsewhere"] == []
    assert '"videos"' not in run(folder, "keyframes", "--json").stdout


def test_a_rebuild_carries_over_what_the_program_found(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder, Settings(), run=None) as archive:
        look = VideoLook(7, "ab" * 32, (5, None))
        archive.store.put_video(look, "2026-03-03T00:00:00Z", bands=(3,), near=())
    with Store(tmp_path / "new.db") as made:
        made.copy_run_logs(folder / "archive.db")
        assert video_rows.likely(made.db, [3], 5) == [look]


def test_without_the_program_it_says_so_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    said = run(folder, "keyframes")
    assert said.exit_code == 1
    assert said.output.count("ffmpeg is not installed") == 1


def test_what_it_cannot_decode_is_kept_with_the_reason_and_not_tried_again(
    folder: Path, program: Path
) -> None:
    program.write_text(
        '#!/bin/sh\n[ "$1" = -version ] && exit\necho "moov atom not found" >&2; exit 1\n'
    )
    assert '"no_frames": 3' in run(folder, "keyframes", "--json").stdout
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        assert set(db.execute("SELECT problem, frames FROM video_looks")) == {
            ("moov atom not found", "")
        }
    assert '"no_frames"' not in run(folder, "keyframes", "--json").stdout


def test_a_program_that_does_not_run_says_nothing_about_videos(folder: Path, program: Path) -> None:
    program.write_text("#!/bin/sh\necho 'error while loading shared libraries' >&2; exit 127\n")
    said = run(folder, "keyframes")
    assert (said.exit_code, said.output.count("does not run here")) == (1, 1)
    program.write_text(STUB)
    assert '"videos": 3' in run(folder, "keyframes", "--json").stdout


def test_a_blank_frame_is_none_and_a_card_of_two_greys_is_drawn() -> None:
    card = (b"\x20" * (SIDE // 2) + b"\xe0" * (SIDE // 2)) * SIDE
    found = frames_of(bytes(SIDE * SIDE) + card + b"rest")
    assert found.hashes[0] is None
    assert (len(found.hashes), found.is_drawn) == (2, True)
    assert not frames_of(points(*FILM)).is_drawn


def test_a_form_without_a_demuxer_is_not_decoded(tmp_path: Path) -> None:
    with pytest.raises(NoFrames, match="of mpeg"):
        raw_frames("/bin/false", tmp_path, "mpeg")


@pytest.mark.skipif(found_program() is None, reason="ffmpeg is not installed")
def test_ffmpeg_gives_two_frames_a_second_and_opens_no_address(tmp_path: Path) -> None:
    program, path = str(found_program()), tmp_path / "a.mp4"
    subprocess.run(
        [program, "-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{SIDE}x{SIDE}", "-r",
         "2", "-i", "-", "-c:v", "libx264", "-preset", "ultrafast", str(path)],
        input=points(*FILM), check=True, timeout=120,
    )  # fmt: skip
    assert len(frames_of(raw_frames(program, path, "mp4")).hashes) == len(FILM)
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(NoFrames):
        raw_frames(program, path, "mp4")
