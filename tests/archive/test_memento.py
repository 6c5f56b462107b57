"""Memento (RFC 7089): addresses as they are typed, the nearest capture, headers, TimeMaps."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime

import pytest
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.show import timemap
from archive.show.mementos import Memento, Mementos, mementos
from archive.show.timemap import Places
from archive.urls.typed import escaped_for_path, typed_address
from archive.web.headers import BODY_POLICY, FRAMING_POLICY
from archive.web.memento import safe_type
from tests import web_samples as samples
from tests.rot_samples import BEFORE, DIED, make

MOMENTS = ("20260305020000", "20260307020000")
"""When the source that died was there."""
GONE_AT = "20260314020000"


@pytest.mark.parametrize(
    ("path", "query", "meant"),
    [
        ("https://x.example/a", "", "https://x.example/a"),
        ("http://x.example/a", "b=1&c=%20", "http://x.example/a?b=1&c=%20"),
        ("https:/x.example/a", "", "https://x.example/a"),
        ("https:x.example/a", "", "https://x.example/a"),
        ("HTTPS://X.example/a", "", "https://X.example/a"),
        ("x.example/a", "b=1", "https://x.example/a?b=1"),
        ("//x.example/a", "", "https://x.example/a"),
        ("x.example:8080/a", "", "https://x.example:8080/a"),
        ("https%3A%2F%2Fx.example%2Fa%3Fb%3D1", "", "https://x.example/a?b=1"),
        ("https%3a//x.example/a", "", "https://x.example/a"),
        ("https:%2F%2Fx.example%2Fa", "", "https://x.example/a"),
        ("https%3A%2F%2Fx.example%2Fa%3Fb%3D1", "c=2", "https://x.example/a?b=1&c=2"),
        ("x.example%2Fa%20b", "", "https://x.example/a b"),
        ("https://x.example/a%2Fb%3F", "", "https://x.example/a%2Fb%3F"),
        ("https%3A%2F%2Fx.example%2F%23%2Froute", "", "https://x.example/#/route"),
        ("ftp:/x.example/a", "", "ftp://x.example/a"),
        ("http.example/a", "", "https://http.example/a"),
    ],
)
def test_an_address_is_meant_however_it_is_put(path: str, query: str, meant: str) -> None:
    assert typed_address(path, query) == meant


@settings(deadline=None)
@given(st.text("abcXYZ0189/-._~:?#[]@!$&'()*+,;=%<>\"{}|\\^`жü ", max_size=40))
def test_what_stands_in_a_path_is_the_address_again(rest: str) -> None:
    url = f"https://x.example/{rest}"
    path, mark, query = escaped_for_path(url).partition("?")
    assert re.fullmatch(r"[!-~]+", path)
    assert not set(path + query) & set('<>"#')
    back = typed_address(path, query)
    assert back == url or (mark and not query and back + "?" == url)


def held(*days: int) -> Mementos:
    found = tuple(
        Memento(day, datetime(2026, 3, day, tzinfo=UTC), "ok", 200, None, None) for day in days
    )
    return Mementos("https://x.example/a", None, None, found, ())


@pytest.mark.parametrize(
    ("day", "nearest"), [(None, 20), (1, 4), (4, 4), (5, 4), (7, 4), (8, 10), (15, 10), (31, 20)]
)
def test_the_nearest_is_the_earlier_of_two_and_the_newest_without_a_moment(
    day: int | None, nearest: int
) -> None:
    moment = datetime(2026, 3, day, tzinfo=UTC) if day else None
    found = held(4, 10, 20).nearest(moment)
    assert found is not None
    assert found.capture == nearest


def test_of_nothing_nothing_is_nearest() -> None:
    assert held().nearest(None) is None
    assert held().nearest(datetime(2026, 3, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("header", ["", " ", None])
def test_an_empty_accept_datetime_asks_for_nothing(header: str | None) -> None:
    assert timemap.accepted_moment(header) is None


@pytest.mark.parametrize(
    "header", ["soon", "2026-03-04", "Thu, 99 Foo 2026 00:00:00 GMT", "x" * 5000, "0"]
)
def test_an_accept_datetime_that_names_no_moment_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        timemap.accepted_moment(header)


def links(header: str) -> list[tuple[str, str, str | None]]:
    """Target, relation and datetime, as LANL's validator takes a `Link` apart."""
    found = []
    for part in re.split(r",\s*<", header.strip()):
        relation, moment = re.search(r'rel="([^"]*)"', part), re.search(r'datetime="([^"]*)"', part)
        assert relation
        target = part.split(";")[0].replace("<", "").replace(">", "")
        found.append((target, relation[1], moment[1] if moment else None))
    return found


def test_neighbours_are_named_once_with_all_that_they_are() -> None:
    places, some = Places("http://h"), held(4, 10, 20)
    told = {
        rel: target.split("/")[4][:8]
        for target, rel, _ in links(timemap.link_header(places, some, some.found[1]))
        if "memento" in rel
    }
    assert told == {
        "first prev memento": "20260304", "memento": "20260310", "next last memento": "20260320",
    }  # fmt: skip
    alone = held(4)
    rels = [rel for _, rel, _ in links(timemap.link_header(places, alone, alone.found[0]))]
    assert rels == ["original", "timegate", "timemap", "first last memento"]


