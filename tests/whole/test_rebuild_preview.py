"""`rebuild --preview` says what would change, and changes nothing."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path

import pytest

from archive.db.database import open_database
from tests.fixity_samples import make_archive, one_warc
from tests.saved import run

pytestmark = pytest.mark.minutes(2)

ANOTHER_PARSER = """
UPDATE citations SET url = url || '/cut' WHERE rowid IN (SELECT rowid FROM citations LIMIT 2);
DELETE FROM markers WHERE rowid IN (SELECT rowid FROM markers LIMIT 3);
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("preview"))


def digest(data: Path) -> str:
    return hashlib.sha256((data / "archive.db").read_bytes()).hexdigest()


def previewed(data: Path) -> dict:
    done = run(data, "rebuild", "--preview", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_what_another_version_read_otherwise_is_counted_and_shown(data: Path) -> None:
    with closing(open_database(data / "archive.db")) as db:
        db.executescript(ANOTHER_PARSER)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = digest(data)
    tables = {one["table"]: one for one in previewed(data)["tables"]}
    assert (tables["citations"]["changed"], tables["citations"]["columns"]) == (2, {"url": 2})
    assert all("/cut to http" in text for text in tables["citations"]["examples"])
    assert (tables["markers"]["new"], tables["markers"]["gone"]) == (3, 0)
    assert not set(tables) - {"citations", "markers"}
    text = run(data, "rebuild", "--preview").output
    assert "tables would change; nothing was" in text
    assert digest(data) == before
    assert not (data / "rebuild").exists()


def test_a_rebuild_says_what_it_changes_and_then_nothing_would(data: Path) -> None:
    with closing(open_database(data / "archive.db")) as db:
        db.executescript(ANOTHER_PARSER)
    done = run(data, "rebuild")
    assert done.exit_code == 0
    assert "rebuilt, with changes in 2 tables:" in done.stderr
    assert "citations: " in done.stderr
    assert "    e.g. id " in done.stderr
    assert previewed(data)["tables"] == []
    assert "rebuilt, without a change" in run(data, "rebuild").stderr


def test_captures_that_would_be_lost_are_named(data: Path, tmp_path: Path) -> None:
    warc = one_warc(data)
    away = warc.rename(tmp_path / warc.name)
    answer = previewed(data)
    assert any(warc.name in text for text in answer["lost"])
    assert next(one for one in answer["tables"] if one["table"] == "captures")["gone"] > 0
    away.rename(warc)
