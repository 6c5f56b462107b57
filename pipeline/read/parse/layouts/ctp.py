"""CTP, criticalthreats.org. None of its pages was seen as HTML: only what all descriptions agree on
is used.

An application whose templates (`{{…}}`) stay in the page, reports at `/analysis/<slug>` and
`/briefs/<series>/<date>`, Roman labels, the title in `<title>` before "| Critical Threats". The
body is therefore found by its content, as for an unknown layout, and template text is dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.read.blocks import BlockKind
from pipeline.read.parse import numbers
from pipeline.read.parse.layouts import generic
from pipeline.read.parse.lines import clean
from pipeline.read.parse.tree.dom import text_of

if TYPE_CHECKING:
    from pipeline.read.blocks import Block
    from pipeline.read.parse.draft import Draft
    from pipeline.read.parse.page import Page

PARSER = numbers.CTP

HOST = "criticalthreats.org"
SITE_NAME = "critical threats"
TITLE_ENDING = re.compile(r"\s*[|–-]\s*Critical Threats(?: Project)?\s*$", re.IGNORECASE)
TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
TEMPLATE_TIME = re.compile(r"\{\{\s*(\d{9,10})\s*\|\s*\w*[Dd]ate\w*\s*\}\}")
AUTHOR_LINK = re.compile(r"/team/[^/]+/?$")


def read(page: Page) -> Draft | None:
    """The report on this page, or None when the page is not of this site or holds no article."""
    if not is_ctp(page):
        return None
    draft = generic.read(page)
    if draft is None:
        return None
    title = TITLE_ENDING.sub("", draft.title).strip()
    if not title or TEMPLATE.search(title) or title.lower() == SITE_NAME:
        title = TITLE_ENDING.sub("", page.head_title).strip()
    if not title or TEMPLATE.search(title) or title.lower() == SITE_NAME:
        return None
    return replace(
        draft,
        parser=PARSER,
        publisher="ctp",
        title=title,
        blocks=tuple(block for block in draft.blocks if not _is_template(block)),
        printed_date=draft.printed_date or _template_day(draft),
        researchers=tuple(_researchers(page)) or draft.researchers,
        known=True,
    )


def is_ctp(page: Page) -> bool:
    """Whether the page is CTP's, by its address or by what its head says."""
    host = (urlsplit(page.links.get("canonical") or page.url).hostname or "").removeprefix("www.")
    return (
        host == HOST
        or TITLE_ENDING.search(page.head_title) is not None
        or page.meta.get("og:site_name", "").lower().startswith(SITE_NAME)
    )


def _is_template(block: Block) -> bool:
    text = block.text
    if "{{" not in text or block.kind in {BlockKind.FIGURE, BlockKind.RULE}:
        return False
    return not clean(TEMPLATE.sub("", text))


def _template_day(draft: Draft) -> str | None:
    """The day as an unrendered template with unix seconds, as pages of 2015 to 2019 have it."""
    for block in draft.blocks:
        match = TEMPLATE_TIME.search(block.text)
        if match:
            return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    return None


def _researchers(page: Page) -> list[str]:
    names = (
        text_of(link) for link in page.root.iter("a") if AUTHOR_LINK.search(link.get("href") or "")
    )
    return [n for n in dict.fromkeys(names) if 3 < len(n) < 60 and " " in n and "{{" not in n]
