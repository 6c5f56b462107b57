"""Days as people write them, in figures and in words; nothing is guessed: a year alone, or a month,
is no day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.read.text.dating.months import jalali_month_of, joined, month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Arabic, Persian, Indian and Thai figures.
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙", "0123456789" * 4)
# Letters, and the signs for vowels that Indian scripts and Thai set around them.
_LETTER = "(?:[^\\W\\d_]|[\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?[-/.年년]\s?)(\d{1,2})(?:\s?[-/.月월]\s?)(\d{1,2})(?!\d)(?:\s?[日일])?"
)
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})(\s?[./-]\s?)(\d{1,2})\2((?:19|20|25)?\d\d)(?![\d])")
_DAY_MONTH = re.compile(
    r"(?<!\d)(?<!\d:)(\d{1,2})(?:st|nd|rd|th|er|\.?º|ª|-?(?:го|е)|ی)?[.,]?\s{0,2}(?:(?:de|of|del|d['’])\s)?ב?"
    rf"({_LETTER}{{3,14}})[.,]?\s{{0,2}}(?:(?:de|del|of)\s)?((?:19|20|25|1[34])\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(
    rf"(?<!{_LETTER})({_LETTER}{{3,14}})\.?\s{{0,2}}"
    r"(\d{1,2})(?:st|nd|rd|th)?,?\s{0,2}((?:19|20)\d\d)(?!\d)"
)
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\.?\s{0,2}(?:m\.\s|gada\s(?=\d))?(?:(?P<day>\d{1,2})\.\s)?([^\W\d_]{3,14})\s{0,2}(\d{1,2})?(?!\d)"
)
# Vietnamese and Mongolian number their months and say so.
_NUMBERED = re.compile(
    r"(?<!\d)(\d{1,2})\s(?:tháng|thg\.?)\s(\d{1,2})(?:,|\snăm)?\s((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_NUMBERED_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\sоны\s(\d{1,2})(?:-?\s?(?:р|[дт]\w{4,5}))?\sсарын\s(\d{1,2})(?!\d)",
    re.IGNORECASE,
)
# All in figures, with the places of year, month and day.
_ORDERS = (
    (_YEAR_FIRST, (1, 2, 3)),
    (_NUMBERED, (3, 2, 1)),
    (_NUMBERED_YEAR_FIRST, (1, 2, 3)),
)
# The Iranian calendar in figures; as years of ours these are of no page, of the Islamic moon they
# are to come.
_IRANIAN_FIGURES = re.compile(
    r"(?<![\d/.-])(?:(1[34]\d\d)([/.-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/.-])(\d{1,2})\6(1[34]\d\d))(?![\d/-])"
)
# What Thai years are ahead of ours (1941 and later).
_BUDDHIST = 543
_THAI_FROM = 2500
_ENGLISH_DAY_FIRST = re.compile(
    r"\.(?:uk|au|ie|nz|za|in|pk|ng|ke|my|sg|eu|il|lb|jo|ae|ua|ru|pl|az|ge|am)$"
)


def written_days(text: str, language: str | None = None, host: str = "") -> list[date]:
    """The days named in `text`, in its order, each once.

    Args:
        text: A short one: a line with a date, not an article.
        language: Of the page, as it declares it, with its region: `en-US` writes the month first.
        host: Where the page stands; tells what an English one without a region means by 3/4/2026.
    """
    text = joined(text.translate(_FIGURES))
    main = (language or "").partition("-")[0].partition("_")[0].lower() or None
    found: dict[date, int] = {}
    for place, day in _days_at(text, main, (language or "").lower(), host):
        found.setdefault(day, place)
    return sorted(found, key=lambda day: found[day])


def _days_at(text: str, main: str | None, language: str, host: str) -> Iterator[tuple[int, date]]:
    for match in _YEAR_LAST.finditer(text):
        yield from _in_figures(match, main, language, host)
    for match in _IRANIAN_FIGURES.finditer(text):
        yield from _iranian_figures(match)
    for match in _DAY_MONTH.finditer(text):
        if match[3][:2] in {"13", "14"}:
            yield from _iranian(match)
        else:
            yield from _at(match, match[3], month_of(match[2], main), match[1])
    for year, month, day, match in _dates_with_months(text, main):
        yield from _at(match, year, month, day)


def _dates_with_months(
    text: str, main: str | None
) -> Iterator[tuple[str, str | int | None, str | int, re.Match[str]]]:
    """Year, month and day where the order of the three is plain."""
    for pattern, (year, month, day) in _ORDERS:
        yield from ((m[year], m[month], m[day], m) for m in pattern.finditer(text))
    for m in _MONTH_DAY.finditer(text):
        yield m[3], month_of(m[1], main), m[2], m
    for m in _YEAR_MONTH_DAY.finditer(text):
        yield m[1], month_of(m[3], main), m["day"] or m[4] or 0, m


def _iranian_figures(match: re.Match[str]) -> Iterator[tuple[int, date]]:
    year, month, day = match.group(1, 3, 4) if match[1] else match.group(8, 7, 5)
    if 1 <= int(month) <= 12:
        days = _gregorian(int(year), int(month), int(day))
        yield from ((match.start(), one) for one in days)


def _at(
    match: re.Match[str], year: str | int, month: str | int | None, day: str | int
) -> Iterator[tuple[int, date]]:
    try:
        number = int(year)
        own = number - _BUDDHIST if number >= _THAI_FROM else number
        yield match.start(), date(own, int(month or 0), int(day))
    except ValueError:
        return


def _in_figures(
    match: re.Match[str], main: str | None, language: str, host: str
) -> Iterator[tuple[int, date]]:
    first, mark, second, year = int(match[1]), match[2].strip(), int(match[3]), match[4]
    year = year if len(year) == 4 else f"20{year}"
    if first > 12 or first == second or mark == ".":
        yield from _at(match, year, second, first)
    elif second > 12:
        yield from _at(match, year, first, second)
    elif main not in {"en", None} or _day_first(language, host):
        yield from _at(match, year, second, first)
    elif language in {"en-us", "en_us"}:
        yield from _at(match, year, first, second)
    # 3/4/2026 in English of nowhere is two days, and so it is none.


def _day_first(language: str, host: str) -> bool:
    """Whether English is that of a country that writes the day first: all but the United States."""
    region = language.replace("_", "-").partition("-")[2]
    return bool(region and region != "us") or bool(not region and _ENGLISH_DAY_FIRST.search(host))


def _iranian(match: re.Match[str]) -> Iterator[tuple[int, date]]:
    month = jalali_month_of(match[2])
    if month:
        yield from ((match.start(), day) for day in _gregorian(int(match[3]), month, int(match[1])))


def _gregorian(year: int, month: int, day: int) -> Iterator[date]:
    """The day in the Gregorian calendar; the 33-year rule holds from 1799 to 2256 (Heydari-Malayeri
    2004)."""
    if not 1 <= day <= (31 if month <= 6 else 30):
        return
    passed = year - 1
    in_year = (month - 1) * 31 - max(0, month - 7) + day
    yield date.fromordinal(_EPOCH + 365 * passed + _leap_days(passed) + in_year - 1)


def _leap_days(passed: int) -> int:
    """Leap years among the first `passed` ones."""
    cycles, rest = divmod(passed, 33)
    return 8 * cycles + sum(rest >= leap for leap in (1, 5, 9, 13, 17, 22, 26, 30))


# So that the first day of 1400 is 21 March 2021.
_EPOCH = date(622, 3, 21).toordinal()