@pytest.mark.parametrize(
    ("declared", "sent", "own"),
    [
        ("text/html; charset=utf-8", "text/html; charset=utf-8", None),
        ("image/svg+xml", "image/svg+xml", None),
        ("application/javascript", "text/plain", "application/javascript"),
        ("Text/JavaScript;charset=x", "text/plain", "Text/JavaScript;charset=x"),
        ("application/x-ecmascript", "text/plain", "application/x-ecmascript"),
        ("text/javascript1.5", "text/plain", "text/javascript1.5"),
        ("", "application/octet-stream", None),
        ("nonsense", "application/octet-stream", None),
        ("text/html\r\nX: y", "application/octet-stream", None),
    ],
)
def test_a_body_keeps_its_type_unless_our_pages_could_run_it(
    declared: str, sent: str, own: str | None
) -> None:
    assert safe_type(declared) == (sent, own)


# --- over HTTP ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "stamp"),
    [
        (None, MOMENTS[1]), ("", MOMENTS[1]), ("Mon, 03 Feb 1992 00:00:00 GMT", MOMENTS[0]),
        ("Tue, 03 Feb 2032 00:00:00 GMT", MOMENTS[1]), ("Thu, 05 Mar 2026 12:00:00 GMT",
        MOMENTS[0]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_time_gate_leads_to_the_nearest(
    datasette: Datasette, method: str, moment: str | None, stamp: str
) -> None:
    headers = {} if moment is None else {"accept-datetime": moment}
    path = f"/timegate/{DIED}"
    answer = await datasette.client.request(method, path, headers=headers, follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"http://localhost/web/{stamp}/{DIED}"
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert "memento-datetime" not in answer.headers
    found = links(answer.headers["link"])
    assert found[0] == (DIED, "original", None)
    assert (f"http://localhost/timemap/link/{DIED}", "timemap", None) in found
    mementos = [(target, rel) for target, rel, at in found if at]
    assert mementos == [
        (f"http://localhost/web/{MOMENTS[0]}/{DIED}", "first memento"),
        (f"http://localhost/web/{MOMENTS[1]}/{DIED}", "last memento"),
    ]


async def test_a_broken_accept_datetime_is_refused(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/timegate/{DIED}", headers={"accept-datetime": "BROKEN"})
    assert answer.status_code == 400
    assert "names no moment" in answer.text


@pytest.mark.parametrize(
    "spelled",
    [
        "http://news.example/denied", "news.example/denied", "https:/news.example/denied/",
        "https%3A%2F%2Fnews.example%2Fdenied", "https://www.news.example/denied?utm_source=x",
        "https://NEWS.example:443/Denied", "https://news.example/./denied",
    ],
)  # fmt: skip
async def test_every_spelling_leads_to_the_same(datasette: Datasette, spelled: str) -> None:
    answer = await datasette.client.get(f"/timegate/{spelled}", follow_redirects=False)
    assert answer.headers.get("location") == f"http://localhost/web/{MOMENTS[1]}/{DIED}"


async def test_a_report_is_found_by_its_address_too(datasette: Datasette) -> None:
    url = (await datasette.client.get(f"/-/report/{samples.REPORT_ID}.json")).json()["url"]
    answer = await datasette.client.get(f"/timegate/{url}", follow_redirects=True)
    assert answer.status_code == 200
    assert f"/-/report/{samples.REPORT_ID}" in answer.text


async def test_a_time_map_lists_every_memento(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/timemap/link/{DIED}")
    assert answer.headers["content-type"].startswith("application/link-format")
    found = links(answer.text.replace("\n", ""))
    assert [rel for _, rel, _ in found] == [
        "original", "self", "timegate", "first memento", "last memento",
    ]  # fmt: skip
    assert (
        'from="Thu, 05 Mar 2026 02:00:00 GMT"; until="Sat, 07 Mar 2026 02:00:00 GMT"' in answer.text
    )
    told = (await datasette.client.get(f"/timemap/json/{DIED}")).json()
    assert told["original_uri"] == DIED
    assert [one["uri"] for one in told["mementos"]["list"]] == [found[3][0], found[4][0]]
    assert told["mementos"]["last"]["datetime"] == "2026-03-07T02:00:00Z"
    assert told["mementos"]["list"][0]["digest"].startswith("sha256:")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_memento_says_when_it_is_from_and_what_stands_beside_it(
    datasette: Datasette, method: str
) -> None:
    answer = await datasette.client.request(method, f"/web/{MOMENTS[0]}/{DIED}")
    assert answer.status_code == 200
    assert answer.headers["memento-datetime"] == "Thu, 05 Mar 2026 02:00:00 GMT"
    rels = {rel for _, rel, _ in links(answer.headers["link"])}
    assert rels == {"original", "timegate", "timemap", "first memento", "next last memento"}
    assert method == "HEAD" or "/-/capture/8" in answer.text


async def test_whoever_follows_a_citation_sees_the_copy_itself(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/web/{MOMENTS[0]}/{DIED}")
    [frame] = re.findall(r"<iframe [^>]*>", answer.text)
    assert 'src="/-/capture/8/replayed"' in frame
    assert 'sandbox="allow-top-navigation-by-user-activation"' in frame
    assert answer.headers["content-security-policy"] == FRAMING_POLICY


async def test_the_bytes_come_as_captured_and_nothing_of_them_runs(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/web/{MOMENTS[0]}id_/{DIED}")
    assert answer.content == BEFORE.encode()
    assert answer.headers["content-security-policy"] == BODY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["memento-datetime"] == "Thu, 05 Mar 2026 02:00:00 GMT"
    told = links(answer.headers["link"])
    own = f"http://localhost/web/{MOMENTS[0]}id_/{DIED}"
    assert (own, "memento", answer.headers["memento-datetime"]) in told
    assert [rel for target, rel, _ in told if f"/{MOMENTS[0]}/" in target] == ["first memento"]
    [stamp] = {one["uri"].split("/")[4] for one in (await datasette.client.get(
        f"/timemap/json/{samples.SOURCE_URL}")).json()["mementos"]["list"][:1]}  # fmt: skip
    packed = await datasette.client.get(f"/web/{stamp}id_/{samples.SOURCE_URL}")
    assert packed.content == samples.HTML_BODY
    assert packed.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-encoding" not in packed.headers


async def test_another_moment_leads_to_the_nearest(datasette: Datasette) -> None:
    for mode in ("", "id_"):
        answer = await datasette.client.get(
            f"/web/20200101000000{mode}/{DIED}", follow_redirects=False
        )
        assert answer.status_code == 302
        assert answer.headers["location"] == f"http://localhost/web/{MOMENTS[0]}{mode}/{DIED}"


async def test_an_answer_in_place_of_the_page_is_no_memento_and_is_shown_at_its_moment(
    datasette: Datasette,
) -> None:
    answer = await datasette.client.get(f"/web/{GONE_AT}/{DIED}")
    assert answer.status_code == 404
    assert answer.headers["memento-datetime"] == "Sat, 14 Mar 2026 02:00:00 GMT"
    assert "/-/capture/10" in answer.text
    assert (await datasette.client.get(f"/web/{GONE_AT}id_/{DIED}")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/timegate/https://nope.example/", "/timemap/link/nope.example", "/timemap/json/x",
        "/timemap/xml/https://news.example/denied", "/web/20260304000000/https://nope.example/",
        "/web/99999999999999/https://news.example/denied", "/web/2026/https://news.example/denied",
        "/timegate/javascript:alert(1)", "/timegate/http:%2F%2F%5B::1", "/web/20260304000000/%00",
        "/timegate/%FF%FE", "/timegate/https://news.example:999999/",
        "/web/20260304000000id_/data:text,x", "/timegate/" + "a" * 9000,
    ],
)  # fmt: skip
async def test_what_is_not_held_is_a_plain_404(
    datasette: Datasette, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 404, answer.text[:200]
    assert "memento-datetime" not in answer.headers
    assert "Traceback" not in "".join(capsys.readouterr())


async def test_a_host_that_is_none_stands_in_no_header(datasette: Datasette) -> None:
    headers = {"host": 'a">, <http://evil.example/>; rel="timegate'}
    answer = await datasette.client.get(
        f"/timegate/{DIED}", headers=headers, follow_redirects=False
    )
    assert "evil" not in answer.headers["link"] + answer.headers["location"]


async def test_what_is_withheld_is_in_no_list_and_answers_451(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("withheld") / "data"
    make(root)
    with sqlite3.connect(root / "archive.db") as db:
        for number in (8, 13):
            db.execute(
                "INSERT INTO withheld SELECT record_id, id, '2026-04-01T00:00:00Z', NULL, 'x' "
                "FROM captures WHERE id = ?", [number],
            )  # fmt: skip
    db.close()
    served = Datasette([str(root / "archive.db")])
    await served.invoke_startup()
    try:
        told = json.loads((await served.client.get(f"/timemap/json/{DIED}")).text)
        assert len(told["mementos"]["list"]) == 1
        for mode in ("", "id_"):
            assert (await served.client.get(f"/web/{MOMENTS[0]}{mode}/{DIED}")).status_code == 451
        gate = await served.client.get(
            f"/timegate/{DIED}", headers={"accept-datetime": "Mon, 03 Feb 1992 00:00:00 GMT"},
            follow_redirects=False,
        )  # fmt: skip
        assert MOMENTS[1] in gate.headers["location"]
    finally:
        served.executor.shutdown()


def test_a_copy_taken_twice_is_one_memento(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("twice") / "data"
    make(root)
    with sqlite3.connect(root / "archive.db") as db:
        db.execute("UPDATE captures SET memento_at = '2026-02-01T00:00:00Z' WHERE id IN (8, 9)")
        found = mementos(db, DIED)
    db.close()
    assert found is not None
    assert [(one.capture, one.stamp) for one in found.found] == [(8, "20260201000000")]
