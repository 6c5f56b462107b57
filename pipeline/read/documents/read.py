"""The one entrance: a document's bytes to what it refers to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.model.documents import ReadDocument
from pipeline.read.blocks import Block, BlockKind
from pipeline.read.documents.bibtex import bibtex_laid
from pipeline.read.documents.docx import docx_laid
from pipeline.read.documents.finding import references_of
from pipeline.read.documents.markdown import markdown_laid
from pipeline.read.documents.pdf import pdf_laid
from pipeline.read.documents.record import Laid
from pipeline.read.page_text import kind_of
from pipeline.read.parse.page import open_page, own_address
from pipeline.read.parse.reading import LAYOUTS
from pipeline.read.parse.tree import dom
from pipeline.read.plaintext.incoming import lines_in
from pipeline.read.plaintext.markup import read_markup
from pipeline.read.text.decode import decode_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Lay = Callable[[bytes, str, str, str | None], Laid]

_OLE = b"\xd0\xcf\x11\xe0"
_BIB = re.compile(r"\s*(?:%[^\n]*\s+)*@[a-z]+\s*[{(]", re.IGNORECASE)
_SUFFIXES = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".md": "markdown", ".markdown": "markdown",
    ".mkd": "markdown", ".htm": "html", ".html": "html", ".xhtml": "html",
}  # fmt: skip
_TYPES = {
    "text/markdown": "markdown", "text/x-markdown": "markdown", "application/x-bibtex": "bibtex",
    "text/x-bibtex": "bibtex",
}  # fmt: skip
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Of no concern here: it tells the year of a date without one."""


def read_document(
    body: bytes, name: str, url: str = "", content_type: str | None = None
) -> ReadDocument:
    """What a document refers to, whatever its format. May take long, or loop on a bad PDF, so run
    it where it can be ended.

    Args:
        body: Its bytes, content decoded.
        name: Of the file or address, for messages and, by its ending, for the format.
        url: Where it stands; empty for a file.
        content_type: As a server said.

    Raises:
        BadInputError: It cannot be read; the message says why in one sentence.
    """
    form = _format(body, name, content_type)
    laid = _FORMS[form](body, name, url, content_type)
    return ReadDocument(form, laid.title or name, references_of(laid), laid.doubts)


def _format(body: bytes, name: str, content_type: str | None) -> str:
    if not body.strip():
        raise BadInputError(f"{name}: the document is empty")
    if body.startswith(_OLE):
        raise BadInputError(
            f"{name}: an old or encrypted Office file; save it as .docx without a password"
        )
    if body.startswith(b"PK"):
        return "docx"
    kind = kind_of(body, content_type)
    if kind in {"image", "binary", "json", "xml"}:
        told = {"image": "a picture", "binary": "a binary file"}.get(kind, kind.upper())
        raise BadInputError(
            f"{name}: {told}; HTML, docx, PDF, Markdown, BibTeX and plain text are read"
        )
    if kind == "pdf":
        return kind
    declared = (content_type or "").partition(";")[0].strip().lower()
    ending = re.search(r"\.[a-z]+$", name.partition("?")[0].lower())
    named = _TYPES.get(declared) or _SUFFIXES.get(ending.group() if ending else "")
    if named and not (named != "html" and kind == "html" and "html" in declared):
        return named
    if kind == "html":
        return kind
    return "bibtex" if _BIB.match(body[:4_000].decode("utf-8", "replace")) else "text"


def _html(body: bytes, name: str, url: str, content_type: str | None) -> Laid:
    root = dom.parse(body, content_type)
    if root is None:
        raise BadInputError(f"{name}: nothing in it is HTML")
    page = open_page(root, url or "", _NO_DAY)
    draft = next((found for one in LAYOUTS if (found := one.read(page)) is not None), None)
    if draft is not None:
        return Laid(
            draft.blocks, title=draft.title, base_url=page.base_of(draft.url) if url else ""
        )
    base = page.base_of(own_address(page)) if url else next(iter(page.bases), "")
    bodies = page.by_tag.get("body") or [root]
    return Laid(tuple(dom.blocks_of(bodies[0], base)), title=page.head_title, base_url=base)


def _text_laid(body: bytes, name: str, url: str, content_type: str | None) -> Laid:
    lines = read_markup(lines_in(decode_text(body, content_type), name), url)
    blocks = tuple(Block(BlockKind.PARAGRAPH, line.runs) for line in lines if line.runs)
    return Laid(blocks, base_url=url)


_FORMS: dict[str, Lay] = {
    "html": _html,
    "docx": lambda body, name, _url, _type: docx_laid(body, name),
    "pdf": lambda body, name, _url, _type: pdf_laid(body, name),
    "markdown": lambda body, name, _url, kind: markdown_laid(decode_text(body, kind), name),
    "bibtex": lambda body, name, _url, kind: bibtex_laid(decode_text(body, kind), name),
    "text": _text_laid,
}
