"""Notes and requests on pages: written by whom is permitted, from our forms alone, inert."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette

from archive.db import lists, people
from archive.db.lists import ListState
from archive.folder import DataFolder
from archive.web.serve import Writing, make_datasette
from tests import web_samples as samples
from tests.rot_samples import number

SCRIPT = samples.SCRIPT
SOURCE = {"kind": "source", "id": str(number(samples.SOURCE_URL))}
PAGE = f"/-/source/{SOURCE['id']}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return samples.make(tmp_path_factory.mktemp("people") / "data")


@pytest.fixture
def folder(kept: DataFolder) -> DataFolder:
    for path in kept.root.glob("people.db*"):
        path.unlink()
    return kept


class Visitor:
    """A browser with the cookie of an actor."""

    def __init__(self, served: Datasette, actor: str | None = "root") -> None:
        self.served = served
        self.cookies = {"ds_actor": served.sign({"a": {"id": actor}}, "actor")} if actor else {}

    async def get(self, path: str) -> Any:
        return await self.served.client.get(path, cookies=self.cookies)

    async def post(self, act: str, form: dict[str, str], *, token: bool = True, **more: Any) -> Any:
        cookies = dict(self.cookies)
        if token:
            signed = await self.token()
            cookies["ds_csrftoken"] = signed
            form = {**form, "csrftoken": signed}
        return await self.served.client.post(f"/-/act/{act}", data=form, cookies=cookies, **more)

    async def token(self) -> str:
        """That of our forms; who sees none takes datasette's."""
        for page in (PAGE, "/-/permissions"):
            if token := (await self.get(page)).cookies.get("ds_csrftoken"):
                return str(token)
        return ""


@pytest.fixture
def root(folder: DataFolder) -> Visitor:
    return Visitor(make_datasette(folder, Writing(("ana",))))


async def test_a_note_stands_on_the_page_with_who_and_when(root: Visitor) -> None:
    answer = await root.post("note", {**SOURCE, "text": "Seen by\r\nus too."})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#people")
    text = (await Visitor(root.served, None).get(PAGE)).text
    assert "<bdi>Seen by</bdi><br><bdi>us too.</bdi>" in text
    assert "Note of <bdi>root</bdi>" in text
    assert 'action="/-/act' not in text


async def test_a_note_on_a_sentence_stands_beside_it(root: Visitor, folder: DataFolder) -> None:
    with closing(sqlite3.connect(folder.database)) as db:
        [(claim,)] = db.execute(
            "SELECT sentence FROM markers JOIN versions ON versions.id = version_id WHERE "
            "report_id = ? LIMIT 1", [samples.REPORT_ID]
        ).fetchall()  # fmt: skip
    on = {"kind": "report", "id": samples.REPORT_ID, "text": "Which depot?"}
    answer = await root.post("note", {**on, "sentence": claim})
    assert answer.headers["location"] == f"/-/report/{samples.REPORT_ID}/check"
    for page in ("", "/check"):
        assert "Which depot?" in (await root.get(f"/-/report/{samples.REPORT_ID}{page}")).text
    assert (await root.post("note", {**on, "sentence": "No such."})).status_code == 404


async def test_a_request_waits_in_the_queue_that_all_see(root: Visitor) -> None:
    for reason in ("it may be back", "a second time"):
        assert (await root.post("request", {**SOURCE, "reason": reason})).status_code == 303
    seen = Visitor(root.served, None)
    text = (await seen.get("/-/queue")).text
    assert text.count("it may be back") == 1
    assert "a second time" not in text
    told = (await seen.get("/-/queue.json")).json()
    assert [(one["who"], one["number"]) for one in told["open"]] == [("root", int(SOURCE["id"]))]


