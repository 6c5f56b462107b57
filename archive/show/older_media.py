"""Pictures that were there before what they are cited for: the rule, and its words. Pure.

It says what is known and no more: a post of such a day shows the same or nearly the same picture,
or a capture of ours does; a report of another day cites it. What the picture is of, nobody here
knows. Where a sentence itself looks back, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive.model.times import ENGLISH_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CLEAR_DAYS = 14
"""Days before the day that is spoken of: a weekly report covers seven and comes out up to four days
after its data's end; footage is often shown some days after what it shows."""
MOST_SHOWING = 30
"""Sources that show a picture: one that more show is a logo, a banner, a stock picture."""
MOST_BY_ONE = 3
"""Of one account: what it shows again and again stands for the account."""
LEAST_SIDE = 200
"""Pixels of the shorter side: avatars and icons are smaller, pictures of posts are not."""

_MONTH = "|".join(ENGLISH_MONTHS)
_BEFORE = "in|since|of|early|mid|late|through|until|from|by|between"
_DATE = re.compile(
    rf"""
    \b(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}})\b)?
      | (?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\b(?:,?\s+(?P<year2>\d{{4}})\b)?
      | (?P<month3>{_MONTH})\s+(?P<year3>\d{{4}})\b
      | (?:{_BEFORE})[\s-]+(?P<month4>{_MONTH})\b(?:,?\s+(?P<year4>\d{{4}})\b)?
      | (?:{_BEFORE})[\s-]+(?P<year5>(?:19|20)\d{{2}})\b)
    """,
    re.VERBOSE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:last|past|previous|recent|prior)\s+(?:\w+\s+)?(?:weeks?|months?|years?|winter|spring|"
    r"summer|fall|autumn)\b|\b(?:previously|formerly|historical(?:ly)?|archiv(?:e|al)|recirculat\w+|"
    r"earlier\s+(?:this|in)|(?:weeks|months|years)\s+(?:ago|earlier|before)|old(?:er)?\s+"
    r"(?:footage|videos?|photos?|images?|pictures?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a cited source shows.

    Attributes:
        side: Pixels of its shorter side, where known.
        is_drawing: A map, a chart, a logo.
    """

    media_id: int
    source_id: int
    side: int | None
    is_drawing: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that shows the same or nearly the same picture; the cited one itself, too.

    Attributes:
        day: Of the post, or else of our first capture that shows it; ISO 8601.
        is_posted: `day` is the post's own.
        is_same: The very file; else nearly the same picture.
    """

    media_id: int
    source_id: int
    url: str
    account: str
    day: str
    is_posted: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class Older:
    """A picture that was there clearly before the day that a sentence speaks of.

    Attributes:
        cited_for: That day, ISO 8601.
        first: Where it was first.
    """

    media_id: int
    source_id: int
    cited_for: str
    first: Sighting

    @property
    def is_itself(self) -> bool:
        """Whether the cited source is the first to show it."""
        return self.first.source_id == self.source_id

    def told(self) -> str:
        """In words that say only what is known."""
        picture = "the same picture" if self.first.is_same else "nearly the same picture"
        who = self.first.account or self.first.url
        if self.is_itself:
            return f"this picture is of a post of {self.first.day}; cited for {self.cited_for}"
        if self.first.is_posted:
            where = f"is shown by a post of {self.first.day} by {who}"
        else:
            where = f"was seen here on {self.first.day} at {who}"
        return f"{picture} {where}; cited for {self.cited_for}"


def day_spoken_of(sentence: str, report_day: str) -> str | None:
    """The earliest day that a sentence speaks of: the report's, or one that it names; None where it
    looks back without a day.

    Args:
        sentence: In English, as the reports are.
        report_day: ISO 8601.
    """
    if _LOOKS_BACK.search(sentence):
        return None
    named = [
        one for match in _DATE.finditer(sentence) if (one := _first_day_named(match, report_day))
    ]
    return min([report_day, *named])


def _first_day_named(match: re.Match[str], report_day: str) -> str | None:
    """A day that is named; of a month or a year its first; without a year the nearest not later
    than the report."""
    parts = match.groupdict()
    month = next((parts[n] for n in ("month", "month2", "month3", "month4") if parts[n]), None)
    year = next(
        (int(parts[n]) for n in ("year", "year2", "year3", "year4", "year5") if parts[n]), None
    )
    number = ENGLISH_MONTHS.index(month) + 1 if month else 1
    day = int(parts["day"] or parts["day2"] or 1)
    until = date.fromisoformat(report_day)
    try:
        found = date(year or until.year, number, day)
        if year is None and found > until + timedelta(days=CLEAR_DAYS):
            found = date(until.year - 1, number, day)
    except ValueError:
        return None
    return found.isoformat()


def older(
    shown: Iterable[Shown], sightings: Iterable[Sighting], cited_for: str | None
) -> Iterator[Older]:
    """Pictures of cited sources that were first seen clearly before the day they are cited for.

    Args:
        shown: What the sources of a sentence show.
        sightings: Of these, each source once for a picture.
        cited_for: From `day_spoken_of`.
    """
    if cited_for is None:
        return
    latest = (date.fromisoformat(cited_for) - timedelta(days=CLEAR_DAYS)).isoformat()
    by_media: dict[int, list[Sighting]] = {}
    for one in sightings:
        by_media.setdefault(one.media_id, []).append(one)
    for picture in shown:
        found = by_media.get(picture.media_id, [])
        if not found or not _says_something(picture, found):
            continue
        first = min(found, key=lambda one: (one.day, not one.is_posted, one.url))
        itself = first.source_id == picture.source_id
        if first.day <= latest and (first.is_posted or not itself):
            yield Older(picture.media_id, picture.source_id, cited_for, first)


def _says_something(picture: Shown, found: Sequence[Sighting]) -> bool:
    """Whether a picture can be of an event: no map, logo, avatar, banner, stock picture."""
    if picture.is_drawing or (picture.side is not None and picture.side < LEAST_SIDE):
        return False
    accounts = Counter(one.account for one in found if one.account)
    return len(found) <= MOST_SHOWING and max(accounts.values(), default=0) <= MOST_BY_ONE
