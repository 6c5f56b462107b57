"""Watches: kept beside the archive, asked of what is new, fed as Atom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from archive.db import people, watches
from archive.db.database import open_readonly
from archive.errors import BadInputError
from archive.model.people import Subject
from archive.model.watches import Watch, checked_watch
from archive.show.watch_feed import watch_feed
from archive.show.watching import Find, new_finds
from pipeline.cli.main import main
from tests import web_samples as samples
from tests.serving import in_process

ATOM = "{http://www.w3.org/2005/Atom}"
MADE = "2026-03-01T00:00:00Z"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("watched") / "data").root


@pytest.fixture
def db(root: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_readonly(root / "archive.db")) as opened:
        yield opened.conn


def found(db: sqlite3.Connection, **asked: object) -> list[Find]:
    return new_finds(db, Watch("a", **asked))  # type: ignore[arg-type]


def test_words_are_found_in_sentences_and_in_texts_of_their_script(db: sqlite3.Connection) -> None:
    depot = found(db, words="depots")
    assert {one.kind for one in depot} >= {"sentences"}
    assert "A depot burned near the port." in {line for one in depot for line in one.told}
    [text] = [one for one in found(db, words="کتابخانه") if one.kind == "texts"]
    assert text.original == samples.SOURCE_URL
    assert found(db, words="depots AND کتابخانه") == []


def test_an_account_a_host_and_a_series_narrow_it(db: sqlite3.Connection) -> None:
    account = {"platform": "telegram", "account": "PortWatch"}
    assert {one.kind for one in found(db, **account)} >= {"sentences", "texts"}
    assert found(db, words="depot", **account)
    assert not found(db, words="denied", over=("sentences",), host="t.me")
    assert found(db, series="iran-update", over=("sentences",))
    assert not found(db, series="korean-peninsula-update")


def test_only_what_came_to_be_known_since_is_new(db: sqlite3.Connection) -> None:
    newest = found(db, words="depot")[0].at
    watch = Watch("a", words="depot")
    assert {one.at for one in new_finds(db, watch, since=newest)} == {newest}
    assert new_finds(db, watch, since="2027-01-01T00:00:00Z") == []


@pytest.mark.parametrize("words", ['"', "NOT x", "(((", "* ^", "a NEAR b", "\ud800"])
def test_nothing_typed_is_an_error(db: sqlite3.Connection, words: str) -> None:
    assert found(db, words=words) == []


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        (Watch("Not So", words="x"), "lower-case"),
        (Watch("../a", words="x"), "lower-case"),
        (Watch("a"), "give words"),
        (Watch("a", words=" "), "give words"),
        (Watch("a", account="x"), "go together"),
        (Watch("a", words="x" * 2_000), "characters"),
    ],
)
def test_what_can_be_no_watch_is_refused(watch: Watch, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        checked_watch(watch)


def test_words_that_are_understood_in_part_alone_are_no_watch(root: Path) -> None:
    words = ["--data", str(root), "watch", "add", "unclosed", '"fuel depot OR arsenal']
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "The quotation mark before fuel depot OR arsenal is not closed" in done.stderr
    assert watches.named(root / "people.db", "unclosed") is None


def test_watches_are_kept_beside_what_people_wrote_before(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    people.note(path, Subject("capture", "x"), who="ana", at=MADE, text="first")
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE unwatched; DROP TABLE watches;")  # as an older version made it
    assert watches.all_watches(path) == []
    watch = Watch("port", words="порт", series="iran-update", alarm=False, made_at=MADE, who="ana")
    assert watches.add(path, watch)
    assert not watches.add(path, watch)
    assert watches.all_watches(path) == [watch]
    assert watches.remove(path, "port", who="bo", at=MADE)
    assert not watches.remove(path, "port", who="bo", at=MADE)
    assert watches.named(path, "port") is None
    assert watches.add(path, watch)


def test_a_feed_is_inert_and_its_entries_lead_to_our_pages() -> None:
    one = Find("texts", "text:1:a", MADE, samples.SCRIPT, (samples.QUOTES, "\x0b"), "/-/source/1",
               samples.BAD_LINK)  # fmt: skip
    feed = ElementTree.fromstring(watch_feed(Watch("a", words="x"), [one], "http://here").text)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "tag:isw-archive,2026:found:text:1:a"
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == ["http://here/-/source/1"]
    assert "<img" not in (entry.findtext(f"{ATOM}content") or "")


async def test_each_watch_has_its_feed_and_a_line_on_the_page(root: Path) -> None:
    watches.add(root / "people.db", Watch("depots", words="depot OR <b>", made_at=MADE, who="ana"))
    async with in_process(root) as served:
        answer = await served.client.get("/-/watch/depots.atom")
        again = {"if-none-match": answer.headers["etag"]}
        same = await served.client.get("/-/watch/depots.atom", headers=again)
        page = (await served.client.get("/-/watches")).text
        missing = await served.client.get("/-/watch/none.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert ElementTree.fromstring(answer.text).findall(f"{ATOM}entry")
    assert (same.status_code, missing.status_code) == (304, 404)
    assert 'href="/-/watch/depots.atom"' in page
    assert "<b>" not in page.partition("<h1>")[2].partition("</main>")[0]