async def test_how_far_lists_are_stands_on_a_page(root: Visitor, folder: DataFolder) -> None:
    assert "None yet." in (await root.get("/-/lists")).text
    at = "2026-11-05T08:00:00Z"
    lists.keep(folder.people, "<b>quays", {"k": "https://quay.example/"}, who="ana", at=at)
    assert "broken off before" in (await root.get("/-/lists")).text
    lists.note_state(folder.people, "<b>quays", ListState(9, 4, 3, 2), run="r", at=at)
    text = (await Visitor(root.served, None).get("/-/lists")).text
    assert "&lt;b&gt;quays" in text
    assert "<td>9</td><td>4</td><td>3</td><td>2</td>" in text
    assert (await root.get("/-/lists.json")).json()["lists"][0]["held"] == 4
    assert 'href="/-/lists"' in (await root.get("/-/queue")).text


async def test_rows_of_a_question_are_asked_for_with_one_reason(root: Visitor) -> None:
    page = f"/archive/sentences_citing_source?{urlencode({'url': samples.SOURCE_URL})}"
    shown = (await root.get(page)).text
    [field] = set(re.findall(r'form="isw-ask" name="(source-\d+)"', shown))
    assert field == f"source-{SOURCE['id']}"
    assert 'id="isw-ask"' not in (await Visitor(root.served, None).get(page)).text
    other = f"source-{number('https://news.example/denied')}"
    answer = await root.post("rows", {field: "on", other: "on", "reason": "all of them"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/-/queue")
    told = (await root.get("/-/queue.json")).json()
    assert [one["reason"] for one in told["open"]] == ["all of them"] * 2


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"reason": "none ticked"}, 400), ({"source-99": "on", "reason": "x"}, 404),
        ({f"source-{SOURCE['id']}": "on"}, 400), ({"source-": "on", "reason": "x"}, 404),
        ({f"source-{SOURCE['id']}": "on", "source-x": "on", "reason": "x"}, 404),
    ],
)  # fmt: skip
async def test_rows_that_cannot_be_asked_for_are_refused_together(
    root: Visitor, folder: DataFolder, form: dict[str, str], status: int
) -> None:
    assert (await root.post("rows", form)).status_code == status
    assert people.open_requests(folder.people) == []


async def test_a_note_is_withdrawn_on_its_page_alone(root: Visitor) -> None:
    await root.post("note", {"kind": "capture", "id": "4", "text": "wrong"})
    assert "wrong" in (await root.get("/-/capture/4")).text
    assert (await root.post("withdraw", {**SOURCE, "note": "1"})).status_code == 404
    await root.post("withdraw", {"kind": "capture", "id": "4", "note": "1"})
    text = (await root.get("/-/capture/4")).text
    assert "withdrawn by" in text
    assert "wrong" not in text


async def test_what_is_written_is_inert(root: Visitor) -> None:
    await root.post("note", {**SOURCE, "text": f"{SCRIPT}{samples.QUOTES}{samples.TURNED}"})
    await root.post("request", {**SOURCE, "reason": f"{SCRIPT}{samples.QUOTES}"})
    for path in (PAGE, "/-/queue"):
        text = (await root.get(path)).text.rpartition('id="people"')[2].partition('id="cite"')[0]
        assert "alert(1)" in text
        assert SCRIPT not in text
        assert "<img src=x" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize(
    ("act", "form", "status"),
    [
        ("note", {**SOURCE, "text": ""}, 400), ("note", {**SOURCE, "text": "x" * 2_001}, 400),
        ("note", {**SOURCE, "text": "a\0b"}, 400), ("note", {**SOURCE}, 400),
        ("request", {**SOURCE, "reason": "a\nb"}, 400),
        ("request", {"kind": "capture", "id": "1", "reason": "x"}, 400),
        ("note", {"kind": "host", "id": "1", "text": "x"}, 404),
        ("note", {"kind": "source", "id": "99", "text": "x"}, 404),
        ("note", {"kind": "source", "id": "9" * 40, "text": "x"}, 404),
        ("note", {**SOURCE, "text": "x", "db": "none"}, 404),
        ("withdraw", {**SOURCE, "note": "x"}, 404),
    ],
)  # fmt: skip
async def test_what_is_not_right_is_refused_plainly(
    root: Visitor, folder: DataFolder, act: str, form: dict[str, str], status: int
) -> None:
    answer = await root.post(act, form)
    assert answer.status_code == status
    assert people.open_requests(folder.people) == []


