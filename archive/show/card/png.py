"""A card as PNG, drawn with the fonts of this machine; none is shipped.

Pillow's own font has no Cyrillic: DejaVu Sans (Debian: `fonts-dejavu-core`) has the alphabets of
Europe, Arabic and Hebrew; `fonts-noto-cjk` has Chinese, Japanese and Korean. What no font here
draws is shown as a box, and the card says so.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from archive.show.card.layout import layout
from archive.show.card.lines import placed

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from archive.show.card.layout import Layout, Line
    from archive.show.card.lines import Placed
    from archive.show.card.text import Card

FONTS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf",
    "NotoSansCJK-Regular.ttc", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf",
    "NotoSansThai-Regular.ttf", "NotoSansDevanagari-Regular.ttf", "FreeSans.ttf",
)  # fmt: skip
"""Looked for where Pillow does, in this order; the first with all letters of a word draws it."""
_NOWHERE = "\U0010fffd"
"""A character of no font: what is drawn for it is drawn for all that a font has not."""
_UNDRAWN = "some letters cannot be drawn with the fonts of this machine; the SVG has them"


def png(card: Card) -> bytes:
    """The card as a PNG file, its alternative text within as `Description`."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    if undrawn(card):
        card = replace(card, facts=(*card.facts, _UNDRAWN))
    laid = layout(card, width_of)
    image = Image.new("RGB", (laid.width, laid.height))
    _draw(ImageDraw.Draw(image), laid)
    told = PngInfo()
    told.add_itxt("Title", card.title)
    told.add_itxt("Description", card.alternative)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=told, optimize=True)
    return out.getvalue()


def undrawn(card: Card) -> bool:
    """Whether a text has letters that no font here draws."""
    texts = [card.title, card.address, *card.facts]
    texts += [part.text for side in (card.before, card.after) for part in side.parts]
    return any(_font(char, 20) is None for text in texts for char in set(text) if char != " ")


def width_of(text: str, size: int) -> float:
    """How wide a text is, in pixels."""
    return float(_drawing(text, size).getlength(text))


def _draw(draw: ImageDraw, laid: Layout) -> None:
    for box in laid.boxes:
        corners = (box.x, box.y, box.x + box.width, box.y + box.height)
        draw.rectangle(corners, fill=box.colour)
    for line in laid.lines:
        measure = partial(_width, line.size)
        for word in placed(line.words, line.width, measure, rtl=line.rtl):
            _word(draw, line, word)


def _width(size: int, text: str) -> float:
    return width_of(text, size)


def _word(draw: ImageDraw, line: Line, word: Placed) -> None:
    colour, drawn = line.mark if word.changed else (line.colour, "")
    x = line.x + word.x
    font = _drawing(word.text, line.size)
    draw.text((x, line.y), word.text, font=font, fill=colour, anchor="ls")
    if drawn:
        y = line.y + (line.size * 0.14 if drawn == "under" else -line.size * 0.3)
        draw.line((x, y, x + font.getlength(word.text), y), fill=colour, width=2)


def _drawing(text: str, size: int) -> FreeTypeFont:
    """The font for a word: the first that has its letters, else the first of all."""
    for font in _fonts(size):
        if all(_has(font, char) for char in text):
            return font
    return _fonts(size)[0]


def _font(char: str, size: int) -> FreeTypeFont | None:
    return next((font for font in _fonts(size) if _has(font, char)), None)


@lru_cache(maxsize=16)
def _fonts(size: int) -> tuple[FreeTypeFont, ...]:
    """What there is of `FONTS`, and Pillow's own."""
    from PIL import ImageFont

    found = []
    for name in FONTS:
        try:
            found.append(ImageFont.truetype(name, size))
        except OSError:
            continue
    own = ImageFont.load_default(size)
    return (*found, own)  # type: ignore[arg-type]


@lru_cache(maxsize=8192)
def _has(font: FreeTypeFont, char: str) -> bool:
    """Whether a font draws a character, and not the box of all that it has not."""
    import unicodedata

    if char.isspace() or unicodedata.category(char) in {"Cf", "Mn"}:
        return True  # alone they have nothing to draw
    return _shape(font, char) != _shape(font, _NOWHERE)


def _shape(font: FreeTypeFont, char: str) -> tuple[object, ...]:
    mask = font.getmask(char)
    return mask.size, bytes(mask)
