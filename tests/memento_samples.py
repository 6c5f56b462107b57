"""Sources, what other archives say of their copies, and the copies themselves."""

from __future__ import annotations

from typing import Any

from archive.db.tables import memento_rows
from archive.model.due import WantedMemento
from archive.model.past import REASON, ROUND
from archive.model.times import format_time
from archive.model.understood import FetchedPage, Memento, PageText, Processed
from archive.model.vocabulary import Kind, Outcome, Via
from pipeline.read.mementos import STEP, question_url
from pipeline.run.ingest import Archive
from tests.factories import at, page, processed, report, written

CITED = "https://news.example/denied"
WAYBACK = "https://web.archive.org"
NEAR = Memento(CITED, "2026-03-02T08:00:00Z", 200, "A")
LATER = "2026-12-01T00:00:00Z"


def keep_citing_report(archive: Archive) -> None:
    keep(archive, processed(page(1), report=report()))


def keep(archive: Archive, *captures: Processed) -> None:
    for one in captures:
        archive.commit(one, written(one.page))


def live(number: int, outcome: Outcome, url: str = CITED) -> Processed:
    return processed(source_page(number, uri_r=url), outcome)


def source_page(number: int, **changes: Any) -> FetchedPage:
    return page(number, kind=Kind.SOURCE, captured_at=at(number), **changes)


def question(
    number: int, *found: Memento, answered: bool = True, reason: str = REASON
) -> Processed:
    asked = page(
        number,
        kind=Kind.DISCOVERY,
        step=STEP,
        reason=reason,
        subject=CITED,
        uri_r=question_url(WAYBACK, CITED, at(0)),
        captured_at=at(number),
    )
    return processed(asked, mementos=found if answered else None)


def in_turn(number: int, *found: Memento, answered: bool = True) -> Processed:
    return question(number, *found, answered=answered, reason=ROUND)


def copy(number: int, outcome: Outcome = Outcome.OK) -> Processed:
    made = source_page(
        number,
        uri_r=f"{WAYBACK}/web/20260302080000id_/{CITED}",
        via=Via.WAYBACK,
        subject=CITED,
        memento_at=NEAR.at,
    )
    return processed(made, outcome, text=PageText("Officials denied it on Monday."))


def source(archive: Archive) -> dict[str, Any]:
    [row] = archive.db.query("SELECT * FROM sources WHERE url = ?", [CITED])
    return row


def wanted(archive: Archive, now: str = LATER) -> list[WantedMemento]:
    return memento_rows.sources_to_ask(archive.db, now=now, limit=10)


def turn(archive: Archive, now: str = LATER, limit: int = 10) -> list[tuple[str, bool]]:
    found = memento_rows.wanted_on_round(archive.db, now=now, limit=limit)
    assert {one.reason for one in found} <= {ROUND}
    return [(one.cited_url, one.lost) for one in found]


def day(number: float) -> str:
    return format_time(at(number))
