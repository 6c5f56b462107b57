"""Links of texts: the same whatever the order in which captures come, and in archives from
before."""

from pathlib import Path

import sqlite_utils

from archive.db.database import APPLICATION_ID, folding, open_database
from archive.db.schema.migrations import migrations
from archive.db.tables import text_rows
from archive.model.understood import TextLink

MILL = TextLink("https://mill.example.org/", "the mill")
WEIR = TextLink("https://weir.example.org/", "the weir")


def rows(path: Path, *captures: tuple[TextLink, ...]) -> list[tuple[str, str, int]]:
    with open_database(path) as db:
        db.execute("INSERT INTO texts (id, text, digest) VALUES (1, 'Kept.', '1:0')")
        for links in captures:
            text_rows.add_links(db, 1, links)
        return db.execute("SELECT url, words, position FROM text_links ORDER BY url").fetchall()


def test_the_order_of_captures_does_not_matter(tmp_path: Path) -> None:
    one, other = (MILL, WEIR), (WEIR, MILL)
    first = rows(tmp_path / "a.db", one, other)
    assert first == rows(tmp_path / "b.db", other, one)
    assert first == [(MILL.url, MILL.words, 0), (WEIR.url, WEIR.words, 0)]


def test_an_archive_from_before_gets_the_table(tmp_path: Path) -> None:
    before = sqlite_utils.Database(tmp_path / "archive.db")
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m012_text_links")
    before.execute("INSERT INTO texts (id, text, digest) VALUES (1, 'Kept.', '1:0')")
    before.close()
    with open_database(tmp_path / "archive.db") as after:
        assert after.execute("SELECT text FROM texts").fetchall() == [("Kept.",)]
        assert after.execute("SELECT count(*) FROM text_links").fetchone() == (0,)


def test_the_same_link_twice_in_a_text_has_its_first_place(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.db", (WEIR, MILL, WEIR), (MILL,))
    assert found == [(MILL.url, MILL.words, 0), (WEIR.url, WEIR.words, 0)]


def test_links_of_before_keep_their_places(tmp_path: Path) -> None:
    before = sqlite_utils.Database(tmp_path / "archive.db")
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m081_links")
    before.execute("INSERT INTO texts (id, text, digest) VALUES (1, 'Kept.', '1:0')")
    held = [(1, WEIR.url, WEIR.words, 1), (1, MILL.url, MILL.words, 0)]
    before.conn.executemany(
        "INSERT INTO text_links (text_id, url, words, position) VALUES (?, ?, ?, ?)", held
    )
    before.conn.commit()
    before.close()
    with open_database(tmp_path / "archive.db") as after:
        sql = "SELECT text_id, url, words, position FROM text_links"
        assert after.execute(sql).fetchall() == [held[1], held[0]]  # in the order of the page
        assert after["text_links"].indexes[0].name == "text_links_by_url"
