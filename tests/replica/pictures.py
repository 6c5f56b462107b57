"""Pictures of our own making, as posts and articles show them: PNG, JPEG, WebP; and files that are
none, or lie."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from tests.replica.messages import Reply, Request, not_found, typed
from tests.replica.prose import rng_for
from tests.replica.sites import Site

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (160, 96)


def scene(name: str, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of that name: hills, a sky, some houses; the same on every machine."""
    rng = rng_for(f"picture {name}")
    image = Image.new("RGB", size, (rng.randrange(90, 200), 190, 230))
    drawn = ImageDraw.Draw(image)
    wide, high = size
    for layer in range(3):
        least = 30 + 15 * layer
        ground = [(wide * x // 8, high * rng.randrange(least, 70) // 100) for x in range(9)]
        drawn.polygon(
            [(0, high), *ground, (wide, high)], fill=(60 + 30 * layer, rng.randrange(80, 160), 70)
        )
    for _ in range(6):
        x, y = rng.randrange(wide), high * rng.randrange(55, 90) // 100
        side = wide // 14
        drawn.rectangle((x, y, x + side, y + side), fill=(rng.randrange(120, 250), 90, 80))
    return image


def encoded(image: Image.Image, form: str = "PNG", **how: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def camera(make: str) -> Image.Exif:
    """What a camera of this make writes into its pictures, with the place where it stood."""
    exif = Image.Exif()
    exif[0x010F] = make
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 30.0, 36.0), 3: "W", 4: (31.0, 12.0, 0.0)})
    return exif


def bomb(side: int = 60_000) -> bytes:
    """A PNG of some hundred bytes that claims so many points a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000), 9)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>fetch('
    '"http://127.0.0.1/ran")</script><rect width="90" height="90"/></svg>'
)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(600)


def polyglot(name: str) -> bytes:
    """A picture that is a page with a script, too, for who sniffs carelessly."""
    page = b"<html><script>fetch('http://127.0.0.1/ran')</script></html>"
    return encoded(scene(name), "GIF") + page


_MADE: dict[str, Callable[[str], Reply]] = {
    ".png": lambda name: typed(encoded(scene(name)), "image/png"),
    ".jpg": lambda name: typed(encoded(scene(name), "JPEG", quality=85), "image/jpeg"),
    ".webp": lambda name: typed(encoded(scene(name), "WEBP", quality=80), "image/webp"),
    ".mp4": lambda _: typed(MP4, "video/mp4"),
}


def album(request: Request) -> Reply:
    """Any address that ends as a picture does is that picture, by its name without the folder."""
    name, dot, ending = request.bare_path.rpartition("/")[2].rpartition(".")
    made = _MADE.get(dot + ending)
    return made(name) if made else not_found()


def cut_once(request: Request, name: str, *, another: bool = False) -> Reply:
    """A picture whose download breaks off half way, once; then a server with ranges.

    Args:
        request: What was asked.
        name: Of the picture.
        another: Whether it has become another file meanwhile, and the server overlooks If-Range.
    """
    made = encoded(scene(name), "JPEG", quality=85)
    tag, half = f'"{name}"', len(made) // 2
    kind = ("Content-Type", "image/jpeg")
    if request.nth == 0:
        whole = (kind, ("ETag", tag), ("Content-Length", str(len(made))))
        return Reply(200, whole, made[:half], raw=True)
    if not request.header("range"):
        return Reply(200, (kind, ("ETag", '"new"' if another else tag)), made)
    first = int((request.header("range") or "").removeprefix("bytes=").removesuffix("-"))
    span = ("Content-Range", f"bytes {first}-{len(made) - 1}/{len(made)}")
    return Reply(206, (kind, ("ETag", '"new"' if another else tag), span), made[first:])


def more_than_it_says(name: str) -> Reply:
    """A picture that is twice as long as its Content-Length says."""
    made = encoded(scene(name), "JPEG", quality=85)
    stated = ("Content-Length", str(len(made) // 2))
    return Reply(200, (("Content-Type", "image/jpeg"), stated), made, raw=True)


def sites() -> list[Site]:
    """Telegram's file servers."""
    return [Site(("cdn4.telesco.pe", "cdn5.telesco.pe"), album)]
