"""Which series a report belongs to, and which edition it is: from its title, its address, its
product line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.urls.series import SERIES, KnownSeries
from pipeline.read.parse.dates import PrintedDate, best_date, find_dates


@dataclass(frozen=True, slots=True)
class Series:
    """A series and the edition within its day.

    Attributes:
        name: As people write it; of an unknown series, as this page prints it.
        edition: Slug such as `evening`, or None.
        known: False when the name was made from the title.
    """

    slug: str
    name: str
    edition: str | None = None
    known: bool = True


# On the folded title or slug; the first that fits wins, so that "evening special report" is the
# evening one.
_EDITIONS = (
    (re.compile(r"\bmorning\b"), "morning"),
    (re.compile(r"\bevening\b"), "evening"),
    (re.compile(r"\bprotests?\b"), "protests"),
    (re.compile(r"\bspecial report\b"), "special-report"),
    (re.compile(r"\bspecial edition\b"), "special-edition"),
    (re.compile(r"\byear in review\b"), "year-in-review"),
)
# Of a numbered series.
_NUMBERED = re.compile(r"\bupdate (?:no |number )?(\d{1,3})\b")
_MAX_SLUG_CHARS = 80
_RANGE_CHARS = 7  # "through": more words than this between two days make no range


def fold(text: str) -> str:
    """Lower case, accents and apostrophes gone, everything else but letters and digits one
    blank."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "’‘")
    plain = plain.replace("'", "").replace("`", "")
    return " ".join(re.findall(r"[^\W_]+", plain))


def slugify(text: str) -> str:
    """`Yemen File: June` as `yemen-file-june`."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))[:_MAX_SLUG_CHARS].strip("-")


def slug_of(url: str) -> str:
    """The last part of an address's path, decoded, without blanks and dots at its end."""
    parts = [part for part in unquote(urlsplit(url).path).split("/") if part.strip()]
    return parts[-1].strip(" \xa0.").lower() if parts else ""


def title_in(url: str) -> str:
    """A title made of an address's last part, for pages and texts that print none; empty without
    one."""
    return fold(slug_of(url)).title()


def find_series(title: str, url: str, product_line: str | None = None) -> Series:
    """The series and edition of the report with this title and address.

    Args:
        title: As printed.
        url: Its address; the last part may say what the title leaves out.
        product_line: What the page itself calls its series, if it does.
    """
    folded, slug = fold(title), fold(slug_of(url))
    for text in (folded, slug, fold(product_line or "")):
        known = known_series(text)
        if known is not None:
            return Series(known.slug, known.name, _edition(known, folded, slug))
    name = (product_line or "").strip() or own_name(title)
    return Series(slugify(name) or "unknown", name, known=False)


def series_slugs() -> tuple[str, ...]:
    """The series that are known by name, as slugs, in the order of the alphabet."""
    return tuple(sorted({one.slug for one in SERIES}))


def known_series(text: str) -> KnownSeries | None:
    """The series that a folded text names, or None."""
    return next((one for one in SERIES if one.named.search(text)), None)


# What may stand between a series' name and its day.
_BEFORE_DAY = re.compile(
    r"(?:\s*\b(?:special|report|edition|morning|evening|weekly|daily|update|assessment|on|for|of|no|number|\d{1,3})\b)*\s*"
)


def title_date(title: str) -> PrintedDate | None:
    """The day of a report in its title.

    The one behind its series' name, since others are of what it tells; else the best.
    """
    dates = find_dates(title)
    if len(dates) > 1:
        for printed in dates:
            before = fold(title[: printed.start])
            ends = (found.end() for one in SERIES for found in one.named.finditer(before))
            if any(_BEFORE_DAY.fullmatch(before, end) for end in ends):
                return printed
        if dates[-1].year and not title[dates[-1].end :].strip(" .,)"):
            between = title[dates[-2].end : dates[-1].start]
            return dates[-1] if len(between.strip(" ,–-")) > _RANGE_CHARS else best_date(title)
    return best_date(title)


def _edition(series: KnownSeries, title: str, slug: str) -> str | None:
    number = _NUMBERED.search(title) if series.numbered else None
    if number:
        return number[1]
    for pattern, edition in _EDITIONS:
        if pattern.search(title):
            return edition
    # A title may leave out what the address says ("Iran Update, March 16" at
    # …-evening-special-report-…).
    for pattern, edition in _EDITIONS:
        if series.says_edition and pattern.search(slug):
            return edition
    return None


def own_name(title: str) -> str:
    """A title without its date and what follows it: the name of a series not known here."""
    dates = find_dates(title)
    head = title[: dates[0].start] if dates else title
    if dates and not fold(head):
        head = title[dates[0].end :]
    return " ".join(head.split()).strip(" ,:;-–—|([") or "Untitled"
