"""The main job as a user runs it: the real program, as processes, over the replica."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.clock import TEST_CLOCK, offset_to
from archive.db.schema.migrations import RUN_LOGS
from archive.folder import DataFolder
from archive.model.vocabulary import Outcome
from archive.urls import normal as urls
from archive.warc.certificates import chain_of
from archive.warc.reader import iter_records
from tests.quick import QUICK
from tests.replica.server import Replica
from tests.replica.world import SMALL, build_world, expected

pytestmark = pytest.mark.minutes(2)

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """The replica, and an archive that has collected from it."""

    replica: Replica
    data: Path

    def env(self, moment: datetime = AT) -> dict[str, str]:
        self.replica.set_time(moment)
        return {**self.replica.env(), **QUICK, TEST_CLOCK: offset_to(moment)}

    def run(
        self, *words: str, moment: datetime = AT, data: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pipeline", "--data", str(data or self.data), *words],
            env=self.env(moment), capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip

    def rows(self, sql: str, *values: object, data: Path | None = None) -> list[tuple[object, ...]]:
        connection = sqlite3.connect((data or self.data) / "archive.db")
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Collected twice, three days apart: the world has moved between."""
    with Replica(at=AT, world=build_world()) as replica:
        made = World(replica, tmp_path_factory.mktemp("whole") / "data")
        for moment in (AT - timedelta(days=3), AT):
            done = made.run("collect", "--json", moment=moment)
            assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """A small world, nothing collected yet."""
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        yield World(replica, tmp_path / "data")


def test_every_report_is_there_with_its_date_title_notes_and_sources(world: World) -> None:
    reports = [json.loads(line) for line in world.run("export", "--all").stdout.splitlines()]
    by_url = {report["url"]: report for report in reports}
    for fact in expected(AT).reports:
        if fact.report.site == "drupal":
            continue  # years old: only collected when asked for
        got = by_url[fact.report.url]
        assert got["report_date"] == str(fact.report.date)
        assert got["title"] == fact.state.title
        assert [n["label"] for n in got["notes"]] == [n.label for n in fact.state.notes]
        cited = [tuple(u["url"] for u in n["urls"]) for n in got["notes"]]
        assert cited == [tuple(dict.fromkeys(n.urls)) for n in fact.state.notes]


def test_every_source_ends_with_the_right_outcome(world: World) -> None:
    wrong = []
    facts = expected(AT).sources
    assert len(facts) >= 400
    assert len({urls.host(url) for url in facts}) >= 150
    for url, fact in facts.items():
        found = world.rows(
            "SELECT outcome, captured_at FROM captures JOIN sources ON sources.id = source_id "
            "WHERE sources.url = ? AND via = 'live' ORDER BY captures.id DESC LIMIT 1",
            urls.source_key(url),
        )
        if not found:
            wrong.append(f"{url}: {fact.about}: not captured")
            continue
        outcome, when = Outcome(str(found[0][0])), datetime.fromisoformat(str(found[0][1]))
        seen = Outcome.OK if outcome is Outcome.NOT_MODIFIED else outcome
        if not fact.accepts(seen, when):
            wrong.append(f"{url}: {fact.about}: {seen}, not {fact.outcome(when)}")
    assert wrong == [], "\n".join(wrong)


def test_nobody_was_asked_whom_nobody_may_ask(world: World) -> None:
    assert world.replica.violations == []


def test_no_site_is_told_what_another_gave_or_where_we_came_from(world: World) -> None:
    told = {name.lower() for seen in world.replica.requests for name, _ in seen.headers}
    assert "user-agent" in told
    assert told.isdisjoint({"cookie", "authorization", "proxy-authorization", "referer"})


def test_an_edit_was_seen_and_named(world: World) -> None:
    kinds = world.rows("SELECT kinds FROM edits ORDER BY seen_at")
    assert kinds
    assert all(json.loads(str(row[0])) for row in kinds)


def test_the_databases_own_checks_hold(world: World) -> None:
    assert world.rows("PRAGMA foreign_key_check") == []
    assert world.rows("PRAGMA integrity_check") == [("ok",)]


