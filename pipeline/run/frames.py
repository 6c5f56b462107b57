"""Still frames of a video by `ffmpeg`, in a child process with little memory and time and without a
network.

Only there do decoders meet a stranger's video: one file, read by the demuxer that its first bytes
name, by no protocol but `file`. Grey pixels come back through a pipe. `python -m
pipeline.run.frames FFMPEG ...` sets the child's limits and then becomes ffmpeg.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from pipeline.read.media.frames import SIDE

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "ffmpeg"
A_SECOND = 2
SECONDS = 120
"""Of a video that are looked at, its first: footage of posts seldom is longer."""
CPU_S = 60
WALL_S = 180
"""On a loaded machine."""
MEMORY_BYTES = 2 * 1024**3

DEMUXERS = {"mp4": "mov", "quicktime": "mov", "webm": "matroska", "x-matroska": "matroska"}
"""By the form that a file's first bytes say; of others no frames are taken. Without a name, ffmpeg
would try them all, playlists of addresses among them."""


class NoFrames(ArchiveError):
    """No frames could be taken of a video; the message says why."""


def found_program() -> str | None:
    """The path of ffmpeg; None: it is not installed."""
    return shutil.which(PROGRAM)


def runs(program: str) -> bool:
    """Whether ffmpeg can be run at all: what a broken one says must not be taken for a word on the
    video."""
    try:
        done = subprocess.run(  # noqa: S603 - what `found_program` found
            [program, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=WALL_S,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def raw_frames(program: str, path: Path, form: str) -> bytes:
    """The frames of a video, one after another, each `SIDE` by `SIDE` points of grey.

    Args:
        program: From `found_program`.
        path: The file.
        form: As `DEMUXERS` has it.

    Raises:
        NoFrames: It cannot be decoded, or not with so much memory and time.
    """
    demuxer = DEMUXERS.get(form)
    if demuxer is None:
        raise NoFrames(f"no frames are taken of {form}")
    command = [sys.executable, "-m", "pipeline.run.frames", program, *_words(demuxer, path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own words and a path
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=WALL_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoFrames(f"not decoded within {WALL_S} s") from error
    if len(done.stdout) < SIDE * SIDE:
        lines = done.stderr.decode("utf-8", "replace").replace(str(path), "it").split("\n")
        said = next((" ".join(line.split()) for line in lines if line.strip()), "no frame")
        raise NoFrames(said[:200])
    return done.stdout[: A_SECOND * SECONDS * SIDE * SIDE]


def _words(demuxer: str, path: Path) -> list[str]:
    shape = f"fps={A_SECOND},scale={SIDE}:{SIDE}:flags=area,format=gray"
    return [
        "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file", "-f", demuxer,
        "-t", str(SECONDS), "-i", f"file:{path}", "-map", "0:v:0", "-an", "-sn", "-dn",
        "-frames:v", str(A_SECOND * SECONDS), "-vf", shape, "-f", "rawvideo", "-threads", "1",
        "pipe:1",
    ]  # fmt: skip


def main() -> None:
    """Set the limits and become the program."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - what the parent named


if __name__ == "__main__":
    main()
