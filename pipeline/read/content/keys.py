"""Notes, addresses and pictures as keys: equal keys mean equal content, however they were printed
or linked."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import ada_url

from archive.urls.normal import is_settled
from archive.urls.publishers.registry import OWN_DOMAINS
from pipeline.read.blanks import collapsed
from pipeline.read.content.tokens import counted, fold, tokens_of

if TYPE_CHECKING:
    from archive.model.reports import Figure, Note

_GLUED_CHARS = " \t\r\n\u00a0.,;:"
_GLUED_BLANKS = ("%20", "%C2%A0", "%c2%a0")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WAYBACK_IMAGE = re.compile(r"\Ahttps?://web\.archive\.org/web/\d{4,14}(?:im_)?/")
_IMAGE_STYLE = re.compile(r"/styles/[^/]+/public/")  # Drupal: the same picture in another size
_IMAGE_SIZE = re.compile(r"-(?:\d{2,4}x\d{2,4}|scaled)(?=\.[A-Za-z]{3,4}\Z)")  # WordPress: likewise

_DEFANGED_DOT = re.compile(r" ?[\[({] ?(?:dot|\.) ?[\])}] ?| dot ", re.IGNORECASE)
_BETWEEN_ADDRESSES = " ,;."
_BETWEEN_PIECES = re.compile(r"[\s;,]+")
_SCHEMES = frozenset(["http", "https", "www"])
_AROUND_WORD = "()[]<>\"'.:!?*\\"
_MAIL_PROTECTION = re.compile(r"\[?email[\s\u00a0]protected\]?|/cdn-cgi/l/email-protection\S*")
_WORD_LEFTOVER = re.compile(r"file:/\S*|#?_(?:edn|ftn)\w*")
_PRINTED_LABEL = re.compile(r"\A\s*\[[\divxlcIVXLC]{1,9}\]")


# Real notes have up to 2,000 characters. Taking the addresses out takes (text x addresses) steps: a
# note longer than this is compared by its addresses alone.
_MAX_NOTE_CHARS = 100_000


class NoteKey(NamedTuple):
    """What a note cites and says, without its label."""

    urls: tuple[str, ...]
    words: tuple[str, ...]


# Another version of a report cites mostly the same, and neighbours do, too; 0.2 kB each.
@functools.lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """An address as what it means: one spelling for encodings, for glued punctuation and for our
    publishers' hosts."""
    text = _unglued(_visible(url))
    if is_settled(text) and not any(host in text for host in OWN_DOMAINS):
        return text
    try:
        parsed = ada_url.URL(text)
    except ValueError:
        return _decoded(text)
    host = parsed.hostname
    bare = host.removeprefix("www.")
    href: str = parsed.href
    if bare in OWN_DOMAINS:
        href = f"https://{bare}{href.split(parsed.host, 1)[1]}"
    return _decoded(href)


def note_key(note: Note) -> NoteKey:
    """A note as its addresses in order, without repeats, and the words beside them."""
    urls = tuple(dict.fromkeys(url_key(cited.url) for cited in note.urls))
    return NoteKey(urls, tuple(_words(note)))


def figure_key(figure: Figure) -> str:
    """A picture's address without host spelling, size and query, which sites and tools change at
    will."""
    url = _WAYBACK_IMAGE.sub("", figure.url)
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return _decoded(url)
    path = _IMAGE_SIZE.sub("", _IMAGE_STYLE.sub("/", parsed.pathname))
    return _decoded(parsed.hostname.removeprefix("www.") + path)


def caption_key(figure: Figure) -> tuple[str, ...]:
    """The words of a caption; empty without one."""
    return tokens_of(figure.caption or "").words


def _visible(url: str) -> str:
    """The address without zero-width characters."""
    return url if url.isascii() else _INVISIBLE.sub("", url)


def _unglued(url: str) -> str:
    """The address without the punctuation and blanks that were typed after it, encoded or not."""
    while True:
        bare = url.strip(_GLUED_CHARS)
        for blank in _GLUED_BLANKS:
            bare = bare.removesuffix(blank)
        if bare == url:
            return url
        url = bare


def _decoded(url: str) -> str:
    return unquote_to_bytes(url.encode("utf-8", "replace")).decode("utf-8", "backslashreplace")


def _words(note: Note) -> list[str]:
    """The words of a note beside its addresses.

    Beside an address only plain words count, and numbers behind one: whatever holds an address's
    characters is a piece of an address that was cut, defanged, broken or repaired, and looks
    different from capture to capture.
    """
    if len(note.text) > _MAX_NOTE_CHARS:
        return []
    text = collapsed(_PRINTED_LABEL.sub("", note.text))
    for printed in sorted({collapsed(u.as_printed) for u in note.urls}, key=len, reverse=True):
        text = text.replace(printed, " ") if printed else text
    if note.urls and not text.strip(_BETWEEN_ADDRESSES):
        return []  # most notes
    text = collapsed(_without_leftovers(fold(text)))
    if not note.urls:
        return counted(tokens_of(text).words)
    words: list[str] = []
    behind_word = False
    for piece in _BETWEEN_PIECES.split(_refanged(text)):
        core = piece.strip(_AROUND_WORD)
        is_word = _is_word(core) and "..." not in piece
        if is_word or (behind_word and core.isdecimal()):
            words.append(core)
        behind_word = is_word
    return words


# What a fixed part of each cannot be found of, it need not be tried on at each letter.
def _without_leftovers(text: str) -> str:
    if "email" in text:
        text = _MAIL_PROTECTION.sub(" ", text)
    if "file:/" in text or "_edn" in text or "_ftn" in text:
        text = _WORD_LEFTOVER.sub(" ", text)
    return text


def _refanged(text: str) -> str:
    if any(bracket in text for bracket in "[({") or " dot " in text.lower():
        return _DEFANGED_DOT.sub(".", text)
    return text


def _is_word(core: str) -> bool:
    letters = core.replace("-", "").replace("'", "")
    if len(letters) < 2 or not letters.isalpha():
        return False
    return not core.lower().endswith("dot") and core.lower() not in _SCHEMES