def test_every_warc_file_passes_the_check_of_another_tool(world: World) -> None:
    files = [str(path) for path in sorted((world.data / "warc").glob("*.warc.gz"))]
    assert files
    checked = subprocess.run(
        [str(Path(sys.executable).parent / "warcio"), "check", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "")


def test_robots_txt_is_among_the_captures(world: World) -> None:
    assert world.rows("SELECT 1 FROM captures WHERE kind = 'robots' AND outcome = 'ok' LIMIT 1")


def test_a_dossier_is_taken_back_equal(world: World, tmp_path: Path) -> None:
    [(report,)] = world.rows(
        "SELECT report FROM latest_versions JOIN citations USING (version_id) "
        "GROUP BY report ORDER BY count(*) DESC LIMIT 1"
    )
    file, back = tmp_path / "a.wacz", tmp_path / "back"
    asked = ("export", str(report), "--format", "wacz", "--output", str(file))
    assert world.run(*asked).returncode == 0
    done = world.run("import", str(file), data=back)
    assert done.returncode == 0, done.stderr
    again = world.run("import", str(file), "--json", data=back)
    assert "captures" not in json.loads(again.stdout)["counts"]
    captured = (
        "record_id, url, kind, via, captured_at, outcome, http_status, final_url, payload_digest, "
        "content_digest, text_id, revisit_of, memento_at, evidence"
    )
    shown = [
        chain_of(path, one)
        for path in DataFolder(back).warc_files()
        for one in iter_records(path, types={"response", "revisit"})
    ]
    assert all(one.der for chain in shown for one in chain)
    assert any(shown)
    for table, key, columns in (
        ("captures", "id", captured),
        ("versions", "id", "report_id, version, title, text, complete, content_digest"),
        ("notes", "id", "label, text"),
        ("citations", "id", "source_id, url, as_printed"),
        ("figures", "version_id || ' ' || position", "url, caption"),
        ("verdicts", "source_id || ' ' || decided_at", "status, rule, drift"),
    ):
        sql = f"SELECT {key}, {columns} FROM {table} ORDER BY 1"
        held = {row[0]: row for row in world.rows(sql)}
        taken = world.rows(sql, data=back)
        assert taken, table
        assert taken == [held[row[0]] for row in taken], table
    wrong = """
        SELECT url FROM figures WHERE waits != (
            EXISTS (SELECT 1 FROM captures WHERE id = version_id AND via = 'live')
            AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.url = figures.url))
        """
    assert (world.rows(wrong), world.rows(wrong, data=back)) == ([], [])
    [(cited,)] = world.rows(
        "SELECT count(*) FROM captures WHERE source_id IN (SELECT source_id FROM citations "
        "JOIN latest_versions USING (version_id) WHERE report = ?)", report,
    )  # fmt: skip
    [(there,)] = world.rows(
        "SELECT count(*) FROM captures WHERE source_id IN (SELECT source_id FROM citations "
        "JOIN latest_versions USING (version_id) WHERE report = ?)", report, data=back,
    )  # fmt: skip
    assert there == cited


def test_rebuild_gives_equal_tables(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    (copy / "warc").mkdir(parents=True)
    for path in (world.data / "warc").iterdir():
        (copy / "warc" / path.name).write_bytes(path.read_bytes())
    assert world.run("rebuild", data=copy).returncode == 0
    assert _tables(copy) == _tables(world.data)


def test_status_says_what_is_held(world: World) -> None:
    answer = json.loads(world.run("status", "--json").stdout)
    assert answer["held"]["reports"] > 5
    assert answer["held"]["sources_captured"] == answer["held"]["sources"]
    assert "of" in world.run("status").stdout


def test_a_recrawl_is_kept_with_who_and_why(world: World) -> None:
    url = str(
        world.rows(
            "SELECT cited_url FROM sources WHERE status = 'alive' AND platform = 'web' LIMIT 1"
        )[0][0]
    )
    done = world.run("recrawl", url, "--reason", "a reader asked", "--json")
    assert done.returncode == 0, done.stderr
    assert world.rows("SELECT reason FROM captures WHERE reason LIKE 'recrawl%'") == [
        ("recrawl: a reader asked",)
    ]
    who = world.rows("SELECT who IS NOT NULL, reason FROM runs WHERE job = 'recrawl'")
    assert who == [(1, "a reader asked")]


def test_without_network_collect_says_so_in_one_line(world: World, tmp_path: Path) -> None:
    env = {**world.env(), "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    env |= {"HTTP_PROXY": env["http_proxy"], "HTTPS_PROXY": env["https_proxy"]}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "data"), "collect"],
        env=env, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 1
    assert sum("no network" in line for line in done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_kill_in_the_middle_loses_and_doubles_nothing(small: World) -> None:
    world, data = small, small.data
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "collect"]
    with subprocess.Popen(
        words,
        env=world.env(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as run:
        assert _meets_captures(data, 60, run)
        children = _children(run.pid)
        for pid in (run.pid, *children):
            os.kill(pid, signal.SIGKILL)
    before = {row[0] for row in world.rows("SELECT record_id FROM captures", data=data)}
    done = world.run("collect", "--json", data=data, moment=AT + timedelta(hours=2))
    assert done.returncode == 0, done.stderr
    after = {row[0] for row in world.rows("SELECT record_id FROM captures", data=data)}
    assert before < after
    assert world.rows(
        "SELECT outcome FROM runs ORDER BY started_at, outcome = 'done'", data=data
    ) == [("killed",), ("done",)]
    missing = world.rows(
        "SELECT url FROM sources WHERE captures = 0 AND report_count > 0", data=data
    )
    assert missing == []
    in_files = [r for path in (data / "warc").glob("*.warc.gz") for r in _capture_ids(path)]
    assert len(in_files) == len(set(in_files))
    assert set(in_files) == {row[0] for row in world.rows("SELECT id FROM captures", data=data)}


def _meets_captures(data: Path, count: int, run: subprocess.Popen[bytes]) -> bool:
    """Whether so many are seen kept before the run is done; watching, not sleeping for a guess."""
    database = data / "archive.db"
    while run.poll() is None:
        with (
            contextlib.suppress(sqlite3.OperationalError),
            contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection,
        ):
            (held,) = connection.execute("SELECT count(*) FROM captures").fetchone()
            if held >= count:
                return True
    return False


def _children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    found = [int(word) for word in listed.split()]
    return [*found, *(one for child in found for one in _children(child))]


def _capture_ids(path: Path) -> list[int]:
    """Numbers of the finished captures in a file, read without our own reader."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            context = json.loads(record.rec_headers.get_header("ISW-Archive-Context") or "{}")
            if context and context.get("final", True):
                found.append(context["capture_id"])
    return found


def _tables(data: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(data / "archive.db")
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        if "_fts" not in row[0] and not row[0].startswith("_") and row[0] not in RUN_LOGS
    ]
    found = {
        name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names
    }
    connection.close()
    return found
