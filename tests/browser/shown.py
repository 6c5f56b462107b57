"""The pages of the demo that are looked at, and photographed for the docs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.model.times import parse_time

UNTIL = parse_time("2026-11-20T12:00:00Z")
"""The last day of the demo that is looked at."""

EDITED = (
    "SELECT report_id, title FROM versions WHERE complete AND version > 1 "
    "ORDER BY length(text) DESC, id LIMIT 1"
)
TWICE = (
    "SELECT report_id FROM publications GROUP BY report_id "
    "HAVING count(DISTINCT publisher) > 1 LIMIT 1"
)
SOURCE = "SELECT id, host FROM sources WHERE status = '{}' ORDER BY id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: `{0}`, `{1}` in address and text are what the query answers."""

    path: str
    said: str
    query: str = "SELECT 1"
    status: int = 200


PAGES = {
    "start": Shown("/", "Newest reports"),
    "report": Shown("/-/report/{0}", "{1}", EDITED),
    "old version": Shown("/-/report/{0}?v=1", "{1}", EDITED),
    "changes": Shown("/-/report/{0}/changes", "What was edited", EDITED),
    "two publishers": Shown("/-/report/{0}/changes?from=isw&to=ctp", "What was edited", TWICE),
    "check": Shown("/-/report/{0}/check", "Whether it bears out the sentence", EDITED),
    "dead source": Shown("/-/source/{0}", "{1}", SOURCE.format("dead")),
    "drifted source": Shown("/-/source/{0}", "{1}", SOURCE.format("drifted")),
    "moved source": Shown("/-/source/{0}", "{1}", SOURCE.format("moved")),
    "capture": Shown(
        "/-/capture/{0}", "WARC",
        "SELECT id FROM captures WHERE source_id IS NOT NULL AND outcome = 'ok' LIMIT 1",
    ),
    "account": Shown(
        "/-/account?platform={0}&account={1}", "{1}",
        "SELECT platform, account FROM sources WHERE account IS NOT NULL "
        "GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1",
    ),
    "host": Shown("/-/host?host=t.me", "t.me"),
    "series": Shown("/-/series/iran-update", "Iran Update"),
    "rot": Shown("/-/rot", "Link rot"),
    "latency": Shown("/-/latency", "half of them within"),
    "about": Shown("/-/about", "Can it be trusted?"),
    "search": Shown("/-/search?q=culverts", "culverts"),
    "search, nothing": Shown("/-/search?q=culvertz", "Nothing was found"),
    "database": Shown("/archive", "reports"),
    "reports": Shown("/archive/reports", "Russian Offensive Campaign Assessment"),
    "sources": Shown("/archive/sources?_facet=status", "alive"),
    "captures": Shown("/archive/captures?outcome=gone", "gone"),
    "question": Shown("/archive/only_copies", "dead sources of which no other archive"),
    "question in SQL": Shown("/archive?sql=select+'gone',id+from+sources+limit+2", "gone"),
    "asked wrongly": Shown("/archive/sources?_sort=nope", "Cannot sort", status=400),
    "row": Shown("/archive/sources/{0}", "{1}", SOURCE.format("dead")),
    "not there": Shown("/-/report/never/2020-01-01", "Not", status=404),
}  # fmt: skip


def asked(demo: Path, sql: str) -> tuple[Any, ...]:
    """The first row of an answer."""
    with closing(sqlite3.connect(demo / "archive.db")) as db:
        row = db.execute(sql).fetchone()
    assert row is not None, sql
    return tuple(row)
