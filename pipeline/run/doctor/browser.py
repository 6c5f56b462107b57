"""Whether the browser can be started that the configuration asks for, and is of use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables import browser_rows
from archive.errors import ArchiveError
from archive.show.plain import gained
from pipeline.run.chromium import missing, program
from pipeline.run.doctor.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pipeline.run.doctor.finding import Examined


def browser(asked: Examined) -> Iterator[Finding]:
    """Findings on the browser; none where no host is named that needs one."""
    hosts = asked.settings.browser_hosts
    if not hosts:
        return
    without = missing(asked.settings)
    if without is not None:
        said = f"{without[0]}; pages of {', '.join(hosts)} are kept as they come"
        yield Finding("browser", Severity.BAD, said, without[1])
    else:
        yield Finding("browser", Severity.OK, f"{program()} for {', '.join(hosts)}")
    for rule in _rules(asked):
        if rule["useless"]:
            mend = f"take {rule['rule']} out of hosts in [browser]"
            yield Finding("browser rule", Severity.NOTE, told(rule), mend)
        elif rule["pages"]:
            yield Finding("browser rule", Severity.OK, told(rule))


def told(rule: dict[str, Any]) -> str:
    """How a rule's pages compare with their plain captures."""
    return f"{rule['rule']}: {gained(rule)}"


def _rules(asked: Examined) -> list[dict[str, Any]]:
    if not asked.folder.database.exists():
        return []
    try:
        with closing(open_readonly(asked.folder.database)) as db:
            return browser_rows.rules(db, asked.settings.browser_hosts)
    except (ArchiveError, sqlite3.DatabaseError):
        return []  # what is wrong with the database is told by whoever looks at it
