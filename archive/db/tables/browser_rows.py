"""Pages that a browser showed: `browser_pages` and their parts, and which come next."""

from __future__ import annotations

import functools
import json
from dataclasses import fields
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.model.browser import BrowserPageRow, BrowserPartRow, PlainCapture, WantedPage
from archive.model.flat import values_of
from archive.model.vocabulary import BROWSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

    from archive.model.rows import CaptureUpdate

TRIES = 3
"""A page that the browser could not show is tried so often, as a citation is."""
SHOWN_BY = 10
"""Pages of a host by which its rule is judged: the last ones."""

_PAGE = tuple(field.name for field in fields(BrowserPageRow))
_PART = tuple(field.name for field in fields(BrowserPartRow))
_ADD_PAGE = f"""
INSERT INTO browser_pages ({", ".join(_PAGE)}) VALUES ({", ".join(":" + name for name in _PAGE)})
"""  # noqa: S608 - our names
_ADD_PART = f"""
INSERT INTO browser_parts ({", ".join(_PART)}) VALUES ({", ".join(":" + name for name in _PART)})
"""  # noqa: S608 - our names

_PLAIN = """
SELECT captures.id, captures.outcome, texts.text FROM captures
LEFT JOIN texts ON texts.id = captures.text_id
WHERE captures.source_id = ? AND captures.via = 'live' AND captures.captured_at <= ?
ORDER BY captures.captured_at DESC, captures.id DESC LIMIT 1
"""

# The plain capture comes first, and only what it could have is worth a browser: a wall is none.
_READY = """
FROM sources WHERE sources.host IN (SELECT value FROM json_each(:hosts))
  AND sources.last_outcome IN (SELECT value FROM json_each(:plain))
  AND EXISTS (
    SELECT 1 FROM captures WHERE captures.source_id = sources.id AND captures.via = 'live'
      AND captures.outcome IN (SELECT value FROM json_each(:plain))
      AND (captures.content_type IS NULL OR captures.content_type LIKE '%html%'))
"""
_WANTED = f"""
SELECT sources.id, sources.url, sources.cited_url {_READY} AND sources.report_count > 0
  AND NOT EXISTS (
    SELECT 1 FROM browser_pages JOIN captures ON captures.id = browser_pages.capture_id
    WHERE browser_pages.source_id = sources.id
      AND (captures.outcome = 'ok' OR captures.captured_at > :since))
  AND (SELECT count(*) FROM browser_pages WHERE source_id = sources.id) < :tries
ORDER BY sources.last_cited DESC, sources.id LIMIT :most
"""  # noqa: S608 - our words
_NAMED = f"""
SELECT sources.id, sources.url, sources.cited_url {_READY}
  AND sources.id IN (SELECT value FROM json_each(:ids)) ORDER BY sources.id
"""  # noqa: S608 - our words

_OF_HOSTS = """
SELECT sources.host, browser_pages.better, captures.outcome, browser_pages.words,
    browser_pages.plain_words
FROM sources JOIN browser_pages ON browser_pages.source_id = sources.id
JOIN captures ON captures.id = browser_pages.capture_id
WHERE sources.host IN (SELECT value FROM json_each(?)) ORDER BY browser_pages.capture_id DESC
"""


def save(db: sqlite_utils.Database, update: CaptureUpdate) -> None:
    """Write what one capture of a browser is; inside the caller's transaction."""
    if update.browser_page is not None:
        db.execute(_ADD_PAGE, values_of(update.browser_page))
    if update.browser_part is not None:
        db.execute(_ADD_PART, values_of(update.browser_part))


def plain(db: sqlite_utils.Database, source: int, at: str) -> PlainCapture | None:
    """The newest capture of a source without a browser, up to this moment."""
    row = db.execute(_PLAIN, [source, at]).fetchone()
    return PlainCapture(row[0], row[1], len((row[2] or "").split())) if row else None


def hosts_of(db: sqlite_utils.Database, rules: Sequence[str]) -> list[str]:
    """Hosts of sources that a rule names: a name means its subdomains, too."""
    known = db.execute("SELECT DISTINCT host FROM host_counts ORDER BY host").fetchall()
    return [host for (host,) in known if rule_of(host, rules) is not None]


def rule_of(host: str, rules: Sequence[str]) -> str | None:
    """The rule that names a host; rules may be written as people know the name, in any script."""
    names = ((one, _in_ascii(one)) for one in rules)
    return next((one for one, name in names if host == name or host.endswith(f".{name}")), None)


@functools.lru_cache(maxsize=1_000)
def _in_ascii(rule: str) -> str:
    """As `sources.host` has it (IDNA)."""
    try:
        return rule.encode("idna").decode("ascii")
    except UnicodeError:
        return rule


def wanted(
    db: sqlite_utils.Database, rules: Sequence[str], *, since: str, limit: int
) -> list[WantedPage]:
    """Cited pages that no browser has shown yet, newest citations first.

    Args:
        db: The archive.
        rules: Hosts.
        since: What was tried after this is not tried again now.
        limit: At most so many.
    """
    asked: dict[str, Any] = {**_asked(db, rules), "since": since, "tries": TRIES, "most": limit}
    return [WantedPage(*row) for row in db.execute(_WANTED, asked).fetchall()]


def wanted_of(
    db: sqlite_utils.Database, rules: Sequence[str], sources: Sequence[int]
) -> list[WantedPage]:
    """Of these sources those that a rule names, whatever a browser showed before."""
    asked = {**_asked(db, rules), "ids": json.dumps(list(sources))}
    return [WantedPage(*row) for row in db.execute(_NAMED, asked).fetchall()]


def _asked(db: sqlite_utils.Database, rules: Sequence[str]) -> dict[str, str]:
    return {"hosts": json.dumps(hosts_of(db, rules)), "plain": json.dumps(sorted(BROWSED))}


def rules(db: sqlite_utils.Database, names: Sequence[str]) -> list[dict[str, Any]]:
    """For each rule how its pages compared with their plain captures.

    Returns:
        `rule`, `pages` looked at, `shown` and `better` of them, `words` and `plain_words` (medians,
        with and without a browser, of those shown; None: of none), and `useless`: the last
        `SHOWN_BY` that could be compared were no better; each newest capture counts, also a further
        one of the same page.
    """
    found: dict[str, list[_Compared]] = {name: [] for name in names}
    rows = db.execute(_OF_HOSTS, [json.dumps(hosts_of(db, names))]).fetchall()
    for host, better, outcome, words, plain_words in rows:
        rule = rule_of(host, names)
        if rule is not None and plain_words is not None:
            found[rule].append(_Compared(bool(better), outcome == "ok", words, plain_words))
    return [_rule(name, pages) for name, pages in found.items()]


class _Compared(NamedTuple):
    """A look beside its plain capture."""

    better: bool
    shown: bool
    words: int
    plain_words: int


def _rule(name: str, pages: Sequence[_Compared]) -> dict[str, Any]:
    shown = [one for one in pages if one.shown]
    return {
        "rule": name,
        "pages": len(pages),
        "shown": len(shown),
        "better": sum(one.better for one in pages),
        "words": round(median(one.words for one in shown)) if shown else None,
        "plain_words": round(median(one.plain_words for one in shown)) if shown else None,
        "useless": len(pages) >= SHOWN_BY and not any(one.better for one in pages[:SHOWN_BY]),
    }
