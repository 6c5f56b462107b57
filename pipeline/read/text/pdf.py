"""PDFs: text with page breaks, title, author, date. Runs only where a worker can be ended: a PDF may loop or explode."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Any

from archive.model.records import PageText
from pipeline.read.text.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import TextLimits, one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

# What pypdf raises on broken files, besides its own errors.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip
# Left behind by the programs that made the file: no titles.
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|microsoft word\b.*|powerpoint presentation|slide 1|.*\.(?:docx?|indd|pdf|pptx?|xlsx?|qxd))$",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def pdf_text(body: bytes, captured_at: datetime, limits: TextLimits) -> PageText:
    """Text of a PDF, pages divided by form feeds.

    Flags: `broken`, `encrypted`, `no-text` (only pictures), `pages-cut`, `too-large-for-extraction`.
    """
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    if len(body) > limits.pdf_max_bytes:
        return PageText("", flags=("too-large-for-extraction",))
    try:
        reader = pypdf.PdfReader(io.BytesIO(body), strict=False)
        # Many are encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            return PageText("", flags=("encrypted",))
        count = len(reader.pages)
    except (DependencyError, PyPdfError, *_BROKEN):
        return PageText("", flags=("broken",))
    text, broken = _pages(reader, min(count, limits.pdf_max_pages), limits.max_chars)
    flags = {"broken"} if broken else set()
    if count > limits.pdf_max_pages or len(text) > limits.max_chars:
        flags.add("pages-cut")
    if not text.strip("\f"):
        flags.add("no-text")
    facts = _facts(reader)
    return PageText(
        text=text[: limits.max_chars] if text.strip("\f") else "",
        title=facts.get("/Title"),
        author=facts.get("/Author"),
        published=declared_date([_iso(facts.get("/CreationDate"))], captured_at),
        language=detect(text),
        flags=tuple(sorted(flags)),
    )


def _pages(reader: Any, count: int, max_chars: int) -> tuple[str, bool]:
    """Text of the first pages, and whether one of them could not be read."""
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    broken, length = False, 0
    for number in range(count):
        try:
            page = paragraphs(reader.pages[number].extract_text())
        except (PyPdfError, *_BROKEN):
            page, broken = "", True
        pages.append(page)
        length += len(page)
        if length > max_chars:
            break
    return "\f".join(pages), broken


def _facts(reader: Any) -> dict[str, str]:
    """The document's own description, without what programs leave in it."""
    from pypdf.errors import PyPdfError

    try:
        raw = {str(name): one_line(str(value)) for name, value in (reader.metadata or {}).items()}
    except (PyPdfError, *_BROKEN):
        return {}
    return {
        name: value
        for name, value in raw.items()
        if value and not (name == "/Title" and _NO_TITLE.match(value))
    }


def _iso(stamp: str | None) -> str | None:
    match = _PDF_DATE.match(stamp or "")
    return "-".join(match.groups()) if match else None
