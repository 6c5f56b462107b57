"""PDFs: text with page breaks, title, author, date.

Runs only where a worker can be ended: a PDF may loop or explode.
Read by PDFium, as Chromium does. Beside pypdf 7.1 it put every line of own Arabic, Persian and
Hebrew files in the right order but those with a sign beside a number (`pdf_lines` mends these),
read ligatures as letters, and took a fifteenth of the time.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
from typing import TYPE_CHECKING, Any

from archive.model.understood import PageText
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.formats import pdf_lines
from pipeline.read.text.formats.pdf_lines import Glyph
from pipeline.read.text.language import detect
from pipeline.read.text.limits import TextLimits, one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

# Left behind by the programs that made the file: no titles.
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|microsoft word\b.*|powerpoint presentation|slide "
    r"1|.*\.(?:docx?|indd|pdf|pptx?|xlsx?|qxd))$",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
# Lines this short on the average are glyphs placed one by one; those of tables have 10 and more.
_SHORT_LINE = 3
# What PDFium says of a letter that is a dividing hyphen, besides its own sign.
_HYPHENS = frozenset({0x2, 0xAD, 0xFFFE})
_BREAKS = frozenset({0xA, 0xD})


def pdf_text(body: bytes, captured_at: datetime, limits: TextLimits) -> PageText:
    """Text of a PDF, pages divided by form feeds.

    Flags: `broken`, `encrypted`, `no-text` (only pictures), `pages-cut`,
    `too-large-for-extraction`.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    if len(body) > limits.pdf_max_bytes:
        return PageText("", flags=("too-large-for-extraction",))
    try:
        # Many are encrypted with an empty password, only to forbid printing; PDFium tries that one.
        document = PdfDocument(body)
    except PdfiumError as error:
        return PageText("", flags=("encrypted" if _needs_password(error) else "broken",))
    with contextlib.closing(document):
        return _text_of(document, captured_at, limits)


def _needs_password(error: Exception) -> bool:
    import pypdfium2.raw as pdfium

    return bool(getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD)


def _text_of(document: Any, captured_at: datetime, limits: TextLimits) -> PageText:
    count = len(document)
    text, broken = _pages(document, min(count, limits.pdf_max_pages), limits.max_chars)
    flags = {"broken"} if broken or not count else set()
    if count > limits.pdf_max_pages or len(text) > limits.max_chars:
        flags.add("pages-cut")
    if not text.strip("\f"):
        flags.add("no-text")
    facts = _facts(document)
    return PageText(
        text=text[: limits.max_chars] if text.strip("\f") else "",
        title=facts.get("Title"),
        author=facts.get("Author"),
        published=declared_date([_iso(facts.get("CreationDate"))], captured_at),
        language=detect(text),
        flags=tuple(sorted(flags)),
    )


def _pages(document: Any, count: int, max_chars: int) -> tuple[str, bool]:
    """Text of the first pages, and whether one of them could not be read."""
    from pypdfium2 import PdfiumError

    pages: list[str] = []
    broken, length = False, 0
    for number in range(count):
        try:
            page = _page(document[number])
        except PdfiumError:
            page, broken = "", True
        pages.append(page)
        length += len(page)
        if length > max_chars:
            break
    # Over all pages at once, since the vocabulary of the whole says how a divided word is written.
    words = pdf_lines.joined_words("\f".join(pages))
    return "\f".join(paragraphs(pdf_lines.as_letters(page)) for page in words.split("\f")), broken


def _page(page: Any) -> str:
    """Text of one page, without form feeds of its own."""
    with contextlib.closing(page), contextlib.closing(page.get_textpage()) as letters:
        text = str(letters.get_text_range())
        scattered = len("".join(text.split())) < _SHORT_LINE * text.count("\n")
        if scattered or pdf_lines.is_rightward(text):
            text = "\n".join(pdf_lines.lines_of(_glyphs(letters)))
    return text.replace("\f", "\n").replace("\r\n", "\n")


def _glyphs(letters: Any) -> Iterator[Glyph]:
    """The letters of a page with their places, in the file's order, without those PDFium adds."""
    import pypdfium2.raw as pdfium

    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(letters.count_chars()):
        code = pdfium.FPDFText_GetUnicode(letters, index)
        if not code or code in _BREAKS or pdfium.FPDFText_IsGenerated(letters, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(letters, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(letters, index, box)
        letter = "-" if code in _HYPHENS else chr(code)
        left, right = min(box.left, x.value), max(box.right, x.value)
        yield Glyph(letter, left, right, y.value, pdfium.FPDFText_GetFontSize(letters, index))


def _facts(document: Any) -> dict[str, str]:
    """The document's own description, without what programs leave in it."""
    raw = {name: one_line(value) for name, value in document.get_metadata_dict().items()}
    return {
        name: value
        for name, value in raw.items()
        if value and not (name == "Title" and _NO_TITLE.match(value))
    }


def _iso(stamp: str | None) -> str | None:
    match = _PDF_DATE.match(stamp or "")
    return "-".join(match.groups()) if match else None
