"""No page, no status and no plan of the day goes through a table that grows with what is cited.

No command of ours analyses the database, so that SQLite plans a question for a full archive as it
does for this one. What each page asks is taken down as it is asked, datasette's own questions too.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import derive_named_parameters

from archive.db.database import open_readonly
from archive.folder import DataFolder
from archive.web import question, serve
from tests.bench import scale

GROWS = frozenset(
    {
        "sources", "captures", "citations", "notes", "markers", "figures", "attachments",
        "verdicts", "events", "texts", "mementos", "memento_checks", "hops", "failures",
        "source_texts", "series_sources", "source_outcomes", "account_reports",
        "sentence_sources", "sentence_support",
        "near_texts", "text_links", "submissions",
    }
)  # fmt: skip
"""With citations and checks. Reports, publications and versions are some thousands in ten years,
runs and files likewise; hosts and days are counted in tables of their own."""

SMALL = {
    r"INDEX sources_(lost_)?unasked(_longest)?\b": "holds what waits",
    r"INDEX mementos_by_death\b": "holds what waits",
    r"INDEX (submissions_pending|figures_waiting|attachments_waiting)\b": "holds what waits",
    r"INDEX captures_by_shared_clock\b": "read to the first that is wanted",
    r"INDEX (sources_by_only_copy|captures_by_odd_clock)\b": "holds the odd ones",
}
"""Steps through an index that is of a part of its table."""
ENDED = {
    r"select count\(\*\) from \[": "of all tables in a list: reads an index alone",
    r"select count\(\*\) from \w+ *$": "reads an index alone: 10 to 30 ms a million rows",
    r"SELECT round\(\(julianday": "passes over an index to its middle: 20 ms a million rows",
    r"SELECT outcome, count\(\*\) FROM (mementos|submissions)": "reads an index alone",
    r"SELECT count\(\*\) FROM sources WHERE first_captured_at >=": "reads an index alone",
    r"select \w+ as value, count": "a facet: ended after 100 ms, and left out",
    r"SELECT \* FROM \(SELECT \* FROM events ORDER BY at DESC, id LIMIT 400\)": "the newest 400",
    r"select id, url from (captures|sources) where id in \(\)$": "datasette's, of nothing",
}
"""Questions that may go through all."""
WHOLE = {
    "table: event_sentences": "a view of joins, its newest first",
    "table: same_texts": "a view of all pairs",
    "table: source_targets": "a view of all that leads elsewhere",
    "table: report_links": "a view of all reports that cite reports",
}  # fmt: skip
"""Pages that show a sum of everything; and ready-made questions, which do what their SQL says."""

_NAMED = re.compile(
    r'\b(?:FROM|JOIN|,)\s+(?:main\.)?\[?"?(\w+)"?\]?(?:\s+AS\s+(\w+))?', re.IGNORECASE
)
_ASKS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)


def scans(connection: sqlite3.Connection, sql: str) -> list[str]:
    """Steps of a question that go through a table that grows, but for the exceptions."""
    shown = " ".join(sql.split())
    if not _ASKS.match(sql) or any(re.match(one, shown, re.IGNORECASE) for one in ENDED):
        return []
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    if _ends(sql, steps):
        return []
    tables = {(alias or table): table for table, alias in _NAMED.findall(sql)}
    return [
        f"{step} in {shown[:200]}"
        for step in steps
        if (seen := re.match(r"SCAN (\w+)|SEARCH (\w+) USING AUTOMATIC", step))
        and tables.get(seen[1] or seen[2], seen[1] or seen[2]) in GROWS
        and not any(re.search(one, step) for one in SMALL)
    ]


def _ends(sql: str, steps: list[str]) -> bool:
    """Whether rows come in the order wanted and no more of them are read than are."""
    is_sorted = any(step.startswith("USE TEMP B-TREE FOR ORDER BY") for step in steps)
    words = set(sql.upper().split())
    return "LIMIT" in words and "WHERE" not in words and not is_sorted


class _Seen:
    """A plugin that takes down what is asked."""

    __name__ = "seen"

    def __init__(self) -> None:
        self.asked: dict[str, None] = {}

    @hookimpl
    def prepare_connection(self, conn: sqlite3.Connection, database: str) -> None:
        if database == "archive":
            conn.set_trace_callback(self.asked.setdefault)


def test_what_is_done_daily_goes_through_no_table_that_grows(folder: Path) -> None:
    seen = _Seen()
    found = []
    with closing(open_readonly(folder / "archive.db")) as db:
        for name, work in scale.functions(db, DataFolder(folder), "iran-update/2026-03-03"):
            seen.asked.clear()
            seen.prepare_connection(db.conn, "archive")
            work()
            db.conn.set_trace_callback(None)
            if name not in WHOLE:
                found += [f"{name}: {step}" for sql in seen.asked for step in scans(db.conn, sql)]
    assert not found, "\n".join(found)


async def test_a_page_goes_through_no_table_that_grows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(serve.SETTINGS, "num_sql_threads", 1)  # one connection sees it all
    with closing(open_readonly(folder / "archive.db")) as db:
        subjects = {name: db.execute(sql).fetchone() for name, sql in scale.SUBJECTS.items()}
    paths = scale.pages({name: row[0] for name, row in subjects.items() if row})
    seen, found = _Seen(), []
    pm.register(seen)
    try:
        served = serve.make_datasette(DataFolder(folder))
        await served.invoke_startup()
        for name, path in paths:
            if name in WHOLE or name.startswith("question: "):
                continue
            seen.asked.clear()
            answer = await served.client.get(path)
            assert answer.status_code == 200, path
            steps = await served.databases["archive"].execute_fn(
                lambda db: [step for sql in list(seen.asked) for step in scans(db, sql)]
            )
            found += [f"{name}: {step}" for step in steps]
        served.executor.shutdown()
    finally:
        pm.unregister(seen)
    assert not found, "\n".join(found)


async def test_no_question_makes_an_index_of_a_table_that_grows(folder: Path) -> None:
    served = serve.make_datasette(DataFolder(folder))
    await served.invoke_startup()
    database, found = served.databases["archive"], []
    for name in question.NAMES:
        asked = await served.get_canned_query("archive", name, None)
        values = dict.fromkeys(await derive_named_parameters(database, asked["sql"]), "")
        for limit in ("", "LIMIT 101", "LIMIT :_most OFFSET :_skip"):
            sql = f"EXPLAIN QUERY PLAN SELECT * FROM ({asked['sql']}) {limit}"
            plan = await database.execute(sql, {**values, "_most": 1, "_skip": 1})
            steps = [re.match(r"SEARCH (\w+) USING AUTOMATIC", row[3]) for row in plan.rows]
            found += [f"{name}: {step[0]}" for step in steps if step and step[1] in GROWS]
    served.executor.shutdown()
    assert not found
