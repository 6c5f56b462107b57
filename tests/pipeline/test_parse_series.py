"""Series, editions and the ids made of them."""

from __future__ import annotations

import pytest

from archive.model.reports import ParsedReport
from pipeline.read.parse.identity import report_id
from pipeline.read.parse.series import find_series, slug_of, slugify

ROCA = "russian-offensive-campaign-assessment"
BASE = "https://understandingwar.org/research/x/"


@pytest.mark.parametrize(
    ("title", "slug", "edition"),
    [
        ("Russian Offensive Campaign Assessment, March 1", ROCA, None),
        ("RUSSIAN OFFENSIVE CAMPAIGN ASSESSMENT, MARCH 26", ROCA, None),
        ("Russian Offensive Campaign Update, July 11", ROCA, None),
        ("Russian Campaign Assessment, May 5", ROCA, None),
        ("Russia-Ukraine Warning Update: Initial Russian Offensive Campaign Assessment", ROCA,
            None),
        ("Russia-Ukraine Warning Update: something else", "russia-ukraine-warning-update", None),
        ("Iran Update, May 3, 2024", "iran-update", None),
        ("Iran(Israel-Hamas)Update,December 7,2023", "iran-update", None),
        ("Iran Update Morning Special Report: March 11, 2026", "iran-update", "morning"),
        ("Iran Update Evening Special Report: March 16, 2026", "iran-update", "evening"),
        ("Iran Update Special Report, March 29, 2026", "iran-update", "special-report"),
        ("Iran Protests, January 3, 2026", "iran-update", "protests"),
        ("Iran Crisis Update, October 26", "iran-crisis-update", None),
        ("Salafi-Jihadi Movement Weekly Update, March 1, 2023", "salafi-jihadi-movement-update",
            None),
        ("SALAFI-JIHADI MOVEMENT UPDATE SPECIAL EDITION, DECEMBER 7, 2023",
            "salafi-jihadi-movement-update", "special-edition"),
        ("Words before: Africa File, March 11, 2026", "africa-file", None),
        ("2025 Year in Review: Africa File", "africa-file", "year-in-review"),
        ("China\u2013Taiwan Weekly Update, July 30, 2024", "china-taiwan-weekly-update", None),
        ("Korean Peninsula Update, June 30, 2026", "korean-peninsula-update", None),
        ("Russian Occupation Update, July 2, 2026", "russian-occupation-update", None),
        ("Congo War Security Review, June 5, 2025", "congo-war-security-review", None),
        ("Ukraine Conflict Update 6", "ukraine-conflict-update", "6"),
        ("Ukraine Invasion Update 23", "ukraine-invasion-update", "23"),
        ("Harbour & Canal Review, March 11, 2026", "harbour-canal-review", None),
        ("March 11, 2026: The Harbour Review", "the-harbour-review", None),
        ("A Long Essay: Without a Date", "a-long-essay-without-a-date", None),
        ("???", "unknown", None),
    ],
)  # fmt: skip
def test_the_title_names_series_and_edition(title: str, slug: str, edition: str | None) -> None:
    found = find_series(title, BASE + "a")
    assert (found.slug, found.edition) == (slug, edition)


def test_the_address_names_what_the_title_leaves_out() -> None:
    found = find_series(
        "Iran Update, March 16, 2026", BASE + "iran-update-evening-special-report-march-16-2026/"
    )
    assert (found.slug, found.edition) == ("iran-update", "evening")
    assert find_series("March 16, 2026", BASE + "korean-peninsula-update-june-30-2026/").known


def test_the_product_line_names_the_series_of_an_odd_title() -> None:
    found = find_series("What Happened Today, March 16, 2026", BASE + "a/", "Iran Update")
    assert (found.slug, found.known) == ("iran-update", True)
    found = find_series("What Happened Today, March 16, 2026", BASE + "a/", "Harbour Watch")
    assert (found.slug, found.name, found.known) == ("harbour-watch", "Harbour Watch", False)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://x.example/backgrounder/a-b-c", "a-b-c"),
        ("https://x.example/research/team/a-b-c/?utm_source=x#y", "a-b-c"),
        ("https://x.example/backgrounder/update-6.", "update-6"),
        ("https://x.example/backgrounder/a-2023%C2%A0", "a-2023"),
        ("https://x.example/", ""),
    ],
)
def test_the_slug_of_an_address_is_its_last_part(url: str, slug: str) -> None:
    assert slug_of(url) == slug


def test_slugs_hold_only_small_letters_and_digits() -> None:
    assert (
        slugify("Łódź\u2019s \u201cHarbour\u201d & Café \u2014 2026!") == "odzs-harbour-cafe-2026"
    )


def report(title: str, url: str, day: str | None) -> ParsedReport:
    found = find_series(title, url)
    return ParsedReport(
        "x/1", "isw", url, title, found.slug, found.name, day, found.edition, "text"
    )


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Russian Offensive Campaign Assessment, August 12",
            "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-august-12-0"),
        ("RUSSIAN OFFENSIVE CAMPAIGN ASSESSMENT, AUGUST 12",
            "https://understandingwar.org/research/russia-ukraine/russian-offensive-campaign-assessment_25-24/"),
        ("Russian Offensive Campaign Update, August 12, 2022",
            "https://www.criticalthreats.org/analysis/russian-offensive-campaign-assessment-august-12"),
    ],
)  # fmt: skip
def test_a_report_has_one_id_wherever_it_stands(title: str, url: str) -> None:
    assert report_id(report(title, url, "2022-08-12")) == f"{ROCA}/2022-08-12"


def test_the_edition_is_part_of_the_id() -> None:
    made = report("Iran Update Evening Special Report: March 16, 2026", BASE + "a/", "2026-03-16")
    assert report_id(made) == "iran-update/2026-03-16/evening"


@pytest.mark.parametrize("end", ["", "/", "-0", "_7", "_25-24", "?utm_source=x"])
def test_a_report_without_a_date_is_named_by_its_address(end: str) -> None:
    made = report("A Long Essay", f"https://x.example/backgrounder/long-essay{end}", None)
    assert report_id(made) == "a-long-essay/undated/long-essay"
