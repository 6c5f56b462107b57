"""What is counted with each version is what counting its rows anew gives, whatever becomes of the
sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.db.database import open_database, open_readonly
from archive.db.schema.counts import STATUSES
from archive.db.schema.large import ANEW
from archive.db.tables import support_rows
from archive.model.support import Support, SupportSource
from tests.kept import assert_kept

Change = Callable[[sqlite_utils.Database], object]
VERSIONS, SOURCES = (1, 2), (1, 2, 3)
SUPPORT_ALONE = {"version_support": ANEW["version_support"]}


def _rests(version: int, position: int, sources: frozenset[int], *, names: bool) -> Change:
    """What a sentence rests on is written, in place of what stood there; its sources fare as they
    do by then."""

    def change(db: sqlite_utils.Database) -> None:
        listed = ", ".join(map(str, sorted(sources))) or "0"
        count = f"SELECT count(*) FROM sources WHERE id IN ({listed}) AND "
        alive, drifted, dead, only = (
            db.execute(count + rule).fetchone()[0]
            for rule in (
                "status IN ('alive', 'moved')", "status = 'drifted'", "status = 'dead'",
                "only_copy",
            )
        )  # fmt: skip
        circular = {"names": "ISW"} if names else {}
        behind = tuple(SupportSource(one, f"voice {one}", circular) for one in sorted(sources))
        found = Support(
            position, position, len(sources), int(not sources), len(sources), 0,
            ("telegram", "x")[: len(sources)], alive, drifted, dead, only, behind,
        )  # fmt: skip
        support_rows.put(db, version, [found])

    return change


def _fares(source: int, status: str, *, only: bool) -> Change:
    sql = "UPDATE sources SET status = ?, only_copy = ? WHERE id = ?"
    return lambda db: db.execute(sql, [status, only, source])


OF_SOURCE = st.sampled_from(SOURCES)
CHANGES = st.one_of(
    st.builds(
        _rests, st.sampled_from(VERSIONS), st.integers(0, 3), st.frozensets(OF_SOURCE),
        names=st.booleans(),
    ),
    st.builds(_fares, OF_SOURCE, st.sampled_from(STATUSES), only=st.booleans()),
)  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite_utils.Database]:
    opened = open_database(tmp_path_factory.mktemp("versions") / "archive.db")
    opened.execute("PRAGMA foreign_keys = OFF")  # versions stand for themselves
    for source in SOURCES:
        opened.execute(
            "INSERT INTO sources (id, url, cited_url, host, domain, platform) "
            "VALUES (?, ?, 'u', 'h', 'd', 'telegram')",
            [source, str(source)],
        )
    yield opened
    opened.close()


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGES, max_size=20))
def test_what_a_versions_sentences_rest_on_is_what_is_counted_anew(
    db: sqlite_utils.Database, changes: list[Change]
) -> None:
    assert_kept(db, changes, SUPPORT_ALONE)


def test_the_counts_of_an_archives_versions_are_those_of_their_rows(folder: Path) -> None:
    db = open_readonly(folder / "archive.db")
    kept = db.execute("SELECT * FROM version_support").fetchall()
    assert kept
    assert sorted(kept) == sorted(db.execute(SUPPORT_ALONE["version_support"]).fetchall())
    db.close()


def test_the_counts_of_a_version_go_with_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes((folder / "archive.db").read_bytes())
    db = open_database(path)
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_ad'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")  # words are taken from indexes
    db.execute("DELETE FROM versions")
    assert [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ANEW] == [0, 0]
    db.close()
