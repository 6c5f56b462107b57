"""news-please's library call on pages that were fetched, in as many processes as there are cores.

Run by the Python of `.venv-bench`: `news_please_pages.py FOLDER RESULT`; FOLDER has the pages as
files. It fetches nothing: no pictures, either. A page that it fails on is counted, and goes on.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections import Counter
from pathlib import Path

from newsplease import NewsPlease

READ, EMPTY, FAILED = "texts", "empty", "failed"


def read(path: Path) -> tuple[str, str]:
    """What came of a page, and the error's name if one did."""
    html = path.read_bytes().decode(errors="replace")
    url = f"https://bench.example/{path.name}"
    try:
        article = NewsPlease.from_html(html, url=url, fetch_images=False)
    except Exception as error:  # noqa: BLE001 - of a library that is measured, not used
        return FAILED, type(error).__name__
    return (READ if article and article.maintext else EMPTY), ""


def main() -> None:
    paths = sorted(Path(sys.argv[1]).iterdir())
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        came = pool.map(read, paths, chunksize=4)
    counts = Counter(what for what, _ in came)
    errors = Counter(error for _, error in came if error)
    told = {"pages": len(paths), READ: counts[READ], FAILED: counts[FAILED], "errors": errors}
    Path(sys.argv[2]).write_text(json.dumps(told))


if __name__ == "__main__":
    main()
