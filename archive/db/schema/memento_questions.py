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


def _is_among(column: str, names: frozenset[str] | frozenset[Outcome]) -> str:
    """Not `IN`: of a list SQLite makes a table for each row that is written."""
    return f"instr('|{'|'.join(sorted(names))}|', '|' || {column} || '|') > 0"


# Copies themselves, and what only leads elsewhere, are not asked for.
_IS_LEADING = _is_among("platform", LEADING)
ASKABLE = f"(report_count > 0 AND NOT {_IS_LEADING})"
# What is seldom met stands first. The + keeps SQLite from the index of all that is cited.
UNASKED = f"captures > 0 AND asked = 0 AND +report_count > 0 AND NOT {_IS_LEADING}"
"""The same, of what was captured and no archive was asked about."""
IS_LOST = f"""
    ({_is_among("last_outcome", LOST)} OR status = 'dead'
     OR ({_is_among("last_outcome", LOST_AT_LAST)} AND captures >= {SOURCE_TRIES}))
"""
"""The live page cannot be had."""
ON_ROUND = f"captures > 0 AND NOT {_is_among('last_outcome', UNFETCHABLE)}"
"""Of what may be fetched at all, and was tried."""
