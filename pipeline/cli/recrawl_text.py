"""What `recrawl` says of the addresses that it was given."""

from __future__ import annotations

import shlex
from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables.capture_rows import captured_by
from archive.show.evidence import drift_told, outcome_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pipeline.run.jobs.session import Session

MOST = 5
"""Pages told of one by one; of more, the counts at the end."""


def tell_captured(session: Session, asked: int) -> None:
    """Say what came of each of a few addresses, and where it is to be seen.

    Args:
        session: Of the run, with its captures committed.
        asked: How many addresses were asked for.
    """
    if asked > MOST:
        return
    with closing(open_readonly(session.folder.database)) as db:
        found = captured_by(db, session.run, MOST)
    for line in captured_lines(found):
        session.say.line(line)


def captured_lines(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line a page, and how to go on."""
    for row in found:
        yield f"{row['url']}: {_outcome(row)} [capture {row['id']}]"
    source = next((row["url"] for row in found if row["source_id"] is not None), None)
    if source:
        yield f"what is thought of it: isw-archive check --explain --source {shlex.quote(source)}"


def _outcome(row: Mapping[str, Any]) -> str:
    drift = f"; {drift_told(row['drift'])}" if row["drift"] else ""
    return f"{outcome_told(row['outcome'], row['http_status'])}{drift}"
