"""The references of a document that is laid out: its notes, and the addresses in its text.

Notes are read as those of reports are. In running text a word may look like an address and be
none (`Node.js/Express`, `setup.py/main`), so that there it takes more: a scheme, a link, a
platform's host, or a domain that is really given out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from archive.errors import BadUrlError
from archive.model.documents import Reference
from archive.urls.normal import has_known_suffix, identify, registered_domain
from archive.urls.platforms.registry import BY_HOST
from pipeline.read.blanks import collapsed
from pipeline.read.plaintext.cut import CUT
from pipeline.read.references.hosts import bare_scheme_length, host_of
from pipeline.read.references.lexer import cited_urls
from pipeline.read.references.notes import split_notes
from pipeline.read.references.tape import is_citation, is_note_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model.reports import CitedUrl, Note
    from pipeline.read.blocks import Block, Run
    from pipeline.read.documents.record import Laid

_SHOWN = 300
"""Characters of a paragraph that stand beside a link in it."""

# Endings of files that are domains of countries, too: a name with one of these and one plain word
# behind it is a file beside a file.
_FILE_ENDINGS = frozenset(
    "py md sh pl rs so ps cc mm ml tf gz ai vi id cs ts do in st mk sc tex".split()  # noqa: SIM905
)

_PLAINLY_A_PATH = re.compile(r"[\d-]|/./|/[^/]+/[^/]")


def references_of(laid: Laid) -> tuple[Reference, ...]:
    """Every reference of a document, in its order: links in the text, then notes."""
    blocks = tuple(_resolved(block, laid.base_url) for block in laid.blocks)
    split = split_notes(blocks, laid.base_url)
    notes = [*split.notes, *laid.notes]
    in_text = [one for block in (*split.prose, *split.tail) for one in _in_text(block)]
    return (*in_text, *(_noted(note) for note in notes))


def _resolved(block: Block, base_url: str) -> Block:
    """A block whose relative links are whole; without a base they are no addresses."""
    if not base_url or all(run.href is None for run in block.runs):
        return block
    return replace(
        block, runs=tuple(run._replace(href=_whole(run, base_url)) for run in block.runs)
    )


def _whole(run: Run, base_url: str) -> str | None:
    href = run.href
    if href is None or href.startswith("#") or is_citation(href) or ":" in href.partition("/")[0]:
        return href
    try:
        return urljoin(base_url, href.strip())
    except ValueError:
        return href


def _noted(note: Note) -> Reference:
    urls = tuple(one for one in note.urls if _is_address(one))
    return Reference(note.label, note.text, urls)


def _in_text(block: Block) -> Iterator[Reference]:
    text = ""
    linked = {run.href for run in block.runs if run.href}
    for one in cited_urls(tuple(_without_ways(block.runs))):
        if _is_address(one) and _is_meant(one, linked):
            text = text or collapsed(block.text)[:_SHOWN]
            yield Reference(None, text, (one,))


def _without_ways(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, the ways between notes and their markers left out as links."""
    for run in runs:
        is_way = run.href is not None and (run.href.startswith("#") or is_note_anchor(run.href))
        yield run._replace(href=None) if is_way else run


def _is_address(cited: CitedUrl) -> bool:
    """Whether it could be asked for at all: a name of more than one part."""
    if CUT in cited.repairs:
        return False
    try:
        host = identify(cited.url).host
    except BadUrlError:
        return False
    return "." in host or ":" in host


def _is_meant(cited: CitedUrl, linked: set[str]) -> bool:
    """Whether an address in running text is one."""
    printed = cited.as_printed.lstrip("([{<\"'“‘«")
    if bare_scheme_length(printed) or printed.lower().startswith("www."):
        return True
    if any(cited.url.partition("://")[2] in href for href in linked):
        return True
    host = (urlsplit(cited.url).hostname or host_of(printed)).lower()
    if BY_HOST.get(host) or BY_HOST.get(registered_domain(host)):
        return True
    labels = host.split(".")
    is_file = (
        len(labels) == 2
        and labels[-1] in _FILE_ENDINGS
        and not _PLAINLY_A_PATH.search(urlsplit(cited.url).path)
    )
    return has_known_suffix(host) and not is_file
