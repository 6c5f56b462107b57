"""The reports of ten days of March 2026, and what happens to them after they are published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from tests.replica.citing import printed_notes
from tests.replica.edits import corrected, silently_edited
from tests.replica.reports import Report, State, compose, moment

HOME = "https://understandingwar.org"
OLD = "https://www.understandingwar.org"
CTP = "https://www.criticalthreats.org"
TEAMS = {
    "russian-offensive-campaign-assessment": (
        "russia-ukraine",
        "Russian Offensive Campaign Assessment",
    ),
    "russian-occupation-update": ("russia-ukraine", "Russian Occupation Update"),
    "iran-update": ("middle-east", "Iran Update"),
    "korean-peninsula-update": ("china-taiwan", "Korean Peninsula Update"),
}
AUTHORS = (
    "Ines Valkova", "Tomas Brandt", "Leila Sandoval", "Peter Okonjo", "Mara Lindqvist",
    "Daniel Yusupov",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report is, before it has text and notes."""

    slug: str
    series: str
    title: str
    date: str
    appears: str
    edition: str | None = None
    cutoff: str | None = None
    aliases: tuple[str, ...] = ()
    fate: str = "kept"


PLANS = (
    Plan(
        "russian-offensive-campaign-assessment-march-10-2026",
        "russian-offensive-campaign-assessment",
        "Russian Offensive Campaign Assessment, March 10, 2026",
        "2026-03-10",
        "2026-03-11T01:12",
        cutoff="Data Cutoff: 12:00 PM ET",
        aliases=(
            f"{OLD}/backgrounder/russian-offensive-campaign-assessment-march-10-2026",
            f"{CTP}/analysis/russian-offensive-campaign-assessment-march-10-2026",
        ),
    ),
    Plan(
        "iran-update-morning-special-report-march-11-2026",
        "iran-update",
        "Iran Update Morning Special Report: March 11, 2026",
        "2026-03-11",
        "2026-03-11T14:40",
        "morning",
        aliases=(f"{CTP}/analysis/iran-update-morning-special-report-march-11-2026",),
    ),
    Plan(
        "iran-update-evening-special-report-march-11-2026",
        "iran-update",
        "Iran Update Evening Special Report: March 11, 2026",
        "2026-03-11",
        "2026-03-12T02:05",
        "evening",
        cutoff="Data Cutoff: 03:00 PM ET",
        aliases=(
            f"{OLD}/backgrounder/iran-update-evening-special-report-march-11-2026",
            f"{CTP}/analysis/iran-update-evening-special-report-march-11-2026",
        ),
    ),
    Plan(
        "russian-offensive-campaign-assessment-march-12-2026",
        "russian-offensive-campaign-assessment",
        "Russian Offensive Campaign Assessment, March 12, 2026",
        "2026-03-12",
        "2026-03-13T00:48",
        fate="silently edited",
        cutoff="Data Cutoff: 12:30 PM ET",
    ),
    Plan(
        "iran-update-special-report-march-14-2026",
        "iran-update",
        "Iran Update Special Report, March 14, 2026",
        "2026-03-14",
        "2026-03-15T01:51",
        "special-report",
        cutoff="Assessment as of: 6:00 PM ET. Data Cutoff: 12:15 PM ET.",
        aliases=(f"{OLD}/backgrounder/iran-update-special-report-march-14-2026",),
    ),
    Plan(
        "russian-offensive-campaign-assessment_15-3",
        "russian-offensive-campaign-assessment",
        "Russian Offensive Campaign Assessment, March 15, 2026",
        "2026-03-15",
        "2026-03-16T00:30",
        fate="corrected",
        cutoff="Data Cutoff: 11:30 AM ET",
    ),
    Plan(
        "korean-peninsula-update-march-17-2026",
        "korean-peninsula-update",
        "Korean Peninsula Update, March 17, 2026",
        "2026-03-17",
        "2026-03-17T19:20",
        cutoff="Data Cutoff: March 16",
    ),
    Plan(
        "russian-occupation-update-march-18-2026",
        "russian-occupation-update",
        "Russian Occupation Update, March 18, 2026",
        "2026-03-18",
        "2026-03-18T20:10",
    ),
    Plan(
        "iran-update-special-report-march-18-2026",
        "iran-update",
        "Iran Update Special Report, March 18, 2026",
        "2026-03-18",
        "2026-03-19T02:51",
        "special-report",
        fate="notes come late",
        cutoff="Data Cutoff: 03:00 PM ET",
    ),
    Plan(
        "russian-offensive-campaign-assessment-march-19-2026",
        "russian-offensive-campaign-assessment",
        "Russian Offensive Campaign Assessment, March 19, 2026",
        "2026-03-19",
        "2026-03-20T01:05",
        cutoff="Data Cutoff: 12:00 PM ET",
    ),
    Plan(
        "iran-update-march-21-2026",
        "iran-update",
        "Iran Update, March 21, 2026",
        "2026-03-21",
        "2026-03-22T01:40",
        cutoff="Data Cutoff: 02:00 PM ET",
    ),
)  # fmt: skip
FIRST_POST = 131_900  # post ids of the site in that month have six digits
NOTES_LATE = timedelta(hours=7)
EDITED_AFTER = timedelta(hours=38)


def make_reports(cited: list[str]) -> tuple[Report, ...]:
    """All reports; each cites its share of `cited`, and the report of the same series before it."""
    share = -(-len(cited) // len(PLANS))
    reports: list[Report] = []
    for index, plan in enumerate(PLANS):
        earlier = [r.url for r in reports if r.series == plan.series][-1:]
        urls = earlier + cited[index * share : (index + 1) * share]
        reports.append(_report(index, plan, urls))
    return tuple(reports)


def _report(index: int, plan: Plan, urls: list[str]) -> Report:
    team, name = TEAMS[plan.series]
    authors = tuple(AUTHORS[(index + i) % len(AUTHORS)] for i in range(3))
    notes = printed_notes(urls)
    parts, takeaways = compose(plan.slug, plan.series, [note.label for note in notes])
    first = State(moment(plan.appears), plan.title, takeaways, parts, notes)
    return Report(
        url=f"{HOME}/research/{team}/{plan.slug}/",
        team=team,
        series=plan.series,
        series_name=name,
        date=plan.date,
        edition=plan.edition,
        number=FIRST_POST + 37 * index,
        authors=authors,
        cutoff=plan.cutoff,
        states=_states(plan, first),
        aliases=plan.aliases,
    )


def _states(plan: Plan, first: State) -> tuple[State, ...]:
    later = first.since + EDITED_AFTER
    if plan.fate == "notes come late":
        return replace(first, notes=()), replace(first, since=first.since + NOTES_LATE)
    if plan.fate == "corrected":
        url = f"{HOME}/research/russia-ukraine/russian-offensive-campaign-assessment-march-12-2026/"
        return first, corrected(first, later, url)
    if plan.fate == "silently edited":
        return first, silently_edited(first, later)
    return (first,)
