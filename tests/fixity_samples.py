"""For the tests of verification, ledger and backup: a small archive of two runs, and how to hurt
it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.fixity.check_ledger import Trust
from archive.fixity.verify import VerifyOptions
from pipeline.run.jobs.say import Say
from pipeline.run.jobs.verify import verify
from tests.factories import at
from tests.replica.world import SMALL, build_world, fetch, reports
from tests.saved import record, run

REPORTS = 4


def make_archive(folder: Path) -> Path:
    """An archive of some reports, taken in by two runs, each with a WARC file of its own.

    Beside it `more.warc.gz` with a further report.
    """
    world = build_world(SMALL)
    wanted = [report for report in reports(SMALL) if report.site == "isw"][: REPORTS + 1]
    pages = [(report.url, fetch(world, report.url, at(24 * 30)).body) for report in wanted]
    (folder / "more.warc.gz").write_bytes(record(*pages.pop(), number=99))
    for half in (0, 1):
        content = [record(*page, number=n) for n, page in enumerate(pages, 1) if n % 2 == half]
        (folder / f"{half}.warc.gz").write_bytes(b"".join(content))
        result = run(folder / "data", "import", folder / f"{half}.warc.gz")
        assert result.exit_code == 0, result.output
    return folder / "data"


def look(path: Path, *, deep: bool = False, trust: Trust | None = None) -> dict[str, Any]:
    """What `verify --json` says."""
    options = VerifyOptions(deep=deep, trust=trust or Trust())
    answer = verify(path, Settings(workers=1), Say(quiet=True), options)
    json.dumps(answer)
    return answer


def faults(path: Path, **how: Any) -> list[dict[str, Any]]:
    return list(look(path, **how)["faults"])


def lines(data: Path) -> list[bytes]:
    return (data / "warc" / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def write_lines(data: Path, new: list[bytes]) -> None:
    (data / "warc" / "ledger.jsonl").write_bytes(b"".join(new))


def ledger(data: Path) -> list[dict[str, Any]]:
    """Its entries."""
    return [json.loads(line) for line in lines(data)]


def flip(path: Path, offset: int, bit: int) -> None:
    """Turn one bit; once more turns it back."""
    with path.open("r+b") as file:
        file.seek(offset)
        [byte] = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ (1 << bit)]))


def one_warc(data: Path) -> Path:
    return min((data / "warc").glob("*.warc.gz"))
