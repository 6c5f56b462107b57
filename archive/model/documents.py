"""What a document refers to, as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.reports import CitedUrl


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that a document refers to: a note or an entry of its list, or a link in its text.

    Attributes:
        label: As printed, without brackets; None for a link in the text.
        text: The note's words, or the paragraph where the link stands.
        urls: In order, without repeats; none where it names a work without address.
    """

    label: str | None
    text: str
    urls: tuple[CitedUrl, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document, read.

    Attributes:
        format: `html`, `docx`, `pdf`, `markdown`, `bibtex` or `text`.
        title: As it calls itself, else its file's name.
        references: In the order of the document.
        doubts: What could not be read of it, a sentence each.
    """

    format: str
    title: str
    references: tuple[Reference, ...]
    doubts: tuple[str, ...] = ()
