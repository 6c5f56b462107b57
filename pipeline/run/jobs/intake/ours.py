"""Whose address a record of somebody else's file has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.tables import capture_rows
from archive.errors import BadUrlError
from archive.urls import normal as urls

if TYPE_CHECKING:
    import sqlite_utils


def is_report(url: str | None) -> bool:
    """Whether this is the address of an ISW or CTP report."""
    try:
        return url is not None and urls.is_report_url(url)
    except BadUrlError:
        return False


def is_wanted(db: sqlite_utils.Database, url: str | None) -> bool:
    """Whether this is the address of a report, or one that a report held here cites."""
    return is_report(url) or _is_cited(db, url)


def _is_cited(db: sqlite_utils.Database, url: str | None) -> bool:
    try:
        return url is not None and capture_rows.is_cited(db, urls.stable_id(urls.source_key(url)))
    except BadUrlError:
        return False
