from __future__ import annotations

from pathlib import Path

import pytest

from archive.config import Settings
from archive.folder import DataFolder
from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.read import parse
from pipeline.read.parse.layouts import isw_wp
from pipeline.read.process import process
from pipeline.run import ingest
from pipeline.run.jobs.mending.reparse import reparse_stale
from pipeline.run.jobs.say import Say
from tests.factories import at
from tests.replica.world import SMALL, build_world, fetch, reports


def keep(archive: ingest.Archive, hours: float, body: bytes, url: str) -> None:
    """Write and commit a page as a crawl does."""
    context = FetchContext(archive.next_capture_id(), Kind.REPORT, url)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    exchange = Exchange(url, at(hours), HttpMessage("HTTP/1.1 200 OK", headers, body))
    written = archive.writer.write(exchange, context)
    page = FetchedPage(context, url, at(hours), 200, {"content-type": headers[0][1]}, body)
    archive.commit(process(page, archive.limits), written)


def test_a_better_parser_reads_the_past_again_and_makes_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = next(r for r in reports(SMALL) if r.site == "isw")
    body = fetch(build_world(SMALL), report.url, at(24 * 30)).body
    archive = ingest.Archive.open(tmp_path, Settings(), run="test")
    for hours, page in (
        (0, body),
        (5, body),
        (9, body.replace(b" announced ", b" at last announced ", 1)),
    ):
        keep(archive, hours, page, report.url)
    before = archive.db.execute("SELECT id, version, captures, change FROM versions").fetchall()
    assert len(before) == 2
    archive.close()
    folder = DataFolder(tmp_path)
    assert reparse_stale(folder, Settings(), Say(quiet=True)) == 0

    better = "isw-wp/next"
    monkeypatch.setattr(isw_wp, "PARSER", better)
    monkeypatch.setattr(parse, "PARSERS", frozenset({better}))
    assert reparse_stale(folder, Settings(), Say(quiet=True)) == 1
    archive = ingest.Archive.open(tmp_path, Settings(), run="test")
    assert (
        archive.db.execute("SELECT id, version, captures, change FROM versions").fetchall()
        == before
    )
    assert archive.db.execute("SELECT DISTINCT parser FROM versions").fetchall() == [(better,)]
    digests = archive.db.execute("SELECT content_digest FROM captures").fetchall()
    assert all(better in row[0] for row in digests)
    assert archive.db.execute("SELECT count(*) FROM sources WHERE report_count = 0").fetchone() == (
        0,
    )
    archive.close()
    assert reparse_stale(folder, Settings(), Say(quiet=True)) == 0
