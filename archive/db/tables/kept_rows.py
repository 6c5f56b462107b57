"""What cites sources, counted with the versions that do: by series, and by account and report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.db.schema.million import ACCOUNTS_OF, SERIES_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

_LISTED = "IN (SELECT value FROM json_each(?))"
_DROP_SERIES = f"DELETE FROM series_sources WHERE source_id {_LISTED}"  # noqa: S608 - ours
_PUT_SERIES = (
    f"INSERT INTO series_sources {SERIES_OF.format(chosen=f'citations.source_id {_LISTED}')}"
)
_DROP_ACCOUNTS = f"DELETE FROM account_reports WHERE report {_LISTED}"  # noqa: S608 - ours
_PUT_ACCOUNTS = f"INSERT INTO account_reports {ACCOUNTS_OF.format(chosen=f'reports.id {_LISTED}')}"


def follow(db: sqlite_utils.Database, sources: Iterable[int], reports: Iterable[str]) -> None:
    """Count anew what cites these sources, and what these reports cite; inside the caller's
    transaction.

    Args:
        db: The archive; versions, publications and reports are what they will be.
        sources: All that are cited, or were, by what changed.
        reports: All that changed, or that a publication left or joined.
    """
    for sql, chosen in (
        (_DROP_SERIES, sorted(sources)),
        (_PUT_SERIES, sorted(sources)),
        (_DROP_ACCOUNTS, sorted(reports)),
        (_PUT_ACCOUNTS, sorted(reports)),
    ):
        db.execute(sql, [json.dumps(chosen)])
