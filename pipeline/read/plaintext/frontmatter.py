"""What a saver wrote above a text: where it is from, what it is called, when it was saved.

YAML between rules, `# Key: value` and `Key: value` lines, a section "Metadata": each scraper and
clipper has its own form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.read.parse.dates import best_date

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(
    r"^\s*(?:[-*#]+\s+)?(?:\*\*)?(?P<key>[A-Za-z][A-Za-z "
    r"_-]{1,24}?)(?:\*\*)?\s*:(?:\*\*)?\s*(?P<value>.*?)\s*$"
)
_RULE = re.compile(r"\s*(?:---+|\+\+\+)\s*")
_ITEM = re.compile(r"\s+-\s+(?P<value>\S.*)|\s*-\s+(?P<plain>[^*\s:][^:]*)")
# A heading or line behind which the text itself begins.
_CONTENT = re.compile(r"\s*#{0,4}\s*(?:\*\*)?(?:markdown )?content(?:\*\*)?\s*:?\s*", re.IGNORECASE)
_METADATA = re.compile(r"\s*#{1,4}\s*(?:metadata|front ?matter)\s*", re.IGNORECASE)
_MAX_LINES = 60
_SEARCHED = 80  # lines in which a heading "Content" must stand

_KEYS = {
    "title": "title",
    "url": "url", "source": "url", "url source": "url", "source url": "url", "link": "url",
    "canonical": "url",
    "permalink": "url", "original url": "url", "original": "url", "page url": "url",
    "canonical url": "url",
    "author": "authors", "authors": "authors", "by": "authors", "creator": "authors",
    "date": "dated", "published": "dated", "published time": "dated", "publish date": "dated",
    "publication date": "dated", "published at": "dated", "posted": "dated", "created": "dated",
    "scraped at": "saved", "scraped": "saved", "crawled at": "saved", "crawled": "saved",
    "fetched at": "saved",
    "fetched": "saved", "retrieved": "saved", "retrieved at": "saved", "accessed": "saved",
    "saved": "saved",
    "saved at": "saved", "captured": "saved", "captured at": "saved", "date saved": "saved",
    "archived": "saved",
    "download date": "saved", "timestamp": "timestamp",
    "tags": "other", "keywords": "other", "description": "other", "excerpt": "other",
    "word count": "other",
    "domain": "other", "http status": "other", "language": "other", "site": "other",
    "sitename": "other",
    "site name": "other", "type": "other", "categories": "other", "category": "other",
    "summary": "other",
    "fetcher tier": "other", "tool": "other", "image": "other", "hostname": "other", "id": "other",
}  # fmt: skip
_TELLING = frozenset({"title", "url", "dated", "saved"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a text.

    Attributes:
        end: Number of the first line below it; 0 where there is none.
        dated: Day or moment that it gives the text.
        saved: When it says that the text was saved.
    """

    end: int = 0
    title: str | None = None
    url: str | None = None
    authors: str | None = None
    dated: datetime | None = None
    saved: datetime | None = None


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """The front matter of a text; empty where the text begins at once."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    begin, end = _bounds(lines, first)
    found: dict[str, str] = {}
    for line in lines[begin:end]:
        entry = _entry(line)
        if entry and entry[1] and entry[0] not in found:
            found[entry[0]] = entry[1]
    if not _TELLING & found.keys():
        return FrontMatter()
    read = FrontMatter(end, found.get("title"), found.get("url"), found.get("authors"))
    saved = found.get("saved") or found.get("timestamp")
    return replace(read, dated=_moment(found.get("dated")), saved=_moment(saved))


def _bounds(lines: Sequence[str], first: int) -> tuple[int, int]:
    """The first line of the front matter, and the first behind it; equal where there is none."""
    if first < len(lines) and _RULE.fullmatch(lines[first]):
        below = range(first + 1, min(first + _MAX_LINES, len(lines)))
        end = next((at for at in below if _RULE.fullmatch(lines[at])), None)
        return (first, end + 1) if end else (first, first)
    content = range(first, min(first + _SEARCHED, len(lines)))
    begun = next((at for at in content if _CONTENT.fullmatch(lines[at])), None)
    if begun is not None and any(map(_entry, lines[first:begun])):
        return first, begun + 1
    at = first
    while at < min(first + _MAX_LINES, len(lines)) and (
        not lines[at].strip() or _entry(lines[at]) or _METADATA.fullmatch(lines[at])
    ):
        at += 1
    return first, at


def _entry(line: str) -> tuple[str, str] | None:
    """Which field a line fills, and with what."""
    found = _LINE.match(line)
    field = _KEYS.get(" ".join(found["key"].replace("_", " ").lower().split())) if found else None
    if found is None or field is None:
        return None
    return field, found["value"].strip().strip("\"'").strip()


def _moment(text: str | None) -> datetime | None:
    """A moment or day as written; UTC where no zone is named."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        printed = best_date(text)
        day = printed.on(printed.year) if printed and printed.year else None
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)
