"""URLs that a repost cut, and the whole ones of the real page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import CitedUrl, Note

CUT = "cut"
"""The repair that names a URL as cut (`CitedUrl.repairs`)."""

COMPLETED = "completed"
"""The repair that names a cut URL as made whole from the real page."""

_ELLIPSES = ("...", "…")


def complete_cut(cut: str, whole: Sequence[str]) -> str | None:
    """The whole URL that a cut one is the beginning of.

    Args:
        cut: As cut, with or without its ellipsis.
        whole: URLs of the real page: of the same note, or of all notes.

    Returns:
        None when no URL begins so, or several different ones do: then nothing is certain.
    """
    start = cut.strip()
    for ellipsis in _ELLIPSES:
        start = start.removesuffix(ellipsis)
    if not start:
        return None
    for spelling in (str, _folded):
        found = {url for url in whole if spelling(url).startswith(spelling(start))}
        if found:
            # `http` and `https` forms of one address, or one with a slash more, are one.
            return min(found) if len({_folded(url).rstrip("/") for url in found}) == 1 else None
    return None


def complete_notes(notes: Sequence[Note], real: Sequence[Note]) -> tuple[Note, ...]:
    """The notes of a repost with their cut URLs made whole from the notes of the real page.

    A cut URL is looked for in the real note of the same label, then in all of them. One that is
    made whole has the repair `completed` instead of `cut`; the others stay as they are.
    """
    everywhere = [cited.url for note in real for cited in note.urls]
    by_label: dict[str, list[str]] = {}
    for note in real:
        by_label.setdefault(note.label, []).extend(cited.url for cited in note.urls)
    return tuple(
        replace(
            note,
            urls=tuple(
                _completed(cited, by_label.get(note.label, []), everywhere) for cited in note.urls
            ),
        )
        for note in notes
    )


def _completed(cited: CitedUrl, near: Sequence[str], everywhere: Sequence[str]) -> CitedUrl:
    if CUT not in cited.repairs:
        return cited
    url = complete_cut(cited.url, near) or complete_cut(cited.url, everywhere)
    if url is None:
        return cited
    repairs = tuple(COMPLETED if repair == CUT else repair for repair in cited.repairs)
    return replace(cited, url=url, repairs=repairs)


def _folded(url: str) -> str:
    """The address without scheme and `www.`, percent-encoding undone; an escape that is cut off is
    left out."""
    bare = url.split("://", 1)[-1].lower()
    for length in (1, 2):
        if bare[-length:].startswith("%"):
            bare = bare[:-length]
    return unquote(bare.removeprefix("www."), errors="ignore")
