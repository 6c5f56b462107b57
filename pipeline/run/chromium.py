"""Whether there is a browser to look at pages with."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.config import Settings

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_NO_ROOT = (
    "run as another user, or set sandbox = false in [browser] where the machine itself is a sandbox"
)


def program() -> str | None:
    """Chromium of this system."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def missing(settings: Settings) -> tuple[str, str] | None:
    """What is missing before a browser can look at anything, and what mends it; None: nothing."""
    if find_spec("playwright") is None:
        return "playwright is not installed", "pip install 'isw-archive[browser]'"
    if program() is None:
        return f"none of {', '.join(PROGRAMS)} is installed", "on Debian: apt install chromium"
    if settings.browser_sandbox and os.geteuid() == 0:
        return "Chromium has no sandbox when root starts it", _NO_ROOT
    return None
