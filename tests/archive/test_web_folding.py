"""Search takes for the same what writers take for the same, once the index is filled by
`folding_triggers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from archive.db.folding import folding_triggers, index_is_folded, register
from archive.folding import FOLDS, fold
from archive.web.excerpt import EXCERPT_CHARS, around
from tests import web_samples as samples

SAME = [
    ("\u0643\u062a\u0627\u0628", "\u06a9\u062a\u0627\u0628"),  # kaf
    ("\u0625\u064a\u0631\u0627\u0646", "\u0627\u06cc\u0631\u0627\u0646"),  # alef and yeh
    ("\u0623\u062d\u0645\u062f", "\u0627\u062d\u0645\u062f"),
    ("\u0645\u062f\u0631\u0633\u0629", "\u0645\u062f\u0631\u0633\u0647"),  # teh marbuta
    ("\u0643\u0650\u062a\u064e\u0627\u0628", "\u06a9\u062a\u0627\u0628"),  # vowel signs
    ("\u0627\u06cc\u0640\u0640\u0631\u0627\u0646", "\u0627\u06cc\u0631\u0627\u0646"),  # tatweel
    ("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"),  # Hebrew points
    (
        "\u0441\u0430\u043c\u043e\u043b\u0451\u0442",
        "\u0441\u0430\u043c\u043e\u043b\u0435\u0442",
    ),  # yo
    ("Istanbul", "istanbul"),
    ("Zelens\u00fd", "zelensy"),
]


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    """A table whose index is filled as `folding_triggers` says."""
    db = sqlite3.connect(":memory:")
    register(db)
    db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
    db.execute(
        "CREATE VIRTUAL TABLE notes_fts USING fts5 (text, content=[notes], content_rowid=id, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    for trigger in folding_triggers("notes", ("text",)):
        db.execute(trigger)
    yield db
    db.close()


@pytest.mark.parametrize(("written", "sought"), SAME)
def test_one_form_finds_the_other(index: sqlite3.Connection, written: str, sought: str) -> None:
    for number, (text, words) in enumerate([(written, sought), (sought, written)]):
        index.execute("INSERT INTO notes VALUES (?, ?)", [number, f"before {text} after"])
        found = index.execute(
            "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?", [f'"{fold(words)}"']
        ).fetchall()
        assert (number,) in found
    index.execute("DELETE FROM notes")
    assert (
        index.execute("SELECT rowid FROM notes_fts WHERE notes_fts MATCH 'before'").fetchall() == []
    )


@given(st.text(st.sampled_from([*FOLDS, "a", " ", "\u06cc", "\u0627"])))
def test_folding_once_is_enough(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_changed_and_dropped_rows_leave_nothing_behind(index: sqlite3.Connection) -> None:
    index.execute("INSERT INTO notes VALUES (1, 'K\u0643 one')")
    index.execute("UPDATE notes SET text = 'K\u064a two'")
    index.execute("INSERT INTO notes VALUES (2, NULL)")

    def found(words: str) -> list[tuple[int]]:
        rows: list[tuple[int]] = index.execute(
            "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?", [f'"{fold(words)}"']
        ).fetchall()
        return rows

    assert found("one") == []
    assert found("k\u06cc") == [(1,)]
    index.execute("DELETE FROM notes")
    assert found("two") == []


def test_it_is_known_whether_an_index_is_folded(index: sqlite3.Connection) -> None:
    assert index_is_folded(index)
    for name in ("ai", "ad", "au"):
        index.execute(f"DROP TRIGGER notes_{name}")
    assert not index_is_folded(index)


def test_an_excerpt_shows_the_first_word_found() -> None:
    text = "x " * 400 + "the depot burned " + "y " * 400
    shown = around(text, "nothing DEPOT")
    assert shown is not None
    assert "depot burned" in shown
    assert shown.startswith("\N{HORIZONTAL ELLIPSIS}")
    assert len(shown) <= EXCERPT_CHARS + 2
    assert around("short", "absent") == "short"
    assert around(None, "x") is None


async def test_datasette_folds_what_is_sought_where_the_index_is_folded(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    arabic = samples.PERSIAN.split()[0].replace("\u06a9", "\u0643")
    db = sqlite3.connect(folder.database)
    register(db)
    for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'texts'"
    ).fetchall():
        db.execute(f"DROP TRIGGER [{name}]")
    for trigger in folding_triggers("texts", ("title", "text")):
        db.execute(trigger)
    db.execute("INSERT INTO texts (id, text, digest) VALUES (1, ?, 'x')", [f"{arabic} 2"])
    db.commit()
    db.close()
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    for path in ("texts.json?_search=", "search_everywhere.json?words="):
        answer = await served.client.get(f"/archive/{path}{quote(arabic)}&_shape=array")
        assert any(arabic in row["text"] for row in answer.json()), path
    served.executor.shutdown()
