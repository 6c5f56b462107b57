"""What of a fetch lands in WARC and database: the real engine over a small web of every HTTP
turn."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model.vocabulary import Kind
from pipeline.read.publishers.registry import SITES
from tests.replica.messages import Reply, Request, html, redirect, typed, with_validators
from tests.replica.server import Replica
from tests.replica.sites import Site, Web, by_path
from tests.spider_runs import Crawl, Run

HERE = "https://turns-replica.net"
THERE = "https://elsewhere-replica.net"
TEXT = (
    "<html><head><title>A page</title></head><body><p>"
    + "A sentence of ours. " * 60
    + "</p></body></html>"
)
PACKED = gzip.compress(TEXT.encode(), mtime=0)
SIXTY = f"{HERE}/long?" + "q" * 3000


def etagged(request: Request) -> Reply:
    return with_validators(
        html(TEXT + "<!-- tagged -->"), request, datetime(2026, 3, 1, tzinfo=UTC)
    )


def turns_web() -> Web:
    web = Web()
    pages: dict[str, Reply | object] = {
        "/robots.txt": typed("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/plain": html(TEXT, headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
        "/packed": typed(PACKED, "text/html", headers=(("Content-Encoding", "gzip"),)),
        "/old": redirect("/middle", 301),
        "/middle": redirect(f"{THERE}/new"),
        "/loop": redirect("/loop2"),
        "/loop2": redirect("/loop"),
        "/to-ftp": redirect("ftp://files-replica.net/x"),
        "/to-nowhere": redirect("https://dead-replica.net/"),
        "/to-forbidden": redirect("http://127.0.0.2/admin"),
        "/gone": html("<h1>Gone</h1>", 410),
        "/cut": Reply(200, (("Content-Type", "text/html"), ("Content-Length", "90000")),
            TEXT.encode(), raw=True),
        "/large": html("x" * 300_000),
        "/tagged": etagged,
        "/dense": typed(random.Random(1).randbytes(150_000), "application/octet-stream"),
        "/twin1": html(TEXT + "<!-- twins -->"),
        "/twin2": html(TEXT + "<!-- twins -->"),
        "/long": html(TEXT + "<!-- long -->"),
        "/sometimes": lambda r: html("later", 503,
            headers=(("Retry-After", "0"),)) if r.nth == 0 else html(TEXT + "<!-- late -->"),
    }  # fmt: skip
    web.add(Site(("turns-replica.net",), by_path(pages)))  # type: ignore[arg-type]
    web.add(Site(("elsewhere-replica.net",), by_path({"/new": html(TEXT + "<!-- new -->")})))
    web.add(Site(("refusing-replica.net",), by_path({}), network="refuse"))
    # whom the crawl asks whether there is a network, where nobody else answers at that moment
    publishers = sorted(host for site in SITES for host in site.hosts)
    web.add(Site(tuple(publishers), by_path({})))
    return web


PATHS = (
    "plain", "packed", "old", "loop", "to-ftp", "to-nowhere", "to-forbidden", "gone", "cut",
    "large", "tagged",
    "private", "sometimes",
)  # fmt: skip
URLS = (
    *(f"{HERE}/{path}" for path in PATHS),
    SIXTY,
    "https://dead-replica.net/page",
    "https://refusing-replica.net/page",
    "http://127.0.0.2/secret",
)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(world=turns_web()) as running:
        yield running


@pytest.fixture(scope="module")
def crawl(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    env = {"ISW_ARCHIVE_MAX_BYTES": "200000"}
    return Crawl(tmp_path_factory.mktemp("captures") / "data", replica, env)


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("reports", urls=URLS, reason="recrawl: test")


@pytest.fixture(scope="module")
def again(run: Run, crawl: Crawl) -> Run:
    """One page of it on the same day."""
    return crawl.run("reports", urls=(f"{HERE}/tagged",))


def outcome(run: Run, path: str) -> str:
    return run.captures("source")[f"{HERE}/{path}"]


def test_the_spider_ends_well_and_asks_no_forbidden_address(run: Run, replica: Replica) -> None:
    assert (run.code, run.done["reason"], run.done["error"]) == (0, "finished", None)
    assert not [seen for seen in replica.requests if "127.0.0.2" in seen.host]


def test_every_url_asked_for_has_its_row(run: Run, crawl: Crawl) -> None:
    held = {url for (url,) in crawl.rows("SELECT url FROM captures WHERE kind <> 'robots'")}
    assert held == set(URLS)


def test_every_final_record_has_its_row_and_only_one(run: Run, crawl: Crawl) -> None:
    kept = [r.record_id for r in crawl.records() if r.context is not None and r.context.final]
    assert sorted(kept) == [i for (i,) in crawl.rows("SELECT record_id FROM captures ORDER BY 1")]


def test_repeated_headers_are_all_kept(run: Run, crawl: Crawl) -> None:
    [record] = crawl.exchanges(f"{HERE}/plain")
    assert [v for k, v in record.http_headers if k == "Set-Cookie"] == ["a=1", "b=2"]


def test_the_request_is_kept_as_sent(run: Run, crawl: Crawl, replica: Replica) -> None:
    sent = next(r for r in crawl.records() if r.type == "request" and r.uri == f"{HERE}/plain")
    seen = next(r for r in replica.requests if r.url == f"{HERE}/plain")
    assert sent.http_start_line == "GET /plain HTTP/1.1"
    said = {k.lower(): v for k, v in sent.http_headers}
    assert said == {k.lower(): v for k, v in seen.headers if k.lower() != "connection"}
    assert "cookie" not in said
    assert "referer" not in said


def test_no_proxy_secret_gets_into_the_warc(tmp_path: Path, replica: Replica) -> None:
    secret = replica.proxy_url.replace("http://", "http://user:pass@")
    crawl = Crawl(tmp_path / "data", replica, {"http_proxy": secret, "https_proxy": secret})
    crawl.run("reports", urls=(f"{HERE}/plain",))
    whole = b"".join(record.block for record in crawl.records())
    assert b"/plain" in whole
    assert b"uthorization" not in whole


def test_a_packed_body_is_kept_as_sent_and_read(run: Run, crawl: Crawl) -> None:
    [record] = crawl.exchanges(f"{HERE}/packed")
    assert record.payload == PACKED
    [(text,)] = crawl.rows(
        "SELECT t.text FROM captures c JOIN texts t ON t.id = c.text_id WHERE c.url = "
        f"'{HERE}/packed'"
    )
    assert "A sentence of ours." in text


def test_robots_txt_of_each_host_is_a_capture(run: Run, crawl: Crawl) -> None:
    rows = crawl.rows("SELECT url, http_status FROM captures WHERE kind = 'robots' ORDER BY url")
    assert (f"{HERE}/robots.txt", 200) in rows
    assert (f"{THERE}/robots.txt", 404) in rows
    assert ("https://dead-replica.net/robots.txt", None) in rows


def test_a_redirect_chain_is_one_capture_with_numbered_hops(run: Run, crawl: Crawl) -> None:
    hops = [crawl.exchanges(url)[0] for url in (f"{HERE}/old", f"{HERE}/middle", f"{THERE}/new")]
    contexts = [record.context for record in hops]
    assert [(c.hop, c.final) for c in contexts if c] == [(0, False), (1, False), (2, True)]
    assert {c.capture_id for c in contexts if c} == {contexts[0].capture_id}  # type: ignore[union-attr]
    assert {c.uri_r for c in contexts if c} == {f"{HERE}/old"}
    rows = crawl.rows(
        f"SELECT h.url, h.http_status FROM hops h JOIN captures c ON c.id = h.capture_id "
        f"WHERE c.url = '{HERE}/old' ORDER BY position"
    )
    assert rows == [(f"{HERE}/old", 301), (f"{HERE}/middle", 302)]
    [(final,)] = crawl.rows(f"SELECT final_url FROM captures WHERE url = '{HERE}/old'")
    assert final == f"{THERE}/new"


def test_a_redirect_loop_is_seen_when_it_closes(run: Run, crawl: Crawl, replica: Replica) -> None:
    assert outcome(run, "loop") == "redirect-loop"
    assert len([r for r in replica.requests if r.url == f"{HERE}/loop"]) == 1
    last = crawl.exchanges(f"{HERE}/loop2")[-1]
    assert last.type == "metadata"
    assert last.context is not None
    assert (last.context.hop, last.context.final) == (2, True)


def test_a_redirect_to_another_scheme_is_not_followed(run: Run, crawl: Crawl) -> None:
    [record] = crawl.exchanges(f"{HERE}/to-ftp")
    assert record.http_status == 302
    assert record.context is not None
    assert record.context.final


def test_a_redirect_to_a_forbidden_address_is_refused_at_the_hop(run: Run) -> None:
    assert outcome(run, "to-forbidden") == "address-refused"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://dead-replica.net/page", "dns-failure"),
        (f"{HERE}/to-nowhere", "dns-failure"),
        ("https://refusing-replica.net/page", "connection-failure"),
        ("http://127.0.0.2/secret", "address-refused"),
        (f"{HERE}/private", "robots-disallowed"),
        (f"{HERE}/gone", "gone"),
    ],
)
def test_what_cannot_be_had_says_why(run: Run, url: str, expected: str) -> None:
    assert run.captures("source")[url] == expected


def test_a_failure_is_a_record_with_its_reason(run: Run, crawl: Crawl) -> None:
    record = crawl.exchanges("https://dead-replica.net/page")[-1]
    assert record.type == "metadata"
    assert record.context is not None
    assert record.context.error is not None
    assert record.context.error[0] == "dns-failure"


def test_a_body_that_breaks_off_is_kept_and_flagged(run: Run, crawl: Crawl) -> None:
    record = crawl.exchanges(f"{HERE}/cut")[0]
    assert record.payload == TEXT.encode()
    assert record.truncated == "disconnect"


def test_a_body_that_is_too_large_is_flagged(run: Run, crawl: Crawl) -> None:
    assert outcome(run, "large") == "too-large"
    assert crawl.exchanges(f"{HERE}/large")[0].truncated == "length"


def test_a_very_long_url_is_fetched(run: Run) -> None:
    assert run.captures("source")[SIXTY] == "ok"


def test_each_try_is_a_capture_of_its_own(run: Run, crawl: Crawl) -> None:
    rows = crawl.rows(
        f"SELECT http_status FROM captures WHERE url = '{HERE}/sometimes' ORDER BY id"
    )
    assert rows == [(503,), (200,)]


def test_certificates_are_noted(run: Run, crawl: Crawl) -> None:
    assert crawl.rows(f"SELECT tls_verified FROM captures WHERE url = '{HERE}/plain'") == [(1,)]


def test_rules_of_the_run_before_are_not_asked_for_again(again: Run) -> None:
    assert again.captures("robots") == {}


def test_an_unchanged_page_becomes_a_revisit_of_its_first_capture(again: Run, crawl: Crawl) -> None:
    url = f"{HERE}/tagged"
    assert again.captures("source") == {url: "not-modified"}
    first, second = crawl.exchanges(url)
    assert (first.type, second.type) == ("response", "revisit")
    assert second.http_status == 304
    rows = crawl.rows(
        f"SELECT revisit_of, payload_digest FROM captures WHERE url = '{url}' ORDER BY id"
    )
    assert rows[1][0] == first.record_id
    assert rows[1][1] == rows[0][1]


def test_an_equal_body_elsewhere_is_not_stored_twice(tmp_path: Path, replica: Replica) -> None:
    crawl = Crawl(tmp_path / "data", replica, {"ISW_ARCHIVE_CONCURRENCY": "1"})
    crawl.run("reports", urls=(f"{HERE}/twin1", f"{HERE}/twin2"))
    kinds = [r.type for url in ("twin1", "twin2") for r in crawl.exchanges(f"{HERE}/{url}")]
    assert kinds == ["response", "revisit"]


def test_captures_are_numbered_without_repeats_over_runs(run: Run, crawl: Crawl) -> None:
    numbers = {}
    for record in crawl.records():
        if record.context is not None and record.context.final:
            numbers.setdefault(record.context.capture_id, []).append(record.record_id)
    assert all(len(ids) == 1 for ids in numbers.values())


def test_a_job_that_names_no_address_is_told(tmp_path: Path, replica: Replica) -> None:
    run = Crawl(tmp_path / "data", replica).run("reports", urls=("https://no host/",))
    assert "no host" in run.done["error"]
    assert run.done["counts"] == {}


def test_a_disk_that_takes_no_more_ends_the_crawl_and_loses_nothing(
    tmp_path: Path, replica: Replica
) -> None:
    crawl = Crawl(tmp_path / "data", replica)
    crawl.run("reports", urls=(f"{HERE}/plain",))
    full = crawl.run("reports", urls=(f"{HERE}/dense", f"{HERE}/gone"), file_limit=100_000)
    assert full.done["reason"] == "cannot-keep"
    assert "cannot be written" in full.done["error"]
    crawl.recover()
    after = crawl.run("reports", urls=(f"{HERE}/dense",))
    assert after.captures("source") == {f"{HERE}/dense": "ok"}
    kept = [r.record_id for r in crawl.records() if r.context is not None and r.context.final]
    assert sorted(kept) == [i for (i,) in crawl.rows("SELECT record_id FROM captures ORDER BY 1")]


def test_kinds_are_told_by_the_address(run: Run) -> None:
    assert {e["kind"] for e in run.events if e["event"] == "capture"} == {Kind.SOURCE, Kind.ROBOTS}
