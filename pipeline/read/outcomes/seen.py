"""What the rules look at: a capture and what it shows, each part computed when it is first asked
for."""

from __future__ import annotations

import functools
import html
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.errors import BadUrlError
from archive.model.understood import CaptureVerdict
from archive.model.vocabulary import Kind
from archive.urls.normal import SourceIdentity, identify
from pipeline.read.outcomes.headed import below_headings, has_prose
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.platforms.registry import platform_named
from pipeline.read.text.decode import decode_text, wide_encoding
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from archive.model.understood import FetchedPage, PageText
    from archive.model.vocabulary import Outcome
    from pipeline.read.platforms.platform import Platform

# Walls and error pages are small, and say in the beginning what they are.
_LOOKED_AT_BYTES = 300_000
# Every rule that asks how long a page is asks for 2,500 characters at most; a report has fifty
# times as many.
_COUNTED_CHARS = 5_000
# Bounded, so that a page of nothing but opened tags costs no more than its length.
_TITLE = re.compile(r"<title[^<>]{0,300}>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"<h1[^<>]{0,1000}>(.{0,2000}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)?[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->")
_UNSEEN = frozenset({"script", "style", "template", "svg"})
_DATED = re.compile(
    r"article:published_time|datepublished|<time\b[^<>]*\bdatetime|pubdate|dc\.date", re.IGNORECASE
)
_NAME_CHARS = 4
"""Of a host's name; shorter parts are `www`, `web`, `org`."""
_BARE_CHARS = 100
_MARKUP = ("{", "[", "%")
# Between the parts of a title: `Page not found | The Times`. A mark of quotation at a word
# closes what is quoted.
_FRENCH = re.compile(r"«\s+([^«»]*?)\s+»")
_DIVIDER = re.compile(r"\s*[|–—·•]\s*|\s+[-»]\s+|\s*::\s*")


@dataclass(frozen=True)  # no slots: cached properties need a dictionary
class Seen:
    """One capture under judgement.

    Attributes:
        page: The capture.
        text: What it says, where somebody has read it.
        body: Its bytes, content-decoded.
    """

    page: FetchedPage
    text: PageText | None
    body: bytes

    @property
    def status(self) -> int | None:
        """HTTP status."""
        return self.page.http_status

    @functools.cached_property
    def source(self) -> str:
        """Beginning of the page's source; empty for files that are no text."""
        head = self.body[:_LOOKED_AT_BYTES]
        return (
            ""
            if b"\x00" in head[:1000] and not wide_encoding(head)
            else decode_text(head, self.page.headers.get("content-type"))
        )

    @functools.cached_property
    def _lower_source(self) -> str:
        return self.source.lower()

    def first_in_source(self, marks: tuple[str, ...]) -> str | None:
        """The first of `marks`, in their order, that the source holds in any case (many times as
        fast as one pattern)."""
        return next((mark for mark in marks if mark in self._lower_source), None)

    @functools.cached_property
    def titles(self) -> tuple[str, ...]:
        """`<title>` and the first `<h1>`, as far as they are there; of a few bare words all."""
        bare = self.source.strip() if len(self.source) <= _BARE_CHARS else ""
        if bare and not bare.startswith(_MARKUP) and "<" not in bare:
            return (one_line(bare),)
        found = (_TITLE.search(self.source), _HEADING.search(self.source))
        texts = (one_line(html.unescape(_TAG.sub(" ", m.group(1)))) for m in found if m)
        return tuple(filter(None, texts))

    @functools.cached_property
    def site_words(self) -> frozenset[str]:
        """Words of the host's name that may be the site's own, in lower case."""
        labels = (urlsplit(self.page.final_url).hostname or "").split(".")[:-1]
        return frozenset(w for label in labels for w in label.split("-") if len(w) >= _NAME_CHARS)

    @functools.cached_property
    def title_parts(self) -> tuple[str, ...]:
        """Titles and the parts they are put together from, each once."""
        return tuple(dict.fromkeys(one for title in self.titles for one in _parts(title)))

    @functools.cached_property
    def title_pieces(self) -> tuple[str, ...]:
        """What titles are put together from, without those that are put together."""
        return tuple(part for part in self.title_parts if not _DIVIDER.search(part))

    @functools.cached_property
    def visible(self) -> str:
        """All text of the beginning of the page, menus included, in one line."""
        return one_line(html.unescape(shown(self.source)))

    @functools.cached_property
    def pieces(self) -> tuple[str, ...]:
        """What stands between the tags of the beginning of the page, each piece in one line."""
        return tuple(filter(None, map(one_line, map(html.unescape, shown_pieces(self.source)))))

    @property
    def is_of_publisher(self) -> bool:
        """Whether it was fetched as a report, or as what leads to reports."""
        return self.page.context.kind in {Kind.DISCOVERY, Kind.REPORT}

    @functools.cached_property
    def below_headings(self) -> tuple[str, ...]:
        """What stands directly below a heading, a few pieces more each time; nothing of a page that
        has an article, a date or an author."""
        if self.text is None or self.is_posted or self.is_signed or has_prose(self.text.text):
            return ()
        if self.is_of_publisher:
            return ()
        found = below_headings(self.pieces, set(self.title_parts))
        return () if any(map(is_reported, found)) else found

    @functools.cached_property
    def words_length(self) -> int:
        """Characters of the main text; where nobody has read it, of what is visible, of long pages
        only of the beginning."""
        if self.text is not None:
            return len(self.text.text)
        return len(one_line(html.unescape(shown(self.source, _COUNTED_CHARS))))

    @functools.cached_property
    def flags(self) -> frozenset[str]:
        """Doubts of the extraction."""
        return frozenset(self.text.flags) if self.text is not None else frozenset()

    @functools.cached_property
    def is_signed(self) -> bool:
        """Whether the page names an author or declares when it was published: an article, however
        short.

        A day that only the address has says nothing, since it stays the same whatever stands there.
        """
        author = self.text is not None and self.text.author is not None
        return author or _DATED.search(self.source) is not None

    @functools.cached_property
    def requested(self) -> SourceIdentity | None:
        """Identity of the URL that was asked for, before redirects."""
        return _identity(self.page.context.uri_r)

    @functools.cached_property
    def arrived(self) -> SourceIdentity | None:
        """Identity of the URL that answered."""
        return _identity(self.page.final_url)

    @functools.cached_property
    def subject(self) -> SourceIdentity | None:
        """Identity of the source as cited."""
        return _identity(self.page.context.subject or self.page.context.uri_r)

    @functools.cached_property
    def platform(self) -> Platform | None:
        """The platform of the source as cited, where one is declared."""
        return platform_named(self.subject.platform) if self.subject is not None else None

    @property
    def is_posted(self) -> bool:
        """Whether its platform says in its own way what became of it; a post may quote anything."""
        return self.platform is not None and self.platform.speaks

    @property
    def is_oembed(self) -> bool:
        """Whether a platform's oEmbed service answered rather than the page itself."""
        return "oembed" in urlsplit(self.page.final_url).path.lower()

    def verdict(self, outcome: Outcome, rule: str, marker: str | None = None) -> CaptureVerdict:
        """A verdict with the evidence that every rule gives."""
        evidence: dict[str, object] = {
            "rule": rule,
            "status": self.status,
            "final_url": self.page.final_url,
        }
        if marker:
            evidence["marker"] = one_line(marker)[:200]
        return CaptureVerdict(outcome, evidence)


def _parts(title: str) -> tuple[str, ...]:
    """A title and the parts it is put together from; one of them that is quoted is no part."""
    whole = _FRENCH.sub(r"«\1»", title.strip())
    parts = (part.strip() for part in _DIVIDER.split(whole))
    return (title.strip(), *(part for part in parts if part and not _is_quotation(part)))


def _is_quotation(part: str) -> bool:
    return part[0] in '„“«"「『‘' and part[-1] in '“”»"」』’'


def shown(source: str, enough: int = sys.maxsize) -> str:
    """Text between the tags of `source`, without scripts, styles and comments; takes time linear in
    its length.

    Args:
        source: Mark-up.
        enough: After this many characters, blanks between tags not counted, the rest is left out.
    """
    return _COMMENT.sub(" ", " ".join(shown_pieces(source, enough)))


def shown_pieces(source: str, enough: int = sys.maxsize) -> list[str]:
    """As `shown`, each piece of text between two tags by itself."""
    pieces: list[str] = []
    position, hidden, length = 0, "", 0
    for match in _TAG.finditer(source):
        if not hidden:
            pieces.append(source[position : match.start()])
            length += len(pieces[-1].strip())
            if length > enough:
                return pieces
        position = match.end()
        closing, name = match.group(1), (match.group(2) or "").lower()
        if not hidden and not closing and name in _UNSEEN:
            hidden = name
        elif closing and name == hidden:
            hidden = ""
    if not hidden:
        pieces.append(source[position:])
    return pieces


def path_segments(url: str) -> list[str]:
    """Decoded segments of a URL's path, without empty ones, in lower case."""
    return [unquote(piece).lower() for piece in urlsplit(url).path.split("/") if piece]


def _identity(url: str) -> SourceIdentity | None:
    try:
        return identify(url)
    except BadUrlError:
        return None
