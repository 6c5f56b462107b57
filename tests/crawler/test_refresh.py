"""Which pages only send their visitor on, and what becomes of them: by cases, and by the real
engine."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils
from scrapy import Request
from scrapy.http import Response

from archive.db import folding
from archive.db.database import APPLICATION_ID, open_database
from archive.db.schema.migrations import migrations
from archive.model.vocabulary import Kind
from crawler.frontier.refresh import HEADER, META, Refresh, refresh_of
from tests.replica.messages import Reply, html, redirect, typed
from tests.replica.server import Replica
from tests.replica.sites import Site, Web, by_path
from tests.spider_runs import Crawl, Run

HERE = "https://moved-replica.net"
ARTICLE = (
    "<html><head><title>The quay</title></head><body><article><h1>The "
    "quay</h1>{}</article></body></html>"
).format(
    "".join(
        f"<p>The lower quay was closed for {days} days, and {days + 3} boats lay at the upper "
        "one.</p>"
        for days in range(12)
    )
)


def sends(content: str, body: str = "", head: str = "") -> str:
    return (
        f'<html><head>{head}<meta http-equiv="refresh" '
        f'content="{content}"></head><body>{body}</body></html>'
    )


def found(
    body: str | bytes, kind: Kind = Kind.SOURCE, status: int = 200, **headers: str
) -> Refresh | None:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent.setdefault("Content-Type", "text/html")
    raw = body if isinstance(body, bytes) else body.encode()
    url = f"{HERE}/old/page"
    return refresh_of(Request(url), Response(url, status, sent, raw), kind)


@pytest.mark.parametrize(
    ("page", "target"),
    [
        (sends("0; url=/new"), f"{HERE}/new"),
        (sends("0;URL='https://b.example/x?a=1&amp;b=2'"), "https://b.example/x?a=1&b=2"),
        (sends("5; url=next", "<p>You are being sent on. <a href='next'>Here</a>.</p>"),
            f"{HERE}/old/next"),
        (sends("0; url=n", head='<base href="https://b.example/d/">'), "https://b.example/d/n"),
        ((
            "<noscript><META content=0;url=/new "
            "http-equiv=Refresh></noscript><script>location.replace('/new')</script>"
        ), f"{HERE}/new"),
    ],
)  # fmt: skip
def test_a_page_that_only_sends_on_is_followed(page: str, target: str) -> None:
    assert found(page) == Refresh(target, META)


@pytest.mark.parametrize(
    "page",
    [
        sends("6; url=/new"),
        sends("300"),
        sends("0; url=/old/page#top"),
        sends("0; url=ftp://b.example/x"),
        sends("0; url=javascript:go()"),
        sends("0; url=http://[bad/"),
        sends("0; url=/new", "<p>" + "Something to read. " * 20 + "</p>"),
        '<!-- <meta http-equiv="refresh" content="0; url=/new"> -->',
        """<script>var t = '<meta http-equiv="refresh" content="0; url=/new">';</script>""",
        sends("0; url=/new") + " " * 5_000,
        sends("0; url=/check", '<div id="challenge-form">One moment</div>',
            "<title>Just a moment...</title>"),
        "refresh",
    ],
)  # fmt: skip
def test_other_pages_stand_for_themselves(page: str) -> None:
    assert found(page) is None


@pytest.mark.parametrize("kind", [Kind.ROBOTS, Kind.DISCOVERY, Kind.FILE])
def test_only_pages_are_looked_at(kind: Kind) -> None:
    assert found(sends("0; url=/new"), kind) is None


def test_an_error_page_or_another_type_sends_nobody_on() -> None:
    assert found(sends("0; url=/"), status=404) is None
    assert found(sends("0; url=/"), Content_Type="text/plain") is None


def test_the_header_says_the_same() -> None:
    assert found("<p>On we go.</p>", Refresh="0; url=/new") == Refresh(f"{HERE}/new", HEADER)
    assert found("<p>Live.</p>", Refresh="60; url=/new") is None


def test_a_packed_page_is_unpacked_within_bounds() -> None:
    packed = gzip.compress(sends("0; url=/new").encode())
    assert found(packed, Content_Encoding="gzip") == Refresh(f"{HERE}/new", META)
    bomb = gzip.compress(sends("0; url=/new").encode() + b" " * 900_000)
    assert len(bomb) < 4_096
    assert found(bomb, Content_Encoding="gzip") == Refresh(f"{HERE}/new", META)


# --- over the engine
# --------------------------------------------------------------------------------


def refreshing_web() -> Web:
    pages: dict[str, Reply] = {
        "/robots.txt": typed("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/old": redirect("/middle", 301),
        "/middle": html(sends("0; url=/new")),
        "/new": html(ARTICLE),
        "/loop": html(sends("0; url=/loop2")),
        "/loop2": html(sends("0; url=/loop")),
        "/itself": html(sends("0; url=/itself")),
        "/to-private": html(sends("0; url=/private")),
        "/to-forbidden": html(sends("0; url=http://127.0.0.2/admin")),
        **{f"/long/{n}": html(sends(f"0; url=/long/{n + 1}")) for n in range(9)},
        "/long/9": html(ARTICLE),
    }
    web = Web()
    web.add(Site(("moved-replica.net",), by_path(pages)))
    return web


NAMES = ("old", "loop", "itself", "to-private", "to-forbidden", "long/0", "long/6")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with Replica(world=refreshing_web()) as replica:
        env = {"ISW_ARCHIVE_MAX_REDIRECTS": "5"}
        yield Crawl(tmp_path_factory.mktemp("refresh") / "data", replica, env)


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("reports", urls=tuple(f"{HERE}/{name}" for name in NAMES))


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("old", "ok"),
        ("loop", "redirect-loop"),
        ("itself", "thin"),
        ("to-private", "robots-disallowed"),
        ("to-forbidden", "address-refused"),
        ("long/0", "redirect-loop"),
        ("long/6", "ok"),
    ],
)
def test_each_chain_ends_with_its_outcome(run: Run, name: str, outcome: str) -> None:
    assert run.captures("source")[f"{HERE}/{name}"] == outcome


def test_a_refresh_is_a_hop_that_says_so(run: Run, crawl: Crawl) -> None:
    rows = crawl.rows(
        "SELECT h.url, h.http_status, h.led_by, c.final_url FROM hops h JOIN captures c ON c.id = "
        f"h.capture_id WHERE c.url = '{HERE}/old' ORDER BY position"
    )
    assert rows == [
        (f"{HERE}/old", 301, "redirect", f"{HERE}/new"),
        (f"{HERE}/middle", 200, "meta-refresh", f"{HERE}/new"),
    ]
    [record] = crawl.exchanges(f"{HERE}/middle")
    assert record.payload == sends("0; url=/new").encode()
    assert record.context is not None
    assert (record.context.final, record.context.led_by) == (False, "meta-refresh")


def test_rebuild_gives_equal_hops(run: Run, crawl: Crawl, tmp_path: Path) -> None:
    again = Crawl(tmp_path / "data", crawl.replica)
    (tmp_path / "data" / "warc").mkdir(parents=True)
    for path in (crawl.data / "warc").iterdir():
        (tmp_path / "data" / "warc" / path.name).write_bytes(path.read_bytes())
    again.recover()
    sql = "SELECT * FROM hops ORDER BY capture_id, position"
    assert again.rows(sql) == crawl.rows(sql) != []


def test_no_forbidden_address_is_asked(run: Run, crawl: Crawl) -> None:
    assert crawl.replica.violations == []


# --- archives from before
# ---------------------------------------------------------------------------


def test_hops_kept_before_were_redirects(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    before = sqlite_utils.Database(path)
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m005_add_ways")
    before.execute(
        "INSERT INTO captures (id, kind, url, captured_at, outcome, final_url, via, reason, "
        "warc_file, warc_offset, warc_length, record_id) VALUES (1, 'source', "
        "'https://a.example/', '2026-03-20T12:00:00Z', 'ok', 'https://b.example/', 'live', "
        "'cited', 'a.warc.gz', 9, 9, 'urn:1')"
    )
    before.execute("INSERT INTO hops VALUES (1, 0, 'https://a.example/', 301, 'a.warc.gz', 0, 9)")
    before.conn.commit()
    before.close()
    with open_database(path) as after:
        assert after.execute("SELECT url, led_by FROM hops").fetchall() == [
            ("https://a.example/", "redirect")
        ]
        assert after.execute("SELECT leads_to FROM captures").fetchall() == [(None,)]
