"""What became of a list's addresses: when each was looked at last, and whether it was had."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from archive.model.vocabulary import RETRIEVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

_LOOKED_AT = """
SELECT asked.value, sources.last_captured_at, sources.last_outcome,
       publications.last_captured_at, publications.failures
FROM json_each(?) AS asked
LEFT JOIN sources ON sources.url = asked.value
LEFT JOIN publications ON publications.key = asked.value
"""


class Look(NamedTuple):
    """The last look at an address.

    Attributes:
        at: ISO 8601.
        had: Whether something was had.
    """

    at: str
    had: bool


def last_looks(db: sqlite_utils.Database, keys: Sequence[str]) -> dict[str, Look]:
    """The last look at each address, by key; those that were never looked at are not in it."""
    rows = db.execute(_LOOKED_AT, [json.dumps(keys)]).fetchall()
    found = {}
    for key, source_at, outcome, report_at, failures in rows:
        looks = [Look(source_at or "", outcome in RETRIEVED), Look(report_at or "", failures == 0)]
        last = max(looks, key=lambda look: look.at)
        if last.at:
            found[key] = last
    return found
