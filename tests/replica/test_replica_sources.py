"""Every cited source of the replica answers as its label says: looked at through the proxy, not
judged."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest

from archive.model.vocabulary import Outcome
from tests.replica import living, robots_sites, trouble
from tests.replica.server import DEFAULT_AT, Replica
from tests.replica.telegram import SECOND_VIEW
from tests.replica.world import reports, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.replica.facts import SourceFact

MAX_BYTES = 30_000_000  # the crawler's default limit of a body
MAX_HOPS = 8
ASKED_ELSEWHERE = {
    "telegram",
    "x",
    "youtube",
    "vimeo",
    "rumble",
    "tiktok",
}  # by oEmbed or as a widget; tests below
FACTS = {
    f.url: f
    for f in sources()
    if f.platform not in ASKED_ELSEWHERE and "sent on by the page" not in f.about
}
SHORT = httpx.Timeout(0.4)  # for hosts that never answer; all others get a long time


@dataclass(frozen=True, slots=True)
class Look:
    """What one request with its redirects came to."""

    end: str
    url: str
    status: int = 0
    body: bytes = b""
    hops: int = 0


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture(scope="module")
def client(replica: Replica) -> Iterator[httpx.Client]:
    trust = ssl.create_default_context(cafile=str(replica.ca_file))
    with httpx.Client(proxy=replica.proxy_url, verify=trust, trust_env=False, timeout=30) as made:
        yield made


def look(client: httpx.Client, url: str, timeout: httpx.Timeout | None = None) -> Look:
    """Follow redirects by hand, as a careful client does; read at most `MAX_BYTES`."""
    for hop in range(MAX_HOPS):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            return Look("scheme", url, hops=hop)
        if (parts.hostname or "") in trouble.FORBIDDEN:
            return Look("forbidden-address", url, hops=hop)
        seen = _get(client, url, hop, timeout or client.timeout)
        if seen.end != "redirect":
            return seen
        url = urljoin(url, seen.body.decode())
    return Look("loop", url, hops=MAX_HOPS)


def _get(client: httpx.Client, url: str, hop: int, timeout: httpx.Timeout) -> Look:
    try:
        with client.stream("GET", url, timeout=timeout) as reply:
            squid = reply.headers.get("x-squid-error", "")
            if squid:
                return Look(squid, url, hops=hop)
            place = reply.headers.get("location")
            if reply.is_redirect and place is not None:
                return Look("redirect", url, reply.status_code, place.encode(), hop)
            return _read(reply, url, hop)
    except (httpx.TransportError, httpx.InvalidURL) as error:
        return Look(_failure(error), url, hops=hop)


def _failure(error: Exception) -> str:
    """What kind of failure this is, in a word; the proxy's own with its status."""
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
        return "scheme"
    if isinstance(error, httpx.ProxyError):
        return str(error)
    if isinstance(error, httpx.RemoteProtocolError):
        return f"protocol: {error}"
    return "tls" if "CERTIFICATE" in str(error) else "connection"


def _read(reply: httpx.Response, url: str, hop: int) -> Look:
    size = 0
    blocks = []
    deadline = 60  # blocks of a drip: a client's own total limit
    for count, block in enumerate(reply.iter_raw()):
        size += len(block)
        blocks.append(block)
        if size > MAX_BYTES or count > deadline * 1000:
            return Look("too large", url, reply.status_code, hops=hop)
        if block == b"." and b"5000000" in reply.headers.raw[-1][1]:
            return Look("drip", url, reply.status_code, hops=hop)
    return Look("whole", url, reply.status_code, b"".join(blocks), hop)


def _whole(status: int, *words: str) -> Callable[[Look], bool]:
    return lambda seen: (
        seen.end == "whole"
        and seen.status == status
        and all(
            re.search(word, seen.body.decode("utf-8", "replace"), re.IGNORECASE) for word in words
        )
    )


def _bomb(seen: Look) -> bool:
    return seen.end == "too large" or (seen.end == "whole" and len(seen.body) < 400_000)


