"""Pairs of videos with what is true of them, made by ffmpeg: copies of one (re-encoded, scaled,
marked, cropped a little, cut, at another rate), and others that look alike: a camera that stands
still on two days, one opening before two stories, a map on two days, two parts of one pan."""

from __future__ import annotations

import itertools
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from archive.model.media import VideoLook
from archive.urls.normal import stable_id
from pipeline.read.media.frames import frames_of
from pipeline.run.frames import raw_frames
from tests.picture_pairs import map_of, photo

SIZE = (240, 160)
RATE = 10
SECONDS = 8


@dataclass(frozen=True)
class VideoPair:
    """Two videos as they look; `same`: they show the same; `how`: by what."""

    one: VideoLook
    other: VideoLook
    same: bool
    how: str


class Studio:
    """Makes videos in a folder."""

    def __init__(self, folder: Path, program: str) -> None:
        self.folder, self.program = folder, program
        self.made = 0

    def encode(self, frames: Iterator[Image.Image]) -> Path:
        path = self._path()
        raw = b"".join(frame.convert("RGB").tobytes() for frame in frames)
        size = f"{SIZE[0]}x{SIZE[1]}"
        self._run(path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", str(RATE), "-i",
            "-", "-crf", "20", body=raw)  # fmt: skip
        return path

    def copy(self, path: Path, *words: str) -> Path:
        made = self._path()
        self._run(made, "-i", str(path), *words)
        return made

    def look(self, path: Path) -> VideoLook:
        name = path.name
        found = frames_of(raw_frames(self.program, path, "mp4"))
        return VideoLook(stable_id(name), name, found.hashes, found.is_drawn)

    def _path(self) -> Path:
        self.made += 1
        return self.folder / f"{self.made}.mp4"

    def _run(self, path: Path, *words: str, body: bytes = b"") -> None:
        command = [self.program, "-v", "error", "-y", *words, "-threads", "1", "-c:v", "libx264",
            "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)]  # fmt: skip
        subprocess.run(command, input=body, check=True, timeout=120)


def pan(seed: int, start: float = 0.0) -> Iterator[Image.Image]:
    """A camera that moves over a scene, in which things move, too."""
    rng = random.Random(f"pan {seed}")
    scene = photo(seed).resize((720, 480))
    speed, rise = rng.uniform(14, 34), rng.uniform(-8, 8)
    for frame in range(RATE * SECONDS):
        at = frame / RATE + start
        x, y = int(speed * at) % 480, int(160 + rise * at) % 320
        image = scene.crop((x, y, x + SIZE[0], y + SIZE[1]))
        _walkers(image, seed, at, 3)
        yield image


def still_camera(seed: int, day: int) -> Iterator[Image.Image]:
    """A camera that stands; what passes before it differs from day to day."""
    scene = photo(seed).resize(SIZE)
    for frame in range(RATE * SECONDS):
        image = scene.copy()
        _walkers(image, seed * 100 + day, frame / RATE, 4)
        yield image


def _walkers(image: Image.Image, seed: int, at: float, count: int) -> None:
    rng = random.Random(f"walkers {seed}")
    drawn = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = rng.uniform(-60, SIZE[0]), rng.uniform(20, SIZE[1] - 20)
        speed, side = rng.uniform(-30, 30), rng.uniform(8, 26)
        colour = tuple(rng.randrange(256) for _ in range(3))
        place = x + speed * at
        drawn.ellipse((place, y, place + side, y + side), fill=colour)


def map_film(seed: int, day: int) -> Iterator[Image.Image]:
    """A map that is drawn nearer, with the line of a day."""
    image = map_of(seed, day)
    for frame in range(RATE * SECONDS):
        cut = frame * 0.6
        box = (int(cut), int(cut * 2 / 3), int(480 - cut), int(320 - cut * 2 / 3))
        yield image.crop(box).resize(SIZE)


def with_opening(seed: int) -> Iterator[Image.Image]:
    """Three seconds of one opening before a story of its own."""
    for frame, (opening, story) in enumerate(zip(pan(9_999), pan(seed), strict=True)):
        yield opening if frame < 3 * RATE else story


def copies(studio: Studio, path: Path, rng: random.Random) -> Iterator[tuple[str, Path]]:
    """What becomes of a video on its way through the web."""
    yield "re-encoded", studio.copy(path, "-crf", str(rng.choice((32, 36, 40))))
    yield "scaled", studio.copy(path, "-vf", "scale=trunc(iw*0.3)*2:trunc(ih*0.3)*2", "-crf", "30")
    mark = "drawbox=x=iw*0.7:y=ih*0.82:w=iw*0.26:h=ih*0.12:color=white@0.5:t=fill"
    yield "marked", studio.copy(path, "-vf", mark, "-crf", "30")
    cut = rng.uniform(0.01, 0.03)
    crop = f"crop=trunc(iw*{1 - 2 * cut}/2)*2:trunc(ih*{1 - 1.5 * cut}/2)*2"
    yield "cropped", studio.copy(path, "-vf", crop, "-crf", "30")
    start = f"{rng.uniform(0.4, 2.5):.2f}"
    yield "trimmed", studio.copy(path, "-ss", start, "-t", f"{rng.uniform(4.2, 5.4):.2f}")
    yield "another rate", studio.copy(path, "-r", "7", "-crf", "34")
    yield "all of it", studio.copy(path, "-ss", start, "-vf", f"{crop},{mark}", "-crf", "34")


def pairs(studio: Studio, count: int) -> Iterator[VideoPair]:
    """Of so many videos of a camera that moves, and of the others that look alike."""
    rng = random.Random(17)
    films = [studio.encode(pan(seed)) for seed in range(count)]
    looks = [studio.look(path) for path in films]
    for path, look in zip(films, looks, strict=True):
        for how, copy in copies(studio, path, rng):
            yield VideoPair(look, studio.look(copy), True, how)
    for one, other in itertools.pairwise(looks):
        yield VideoPair(one, other, False, "another")
    for seed in range(max(1, count // 2)):
        yield from _alike(studio, seed, looks[seed])


def _alike(studio: Studio, seed: int, look: VideoLook) -> Iterator[VideoPair]:
    def of(frames: Iterator[Image.Image]) -> VideoLook:
        return studio.look(studio.encode(frames))

    camera = studio.encode(still_camera(seed, 1))
    one, *days = (studio.look(camera), *(of(still_camera(seed, day)) for day in (2, 3)))
    for first, second in itertools.combinations((one, *days), 2):
        yield VideoPair(first, second, False, "a still camera on two days")
    yield VideoPair(one, studio.look(studio.copy(camera, "-crf", "34")), True, "still camera")
    mark = "drawbox=x=iw*0.7:y=ih*0.82:w=iw*0.26:h=ih*0.12:color=white@0.5:t=fill"
    marked = studio.look(studio.copy(camera, "-vf", mark, "-crf", "30"))
    yield VideoPair(one, marked, True, "still camera, marked")
    film = studio.encode(map_film(seed, 1))
    yield VideoPair(studio.look(film), of(map_film(seed, 2)), False, "a map on two days")
    yield VideoPair(studio.look(film), studio.look(studio.copy(film, "-crf", "32")), True, "a map")
    yield VideoPair(
        of(with_opening(seed + 500)), of(with_opening(seed + 600)), False, "one opening"
    )
    yield VideoPair(look, of(pan(seed, start=9.0)), False, "two parts of one pan")
