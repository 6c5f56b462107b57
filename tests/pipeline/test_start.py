"""What a command loads before it knows its words."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("lxml", "numpy", "scrapy", "sqlite_utils", "trafilatura", "twisted")


def test_help_loads_nothing_heavy() -> None:
    asked = "import sys, pipeline.cli.main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)
    # what knows publishers is loaded when the setting is known that names more of them
    assert "archive.urls.publishers.registry" not in loaded
