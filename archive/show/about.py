"""What an archive says of itself: what it holds, and what there is to check it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.db.lean import sqlite_utils
from archive.db.tables import round_rows
from archive.fixity.ledger import newest
from archive.show import evidence, reading
from archive.show.badge_words import OUTCOME_WORDS
from archive.show.plain import STATUS_WORDS

if TYPE_CHECKING:
    import sqlite3

    from archive.folder import DataFolder

_SPAN = "SELECT min(report_date) AS first, max(report_date) AS last FROM reports"
_DAMAGES = "SELECT count(*) AS found FROM damages"
_WITHHELD = "SELECT count(*) AS hidden FROM withheld"


def about(connection: sqlite3.Connection, folder: DataFolder) -> dict[str, Any]:
    """What is held and by what it can be checked.

    Returns:
        `held` (rows of the main tables), `sources` (of the cited ones, by status), `span` (`first`
        and `last` day of a report; None without any), `checkpoint` (the newest signed one as it
        stands; None: no ledger), `entries` that it vouches for, `rounds` (as
        `archive.db.tables.round_rows.summary`), `damages` and `withheld` (how many).
    """
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    note = newest(folder)
    span, damages, hidden = (
        reading.first_row(connection, sql, []) or {} for sql in (_SPAN, _DAMAGES, _WITHHELD)
    )
    return {
        "held": dict(reading.counts(connection)),
        "sources": dict(reading.sources_by_status(connection)),
        "span": span,
        "checkpoint": note,
        "entries": int(note.split("\n")[1]) if note else None,
        "rounds": round_rows.summary(db),
        "damages": damages["found"],
        "withheld": hidden["hidden"],
    }


def statuses() -> list[tuple[str, str, str]]:
    """Each status with its words, what it means, and its name in the tables; the worst first."""
    return [(words, evidence.STATUSES[one], str(one)) for one, words in STATUS_WORDS.items()]


def outcomes() -> list[tuple[str, str, str]]:
    """Each way in which a fetch may end, with its words, what it means, and its name in the
    tables."""
    return [(words, evidence.OUTCOMES[one], str(one)) for one, words in OUTCOME_WORDS.items()]
