"""Plain lists of addresses: how they are read, divided, captured and gone on with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.db import lists
from archive.db.database import open_readonly
from archive.db.lists import ListState
from archive.db.tables.list_rows import last_looks
from archive.errors import BadInputError
from archive.folder import DataFolder
from pipeline.decide.portions import portions
from pipeline.read.listed import ReadList, read_list
from pipeline.run.jobs import listed
from pipeline.run.jobs.say import Say
from pipeline.run.jobs.session import Session
from tests import web_samples as samples
from tests.saved import run

AT = "2026-11-05T08:00:00Z"
NEW = "https://mill-pond.example/weir"
QUAY = "https://quay.example/lamps"


# --- reading --------------------------------------------------------------------------------------


def test_addresses_are_taken_as_people_write_them_and_each_once() -> None:
    text = f"\ufeff# ours\n{QUAY}\n\n  hxxps://mill-pond[.]example/weir  # seen twice\n{NEW}\r\n"
    found = read_list(text + f"{QUAY}?utm_source=list\nquay.co.uk/#part\n")
    assert list(found.addresses.values()) == [QUAY, NEW, "https://quay.co.uk/"]
    assert found.bad == {}


def test_a_line_that_is_no_address_is_named_with_its_number() -> None:
    found = read_list(f"{QUAY}\nsee the minutes\nmailto:clerk@quay.example\nurl,title\n{NEW}")
    assert list(found.bad) == [2, 3, 4]
    assert found.bad[2] == "'see the minutes' is no address"
    assert len(found.addresses) == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"", "empty"), (b"# none\n", "not one address"), (b"no\n", "line 1: 'no' is no address"),
     (b"\xff\xfe\x00", "UTF-8")],
)  # fmt: skip
def test_a_file_without_any_address_is_refused(tmp_path: Path, body: bytes, said: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(body)
    with pytest.raises(BadInputError, match=said):
        listed.read_file(str(path))


def test_a_list_has_its_files_name_unless_another_is_given() -> None:
    assert listed.list_name(None, "papers/quays.txt") == "quays"
    assert listed.list_name(" the quays ", "-") == "the quays"
    for bad in ("", "two\nlines", "x" * 121):
        with pytest.raises(BadInputError, match="--list"):
            listed.list_name(bad, "-")


# --- portions -------------------------------------------------------------------------------------


def test_no_domain_takes_a_portion_for_itself_while_others_wait() -> None:
    urls = [f"https://a.example/{n}" for n in range(5)] + [
        "https://b.example/",
        "https://c.example/",
    ]
    found = list(portions(urls, most=4, of_domain=2))
    assert found[0] == (*urls[:2], *urls[5:])
    assert found[1] == tuple(urls[2:5])
    assert sorted(url for one in found for url in one) == sorted(urls)


def test_an_empty_list_has_no_portion() -> None:
    assert list(portions([])) == []


# --- what is kept ---------------------------------------------------------------------------------


def test_a_list_keeps_its_first_day_and_every_address_once(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    assert lists.keep(path, "quays", {"k1": QUAY}, who="ana", at=AT) == AT
    later = "2026-11-06T08:00:00Z"
    assert lists.keep(path, "quays", {"k1": QUAY, "k2": NEW}, who="bo", at=later) == AT
    assert list(lists.addresses(path, "quays")) == [("k1", QUAY), ("k2", NEW)]
    [shown] = lists.all_lists(path)
    assert (shown["name"], shown["who"], shown["state_at"]) == ("quays", "ana", None)
    for at, state in ((AT, ListState(2, 0, 0, 2)), (later, ListState(2, 1, 1, 0))):
        lists.note_state(path, "quays", state, run="r", at=at)
    [shown] = lists.all_lists(path)
    assert (shown["held"], shown["failed"], shown["waiting"]) == (1, 1, 0)


def test_there_is_no_list_where_nothing_was_written(tmp_path: Path) -> None:
    assert lists.all_lists(tmp_path / "people.db") == []
    assert list(lists.addresses(tmp_path / "people.db", "quays")) == []


# --- capturing ------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(samples.make(tmp_path / "data"), Settings(), "run-1", Say(), -1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would be fetched; nothing is."""
    found: list[tuple[str, ...]] = []

    def capture(_session: Any, urls: tuple[str, ...], reason: str, _config: Any) -> bool:
        assert reason == "list: quays"
        found.append(urls)
        return True

    monkeypatch.setattr(listed, "capture_named", capture)
    return found


def collect(session: Session, *urls: str, bad: dict[int, str] | None = None) -> None:
    addresses = read_list("\n".join(urls)).addresses
    listed.collect_list(session, "quays", ReadList(addresses, bad or {}), None)


def test_only_what_nobody_looked_at_since_is_asked_for(
    session: Session, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_readonly(session.folder.database)) as db:
        held_at = last_looks(db, [samples.SOURCE_URL])[samples.SOURCE_URL].at
    monkeypatch.setattr(listed.clock, "now", lambda: listed.parse_time(held_at))
    collect(session, samples.SOURCE_URL, NEW)
    assert asked == [(NEW,)]
    [shown] = lists.all_lists(session.folder.people)
    assert (shown["addresses"], shown["held"], shown["waiting"]) == (2, 1, 1)
    assert session.problems == []


def test_bad_lines_need_a_person_and_hold_up_nothing(
    session: Session, asked: list[tuple[str, ...]]
) -> None:
    collect(session, NEW, bad=dict.fromkeys(range(1, 23), "'x' is no address"))
    assert asked == [(NEW,)]
    assert session.problems[0] == "line 1: 'x' is no address; left out"
    assert session.problems[-1] == "2 further lines are no addresses; left out"


def test_a_run_that_is_ended_asks_for_no_further_portion(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(listed, "portions", lambda urls: ((url,) for url in urls))
    monkeypatch.setattr(listed, "capture_named", lambda _s, urls, *_: asked.append(urls))
    collect(session, NEW, QUAY)
    assert len(asked) == 1
    assert lists.all_lists(session.folder.people)[0]["waiting"] == 2


def test_failures_are_told_apart_from_what_was_had(tmp_path: Path) -> None:
    folder: DataFolder = samples.make(tmp_path / "data")
    with closing(open_readonly(folder.database)) as db:
        rows = db.execute("SELECT url, last_outcome FROM sources WHERE captures > 0").fetchall()
        looks = last_looks(db, [row[0] for row in rows] + [NEW])
    assert {url: look.had for url, look in looks.items()} == {
        url: outcome in {"ok", "not-modified"} for url, outcome in rows
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--urls", "x.txt", "--no-sources"), "--urls goes with --list alone"),
        (("--urls", "x.txt", "--report", "https://understandingwar.org/research/a/b"), "alone"),
        (("--list", "quays"), "--list goes with --urls"),
        (("--urls", "x.txt"), "x.txt: no such file"),
        (("--urls", "/"), "no document"),
    ],
)
def test_what_does_not_go_with_a_list_is_refused(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run(tmp_path / "data", "collect", *words)
    assert answer.exit_code == 2
    assert said in answer.output
    assert not (tmp_path / "data").exists()