async def test_without_our_forms_token_nothing_is_kept(root: Visitor, folder: DataFolder) -> None:
    form = {**SOURCE, "text": "forged"}
    assert (await root.post("note", form, token=False)).status_code == 403
    crossed = {"sec-fetch-site": "cross-site"}
    assert (await root.post("note", form, headers=crossed)).status_code == 403
    assert not folder.people.exists()


@pytest.mark.parametrize(("actor", "status"), [(None, 403), ("bo", 403), ("ana", 303)])
async def test_only_who_is_permitted_writes(
    folder: DataFolder, root: Visitor, actor: str | None, status: int
) -> None:
    other = Visitor(root.served, actor)
    token = await root.token()
    answer = await root.served.client.post(
        "/-/act/note",
        data={**SOURCE, "text": "x", "csrftoken": token},
        cookies={**other.cookies, "ds_csrftoken": token},
    )
    assert answer.status_code == status
    assert ("Write a note" in (await other.get(PAGE)).text) is (status == 303)


async def test_it_is_off_by_default(folder: DataFolder) -> None:
    visitor = Visitor(make_datasette(folder))
    assert '<h2 id="people"' not in (await visitor.get(PAGE)).text
    answer = await visitor.served.client.post("/-/act/note", data={**SOURCE, "text": "x"})
    assert answer.status_code == 404
    assert not folder.people.exists()


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("multipart/form-data; boundary=b", b"--b--", 415), ("application/json", b"{}", 415),
        ("multipart/form-data", b"", 415), ("application/x-www-form-urlencoded", b"text=\xff", 400),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 70_000, 413),
    ],
)  # fmt: skip
async def test_what_is_no_form_is_refused_plainly(
    root: Visitor, kind: str, content: bytes, status: int
) -> None:
    answer = await root.served.client.post(
        "/-/act/note",
        content=content,
        headers={"content-type": kind},
        cookies={**root.cookies, "ds_csrftoken": await root.token()},
    )
    assert answer.status_code == status
    assert "x-content-type-options" in answer.headers


async def test_acts_are_posted_only(root: Visitor) -> None:
    answer = await root.get("/-/act/note")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_pages_stand_whatever_became_of_the_file(root: Visitor, folder: DataFolder) -> None:
    folder.people.write_bytes(b"no database" * 200)
    for path in (PAGE, "/-/capture/4", "/-/queue", f"/-/report/{samples.REPORT_ID}"):
        assert (await root.get(path)).status_code == 200
    answer = await root.post("note", {**SOURCE, "text": "x"})
    assert answer.status_code == 503
    assert str(folder.root) not in answer.text


DIED = {"kind": "source", "id": str(number("https://news.example/denied"))}


async def test_a_verdict_is_disputed_on_its_page_and_shown_to_all(root: Visitor) -> None:
    page = f"/-/source/{DIED['id']}"
    assert "This verdict is wrong" in (await root.get(page)).text
    answer = await root.post("dispute", {**DIED, "reason": f"It is there. {SCRIPT}"})
    assert answer.status_code == 303
    stranger = (await Visitor(root.served, None).get(page)).text
    assert "Disputed by <bdi>root</bdi>" in stranger
    assert 'is <a href="#disputes">disputed</a>' in stranger
    assert "It is there." in stranger
    assert SCRIPT not in stranger
    assert "This verdict is wrong" not in stranger


async def test_what_has_no_verdict_is_not_disputed(root: Visitor) -> None:
    report = {"kind": "report", "id": samples.REPORT_ID, "reason": "why"}
    assert (await root.post("dispute", report)).status_code == 400
    nameless = Visitor(root.served, None)
    assert (await nameless.post("dispute", {**DIED, "reason": "why"})).status_code == 403
