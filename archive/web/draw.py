"""Draws a captured picture or the page of a PDF anew, in a process of its own.

`python -m archive.web.draw picture|pdf PAGE WIDEST` reads the body and writes a line of JSON
(`pages`) and a picture; `difference BYTES WIDEST` reads two, the first of so many bytes, and writes
what changed from that to the other, with the number of regions as `pages`. The bytes were made by
strangers, and decoders of pictures have had holes: here they meet a process that holds nothing, has
little memory and time, and ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 1_400
"""Pixels of the longer side of what is shown: a screen's width."""
THUMBNAIL = 320
"""Pixels of what stands beside a sentence: twice its width there, for fine screens."""
_MOST_PIXELS = 80_000_000
"""Of a picture that is opened: a large satellite image; a bomb claims thousands of times more."""
FORMS = ("PNG", "JPEG", "GIF", "WEBP")
"""That are opened; every further one is a decoder that strangers' bytes meet."""
MEMORY_BYTES = 2 * 1024**3
CPU_S = 20


def main() -> None:
    """Read, draw, write; a failure is an exit code and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    kind, page, widest = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    body = sys.stdin.buffer.read()
    try:
        pages, drawn = _drawn(kind, body, page, widest)
    except Exception:  # noqa: BLE001 - whatever a decoder meets, it cannot be shown
        sys.exit(1)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + drawn)


def _drawn(kind: str, body: bytes, number: int, widest: int) -> tuple[int, bytes]:
    if kind == "pdf":
        return pdf_page(body, number)
    if kind == "difference":
        return changes(body[:number], body[number:], widest)
    return 1, picture(body, widest)


def changes(before: bytes, now: bytes, widest: int = WIDEST) -> tuple[int, bytes]:
    """In how many regions a picture changed, and the picture with them marked.

    Raises:
        OSError: One of them is no picture, or larger than may be.
        OtherMap: They are not two states of one picture.
    """
    from PIL import Image

    from archive.web.map_diff import difference

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2
    opened = [Image.open(io.BytesIO(one), formats=FORMS) for one in (before, now)]
    for one in opened:
        one.thumbnail((widest, widest))
    marked, boxes = difference(*opened)
    return len(boxes), _encoded(marked, "PNG")


def picture(body: bytes, widest: int = WIDEST) -> bytes:
    """A picture as one that we made: its points, and nothing that stood beside them.

    Args:
        body: As it was captured.
        widest: Points of the longer side of what is made.

    Raises:
        OSError: It is none, or larger than may be.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # twice as many are an error
    with Image.open(io.BytesIO(body), formats=FORMS) as opened:
        is_photo = opened.format == "JPEG"
        opened.thumbnail((widest, widest))
        return _encoded(opened, "JPEG" if is_photo else "PNG")


def pdf_page(body: bytes, number: int) -> tuple[int, bytes]:
    """How many pages a PDF has, and one of them as a picture; 1 is the first.

    Raises:
        Exception: It cannot be read, or has no such page.
    """
    from pypdfium2 import PdfDocument

    with contextlib.closing(PdfDocument(body)) as document:
        page = document[number - 1]
        scale = WIDEST / max(1.0, *page.get_size())
        return len(document), _encoded(page.render(scale=min(scale, 4.0)).to_pil(), "PNG")


def _encoded(image: Image, form: str) -> bytes:
    with_colours = image.convert("RGB" if form == "JPEG" else "RGBA")
    bare = with_colours.copy()
    bare.info.clear()  # notes, places and profiles that the file carried
    out = io.BytesIO()
    bare.save(out, form, optimize=False)
    return out.getvalue()


if __name__ == "__main__":
    main()
