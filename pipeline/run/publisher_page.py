"""What the parser makes of a saved page of a declared publisher, in a process of its own, which
knows the publisher as if it were enabled: `python -m pipeline.run.publisher_page FILE PAGE ADDRESS`
prints it as JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from archive import clock
from archive.errors import BadInputError

TIMEOUT_S = 120
_OFF = re.compile(r"^enabled\s*=.*$", re.MULTILINE)


def read_page(declared: Path, page: Path, address: str) -> dict[str, Any]:
    """What is read: `title`, `date`, `references` (label, words, addresses), or `no_report` with
    why.

    Args:
        declared: The publisher's file.
        page: A page that was saved.
        address: Where it stood.

    Raises:
        BadInputError: The publisher's file is wrong, or the page takes too long.
    """
    words = [sys.executable, "-m", __name__, str(declared), str(page), address]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            words, capture_output=True, text=True, check=False, timeout=TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        raise BadInputError(f"{page}: not read within {TIMEOUT_S} s") from error
    if done.returncode:
        raise BadInputError(done.stderr.strip().split("\n")[-1].partition(": ")[2] or "not read")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _main(declared: Path, page: Path, address: str) -> None:
    from archive.urls.publishers.files import FOLDER

    with tempfile.TemporaryDirectory() as folder:
        text = _OFF.sub("", declared.read_text(encoding="utf-8"))
        (Path(folder) / declared.name).write_text(text, encoding="utf-8")
        os.environ[FOLDER] = folder
        print(json.dumps(_page_read(page.read_bytes(), address)))  # noqa: T201 - that is what it is for


def _page_read(body: bytes, address: str) -> dict[str, Any]:
    # the first import of what knows publishers: it finds the folder
    from archive.model.reports import NotAReport
    from archive.urls.normal import is_report_url
    from pipeline.read.parse import parse_report
    from pipeline.read.publishers import registry  # noqa: F401 - says what is wrong with discovery

    if not is_report_url(address):
        return {"no_report": "its address is not of the paths in [reports]"}
    found = parse_report(body, address, "text/html", clock.now())
    if isinstance(found, NotAReport):
        return {"no_report": found.reason}
    return {
        "title": found.title,
        "date": found.report_date,
        "markers": len(found.markers),
        "references": [
            {"label": one.label, "text": one.text, "urls": [cited.url for cited in one.urls]}
            for one in found.notes
        ],
    }


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
