"""Pairs of pictures with what is true of them: copies of one (re-encoded, scaled, marked, cropped a
little), and others that look alike: maps of two days that differ in a line."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from archive.model.media import Look
from archive.urls.normal import stable_id
from pipeline.read.media.pictures import media_facts
from tests.replica.pictures import encoded

SIZE = (480, 320)


@dataclass(frozen=True)
class Pair:
    """Two pictures as they look; `same`: the one is a copy of the other; `how`: by what."""

    one: Look
    other: Look
    same: bool
    how: str


def look(body: bytes, name: str) -> Look:
    facts = media_facts(body)
    assert facts is not None
    assert facts.phash
    assert facts.sketch
    assert facts.width
    assert facts.height
    return Look(stable_id(name), name, facts.phash, facts.sketch, facts.width, facts.height)


def photo(seed: int) -> Image.Image:
    """Shapes in soft light with the noise of a camera."""
    rng = random.Random(f"photo {seed}")
    small = Image.new("RGB", (12, 8))
    small.putdata([tuple(rng.randrange(256) for _ in range(3)) for _ in range(96)])
    image = small.resize(SIZE, Image.Resampling.BICUBIC)
    drawn = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, side = rng.randrange(SIZE[0]), rng.randrange(SIZE[1]), rng.randrange(15, 110)
        colour = tuple(rng.randrange(256) for _ in range(3))
        shape = drawn.rectangle if rng.random() < 0.5 else drawn.ellipse
        shape((x, y, x + side, y + side * 2 // 3), fill=colour)
    noise = Image.frombytes("L", SIZE, rng.randbytes(SIZE[0] * SIZE[1]))
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1)), noise.convert("RGB"), 0.08)


def map_of(seed: int, day: int = 0) -> Image.Image:
    """Land, roads and names; each day has a line of its own."""
    rng = random.Random(f"map {seed}")
    image = Image.new("RGB", SIZE, (238, 236, 226))
    drawn = ImageDraw.Draw(image)

    def points(count: int) -> list[tuple[int, int]]:
        return [(rng.randrange(SIZE[0]), rng.randrange(SIZE[1])) for _ in range(count)]

    for _ in range(4):
        drawn.polygon(points(6), fill=tuple(rng.randrange(150, 240) for _ in range(3)))
    for _ in range(7):
        drawn.line(points(5), fill=(90, 90, 90), width=2)
    for place in points(20):
        drawn.text(place, f"Stavy {rng.randrange(99)}", fill=(20, 20, 20))
    if day:
        rng = random.Random(f"map {seed} of day {day}")
        x, y = rng.randrange(60, 300), rng.randrange(60, 240)
        front = [(x + 32 * step, y + rng.randrange(-24, 25)) for step in range(5)]
        drawn.line(front, fill=(200, 20, 20), width=4)
    return image


def copies(image: Image.Image, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """What becomes of a picture on its way through the web."""
    wide, high = image.size
    yield "re-encoded", encoded(image, "JPEG", quality=rng.choice((40, 60, 80)))
    yield "as WebP", encoded(image, "WEBP", quality=50)
    share = rng.uniform(0.4, 0.8)
    scaled = image.resize((int(wide * share), int(high * share)), Image.Resampling.LANCZOS)
    yield "scaled", encoded(scaled, "JPEG", quality=70)
    marked = image.copy()
    drawn = ImageDraw.Draw(marked, "RGBA")
    drawn.text((wide * 0.6, high * 0.9), "@ilma_vestnik", fill=(255, 255, 255, 160), font_size=20)
    yield "marked", encoded(marked, "JPEG", quality=75)
    cut = rng.uniform(0.01, 0.03)
    box = (int(wide * cut), int(high * cut), int(wide * (1 - cut)), int(high * (1 - cut / 2)))
    yield "cropped", encoded(image.crop(box), "JPEG", quality=75)


def pairs(count: int) -> Iterator[Pair]:
    """Of so many photographs and half as many maps."""
    rng = random.Random(17)
    originals = [(f"photo {n}", photo(n)) for n in range(count)]
    originals += [(f"map {n}", map_of(n)) for n in range(count // 2)]
    looks = {name: look(encoded(image), name) for name, image in originals}
    for name, image in originals:
        for how, body in copies(image, rng):
            yield Pair(looks[name], look(body, f"{name} {how}"), True, f"{name[:5]} {how}")
    for number in range(count // 2):
        for day in (1, 2, 3):
            body = encoded(map_of(number, day), "JPEG", quality=80)
            other = look(body, f"map {number} {day}")
            yield Pair(looks[f"map {number}"], other, False, "a line")
    for first, second in itertools.pairwise(originals):
        yield Pair(looks[first[0]], looks[second[0]], False, "another")
