"""What publishers edited is read from captured pages alone: `rebuild` finds the same."""

from __future__ import annotations

from pathlib import Path

from tests.saved import record, rows, run
from tests.whole.conftest import Pages

EDITS = "SELECT * FROM sentence_edits ORDER BY version_id, position"


def test_edits_of_imported_pages_are_found_again_by_rebuild(
    pages: Pages, data: Path, tmp_path: Path
) -> None:
    url, body = pages[0]
    ((sentence,),) = rows(data, "SELECT sentence FROM markers ORDER BY length(sentence) LIMIT 1")
    words = " ".join(str(sentence).split()[:3]).encode()
    assert words in body
    edited = (
        body,
        body.replace(words, b"Nine of " + words),
        body.replace(words, b"Six of " + words),
    )
    parts = [
        record(url, page, number=number, WARC_Date=f"2026-03-{number - 46}T10:00:00Z")
        for number, page in enumerate(edited, 71)
    ]
    (tmp_path / "b.warc.gz").write_bytes(b"".join(parts))
    assert run(data, "import", tmp_path / "b.warc.gz").exit_code == 0
    before = rows(data, EDITS)
    assert '["number"]' in [row[6] for row in before]
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, EDITS) == before
