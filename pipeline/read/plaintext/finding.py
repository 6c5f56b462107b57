"""Where in a text the reports stand: their titles, their addresses, and which lines are theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.parse.dates import best_date, date_in_slug
from pipeline.read.parse.lines import clean, cutoff_in, is_dateline, names_in
from pipeline.read.parse.series import find_series, slug_of, slugify, title_date
from pipeline.read.plaintext.address import address_in
from pipeline.read.plaintext.frame import own_title
from pipeline.read.references.labels import Style, line_label
from pipeline.read.references.lists import is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DECORATION = ' \t\u00a0()[]{}*#=_>|~:;,-–—•·"“”'
_URL = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)
_MARKER = re.compile(r"\[\s?(\d{1,4}|[ivxlc]{1,9})\s?\]")
_MAX_TITLE_CHARS = 180
_MAX_TITLE_WORDS = 16  # before the date; the longest series name has ten
_MAX_BESIDE_ADDRESS = 40  # "SOURCE:", "Read the whole report here:"
_MIN_NOTES = 3  # markers and notes without which a text of an unknown name is no report
_MAX_TITLE_LINES = 20
_MAX_BESIDE_DATE = 15  # a weekday
_MAX_ABOVE = 4  # lines between a date and the title below it
_MAX_DATE_CHARS = 60  # "Posted by the ferryman on Wednesday, September 27, 2023"
_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
# A report without any marker must at least hold this much to be told from a mere mention of its
# title.
_MIN_WORDS = 100
_MIN_LINE_WORDS = 15


class Identity(NamedTuple):
    """What a title or address says about the report; None where it says nothing."""

    series: str
    edition: str | None
    month: int
    day: int
    year: int | None

    def fits(self, other: Identity) -> bool:
        """True when both can be the same report."""
        return (
            (self.series, self.month, self.day) == (other.series, other.month, other.day)
            and (self.year is None or other.year is None or self.year == other.year)
            and (self.edition is None or other.edition is None or self.edition == other.edition)
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """A line that says which report stands here.

    Attributes:
        at: Number of the line, from 0.
        title: As printed, or None for a bare address.
        framed: True where the site's name stood beside the title, as in a window's title bar.
    """

    at: int
    identity: Identity
    title: str | None
    address: str | None
    framed: bool = False


@dataclass(slots=True)
class ReportPart:
    """The lines of one report, from its first sign up to the next report's.

    Attributes:
        start, end: Line numbers in the file.
        body: Where the report itself begins, behind its title and the poster's words.
    """

    start: int
    end: int
    body: int
    signs: list[Sign] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The title: the first printed without the site's name, else the first."""
        return next(iter(self.titles), None)

    @property
    def titles(self) -> list[str]:
        """All forms of the title, the best first."""
        signs = sorted((sign for sign in self.signs if sign.title), key=lambda sign: sign.framed)
        return list(dict.fromkeys(sign.title for sign in signs if sign.title))


def find_parts(lines: Sequence[str]) -> list[ReportPart]:
    """The reports in these lines, in order; mentions of other reports are none."""
    ahead = _look_ahead(lines)
    parts: list[ReportPart] = []
    for sign in list(_signs(lines)) or _untold(lines):
        if parts and not _begins(parts[-1], sign, ahead, lines):
            if sign.identity.fits(parts[-1].signs[0].identity):
                parts[-1].signs.append(sign)
            continue
        start = _dated_above(lines, sign.at)
        if parts:
            parts[-1].end = start
        parts.append(ReportPart(start, len(lines), sign.at, [sign]))
    whole = [part for part in parts if _is_whole(part, lines)]
    for part in whole:
        part.body = _body(part, lines)
    return whole


