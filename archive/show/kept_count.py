"""The number of rows that a filter leaves, from what is kept where that says it."""

from __future__ import annotations

import re

# Datasette's words for filters by these two, and no others.
_IS = r'"(?:kind|outcome)" = :p\d+'
_OF_CAPTURES = re.compile(
    rf"select count\(\*\) from captures where ({_IS}(?: and {_IS})*) *"  # noqa: S608 - a pattern
)


def kept_count(sql: str) -> str:
    """The question that a count of datasette's is answered by: of what is kept, where that says
    it; otherwise as it came."""
    found = _OF_CAPTURES.fullmatch(sql)
    if found is None:
        return sql
    return f"SELECT coalesce(sum(captures), 0) FROM capture_counts WHERE {found[1]}"  # noqa: S608 - names of ours, values as parameters
