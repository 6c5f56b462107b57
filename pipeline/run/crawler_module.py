"""One module of the crawler (`crawler.probe`, `crawler.notify`, `crawler.send_request`) run in a
short process of its own: with the guard of its sockets, and with nothing of Scrapy loaded here."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def run_crawler_module(
    module: str, words: Mapping[str, Any], within_s: float
) -> subprocess.CompletedProcess[str]:
    """Run a module that reads what it is to do as JSON, and prints what came of it.

    Args:
        module: Its name, such as `crawler.probe`.
        words: What it is told.
        within_s: It is ended after so many seconds.

    Raises:
        subprocess.TimeoutExpired: It was not done by then.
    """
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", module],
        input=json.dumps(words),
        capture_output=True,
        text=True,
        check=False,
        timeout=within_s,
    )