def _dated_above(lines: Sequence[str], at: int) -> int:
    """The poster's date line right above a title, else the title's own line."""
    for above in range(at - 1, max(-1, at - 1 - _MAX_ABOVE), -1):
        text = clean(lines[above])
        if not text:
            continue
        printed = best_date(text) if len(text) <= _MAX_DATE_CHARS else None
        return above if printed is not None and printed.year else at
    return at


def address_of(part: ReportPart, lines: Sequence[str]) -> str | None:
    """The report's address: from its own signs, else from a line anywhere that names this very
    title."""
    own = [sign.address for sign in part.signs if sign.address]
    title = part.title
    wanted = slugify(title) if title else None
    exact = [address for address in own if slug_of(address) == wanted]
    if exact or own:
        return (exact or own)[0]
    for at, line in enumerate(lines):
        found = address_in(line, title) if not _is_note_line(lines, at) else None
        if found and slug_of(found) == wanted:
            return found
    return None


def _marker(line: str) -> re.Match[str] | None:
    """The first marker in the line; the label that a note begins with is none."""
    label = line_label(line)
    return _MARKER.search(line, label.length if label else 0)


def _signs(lines: Sequence[str]) -> Iterator[Sign]:
    for at, line in enumerate(lines):
        if not line.strip() or _is_note_line(lines, at):
            continue
        sign = _sign(lines, at)
        if sign is not None:
            yield sign


def _sign(lines: Sequence[str], at: int) -> Sign | None:
    line = clean(lines[at])
    split = _URL.search(line)
    printed = (line[: split.start()] if split else line).strip(_DECORATION)
    words = own_title(printed)
    if words is None:
        return None
    framed = words != printed
    identity = _titled(words)
    title = words if identity else None
    if split is None:
        return Sign(at, identity, title, None, framed) if identity else None
    following = next((text for text in lines[at + 1 : at + 3] if text.strip()), "")
    address = address_in(line, title or _title_above(lines, at), following)
    if address is None or (identity is None and len(words) > _MAX_BESIDE_ADDRESS):
        return Sign(at, identity, title, None, framed) if identity else None
    identity = identity or _addressed(address)
    return Sign(at, identity, title, address, framed) if identity else None


def _untold(lines: Sequence[str]) -> list[Sign]:
    """The title of a text that names no series with a date, when its markers and notes show that it
    is a report.

    That is its first line with the name of a known series, else its first line that is no date.
    """
    notes = sum(_is_note_line(lines, at) for at in range(len(lines)))
    markers = sum(len(_MARKER.findall(line)) for line in lines) - notes
    if min(notes, markers) < _MIN_NOTES:
        return []
    short = [
        (at, words)
        for at, line in enumerate(lines)
        if (words := clean(line).strip(_DECORATION)) and len(words) <= _MAX_TITLE_CHARS
        if _URL.search(words) is None and not _SENTENCE.search(words) and not _only_dated(words)
    ]
    known = [(at, words) for at, words in short[:_MAX_TITLE_LINES] if find_series(words, "").known]
    for at, words in (known or short)[:1]:
        series = find_series(words, "")
        return [Sign(at, Identity(series.slug, series.edition, 0, 0, None), words, None)]
    return []


def _only_dated(words: str) -> bool:
    printed = best_date(words)
    return printed is not None and len(words) - (printed.end - printed.start) < _MAX_BESIDE_DATE


def _title_above(lines: Sequence[str], at: int) -> str | None:
    """A title in the few lines above an address."""
    for line in reversed(lines[max(0, at - 6) : at]):
        words = clean(line).strip(_DECORATION)
        if words and _titled(words):
            return words
    return None


def _titled(words: str) -> Identity | None:
    """What a title says; None for a line that is none."""
    if not words or len(words) > _MAX_TITLE_CHARS or _SENTENCE.search(words):
        return None
    if words[0].islower() or words.endswith((".", "?", "!")):
        return None
    printed = title_date(words)
    if printed is None or len(words[: printed.start].split()) > _MAX_TITLE_WORDS:
        return None
    series = find_series(words, "")
    if not series.known:
        return None
    return Identity(series.slug, series.edition, printed.month, printed.day, printed.year)