SIGNS: dict[Outcome, Callable[[Look], bool]] = {
    Outcome.GONE: lambda s: s.status in {404, 410},
    Outcome.FORBIDDEN: lambda s: s.status in {401, 403, 451} or _says_no(s),
    Outcome.REMOVED: _whole(200, "удалено"),
    Outcome.CHALLENGE: lambda s: s.status in {200, 403, 503} and b"<script" in s.body,
    Outcome.RATE_LIMITED: lambda s: s.status == 429,
    Outcome.SERVER_ERROR: lambda s: s.status >= 500 or s.end == "loop",
    Outcome.TIMEOUT: lambda s: s.end in {"timeout", "drip"} or s.end.startswith("protocol"),
    Outcome.TOO_LARGE: _bomb,
    Outcome.TRUNCATED: lambda s: s.end.startswith(("protocol", "connection")),
    Outcome.CONNECTION_FAILURE: lambda s: (
        s.end.startswith(("protocol", "connection"))
        or "502" in s.end
        or "ERR_CONNECT_FAIL" in s.end
    ),
    Outcome.DNS_FAILURE: lambda s: "502" in s.end or "ERR_DNS_FAIL" in s.end,
    Outcome.REDIRECT_LOOP: lambda s: s.end == "loop",
    Outcome.REDIRECTED_AWAY: lambda s: s.hops > 0 and urlsplit(s.url).path == "/",
    Outcome.UNSUPPORTED: lambda s: s.end == "scheme",
    Outcome.ADDRESS_REFUSED: lambda s: s.end == "forbidden-address",
    Outcome.THIN: lambda s: s.status == 200 and len(s.body) < 600,
    Outcome.CONSENT_WALL: _whole(200, "consent", "partners"),
    Outcome.PAYWALL: _whole(200, "isAccessibleForFree"),
    Outcome.LOGIN_WALL: _whole(200, "password"),
    Outcome.PARKED: _whole(200, "domain"),
    Outcome.SOFT_404: _whole(200, "not found|не найдена"),
    Outcome.ROBOTS_DISALLOWED: _whole(200, "behind rules"),
}


def _says_no(seen: Look) -> bool:
    """Platforms that refuse under status 200."""
    return _whole(200, "ограничен|авторизованным|available right now")(seen)


def _is_ok(seen: Look, fact: SourceFact) -> bool:
    if fact.flag == "tls-unverified":
        return seen.end == "tls"
    if seen.end == "loop":  # our looks carry no cookies
        return Outcome.REDIRECT_LOOP in fact.also
    right_end = fact.final_url is None or seen.url == fact.final_url
    return seen.end == "whole" and seen.status == 200 and right_end


@pytest.mark.parametrize("url", sorted(FACTS))
def test_a_source_answers_as_its_label_says(client: httpx.Client, url: str) -> None:
    fact = FACTS[url]
    seen = look(client, url, SHORT if fact.outcome(DEFAULT_AT) is Outcome.TIMEOUT else None)
    for _ in range(2):  # some are well only at the second time of asking
        if seen.status in {429, 503} and fact.outcome(DEFAULT_AT) is Outcome.OK:
            seen = look(client, url)
    outcome = fact.outcome(DEFAULT_AT)
    shown = (seen.end, seen.status, seen.url, len(seen.body), seen.body[:80])
    assert _is_ok(seen, fact) if outcome is Outcome.OK else SIGNS[outcome](seen), shown


def test_no_look_at_the_sources_asks_a_forbidden_address(
    replica: Replica, client: httpx.Client
) -> None:
    for name in ("redirect-loopback", "redirect-hex", "redirect-metadata", "redirect-mapped"):
        assert look(client, f"https://{name}{trouble.DOMAIN}{trouble.PATH}").end == (
            "forbidden-address"
        )
    assert replica.violations == []
    client.get("http://127.0.0.2/admin")
    assert [seen.host for seen in replica.violations] == ["127.0.0.2"]


def test_telegram_posts_are_there_until_they_are_removed(
    replica: Replica, client: httpx.Client
) -> None:
    facts = [f for f in sources() if f.platform == "telegram"]
    moments = {DEFAULT_AT, *(since for f in facts for since, _ in f.outcomes if since.year > 2020)}
    for moment in sorted(moments):
        replica.set_time(moment)
        for fact in facts:
            channel, number = re.findall(r"t\.me/(?:s/)?(\w+)/(\d+)", fact.url)[0]
            view = f"https://t.me/{channel}/{number}?embed=1&mode=tme"
            if f"{channel}/{number}" == SECOND_VIEW and fact.outcome(moment) is Outcome.OK:
                assert "tgme_widget_message" not in client.get(view).text
                view = f"https://t.me/s/{channel}/{number}"
            page = client.get(view).text
            if fact.outcome(moment) is not Outcome.OK:
                assert "tgme_widget_message_error" in page
                continue
            assert f'data-post="{channel}/{number}"' in page
            assert fact.words is None or fact.words in unescape(page)
    replica.set_time(DEFAULT_AT)


def test_pages_that_send_on_say_where(client: httpx.Client) -> None:
    facts = [f for f in sources() if "sent on by the page" in f.about]
    assert len(facts) == 2
    for fact in facts:
        page = client.get(fact.url).text
        assert f"0;URL={fact.final_url or 'https://t.co/'}" in page


def test_x_posts_answer_oembed_by_their_state(client: httpx.Client) -> None:
    statuses = {Outcome.OK: 200, Outcome.REMOVED: 404, Outcome.FORBIDDEN: 403}
    for fact in (f for f in sources() if f.platform == "x"):
        reply = client.get(f"https://publish.twitter.com/oembed?url={quote(fact.url, safe='')}")
        assert reply.status_code == statuses[fact.outcome(DEFAULT_AT)]
        assert fact.words is None or fact.words in unescape(reply.json()["html"])


