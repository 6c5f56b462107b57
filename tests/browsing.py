"""Debian's Chromium, without a window: a page as it has it in the end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server", "--enable-logging=stderr",
    "--dump-dom",
    "--virtual-time-budget=3000",
)  # fmt: skip
"""`--virtual-time-budget` lets scripts run to their end before the page is printed."""

LOADS_S = 60
"""A browser that takes longer hangs; it starts in one or two seconds."""


def shown(url: str, profile: Path) -> str:
    """The page as the browser has it in the end; nothing on its console."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", url],
        capture_output=True, text=True, timeout=LOADS_S, check=True,
    )  # fmt: skip
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    assert console == [], "\n".join(console)
    return done.stdout
