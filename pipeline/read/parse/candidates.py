"""Addresses that reports of a day would have, for sites whose lists say nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from archive.model.fetch import Found
from pipeline.read.parse.dates import month_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISW = "https://understandingwar.org/research"
_DRUPAL = "https://www.understandingwar.org/backgrounder"
_CTP = "https://www.criticalthreats.org/analysis"
_CTP_BRIEFS = "https://www.criticalthreats.org/briefs"

_ROCA = "russian-offensive-campaign-assessment"
_IRAN = "iran-update"
# Days that separate the forms of addresses, from the pages seen.
_FIRST_ROCA = date(2022, 2, 24)
_YEARS_IN_SLUGS = date(2023, 1, 1)
_FIRST_IRAN_UPDATE = date(2022, 9, 1)
_DRUPAL_ENDS = date(2025, 9, 1)
_WAR_UPDATES = date(2026, 2, 28)

# Team, slug before the date, series.
_RESEARCH = (
    ("russia-ukraine", _ROCA, _ROCA),
    ("middle-east", "iran-update", _IRAN),
    ("middle-east", "iran-update-special-report", _IRAN),
    ("russia-ukraine", "russian-occupation-update", "russian-occupation-update"),
    ("china-taiwan", "korean-peninsula-update", "korean-peninsula-update"),
    ("china-taiwan", "china-taiwan-weekly-update", "china-taiwan-weekly-update"),
)
_WAR_FORMS = ("iran-update-morning-special-report", "iran-update-evening-special-report")
_PROTEST_FORMS = ("iran-protests",)
_FIRST_DAYS = {
    date(
        2022, 2, 24
    ): "russia-ukraine-warning-update-initial-russian-offensive-campaign-assessment",
    date(
        2022, 2, 25
    ): "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-25-2022",
    date(
        2022, 2, 26
    ): "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-26",
    date(
        2022, 2, 27
    ): "russia-ukraine-warning-update-russian-offensive-campaign-assessment-february-27",
    date(2022, 2, 28): "russian-offensive-campaign-assessment-february-28-2022",
}


def candidate_urls(day: date) -> tuple[Found, ...]:
    """Addresses under which a report of that day may stand, most likely first.

    Both eras of ISW's site and CTP's. Series whose addresses hold a headline (Africa File) cannot
    be guessed.
    """
    groups = (_research(day), _backgrounders(day), _ctp(day))
    found = {item.url: item for group in groups for item in group}
    return tuple(found.values())


def _long(day: date) -> str:
    return f"{month_name(day.month)}-{day.day}-{day.year}"


def _short(day: date) -> str:
    return f"{month_name(day.month)}-{day.day}"


def _research(day: date) -> Iterator[Found]:
    for team, slug, series in _RESEARCH:
        yield Found(f"{_ISW}/{team}/{slug}-{_long(day)}/", series=series)
    forms = _WAR_FORMS if day >= _WAR_UPDATES else ()
    for slug in forms + (_PROTEST_FORMS if (day.year, day.month) == (2026, 1) else ()):
        yield Found(f"{_ISW}/middle-east/{slug}-{_long(day)}/", series=_IRAN)
    if day < _YEARS_IN_SLUGS:
        yield Found(f"{_ISW}/russia-ukraine/{_ROCA}-{_short(day)}/", series=_ROCA)


def _backgrounders(day: date) -> Iterator[Found]:
    if day >= _DRUPAL_ENDS:
        return
    if day in _FIRST_DAYS:
        yield Found(f"{_DRUPAL}/{_FIRST_DAYS[day]}", series=_ROCA)
    if day >= _FIRST_ROCA:
        yield from _drupal_rocas(day)
    if day >= _FIRST_IRAN_UPDATE:
        yield Found(f"{_DRUPAL}/iran-update-{_long(day)}", series=_IRAN)
    yield Found(
        f"{_DRUPAL}/china-taiwan-weekly-update-{_long(day)}", series="china-taiwan-weekly-update"
    )


def _drupal_rocas(day: date) -> Iterator[Found]:
    end = _long(day) if day >= _YEARS_IN_SLUGS else _short(day)
    slugs = [f"{_ROCA}-{end}", f"{_ROCA}-{end}-0", f"russian-offensive-campaign-update-{end}"]
    if day < _YEARS_IN_SLUGS:
        slugs.append(f"russian-campaign-assessment-{end}")
    for slug in slugs:
        yield Found(f"{_DRUPAL}/{slug}", series=_ROCA)


def _ctp(day: date) -> Iterator[Found]:
    yield Found(f"{_CTP}/iran-update-{_long(day)}", series=_IRAN)
    if day >= _WAR_UPDATES:
        for slug in (*_WAR_FORMS, "iran-update-special-report"):
            yield Found(f"{_CTP}/{slug}-{_long(day)}", series=_IRAN)
    if day < _YEARS_IN_SLUGS:
        yield Found(f"{_CTP}/iran-crisis-update-{_short(day)}", series="iran-crisis-update")
        yield Found(f"{_CTP}/{_ROCA}-{_short(day)}", series=_ROCA)
    else:
        yield Found(f"{_CTP}/{_ROCA}-{_long(day)}", series=_ROCA)
    yield Found(
        f"{_CTP_BRIEFS}/congo-war-security-review/{_long(day)}", series="congo-war-security-review"
    )