@pytest.mark.parametrize(
    ("platform", "endpoint"),
    [
        ("youtube", "https://www.youtube.com/oembed?format=json&url="),
        ("vimeo", "https://vimeo.com/api/oembed.json?url="),
        ("rumble", "https://rumble.com/api/Media/oembed.json?url="),
        ("tiktok", "https://www.tiktok.com/oembed?url="),
    ],
)
def test_videos_answer_oembed(client: httpx.Client, platform: str, endpoint: str) -> None:
    facts = [f for f in sources() if f.platform == platform]
    assert facts
    for fact in facts:
        reply = client.get(endpoint + quote(fact.url, safe=""))
        if "may not be embedded" in fact.about:
            assert reply.status_code == 401
            assert fact.title in client.get(fact.url).text
            continue
        if fact.outcome(DEFAULT_AT) is Outcome.OK:
            assert (reply.json()["title"], reply.json()["author_name"]) == (fact.title, fact.author)
        else:
            assert reply.status_code in {403, 404}


def test_news_pages_are_in_the_charset_they_declare(client: httpx.Client) -> None:
    found = set()
    for fact in (f for f in sources() if f.about.startswith("news")):
        charset = fact.about.split(", ")[-1]
        page = unescape(client.get(fact.url).content.decode(charset))
        assert fact.words is not None
        assert fact.words in page
        found.add((fact.language, charset))
    assert {language for language, _ in found} == {"en", "ru", "uk", "ar", "fa", "he", "tr", "fr"}
    assert {charset for _, charset in found} == {"utf-8", "windows-1251", "windows-1256"}


@pytest.mark.parametrize("rules", robots_sites.TABLE, ids=lambda rules: rules.name)
def test_robots_files_are_what_their_names_say(
    client: httpx.Client, rules: robots_sites.Rules
) -> None:
    patience = SHORT if rules.name == "never" else None
    seen = look(client, f"{rules.scheme}://{rules.host}{rules.port}/robots.txt", patience)
    closed = b"Disallow: /" in seen.body or b"DISALLOW: /" in seen.body
    assert closed or seen.end != "whole" or seen.status >= 500 or rules.allowed


def test_changing_pages_change_at_their_day(replica: Replica, client: httpx.Client) -> None:
    for page in living.TABLE:
        replica.set_time(living.EDIT - (living.BACK - living.EDIT))
        before = client.get(page.url)
        replica.set_time(living.EDIT)
        after = client.get(page.url, headers={"If-None-Match": before.headers["etag"]})
        assert before.status_code == 200
        assert after.status_code != 304
        replica.set_time(living.BACK)
        later = client.get(page.url)
        assert (later.content == before.content) == page.returns or page.name == "frame"
    replica.set_time(DEFAULT_AT)


def test_the_archive_holds_copies_of_the_pages_that_die(client: httpx.Client) -> None:
    url = next(page.url for page in living.TABLE if page.name == "dies")
    rows = client.get(f"https://web.archive.org/cdx/search/cdx?output=json&url={quote(url)}").json()
    assert [row[1] for row in rows[1:]] == ["20260312063000", "20260319180000"]
    closest = client.get(
        f"https://archive.org/wayback/available?timestamp=20260313&url={quote(url)}"
    )
    address = closest.json()["archived_snapshots"]["closest"]["url"]
    assert "/web/20260312063000/" in address
    memento = client.get(address.replace("http://", "https://"))
    assert memento.headers["memento-datetime"] == "Thu, 12 Mar 2026 06:30:00 GMT"
    raw = client.get(f"https://web.archive.org/web/20260312063000id_/{url}")
    assert raw.content == client.get(url).content
    near = client.get(f"https://web.archive.org/web/20260313/{url}")
    assert near.headers["location"] == f"https://web.archive.org/web/20260312063000/{url}"


def test_the_archive_lists_what_stands_below_an_address(client: httpx.Client) -> None:
    query = "url=understandingwar.org/research/*&output=json&fl=original,timestamp&limit=-3"
    rows = client.get(f"https://web.archive.org/cdx/search/cdx?{query}").json()
    assert rows[0] == ["original", "timestamp"]
    assert len(rows) == 4
    assert all("/research/" in original for original, _ in rows[1:])
    assert (
        client.get("https://web.archive.org/cdx/search/cdx?url=no.example&output=json").json() == []
    )


def test_every_source_is_cited_by_a_report() -> None:
    cited = {
        url for r in reports() for state in r.states for note in state.notes for url in note.urls
    }
    assert {fact.url for fact in sources()} <= cited


def test_a_host_can_be_made_to_fail_and_be_well_again(
    replica: Replica, client: httpx.Client
) -> None:
    url = "http://plain-http-replica.net/news/crossing-17"
    replica.fail_host("plain-http-replica.net", "dns")
    assert client.get(url).headers["x-squid-error"] == "ERR_DNS_FAIL 0"
    replica.fail_host("plain-http-replica.net", "reset")
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(url)
    replica.fail_host("plain-http-replica.net", None)
    assert client.get(url).status_code == 200
