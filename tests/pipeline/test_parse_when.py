"""Dates in titles, lines and addresses, and which of them dates a report."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.parse.dates import best_date, date_in_slug, find_dates
from pipeline.read.parse.when import Clues, report_date

CAPTURED = datetime(2023, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some Assessment, March 26", (3, 26, None)),
        ("SOME ASSESSMENT, MARCH 26", (3, 26, None)),
        ("Some Update: March 16, 2026", (3, 16, 2026)),
        ("Some Update, December 7,2023", (12, 7, 2023)),
        ("Some Update, Feb. 26, 2026", (2, 26, 2026)),
        ("Some Update, Sept. 1st, 2026", (9, 1, 2026)),
        ("Some File, January 24, 2025: what happened", (1, 24, 2025)),
        ("16 March 2026", (3, 16, 2026)),
        ("2026-03-16", (3, 16, 2026)),
        ("March 26, 1500 ET", (3, 26, None)),
        ("March 26, 2000 ET", (3, 26, None)),
        ("February 27-28, 2024", (2, 27, 2024)),
        ("May 5 and June 6, 2024", (6, 6, 2024)),
        ("Forces may 9:30 advance", None),
        ("May 7 pm", None),
        ("11 August", (8, 11, None)),
        ("11th August, 9:15pm ET", (8, 11, None)),
        ("at least 3 may fall", None),
        ("Some Assessment, Septmeber 11, 2023", (9, 11, 2023)),
        ("Some Assessment, Agust 11, 2023", (8, 11, 2023)),
        ("Some Assessment, Novmber 31, 2023", None),
        ("Some Plan 11, 2023", None),
        ("June 31, 2024", None),
        ("no date", None),
        ("", None),
    ],
)
def test_a_printed_date_is_found(text: str, expected: tuple[int, int, int | None] | None) -> None:
    found = best_date(text)
    assert (found and (found.month, found.day, found.year)) == expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("some-assessment-march-1", (3, 1, None)),
        ("some-assessment-january-2-2023", (1, 2, 2023)),
        ("some-assessment-august-12-0", (8, 12, None)),
        ("some-assessment-february-6-2024-0", (2, 6, 2024)),
        ("some-update-october-23-2025-2", (10, 23, 2025)),
        ("some-assessment-october-6-23", (10, 6, 2023)),
        ("some-assessmentseptember-28", (9, 28, None)),
        ("words-of-africa-file-september-24-2026", (9, 24, 2026)),
        ("some-assessment_25-24", None),
        ("some-assessment_7", None),
        ("ukraine-conflict-update-6.", None),
    ],
)
def test_a_date_in_an_address_is_found(
    slug: str, expected: tuple[int, int, int | None] | None
) -> None:
    found = date_in_slug(slug)
    assert (found and (found.month, found.day, found.year)) == expected


def clues(title: str, url: str = "https://x.example/a", **others: str | None) -> Clues:
    return Clues(title, url, CAPTURED, **others)


@pytest.mark.parametrize(
    ("given_clues", "expected"),
    [
        (clues("Report, March 16, 2026", dateline="March 17, 2026"), "2026-03-16"),
        (clues("Report", dateline="March 17, 2026, 8 pm ET"), "2026-03-17"),
        (clues("Report", "https://x.example/report-march-17-2026"), "2026-03-17"),
        (clues("Report", printed="March 18, 2026"), "2026-03-18"),
        # the node was begun a day later
        (clues("Report, August 11", created_at="2022-08-12T16:05:52Z"), "2022-08-11"),
        (clues("Report, December 31", created_at="2023-01-01T00:05:52Z"), "2022-12-31"),
        (clues("Report, January 1", created_at="2022-12-31T23:05:52Z"), "2023-01-01"),
        # a dateline or address with the same day tells the year before the creation date does
        (
            clues(
                "Report, August 11",
                dateline="August 11, 2021, 8 pm ET",
                created_at="2022-08-12T00:00:00Z",
            ),
            "2021-08-11",
        ),
        (clues("Report, August 11", "https://x.example/report-august-11-2020"), "2020-08-11"),
        # an event in the title is not the report's day
        (clues("The Parade of May 9 and After", dateline="May 11, 2022, 8 pm ET"), "2022-05-11"),
        (
            clues(
                "The Parade of May 9 and After",
                "https://x.example/parade-may-9",
                printed="May 12, 2022",
            ),
            "2022-05-12",
        ),
        # nothing but the capture: the last such day before it
        (clues("Report, August 11"), "2022-08-11"),
        (clues("Report, January 16"), "2023-01-16"),
        (clues("Report, February 29"), "2020-02-29"),
        # a creation date alone names no day
        (clues("Report", created_at="2022-08-12T16:05:52Z"), None),
        (clues("Report"), None),
    ],
)
def test_title_body_and_address_date_a_report_in_this_order(
    given_clues: Clues, expected: str | None
) -> None:
    assert report_date(given_clues) == expected


@given(st.dates(date(2010, 1, 1), date(2039, 12, 31)))
def test_every_day_is_found_as_written_and_in_an_address(day: date) -> None:
    written = f"{day:%B} {day.day}, {day.year}"
    slug = "some-update-" + written.lower().replace(", ", "-").replace(" ", "-")
    for found in (best_date("Some Update: " + written), date_in_slug(slug)):
        assert found is not None
        assert found.on(found.year or 0) == day


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    for found in find_dates(text):
        assert found.on(found.year or 2024) is not None


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Iran Update, September, 5, 2025", "2025-09-05"),
        ("Iran Update 09/05/2025", "2025-09-05"),
        ("Iran Update, 25/09/2025", "2025-09-25"),
        ("A Year After October 7, 2023: Iran Update, October 7, 2024", "2024-10-07"),
        ("Africa File, January 24, 2025: the harbour since April 15, 2023", "2025-01-24"),
        ("The March 3, 2022 Strikes and the Harbour, April 4, 2023", "2023-04-04"),
        ("Congo War Security Review, June 28, 2026 to July 4, 2026", "2026-06-28"),
        ("The Harbour from June 28, 2026 to July 4, 2026", "2026-06-28"),
    ],
)
def test_a_title_names_its_reports_day_among_others(title: str, day: str) -> None:
    url = "https://understandingwar.org/research/middle-east/no-date-here/"
    clues = Clues(title, url, datetime(2026, 12, 1, tzinfo=UTC))
    assert report_date(clues) == day
