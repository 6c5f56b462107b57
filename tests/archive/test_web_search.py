"""The search page: what it finds, by which filters, and that nothing typed breaks it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlite_utils
from datasette.app import Datasette

from archive.db.database import open_database, open_readonly
from archive.show.search import find, narrowed, sources, spans
from archive.show.search.find import Question, SearchAnswer, search
from tests import web_samples as samples
from tests.serving import in_process


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("search") / "data").root


@pytest.fixture
def db(root: Path) -> Iterator[sqlite_utils.Database]:
    opened = open_readonly(root / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


def found(db: sqlite_utils.Database, words: str, **chosen: object) -> SearchAnswer:
    return search(db.conn, Question(words=words, **chosen))  # type: ignore[arg-type]


def kinds(answer: SearchAnswer) -> set[str]:
    return {hit.kind for hit in answer.hits}


def test_a_word_is_found_in_reports_and_in_citing_sentences(db: sqlite_utils.Database) -> None:
    answer = found(db, "depots")
    assert answer.counts == {"sentence": 1, "note": 0, "source": 0, "report": 1}
    sentence = next(hit for hit in answer.hits if hit.kind == "sentence")
    assert sentence.label == "1"
    assert sentence.anchor == "1"
    assert sentence.status == "alive"
    assert sentence.report == samples.REPORT_ID
    assert [part.text for part in sentence.parts if part.changed] == ["depot"]


def test_a_cited_page_is_found_in_its_script_and_says_who_rests_on_it(
    db: sqlite_utils.Database,
) -> None:
    answer = found(db, "\u0643\u062a\u0627\u0628\u062e\u0627\u0646\u0629")  # in Arabic letters
    (hit,) = answer.hits
    assert hit.kind == "source"
    assert hit.language == "fa"
    assert hit.sources[0]["url"] == samples.SOURCE_URL
    assert hit.citing


def test_a_sentence_of_an_old_version_is_found_when_older_versions_are_asked_for(
    db: sqlite_utils.Database,
) -> None:
    assert found(db, "nobody hurt").total == 1
    assert found(db, "depot", kind="report").total == 1
    assert found(db, "depot", kind="report", every_version=True).total == 2


def test_what_is_withheld_is_not_counted_either(db: sqlite_utils.Database) -> None:
    held = sqlite3.connect(":memory:")
    db.conn.backup(held)
    asked = Question(words="depot", kind="report", every_version=True)
    assert search(held, asked).total == 2
    held.execute(
        "INSERT INTO withheld SELECT record_id, id, '2026', NULL, 'x' FROM captures WHERE id = 2"
    )
    answer = search(held, asked)
    assert (answer.total, len(answer.hits)) == (1, 1)


@pytest.mark.parametrize("sort", ["fit", "newest"])
@pytest.mark.parametrize(
    "chosen", [{"status": "blocked"}, {"platform": "web", "account": "nobody"}]
)
def test_where_the_filters_leave_no_source_no_index_is_gone_through(
    db: sqlite_utils.Database, chosen: dict[str, str], sort: str
) -> None:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    answer = found(db, "depot", sort=sort, **chosen)
    db.conn.set_trace_callback(None)
    assert answer.counts == dict.fromkeys(("sentence", "note", "source"), 0)
    assert not answer.more_than
    assert asked
    assert not [sql for sql in asked if " MATCH " in sql and not sql.startswith("--")]


def test_filters_and_days_decide_among_all_matches(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MOST_MATCHES", 1)
    cut = found(db, "depot OR alert", every_version=True)
    assert cut.more_than
    whole = found(db, "depot OR alert", every_version=True, sort="newest")
    assert whole.total > cut.total
    assert not whole.more_than


async def test_where_more_match_than_are_put_in_order_the_page_says_so(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/-/search?q=depot+OR+alert&all=1"
    assert "are in order here" not in (await datasette.client.get(path)).text
    monkeypatch.setattr(find, "MOST_MATCHES", 1)
    shown = (await datasette.client.get(path)).text
    assert "of each kind the best 1 of the newest are in order here" in shown
    by_day = (await datasette.client.get(f"{path}&sort=newest")).text
    assert "are in order here" not in by_day


def test_of_what_filters_leave_the_newest_are_put_in_order_and_the_answer_says_so(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"kind": "report", "since": "2026-01-01", "every_version": True}
    whole = found(db, "depot", **asked)
    assert (whole.total, whole.more_than) == (2, False)
    monkeypatch.setattr(find, "MOST_RANKED", {"report": 1})
    cut = found(db, "depot", **asked)
    assert (cut.total, cut.more_than) == (1, True)
    assert cut.hits[0].version_id == max(hit.version_id or 0 for hit in whole.hits)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_by_day_versions_are_looked_through_in_parts_to_the_same_end(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    whole = found(db, "depot OR alert", every_version=True, sort=sort)
    monkeypatch.setattr(narrowed, "_FIRST_VERSIONS", 1)
    assert found(db, "depot OR alert", every_version=True, sort=sort) == whole
    monkeypatch.setattr(find, "PAGE", 1)
    monkeypatch.setattr(find, "_PAGES_AHEAD", 0)
    first = found(db, "depot OR alert", every_version=True, sort=sort)
    assert first.more_than
    assert first.hits == whole.hits[:1]


@pytest.mark.parametrize("sort", ["fit", "newest"])
@pytest.mark.parametrize(
    "chosen", [{"platform": "telegram"}, {"status": "alive"}, {"account": "portwatch"}]
)
def test_what_many_sources_show_is_found_as_what_few_do(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str], sort: str
) -> None:
    words = "depot OR \u0643\u062a\u0627\u0628\u062e\u0627\u0646\u0629"
    few = found(db, words, sort=sort, **chosen)
    assert few.counts["sentence"]
    assert few.counts["source"]
    monkeypatch.setattr(sources, "MOST_ASKED", -1)
    assert found(db, words, sort=sort, **chosen) == few
    monkeypatch.setattr(spans, "FIRST", 1)
    assert found(db, words, sort=sort, **chosen) == few


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_by_day_the_first_texts_are_looked_at_alone_where_these_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    with closing(open_database(tmp_path / "archive.db")) as held:
        held.conn.executemany(
            "INSERT INTO texts (id, text, digest, published) VALUES (?, 'depot', ?, ?)",
            [(n, str(n), f"2026-01-{1 + n // 3:02}") for n in range(1, 40)],
        )
        whole = found(held, "depot", kind="source", sort=sort)
        assert len(whole.hits) == find.PAGE
        monkeypatch.setattr(find, "_PAGES_AHEAD", 0)
        first = found(held, "depot", kind="source", sort=sort)
        assert first.more_than
        for few in (25, 2):  # the second are too few
            monkeypatch.setattr(narrowed, "_FIRST_TEXTS", few)
            assert found(held, "depot", kind="source", sort=sort) == first
        assert first.hits == whole.hits


@pytest.mark.parametrize("chosen", [{"platform": "telegram"}, {"language": "fa"}])
def test_matches_that_have_to_be_looked_up_are_until_enough_are_left(
    db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str]
) -> None:
    words = "depot OR \u0643\u062a\u0627\u0628\u062e\u0627\u0646\u0629"
    monkeypatch.setattr(sources, "MOST_ASKED", -1)
    monkeypatch.setattr(spans, "FIRST", 1)
    whole = found(db, words, every_version=True, **chosen)
    assert not whole.more_than
    monkeypatch.setattr(narrowed, "_ENOUGH", 1)
    cut = found(db, words, every_version=True, **chosen)
    assert cut.counts == {kind: min(1, count) for kind, count in whole.counts.items()}
    assert cut.more_than or cut.counts == whole.counts


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {"sentence", "report"}),
        ({"kind": "sentence"}, {"sentence"}),
        ({"series": "iran-update"}, {"sentence", "report"}),
        ({"series": "africa-file"}, set()),
        ({"since": "2026-03-03", "until": "2026-03-03"}, {"sentence", "report"}),
        ({"since": "2026-03-05"}, set()),
        ({"platform": "telegram"}, {"sentence"}),
        ({"platform": "telegram", "account": "PORTWATCH"}, {"sentence"}),
        ({"account": "other"}, set()),
        ({"status": "alive"}, {"sentence"}),
        ({"status": "dead"}, set()),
        ({"language": "fa"}, set()),
    ],
)
def test_filters_hold(
    db: sqlite_utils.Database, chosen: dict[str, str], expected: set[str]
) -> None:
    assert kinds(found(db, "depot", **chosen)) == expected


def test_where_nothing_has_a_word_beginnings_are_tried_and_said(db: sqlite_utils.Database) -> None:
    answer = found(db, "portw")
    assert answer.loose
    assert answer.total


def test_words_like_one_that_is_not_held_are_offered(db: sqlite_utils.Database) -> None:
    answer = found(db, "depott")
    assert answer.total == 0
    assert answer.nearest == {"depott": ["depot"]}


def test_order_by_day_goes_both_ways(db: sqlite_utils.Database) -> None:
    newest = [hit.day for hit in found(db, "depot OR alert", sort="newest").hits if hit.day]
    oldest = [hit.day for hit in found(db, "depot OR alert", sort="oldest").hits if hit.day]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    assert len(set(newest)) > 1


async def test_the_page_marks_what_was_sought_and_leads_to_the_note(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/search?q=depot")).text
    assert "<mark>depot</mark>" in text
    assert re.search(r'href="/-/version/\d+#note-1"', text)
    assert 'value="depot"' in text


async def test_every_page_has_the_search_in_its_head(datasette: Datasette) -> None:
    for path in (
        "/",
        "/archive",
        "/archive/notes",
        "/-/capture/4",
        "/-/source/1",
        "/archive?sql=select+1",
    ):
        assert 'action="/-/search"' in (await datasette.client.get(path)).text, path


BAD = [
    "", "*", '"', "(", ")", "(((", "NOT", "AND OR", "NEAR", "a NEAR/99999999 b", "\0", "%",
    "text:depot", "^depot", "{a b}",
    "'; DROP TABLE notes; --", samples.SCRIPT, samples.QUOTES, "x" * 5000, "(a " * 300,
    "\ud7ff\uffff", "🜂", "-", "--a", "a*b*c",
]  # fmt: skip


@pytest.mark.parametrize("typed", BAD)
async def test_whatever_is_typed_is_answered_with_a_page(datasette: Datasette, typed: str) -> None:
    answer = await datasette.client.get(f"/-/search?{urlencode({'q': typed})}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "onerror=alert" not in answer.text.replace("&lt;img src=x onerror=alert", "")


@pytest.mark.parametrize(
    "rest",
    [
        "page=0", "page=-1", "page=x", "page=999999999999", "page=400", "since=yesterday",
        "until=2026-02-31", "sort=nope",
        "kind=nope", "status=nope", "series=%00", "account=%22%3E%3Cscript%3E", "language=xx",
        "all=2", "platform=telegram&status=dead",
    ],
)  # fmt: skip
async def test_filters_that_make_no_sense_are_no_error(datasette: Datasette, rest: str) -> None:
    answer = await datasette.client.get(f"/-/search?q=depot&{rest}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


async def test_a_day_that_is_none_is_said(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/search?q=depot&since=yesterday")).text
    assert "is no day" in text


async def test_filters_without_words_say_that_words_are_wanted(datasette: Datasette) -> None:
    assert "write some words, too" in (await datasette.client.get("/-/search?status=dead")).text
    assert "write some words, too" not in (await datasette.client.get("/-/search")).text


async def test_the_table_of_markers_finds_its_own_sentences(datasette: Datasette) -> None:
    found = (await datasette.client.get("/archive/markers.json?_search=denied&_shape=array")).json()
    assert found
    assert all("denied" in row["sentence"] for row in found)
