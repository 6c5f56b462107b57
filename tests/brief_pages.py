"""Articles and pages of few words on what stands before others, and before which nothing stands, in
our own words: title and text by language, of `tests/fixtures/brief_pages/`."""

from __future__ import annotations

from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "fixtures" / "brief_pages"


def _pages(name: str) -> dict[str, tuple[str, str]]:
    held = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return {language: (page["title"], page["text"]) for language, page in held.items()}


POLICIES = _pages("policies")
ON_COOKIES = _pages("on_cookies")
ON_PAYWALLS = _pages("on_paywalls")
ON_ERRORS = _pages("on_errors")
ON_BLOCKS = _pages("on_blocks")
ON_REQUESTS = _pages("on_requests")
FLASHES = _pages("flashes")
CAPTIONS = _pages("captions")
