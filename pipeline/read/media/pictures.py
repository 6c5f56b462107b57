"""What the bytes of a fetched picture or video say: its form, its size, what it looks like.

Runs in a worker process with little memory and time. A picture's size is read from its head before
its points are unpacked, so that a bomb stays small.
"""

from __future__ import annotations

import functools
import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.media_types import other_media_type, picture_type
from archive.model.media import MediaFacts
from pipeline.read.media.container import container_of
from pipeline.read.media.said import said_by_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

    from archive.model.body import Viewed


MOST_PIXELS = 50_000_000
"""Of a picture whose points are looked at: 200 MB; the largest camera files have as many."""

_BEGINNING_BYTES = 4096
"""That tell a form; more than `archive.media_types` looks at."""

_TOO_MANY = f"more than {MOST_PIXELS:,} points"

FORMS = ("PNG", "JPEG", "GIF", "WEBP")
"""That are opened; every further one is a decoder that strangers' bytes meet."""

SKETCH_SIDE = 32
"""Of the sketch, in points: 1 kB a picture, and fine enough for a line on a map to show."""


class PictureTooLarge(Exception):
    """A picture that claims more points than are looked at."""


class NotReadable(Exception):
    """A picture that its decoder refuses.

    Attributes:
        is_cut: It ends before its end.
    """

    def __init__(self, said: str, *, is_cut: bool) -> None:
        super().__init__(said)
        self.is_cut = is_cut


def media_facts(body: Viewed) -> MediaFacts | None:
    """What a body is; None where it is no picture, video or sound.

    Raises:
        PictureTooLarge: It claims more than `MOST_PIXELS`.
        NotReadable: Its decoder refuses it.
    """
    beginning = body[:_BEGINNING_BYTES]
    kind = picture_type(beginning)
    if kind is not None:
        form = kind.partition("/")[2]
        body = body[:]
        return replace(_picture(body, form), said=said_by_picture(body, form))
    other = other_media_type(beginning)
    return _film_or_sound(body, other.partition("/")[2]) if other else None


def _film_or_sound(body: Viewed, form: str) -> MediaFacts:
    container, said = container_of(body, form)
    width, height = container.size()
    return MediaFacts(form, width, height, said=said)


def _picture(body: bytes, form: str) -> MediaFacts:
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd in strangers' files is no matter of a log
        try:
            with Image.open(io.BytesIO(body), formats=FORMS) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS:
                    raise PictureTooLarge(_TOO_MANY)
                opened.draft("L", (512, 512))  # a JPEG is unpacked no larger than is needed
                grey = _grey(opened)
        except (Image.DecompressionBombError, MemoryError) as error:
            raise PictureTooLarge(_TOO_MANY) from error
        except UnidentifiedImageError as error:
            raise NotReadable("no whole picture", is_cut=False) from error
        except (OSError, ValueError, SyntaxError, IndexError, EOFError) as error:
            cut = "truncated" in str(error) or isinstance(error, EOFError)
            raise NotReadable(" ".join(str(error).split())[:200], is_cut=cut) from error
    sketch = grey.resize((SKETCH_SIDE, SKETCH_SIDE), Image.Resampling.BOX).tobytes().hex()
    hashed = _hasher()
    return MediaFacts(form, width, height, hashed(grey) if hashed else None, sketch)


def _grey(opened: Image) -> Image:
    """Its points in grey, on white where it is transparent, no larger than is needed."""
    from PIL import Image

    opened.thumbnail((512, 512), Image.Resampling.BOX)
    whole = opened.convert("RGBA") if opened.mode in {"P", "LA", "PA", "RGBA"} else opened
    if whole.mode == "RGBA":
        ground = Image.new("RGBA", whole.size, "white")
        whole = Image.alpha_composite(ground, whole)
    return whole.convert("L")


@functools.cache
def _hasher() -> Callable[[Image], str] | None:
    """The perceptual hash; None where its library (extra `media`) is not installed."""
    try:
        from imagehash import phash
    except ImportError:
        return None
    return lambda grey: str(phash(grey, hash_size=16, highfreq_factor=4))


def grey_hash(points: bytes, side: int) -> str:
    """The perceptual hash of a square of points of grey.

    Raises:
        ImportError: Its library (extra `media`) is not installed.
    """
    from PIL import Image

    hashed = _hasher()
    if hashed is None:
        raise ImportError("perceptual hashes need the extra media")
    return hashed(Image.frombytes("L", (side, side), points))
