"""BibTeX, read by bibtexparser (extra `audit`): each entry is a reference."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.model.reports import CitedUrl, Note
from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Run
from pipeline.read.documents.record import Laid
from pipeline.read.references.lexer import cited_urls

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAID_IN = ("url", "howpublished", "note", "annote", "addendum", "urlraw", "link", "pubstate")
"""Fields that hold addresses, in the order in which they count."""
_COMMANDS = re.compile(r"\\(?:url|nolinkurl|path|burl)\s*\{([^{}]*)\}")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_ESCAPED = re.compile(r"\\([_%&#$~{}^])|\{\\([_%&#$])\}")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s{}\"<>]+)")
_SPELLED = {r"\textasciitilde": "~", r"\textunderscore": "_", r"\slash": "/", r"{\~{}}": "~"}


def bibtex_laid(text: str, name: str) -> Laid:
    """A BibTeX file: its entries as notes, labelled by their keys.

    Raises:
        BadInputError: The extra is not installed, or there is no entry in it.
    """
    library = _parsed(text, name)
    entries = [*library.entries, *_doubled(library)]
    broken = [
        one for one in library.failed_blocks if getattr(one, "ignore_error_block", None) is None
    ]
    if not entries:
        raise BadInputError(f"{name}: no BibTeX entry could be read in it")
    doubts = tuple(
        f"the entry at line {(one.start_line or 0) + 1} could not be read" for one in broken
    )
    ordered = sorted(entries, key=lambda one: one.start_line or 0)
    return Laid(notes=tuple(_note(one) for one in ordered), doubts=doubts)


def _parsed(text: str, name: str) -> Any:
    try:
        import bibtexparser
    except ImportError as error:
        raise BadInputError(
            f"{name}: BibTeX is not read without the extra: pip install 'isw-archive[audit]'"
        ) from error
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs each broken entry
    return bibtexparser.parse_string(text)  # type: ignore[attr-defined]


def _doubled(library: Any) -> Iterator[Any]:
    """Entries whose key stands before: another work all the same."""
    for one in library.failed_blocks:
        entry = getattr(one, "ignore_error_block", None)
        if entry is not None and hasattr(entry, "fields"):
            yield entry


def _note(entry: Any) -> Note:
    fields = {one.key.lower(): _without_tex(str(one.value)) for one in entry.fields}
    urls: dict[str, CitedUrl] = {}
    for name in _SAID_IN:
        for one in cited_urls((Run(fields.get(name, "")),)):
            urls.setdefault(one.url, one)
    if not urls:
        urls = {one.url: one for one in _by_number(fields)}
    said = [fields.get(name, "") for name in ("author", "title", "year")]
    text = ", ".join(collapsed(re.sub(r"[{}]", "", one)) for one in said if one)
    return Note(str(entry.key), text, tuple(urls.values()))


def _by_number(fields: dict[str, str]) -> Iterator[CitedUrl]:
    """The address that a work's number gives, where no other stands there."""
    doi = _DOI.search(fields.get("doi", ""))
    if doi:
        yield CitedUrl(f"https://doi.org/{doi[1]}", fields["doi"], ("resolved",))
        return
    number = fields.get("eprint", "").strip()
    kind = fields.get("archiveprefix", fields.get("eprinttype", "")).lower()
    if number and kind == "arxiv":
        yield CitedUrl(f"https://arxiv.org/abs/{number}", number, ("resolved",))


def _without_tex(value: str) -> str:
    """A value without the signs that TeX needs."""
    text = value.strip().strip('"')
    for spelled, sign in _SPELLED.items():
        text = text.replace(spelled, sign)
    text = _COMMANDS.sub(r" \1 ", _HREF.sub(r" \1 ", text))
    text = _ESCAPED.sub(lambda found: found[1] or found[2], text)
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text
