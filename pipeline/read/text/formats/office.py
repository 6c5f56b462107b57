"""Word files: the paragraphs of `word/document.xml`, title and author; other packages are left
alone."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from typing import TYPE_CHECKING

from archive.model.understood import PageText
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import TextLimits, one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
# Mark-up is about ten times its text; more unpacked bytes than this are a bomb or a book.
_XML_BYTES_PER_CHAR = 10
_BREAK = re.compile(r"</w:p>|<w:br\b[^<>]*>")
_TAB = re.compile(r"<w:tab\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def word_text(body: bytes, captured_at: datetime, limits: TextLimits) -> PageText | None:
    """Text of a .docx file, or None when `body` is no such file or unpacks to more than the
    limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            main = _member(package, _MAIN, limits)
            core = _member(package, _CORE, limits) or ""
    except _BROKEN:
        return None
    if main is None:
        return None
    plain = _TAG.sub("", _TAB.sub(" ", _BREAK.sub("\n\n", main)))
    text = paragraphs(unescape(plain))[: limits.max_chars]
    return PageText(
        text=text,
        title=_property(core, "dc:title"),
        author=_property(core, "dc:creator"),
        published=declared_date([_property(core, "dcterms:created")], captured_at),
        language=detect(text),
        flags=() if text else ("no-text",),
    )


def _member(package: zipfile.ZipFile, name: str, limits: TextLimits) -> str | None:
    """One file of the package; None when it is absent or too large, whatever its header says of its
    size."""
    if name not in package.namelist():
        return None
    limit = limits.max_chars * _XML_BYTES_PER_CHAR
    with package.open(name) as stream:
        content = stream.read(limit + 1)
    return content.decode("utf-8", "replace") if len(content) <= limit else None


def _property(core: str, name: str) -> str | None:
    match = re.search(rf"<{name}\b[^<>]*>([^<>]{{0,1000}})</{name}>", core)
    return one_line(unescape(match.group(1))) or None if match else None
