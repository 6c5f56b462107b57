"""What makes a source one to ask other archives about, in SQL: questions and indexes have the same
words. Columns stand without their table, as an index has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.vocabulary import LOST, LOST_AT_LAST, UNFETCHABLE
from archive.urls.platforms.registry import LEADING

if TYPE_CHECKING:
    from archive.model.vocabulary import Outcome

SOURCE_TRIES = 3
"""A citation that nobody could capture yet is tried so often by `collect`; what comes after is for
`check`."""


def _listed(names: frozenset[str] | frozenset[Outcome]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


# Copies themselves, and what only leads elsewhere, are not asked for.
ASKABLE = f"(report_count > 0 AND platform NOT IN ({_listed(LEADING)}))"
# The + keeps SQLite from the index of all that is cited.
UNASKED = f"asked = 0 AND +report_count > 0 AND platform NOT IN ({_listed(LEADING)})"
"""The same, of what no archive was asked about."""
IS_LOST = f"""
    (last_outcome IN ({_listed(LOST)}) OR status = 'dead'
     OR (last_outcome IN ({_listed(LOST_AT_LAST)}) AND captures >= {SOURCE_TRIES}))
"""
"""The live page cannot be had."""
ON_ROUND = f"captures > 0 AND last_outcome NOT IN ({_listed(UNFETCHABLE)})"
"""Of what may be fetched at all, and was tried."""
