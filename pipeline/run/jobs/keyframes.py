"""`isw-archive keyframes`: kept videos that nobody looked at yet, in still frames."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from archive import clock
from archive.db.store import Store
from archive.db.tables import video_rows
from archive.errors import ArchiveError, WarcError
from archive.model.body import pieces_of, whole_body
from archive.model.media import VideoLook
from archive.model.times import format_time
from archive.urls.normal import stable_id
from archive.warc.decode import UndecodableBodyError, decoded_body, encodings
from archive.warc.reader import MAX_RECORD_BYTES
from archive.warc.through import record_at
from pipeline.decide import near_videos
from pipeline.read.media.frames import Frames, frames_of
from pipeline.run.frames import DEMUXERS, NoFrames, found_program, raw_frames, runs
from pipeline.run.readback import Readback

if TYPE_CHECKING:
    from archive.db.tables.video_rows import UnseenVideo
    from archive.model.body import Body
    from pipeline.run.jobs.session import Session

MOST_CANDIDATES = 50
"""Videos that one is laid over: those that share most parts of frames' hashes."""


def keyframes(session: Session, limit: int) -> None:
    """Look at kept videos, the newest first; what cannot be decoded is not tried again."""
    program = found_program()
    if program is None:
        session.problem(
            "keyframes: ffmpeg is not installed (Debian: apt install ffmpeg), so that videos are "
            "compared by their bytes alone"
        )
        return
    if not runs(program):
        session.problem(f"keyframes: {program} does not run here; no video was looked at")
        return
    with Store(session.folder.database) as store:
        for video in video_rows.unseen(store.db, DEMUXERS, limit):
            _look(session, store, program, video)


def _look(session: Session, store: Store, program: str, video: UnseenVideo) -> None:
    number, at = stable_id(video.sha256), format_time(clock.now())
    try:
        found = _frames(program, _body(session, store, video), video.form)
    except (WarcError, UndecodableBodyError) as error:
        session.problem(f"capture {video.capture_id}: {error}")
        return
    except NoFrames as error:
        none = VideoLook(number, video.sha256, ())
        store.put_video(none, at, problem=str(error))
        session.count("no_frames")
        return
    look = VideoLook(number, video.sha256, found.hashes, found.is_drawn)
    likely = video_rows.likely(store.db, near_videos.bands(look), MOST_CANDIDATES)
    near = tuple(near_videos.near_videos(look, likely))
    index = near_videos.bands(look, near_videos.INDEX_EVERY)
    store.put_video(look, at, bands=index, near=near)
    session.count("videos")
    session.count("near", len(near))


def _body(session: Session, store: Store, video: UnseenVideo) -> Body:
    path = session.folder.warcs / video.warc_file
    record = record_at(path, video.warc_offset, large=True)
    page = Readback(store.db, session.folder.warcs).page_of(record)
    if not encodings(page.headers):
        return page.body
    return decoded_body(whole_body(page.body), page.headers, MAX_RECORD_BYTES)


def _frames(program: str, body: Body, form: str) -> Frames:
    """What the frames of a video look like; it stands in a file of its own while it is decoded.

    Raises:
        NoFrames: It cannot be decoded.
    """
    with tempfile.TemporaryDirectory(prefix="isw-archive-") as folder:
        path = Path(folder) / "video"
        with path.open("wb") as file:
            file.writelines(pieces_of(body))
        points = raw_frames(program, path, form)
    try:
        return frames_of(points)
    except ImportError as error:
        raise ArchiveError(f"keyframes: {error}: pip install 'isw-archive[media]'") from error
