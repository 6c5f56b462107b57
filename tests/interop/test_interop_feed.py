"""Our Atom feed in a feed reader: feedparser 6.

It lives in `.venv-interop`; `make test` builds it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from archive.db.database import open_readonly
from archive.show.atom import feed
from tests import web_samples as samples
from tests.rot_samples import DIED, make, number

PYTHON = Path(__file__).resolve().parents[2] / ".venv-interop" / "bin" / "python"

READ = """
import json, sys, feedparser
found = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps({
    "broken": bool(found.bozo), "version": found.version, "title": found.feed.title, "id": found.feed.id,
    "author": found.feed.author,
    "entries": [
        {"id": e.id, "title": e.title, "link": e.get("link"), "updated": list(e.updated_parsed), "tags": [t.term for t in e.tags],
         "content": e.content[0].value}
        for e in found.entries
    ],
}))
"""  # noqa: E501

pytestmark = pytest.mark.skipif(
    not PYTHON.exists() and "CI" not in os.environ, reason="no .venv-interop; `make test` builds it"
)


def test_a_feed_reader_reads_the_feed(tmp_path: Path) -> None:
    make(tmp_path / "data")
    db = open_readonly(tmp_path / "data" / "archive.db")
    try:
        written = feed(db.conn, root="http://127.0.0.1:8001").text
    finally:
        db.close()
    done = subprocess.run(
        [PYTHON, "-c", READ], input=written.encode(), capture_output=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    assert (found["broken"], found["version"], found["author"]) == (False, "atom10", "isw-archive")
    assert len({entry["id"] for entry in found["entries"]}) == len(found["entries"])
    [died] = [entry for entry in found["entries"] if entry["tags"] == ["died"]]
    assert died["title"] == f"Gone: {DIED}"
    assert died["link"] == f"http://127.0.0.1:8001/-/source/{number(DIED)}"
    assert died["updated"][:5] == [2026, 3, 24, 2, 0]
    assert "<blockquote>Officials denied it.</blockquote>" in died["content"]
    assert all(samples.SCRIPT not in entry["content"] for entry in found["entries"])