def _addressed(address: str) -> Identity | None:
    series = find_series("", address)
    printed = date_in_slug(slug_of(address))
    if not series.known or printed is None:
        return None
    return Identity(series.slug, series.edition, printed.month, printed.day, printed.year)


def _is_note_line(lines: Sequence[str], at: int) -> bool:
    """True for a line of a note list: labelled, or an address right below a labelled line."""
    label = line_label(lines[at])
    if label is not None and label.style in {Style.BRACKET, Style.ROMAN, Style.CARET}:
        return True
    if not _URL.match(lines[at].strip()):
        return False
    above = next((text for text in reversed(lines[max(0, at - 3) : at]) if text.strip()), "")
    label = line_label(above)
    return label is not None and label.style is Style.BRACKET and bool(_URL.search(above))


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What lies ahead, for each line.

    Attributes:
        marker: The next marker's number; None when there is none.
        marker_at: The line it stands in.
        words: Words of running text from here to the end.
    """

    marker: list[str | None]
    marker_at: list[int]
    words: list[int]


def _look_ahead(lines: Sequence[str]) -> _Ahead:
    marker: list[str | None] = [None]
    marker_at, words = [len(lines)], [0]
    for at in range(len(lines) - 1, -1, -1):
        found = _marker(lines[at])
        marker.append(found[1] if found else marker[-1])
        marker_at.append(at if found else marker_at[-1])
        words.append(words[-1] + _running_words(lines[at]))
    return _Ahead(marker[::-1], marker_at[::-1], words[::-1])


def _begins(current: ReportPart, sign: Sign, ahead: _Ahead, lines: Sequence[str]) -> bool:
    """True when a new report begins at the sign, and it is not a mention inside or below the
    current one."""
    number = ahead.marker[sign.at]
    fresh = number in {"1", "i"} or (number is None and ahead.words[sign.at] >= _MIN_WORDS)
    if not fresh or _notes_follow(lines, sign.at + 1):
        return False
    if sign.identity.fits(current.signs[0].identity):
        # The same title again, once the notes of the first have begun: a second copy.
        return ahead.marker_at[current.signs[0].at] < sign.at
    return True


def _notes_follow(lines: Sequence[str], at: int) -> bool:
    following = next((n for n in range(at, min(at + 6, len(lines))) if lines[n].strip()), None)
    return following is not None and (
        is_title(clean(lines[following])) or _is_note_line(lines, following)
    )


def _is_whole(part: ReportPart, lines: Sequence[str]) -> bool:
    own = lines[part.start : part.end]
    return any(map(_MARKER.search, own)) or sum(map(_running_words, own)) >= _MIN_WORDS


def _running_words(line: str) -> int:
    """Words of running text; the lines of menus and lists of links have none."""
    count = 0 if "://" in line else len(line.split())
    return count if count >= _MIN_LINE_WORDS else 0


def _body(part: ReportPart, lines: Sequence[str]) -> int:
    """The line below the last one above the prose that prints the title, or little else than an
    address."""
    first = part.signs[0].at
    prose = next((at for at in range(first, part.end) if _MARKER.search(lines[at])), part.end)
    titles = {sign.at for sign in part.signs if sign.title}
    last = max((at for at in titles if at < prose), default=first)
    for at in range(last, prose):
        link = _URL.search(lines[at])
        if link and len(clean(lines[at][: link.start()])) <= _MAX_BESIDE_ADDRESS:
            last = at
        elif _ends_head(lines[at]):
            break
    return last + 1


def _ends_head(line: str) -> bool:
    """True for a byline, a time line or a heading of takeaways: the report has begun."""
    text = clean(line)
    return bool(
        names_in(text)
        or is_dateline(text)
        or cutoff_in(text)
        or text.lower().startswith("key take")
    )
