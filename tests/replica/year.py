"""A year of reports for the demo, up to a moment of one's choice: what is published on which day,
what it cites, what becomes of that, and what is edited.

It is all told in days before the end, so that the demo's last day can be today: the names and texts
are the same whenever it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.replica.citing import printed_notes
from tests.replica.edits import corrected, renumbered, reworded
from tests.replica.prose import rng_for
from tests.replica.reports import Report, State, compose, moment, roman
from tests.replica.timeline import AUTHORS, CTP, HOME, TEAMS
from tests.replica.year_lives import Dealer

if TYPE_CHECKING:
    from tests.replica.lives import Life

ROCA, IRAN, AFRICA = "russian-offensive-campaign-assessment", "iran-update", "africa-file"
KOREA, OCCUPATION = "korean-peninsula-update", "russian-occupation-update"
SERIES = {**TEAMS, AFRICA: ("africa", "Africa File")}

COLLECTED = (364, 274, 184, 94, 8, 0)
"""Days before the end on which reports are looked for."""
EDITED_AFTER = timedelta(days=1)
"""After the day of looking, so that the report is held as it was first."""
FIRST_NUMBER = 118_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A report before it has text.

    Attributes:
        before: How many days before the day of looking it is dated.
        fresh: How many sources it cites that nobody cited before.
        again: How many it cites that an earlier one cited.
    """

    series: str
    before: int
    fresh: int
    again: int = 2
    edition: str | None = None


ROUND = (
    Plan(ROCA, 6, 3), Plan(ROCA, 5, 3), Plan(ROCA, 4, 3, 3), Plan(ROCA, 3, 2), Plan(ROCA, 2, 9, 5),
    Plan(IRAN, 3, 3, 2, "morning"), Plan(IRAN, 2, 6, 4, "evening"),
)  # fmt: skip
LAST = (Plan(ROCA, 2, 6, 6), Plan(IRAN, 2, 4, 4, "evening"))
THIRD = (KOREA, AFRICA, OCCUPATION, KOREA, AFRICA)
"""The series of one more report a round."""

FATES = {
    (0, ROCA, 2): "corrected", (0, IRAN, 2): "mirror stands", (1, ROCA, 2): "reworded",
    (2, ROCA, 2): "renumbered", (3, IRAN, 2): "notes come late", (4, ROCA, 2): "renumbered",
    (4, IRAN, 2): "mirror stands", (4, ROCA, 3): "corrected",
}  # fmt: skip
"""What happens to a report after the first look, by round, series and day."""


@dataclass(frozen=True, slots=True)
class Year:
    """All of it.

    Attributes:
        reports: In the order in which they appear.
        lives: The sources that they cite.
    """

    end: datetime
    reports: tuple[Report, ...]
    lives: tuple[Life, ...]

    def before(self, days: float) -> datetime:
        """The moment so many days before the end."""
        return self.end - timedelta(days=days)


@cache
def year(end: datetime) -> Year:
    """The year that ends then, the same for the same end on every machine."""
    reports: list[Report] = []
    lives: list[Life] = []
    dealer = Dealer()
    for turn, days in enumerate(COLLECTED):
        visit = end - timedelta(days=days)
        cited = [life.url for life in lives]
        for plan in _plans(turn):
            name = f"{turn} {plan.series} {plan.before}"
            fresh = dealer.lives(name, plan.fresh, visit, end, _appears(plan, visit))
            again = rng_for(f"again {name}").sample(cited, min(plan.again, len(cited)))
            earlier = [r.url for r in reports if r.series == plan.series][-1:]
            urls = [*earlier, *_mixed(name, [life.url for life in fresh], again)]
            reports.append(_report(turn, plan, visit, urls, len(reports)))
            lives += fresh
    return Year(end, tuple(reports), tuple(lives))


def _day(plan: Plan, visit: datetime) -> date:
    return visit.date() - timedelta(days=plan.before)


def _appears(plan: Plan, visit: datetime) -> datetime:
    """Published in Washington's evening: UTC's next day."""
    return moment(f"{_day(plan, visit) + timedelta(days=1)}T01:12")


def _plans(turn: int) -> tuple[Plan, ...]:
    if turn == len(COLLECTED) - 1:
        return LAST
    return (*ROUND, Plan(THIRD[turn], 4, 4))


def _mixed(name: str, fresh: list[str], again: list[str]) -> list[str]:
    every = [*fresh, *again]
    rng_for(f"order {name}").shuffle(every)
    return every


def _report(turn: int, plan: Plan, visit: datetime, urls: list[str], index: int) -> Report:
    day = _day(plan, visit)
    team, name = SERIES[plan.series]
    notes = printed_notes(urls)
    site = "ctp" if plan.series == AFRICA else "isw"
    if site == "ctp":
        notes = tuple(replace(note, label=roman(int(note.label))) for note in notes)
    seed = f"{turn} {plan.series} {plan.before}"
    parts, takeaways = compose(seed, plan.series, [note.label for note in notes])
    appears = _appears(plan, visit)
    slug, title = _named(plan, name, day)
    first = State(appears, title, takeaways, parts, notes)
    fate = FATES.get((turn, plan.series, plan.before))
    return Report(
        url=f"{CTP}/analysis/{slug}" if site == "ctp" else f"{HOME}/research/{team}/{slug}/",
        team=team,
        series=plan.series,
        series_name=name,
        date=day.isoformat(),
        edition=plan.edition,
        number=FIRST_NUMBER + 37 * index,
        authors=tuple(AUTHORS[(index + i) % len(AUTHORS)] for i in range(3)),
        cutoff="Data Cutoff: 12:00 PM ET" if plan.series in {ROCA, IRAN} else None,
        states=_states(first, fate, visit + EDITED_AFTER, urls[0]),
        aliases=(f"{CTP}/analysis/{slug}",) if plan.series == IRAN else (),
        site=site,
        mirror_stands=fate == "mirror stands",
    )


def _named(plan: Plan, name: str, day: date) -> tuple[str, str]:
    """Slug and title."""
    dated = f"{day:%B}-{day.day}-{day.year}".lower()
    words = f"{day:%B} {day.day}, {day.year}"
    if plan.series == AFRICA:
        return f"africa-file-{dated}-harbour-talks", f"Harbour Talks Resume: {name}, {words}"
    if plan.edition is None:
        return f"{plan.series}-{dated}", f"{name}, {words}"
    slug = f"{plan.series}-{plan.edition}-special-report-{dated}"
    return slug, f"{name} {plan.edition.title()} Special Report: {words}"


def _states(first: State, fate: str | None, since: datetime, url: str) -> tuple[State, ...]:
    if fate == "notes come late":
        return replace(first, notes=()), replace(first, since=since)
    if fate == "corrected":
        return first, corrected(first, since, url)
    if fate in {"reworded", "mirror stands"}:
        return first, reworded(first, since)
    if fate == "renumbered":
        return first, renumbered(reworded(first, since), since, url)
    return (first,)
