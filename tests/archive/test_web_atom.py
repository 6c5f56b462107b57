"""The feed over HTTP: what it is about, where it leads, and to whom it need not be sent again."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from archive.show.atom import ATOM
from tests import web_samples as samples
from tests.rot_samples import DIED, number


async def kinds(datasette: Datasette, asked: str) -> list[str]:
    answer = await datasette.client.get(f"/-/atom{asked}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.text)
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{{{ATOM}}}{name}")
    return [one.get("term") or "" for one in root.iterfind(f".//{{{ATOM}}}category")]


async def test_a_feed_is_about_everything_or_what_is_named(datasette: Datasette) -> None:
    everything = await kinds(datasette, "")
    assert {"new-report", "report-edited", "died"} <= set(everything)
    assert "died" in await kinds(datasette, f"?source={number(DIED)}")
    assert "died" in await kinds(datasette, "?host=news.example")
    assert "died" in await kinds(datasette, "?series=iran-update")
    account = await kinds(datasette, "?platform=telegram&account=portwatch")
    assert "died" not in account
    assert "new-report" in account
    assert set(await kinds(datasette, "?kind=died")) == {"died"}


@pytest.mark.parametrize(
    "asked",
    ["?series=nope", "?host=nope.example", "?source=1", "?source=x", "?kind=nope",
        "?platform=telegram", "?platform=telegram&account=nope", "?db=nope"],
)  # fmt: skip
async def test_of_what_is_not_held_there_is_no_feed(datasette: Datasette, asked: str) -> None:
    assert (await datasette.client.get(f"/-/atom{asked}")).status_code == 404


async def test_entries_lead_to_our_evidence(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/atom?kind=died")
    [entry] = ElementTree.fromstring(answer.text).iterfind(f"{{{ATOM}}}entry")
    leads = {one.get("rel"): one.get("href") for one in entry.iterfind(f"{{{ATOM}}}link")}
    assert leads["alternate"] == f"http://localhost/-/source/{number(DIED)}"
    assert leads["related"] == DIED
    for rel in ("alternate", "via"):
        path = str(leads[rel]).removeprefix("http://localhost")
        assert (await datasette.client.get(path)).status_code == 200


async def test_who_has_it_is_not_sent_it_again(datasette: Datasette) -> None:
    first = await datasette.client.get("/-/atom")
    tag, moment = first.headers["etag"], first.headers["last-modified"]
    for headers, status in (
        ({"if-none-match": tag}, 304), ({"if-none-match": f'"x", W/{tag}'}, 304),
        ({"if-none-match": '"x"', "if-modified-since": moment}, 200),
        ({"if-modified-since": moment}, 304),
        ({"if-modified-since": "Mon, 03 Feb 1992 00:00:00 GMT"}, 200),
        ({"if-modified-since": "nonsense"}, 200),
    ):  # fmt: skip
        answer = await datasette.client.get("/-/atom", headers=headers)
        assert (answer.status_code, bool(answer.content)) == (status, status == 200), headers


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/-/atom"), ("/-/series/iran-update", "/-/atom?series=iran-update"),
        (f"/-/report/{samples.REPORT_ID}", "/-/atom?series=iran-update"),
        (f"/-/source/{number(DIED)}", f"/-/atom?source={number(DIED)}"),
        ("/-/host?host=news.example", "/-/atom?host=news.example"),
    ],
)  # fmt: skip
async def test_pages_name_their_feed(datasette: Datasette, path: str, feed: str) -> None:
    text = (await datasette.client.get(path)).text
    assert f'href="{feed}"' in text.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"/-/report/{samples.REPORT_ID}", "notes"), (f"/-/report/{samples.REPORT_ID}/changes",
        "from"), (f"/-/report/{samples.REPORT_ID}/check", "sentences"),
        (f"/-/source/{number(DIED)}", "verdicts"), ("/-/capture/4", "row"),
        ("/-/account?platform=telegram&account=portwatch", "sources"),
        ("/-/host?host=news.example", "sources"), ("/-/series/iran-update", "months"),
        ("/-/rot", "groups"), ("/-/search?q=depot", "answer"),
    ],
)  # fmt: skip
async def test_beside_each_page_stands_its_json(
    datasette: Datasette, path: str, field: str
) -> None:
    page, mark, query = path.partition("?")
    beside = f"{page}.json{mark}{query}"
    shown = (await datasette.client.get(path)).text.replace("&amp;", "&")
    assert f'<link rel="alternate" type="application/json" href="{beside}">' in shown
    sign = "&" if query else "?"
    for asked in (beside, f"{path}{sign}_format=json"):
        answer = await datasette.client.get(asked)
        assert answer.status_code == 200
        assert field in answer.json()


async def test_what_is_not_held_is_said_in_json_too(datasette: Datasette) -> None:
    for path in ("/-/source/1.json", "/-/report/nope.json", "/-/series/nope?_format=json"):
        answer = await datasette.client.get(path)
        assert (answer.status_code, answer.json()["ok"]) == (404, False)


async def test_the_json_of_a_version_is_that_versions(datasette: Datasette) -> None:
    for number_, path in ((1, "?v=1"), (2, "")):
        answer = await datasette.client.get(f"/-/report/{samples.REPORT_ID}.json{path}")
        assert answer.json()["version"] == number_
