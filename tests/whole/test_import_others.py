"""Files of other projects' tests: each record in them is taken in or counted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.errors import WarcError
from archive.warc.packing.wacz import unpacked
from archive.warc.record import NO_CAPTURE, WarcRecord
from archive.warc.through import read_through
from tests.foreign_files import imported, report
from tests.warc_samples import put

# A folder of other projects' test files: WARC, ARC and WACZ, of warcio, pywb, jwarc, jwat,
# warc2zim, …
FILES = os.environ.get("ISW_ARCHIVE_TEST_WARCS")
ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wacz")

LEFT = ("already held", "not cited", "left out", "continuations joined")


def files_of_others() -> list[Path]:
    found = Path(FILES).rglob("*") if FILES else []
    return sorted(path for path in found if path.name.endswith(ENDINGS) and path.stat().st_size)


def could_be_captures(path: Path) -> list[WarcRecord]:
    """Every record of a file that says what an address answered; none where it cannot be read."""
    try:
        if path.suffix == ".wacz":
            with unpacked(path) as package:
                return [r for member in package.members for r in could_be_captures(member.path)]
        items = list(read_through(path))
    except WarcError:
        return []
    records = [item for item in items if isinstance(item, WarcRecord)]
    return [record for record in records if record.type not in NO_CAPTURE]


@pytest.mark.skipif(not FILES, reason="ISW_ARCHIVE_TEST_WARCS names no folder of WARC files")
@pytest.mark.parametrize("path", files_of_others() or [Path("none")], ids=lambda path: path.name)
def test_each_record_in_files_of_others_is_taken_in_or_counted(tmp_path: Path, path: Path) -> None:
    records = could_be_captures(path)
    urls = dict.fromkeys(r.uri for r in records if r.uri and r.uri.startswith("http"))
    cites = put(tmp_path / "report.warc.gz", report(*list(urls)[:200]))
    _, counts, problems = imported(tmp_path / "data", path, cites)
    taken = counts["captures"] - 1
    rest = sum(counts.get(name, 0) for name in LEFT)
    nameless = sum(r.uri is None and r.type.startswith("x") for r in records)
    assert taken + rest >= len(records) - nameless
    assert taken or problems or not records
