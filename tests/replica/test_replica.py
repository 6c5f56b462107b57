"""The replica as clients see it: through the proxy, over TLS, on loopback."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import lxml.html
import pytest

from tests.replica.server import DEFAULT_AT, Replica
from tests.replica.sites import Site, Web
from tests.replica.world import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replica.messages import Reply, Request
from tests.replica.reports import Report

SITEMAP = "https://understandingwar.org/sitemap_index.xml"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture
def client(replica: Replica) -> Iterator[httpx.Client]:
    replica.set_time(DEFAULT_AT)
    trust = ssl.create_default_context(cafile=str(replica.ca_file))
    with httpx.Client(proxy=replica.proxy_url, verify=trust, trust_env=False, timeout=10) as made:
        yield made


def wordpress() -> list[Report]:
    return [report for report in reports() if report.site == "isw"]


def test_reports_are_served_as_their_facts_say(client: httpx.Client) -> None:
    for report in wordpress():
        state = report.at(DEFAULT_AT)
        reply = client.get(report.url)
        if state is None:
            assert reply.status_code == 404
            continue
        page = lxml.html.fromstring(reply.text)
        assert page.cssselect("h1")[0].text == state.title
        notes = page.cssselect(".endnote-accordion-content")[0].text_content()
        assert all(f"[{note.label}] " in notes for note in state.notes)
        assert f"product-line-{report.series}" in page.cssselect("article")[0].get("class", "")


def test_a_report_appears_at_its_hour(replica: Replica, client: httpx.Client) -> None:
    last = wordpress()[-1]
    replica.set_time(last.appears - timedelta(seconds=1))
    assert client.get(last.url).status_code == 404
    replica.set_time(last.appears)
    assert client.get(last.url).status_code == 200


def test_the_sitemap_leads_to_every_report_of_the_hour(client: httpx.Client) -> None:
    found = {url for shard in _locations(client, SITEMAP) for url in _locations(client, shard)}
    assert {r.url for r in wordpress() if r.at(DEFAULT_AT)} <= found


def _locations(client: httpx.Client, url: str) -> list[str]:
    return [
        loc.text or "" for loc in lxml.html.fromstring(client.get(url).content).cssselect("loc")
    ]


def test_a_report_that_has_not_changed_answers_304(client: httpx.Client) -> None:
    url = reports()[0].url
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(url, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert since.status_code == 304


def test_a_correction_changes_the_page_and_its_validators(
    replica: Replica, client: httpx.Client
) -> None:
    report = next(r for r in reports() if len(r.states) > 1 and r.states[1].correction)
    replica.set_time(report.states[0].since)
    first = client.get(report.url)
    replica.set_time(report.states[1].since)
    later = client.get(report.url, headers={"If-None-Match": first.headers["etag"]})
    assert later.status_code == 200
    assert "CORRECTION" in later.text
    assert "CORRECTION" not in first.text


def test_old_addresses_lead_to_the_new_ones(client: httpx.Client) -> None:
    old = "https://understandingwar.org/backgrounder/russian-offensive-campaign-assessment-march-10-2026"
    reply = client.get(old)
    assert (reply.status_code, reply.headers["location"]) == (301, reports()[0].url)


def test_an_unknown_host_is_a_dns_failure_of_the_proxy(client: httpx.Client) -> None:
    reply = client.get("http://no-such-host-anywhere.example/")
    assert (reply.status_code, reply.headers["x-squid-error"]) == (502, "ERR_DNS_FAIL 0")
    with pytest.raises(httpx.ProxyError):
        client.get("https://no-such-host-anywhere.example/")


def test_the_log_says_what_was_asked(replica: Replica, client: httpx.Client) -> None:
    client.get(SITEMAP, headers={"X-Test": "yes"})
    seen = replica.requests[-1]
    assert (seen.method, seen.url) == ("GET", SITEMAP)
    assert ("x-test", "yes") in [(k.lower(), v) for k, v in seen.headers]
    assert seen.world_at == datetime(2026, 3, 20, 12, tzinfo=UTC)


def test_each_way_of_drupal_endnotes_shows_its_labels(client: httpx.Client) -> None:
    old = [report for report in reports() if report.site == "drupal"]
    assert len({report.note_style for report in old}) == 8
    for report in old:
        page = lxml.html.fromstring(client.get(report.url).text)
        text = page.cssselect('[property="content:encoded"]')[0].text_content()
        for note in report.states[0].notes:
            assert text.count(f"[{note.label}]") >= 2, (report.note_style, note.label)
        assert client.get(f"https://www.understandingwar.org/node/{report.number}").text


def test_the_old_lists_lead_to_every_old_report(client: httpx.Client) -> None:
    found: set[str] = set()
    address: str | None = "https://www.understandingwar.org/publications"
    while address:
        page = lxml.html.fromstring(client.get(address).text)
        page.make_links_absolute(address)
        found |= {a.get("href", "") for a in page.cssselect(".views-row h2 a")}
        address = next((a.get("href") for a in page.cssselect(".pager-next a")), None)
    assert {r.url for r in reports() if r.site == "drupal"} == found


@pytest.mark.parametrize("name", ["ctp-iran-updates", "africa-file"])
def test_the_listing_of_ctp_is_its_authority(client: httpx.Client, name: str) -> None:
    page = client.get(f"https://www.criticalthreats.org/analysis/{name}").text
    listed = json.loads(page.partition("INI_LIST = ")[2].partition("];")[0] + "]")
    assert listed
    for entry in listed:
        reply = client.get(f"https://www.criticalthreats.org/analysis/{entry['slug']}")
        assert f"<h1>{entry['title']}</h1>" in reply.text


def test_ctp_answers_200_for_what_is_not_there(client: httpx.Client) -> None:
    reply = client.get("https://www.criticalthreats.org/analysis/iran-update-no-such-day")
    assert reply.status_code == 200
    assert "[i]" not in reply.text


def test_the_time_can_be_moved_and_the_log_read_from_outside(
    replica: Replica, client: httpx.Client
) -> None:
    client.get(SITEMAP)
    now = client.get("http://replica.invalid/time?at=2026-03-21T06:00:00Z").json()["now"]
    assert now == "2026-03-21T06:00:00+00:00"
    assert replica.now == datetime(2026, 3, 21, 6, tzinfo=UTC)
    assert client.get("http://replica.invalid/log").json()[-1][1:] == ["GET", SITEMAP]


@pytest.mark.parametrize("first", [b"HELLO\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"y" * 300_000])
def test_what_is_not_http_is_hung_up_on(replica: Replica, first: bytes) -> None:
    port = int(replica.proxy_url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(first)
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(10) == b""


def test_a_fault_of_the_replica_is_not_hidden() -> None:
    def faulty(_request: Request) -> Reply:
        raise KeyError("a slip")

    web = Web()
    web.add(Site(("slip.example",), faulty))
    with (
        pytest.raises(ExceptionGroup, match="the replica itself failed"),
        Replica(world=web) as own,
    ):
        assert httpx.get("http://slip.example/", proxy=own.proxy_url).status_code == 500
