"""Reports of 2022 to 2024 as the Drupal site still shows them, one for each way it marked endnotes
up."""

from __future__ import annotations

from dataclasses import replace

from tests.replica.citing import printed_notes
from tests.replica.reports import Report, State, compose, moment, roman

OLD = "https://www.understandingwar.org"
ROCA = "Russian Offensive Campaign Assessment"
FIRST_NODE = 4474

# Slug, title, date that the title names, when its node was begun, time line, way of the endnotes
# (notes/sites: 1 to 8).
PAST = (
    ("march-3", f"{ROCA}, March 3", "2022-03-03", "2022-03-03T20:02", "March 3, 3:00 pm EST",
        "underlined"),
    ("april-8", f"{ROCA}, April 8", "2022-04-08", "2022-04-08T22:10", "April 8, 5:30 pm ET",
        "autolinked"),
    ("may-21", f"{ROCA}, May 21", "2022-05-21", "2022-05-21T21:45", "May 21, 5:30 ET", "roman"),
    ("september-13", f"{ROCA}, September 13", "2022-09-13", "2022-09-13T23:30",
        "September 13, 9:30pm ET", "word"),
    ("november-17", f"{ROCA.upper()}, NOVEMBER 17", "2022-11-17", "2022-11-18T00:02",
        "November 17, 8 pm ET", "joined"),
    ("april-22-2023", f"{ROCA}, April 22, 2023", "2023-04-22", "2023-04-22T23:04",
        "April 22, 2023, 6pm ET", "split"),
    ("january-18-2024", f" {ROCA}, January 18, 2024", "2024-01-18", "2024-01-18T22:20",
        "January 18, 2024, 7:45pm ET", "trailing"),
    ("november-25-2024", f"{ROCA}, November 25, 2024", "2024-11-25", "2024-11-25T21:15",
        "November 25, 2024, 8:00pm ET", "plain"),
)  # fmt: skip
AUTHORS = ("Ines Valkova", "Tomas Brandt", "Leila Sandoval")


def past_reports(cited: list[str]) -> tuple[Report, ...]:
    """The old reports; each cites its share of `cited` and a short link."""
    share = -(-len(cited) // len(PAST))
    return tuple(
        _report(i, ["https://isw.pub/UkrWar071122", *cited[i * share : (i + 1) * share]])
        for i in range(len(PAST))
    )


def _report(index: int, urls: list[str]) -> Report:
    slug, title, day, begun, line, style = PAST[index]
    notes = printed_notes(urls)
    if style == "roman":
        notes = tuple(replace(note, label=roman(int(note.label))) for note in notes)
    series = "russian-offensive-campaign-assessment"
    parts, takeaways = compose(slug, series, [note.label for note in notes])
    return Report(
        url=f"{OLD}/backgrounder/{series}-{slug}",
        team="russia-ukraine",
        series=series,
        series_name=ROCA,
        date=day,
        edition=None,
        number=FIRST_NODE + 97 * index,
        authors=AUTHORS,
        cutoff=line,
        states=(State(moment(begun), title.strip(), takeaways, parts, notes),),
        site="drupal",
        note_style=style,
    )
