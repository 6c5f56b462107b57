"""Links of texts: the same whatever the order in which captures come, and in archives from
before."""

from pathlib import Path

import sqlite_utils

from archive.db.database import APPLICATION_ID, folding, open_database
from archive.db.schema.migrations import migrations
from archive.db.tables import text_rows
from archive.model.fetch import TextLink

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
