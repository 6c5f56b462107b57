"""The content digest: one short text per capture; what differs between two captures can be read off
it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from archive.model.reports import Content
from pipeline.read.content.keys import caption_key, figure_key, note_key
from pipeline.read.content.tokens import tokens_of, without_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model.reports import ParsedReport

# Raise it whenever the same content would get another digest.
FORMAT = "1"
NOT_COMPARED = "-"
# Per publication a few hundred contents at most: a collision of 64 bits is out of reach.
_HASH_BYTES = 8


class Parts(NamedTuple):
    """A content's digests, one for each thing that can change.

    Attributes:
        notes, marks: `-` for an incomplete content.
        marks: Where the prose refers to which note; it decides only where the prose is equal.
    """

    title: str
    prose: str
    notes: str
    figures: str
    marks: str


def content_of(report: ParsedReport) -> Content:
    """What of a parsed report makes a version."""
    return Content(report.title, report.text, report.notes, report.figures, report.complete)


def digest(content: Content, parser: str) -> str:
    """The content's digest, e.g. `1:isw-wp/3:<title>.<prose>.<notes>.<figures>.<marks>`.

    It stays the same when only the following change: blanks and breaks, quotes and dashes of
    another kind, the repeated title line, how links are marked up, cut or defanged, labels in
    another notation, punctuation glued to an address, `www.` on the publishers' own hosts, places
    and sizes of pictures.

    Args:
        content: From `content_of` or the store.
        parser: As in `ParsedReport.parser`; it may hold no colon.
    """
    return f"{FORMAT}:{parser}:{'.'.join(parts_of(content))}"


def parts_of(content: Content) -> Parts:
    """The digests of a content's parts."""
    prose = tokens_of(without_title(content.title, content.text))
    notes = marks = NOT_COMPARED
    if content.complete:
        notes = _hash(
            "\x1e".join("\x1f".join((*k.urls, "", *k.words)) for k in map(note_key, content.notes))
        )
        marks = _hash(" ".join(f"{mark.at}:{mark.label}" for mark in prose.marks))
    return Parts(
        title=_hash(" ".join(tokens_of(content.title).words)),
        prose=_hash(" ".join(prose.words)),
        notes=notes,
        figures=_hash(_figures(content)),
        marks=marks,
    )


def parts_in(digest_text: str) -> Parts:
    """The parts of a digest.

    Raises:
        ValueError: It is no digest of this format.
    """
    form, _, rest = digest_text.partition(":")
    hashes = rest.rpartition(":")[2].split(".")
    if form != FORMAT or len(hashes) != len(Parts._fields):
        raise ValueError(f"not a content digest of format {FORMAT}: {digest_text!r}")
    return Parts(*hashes)


def differing_kinds(before: Parts, after: Parts) -> tuple[str, ...]:
    """Which of `title`, `prose`, `notes`, `figures` differ; notes of an incomplete content are not
    compared."""
    kinds = [kind for kind in ("title", "prose") if getattr(before, kind) != getattr(after, kind)]
    if _differ(before.notes, after.notes) or (
        "prose" not in kinds and _differ(before.marks, after.marks)
    ):
        kinds.append("notes")
    if before.figures != after.figures:
        kinds.append("figures")
    return tuple(kinds)


def _differ(one: str, other: str) -> bool:
    return one != other and NOT_COMPARED not in {one, other}


def _figures(content: Content) -> str:
    """Pictures and captions apart: a picture that is moved or repeated takes no caption with it."""
    pictures: Iterable[str] = {figure_key(figure) for figure in content.figures}
    captions: Iterable[Sequence[str]] = {caption_key(figure) for figure in content.figures} - {()}
    return "\x1e".join((*sorted(pictures), "", *sorted(" ".join(words) for words in captions)))


def _hash(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_HASH_BYTES).hexdigest()
