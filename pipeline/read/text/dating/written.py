"""Days as people write them, in figures and in words; nothing is guessed: a year alone, or a month, is no day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.read.text.dating.months import jalali_month_of, joined, month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Arabic and Persian figures.
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?[-/.年년]\s?)(\d{1,2})(?:\s?[-/.月월]\s?)(\d{1,2})(?!\d)(?:\s?[日일])?"
)
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})(\s?[./-]\s?)(\d{1,2})\2((?:19|20)?\d\d)(?![\d])")
_DAY_MONTH = re.compile(
    r"(?<!\d)(?<!\d:)(\d{1,2})(?:st|nd|rd|th|er|\.?º|ª|-?(?:го|е))?[.,]?\s{0,2}(?:(?:de|of|del|d['’])\s)?ב?([^\W\d_]{3,14})[.,]?"
    r"\s{0,2}(?:(?:de|del|of)\s)?((?:19|20|1[34])\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,14})\.?\s{0,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{0,2}((?:19|20)\d\d)(?!\d)"
)
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\.?\s{0,2}(?:m\.\s|gada\s(?=\d))?(?:(?P<day>\d{1,2})\.\s)?([^\W\d_]{3,14})\s{0,2}(\d{1,2})?(?!\d)"
)
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
    for place, day in _all(text, main, (language or "").lower(), host):
        found.setdefault(day, place)
    return sorted(found, key=lambda day: found[day])


def _all(text: str, main: str | None, language: str, host: str) -> Iterator[tuple[int, date]]:
    for match in _YEAR_FIRST.finditer(text):
        yield from _at(match, match[1], match[2], match[3])
    for match in _YEAR_LAST.finditer(text):
        yield from _in_figures(match, main, language, host)
    for match in _DAY_MONTH.finditer(text):
        if match[3][:2] in {"13", "14"}:
            yield from _iranian(match)
        else:
            yield from _at(match, match[3], month_of(match[2], main), match[1])
    for match in _MONTH_DAY.finditer(text):
        yield from _at(match, match[3], month_of(match[1], main), match[2])
    for match in _YEAR_MONTH_DAY.finditer(text):
        yield from _at(match, match[1], month_of(match[3], main), match["day"] or match[4] or 0)


def _at(
    match: re.Match[str], year: str | int, month: str | int | None, day: str | int
) -> Iterator[tuple[int, date]]:
    try:
        yield match.start(), date(int(year), int(month or 0), int(day))
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
    """The day in the Gregorian calendar; the 33-year rule holds from 1799 to 2256 (Heydari-Malayeri 2004)."""
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
