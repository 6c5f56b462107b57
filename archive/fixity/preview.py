"""What a database made anew would change: two databases of one archive, counted by table and kind.

The older one may be of an older schema; columns that both have are compared.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.db.file_access import reading_uri
from archive.db.schema.migrations import RUN_LOGS
from archive.fixity.compare import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EXAMPLES = 3
"""Rows of a table that are shown; a person wants to see of what sort they are."""

KINDS = {
    "captures": "outcome", "sources": "status", "verdicts": "status", "citations": "repairs",
    "versions": "complete", "notes": "kind", "events": "kind",
}  # fmt: skip
"""The column by which changed rows of a table are told apart."""

_FULL = 80
_COLUMNS = 4
"""Columns of one table that are named."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of one table.

    Attributes:
        before, after: Rows.
        gone, new: Rows whose key only one has.
        changed: Rows of the same key that say something else.
        columns: In how many of them each column differs.
        kinds: How many went from which value of the column in `KINDS` to which.
        examples: Some of them, each as one line.
    """

    table: str
    before: int
    after: int
    gone: int
    new: int
    changed: int
    columns: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    examples: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether all would stay."""
        return not (self.gone or self.new or self.changed)


def lines(change: Change) -> Iterator[str]:
    """What would change, as lines for people."""
    yield (
        f"{change.table}: {change.before} rows, then {change.after}; {change.changed} changed, "
        f"{change.new} new, {change.gone} gone"
    )
    if change.columns:
        yield f"    in {_counts(change.columns)}"
    if change.kinds:
        yield f"    {_counts(change.kinds)}"
    yield from (f"    e.g. {example}" for example in change.examples)


def changes(old: Path, fresh: Path) -> list[Change]:
    """Every table that comes from the records, by name.

    Args:
        old: The database as it is; nobody writes it.
        fresh: As it would be.

    Raises:
        sqlite3.DatabaseError: One of them cannot be read.
    """
    with closing(sqlite3.connect(reading_uri(fresh, immutable=False), uri=True)) as db:
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        db.execute("ATTACH DATABASE ? AS old", [reading_uri(old, immutable=False)])
        tables = [name for (name,) in db.execute(TABLES) if name not in RUN_LOGS]
        return [_Pair(db, table).change() for table in tables]


def _counts(counts: Mapping[str, int]) -> str:
    told = [f"{name} {count}" for name, count in list(counts.items())[:_COLUMNS]]
    more = len(counts) - _COLUMNS
    return ", ".join([*told, *([f"{more} more"] if more > 0 else [])])


class _Pair:
    """One table in both."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db, self._table = db, table
        info = db.execute(f'PRAGMA main.table_info("{table}")').fetchall()
        had = {row[1] for row in db.execute(f'PRAGMA old.table_info("{table}")')}
        self._columns = [row[1] for row in info if row[1] in had]
        keys = [row[1] for row in sorted(info, key=lambda row: int(row[5])) if row[5]]
        self._keys = [key for key in keys if key in had] or self._columns
        on = " AND ".join(f'a."{key}" IS b."{key}"' for key in self._keys)
        self._both = f'FROM old."{table}" AS a JOIN main."{table}" AS b ON {on}'

    def change(self) -> Change:
        if not self._columns:  # the older one does not have it
            rows = self._count("main")
            return Change(self._table, 0, rows, 0, rows, 0)
        before, after = self._count("old"), self._count("main")
        same_key = self._one(f"SELECT count(*) {self._both}")
        columns = self._differing()
        differs = " OR ".join(f'a."{name}" IS NOT b."{name}"' for name in columns)
        changed = self._one(f"SELECT count(*) {self._both} WHERE {differs}") if columns else 0
        return Change(
            self._table, before, after, before - same_key, after - same_key, changed, columns,
            self._kinds(columns), tuple(self._examples(columns, differs)),
        )  # fmt: skip

    def _count(self, schema: str) -> int:
        return self._one(f'SELECT count(*) FROM {schema}."{self._table}"')  # noqa: S608 - ours

    def _one(self, sql: str) -> int:
        return int(self._db.execute(sql).fetchone()[0])

    def _differing(self) -> dict[str, int]:
        sums = ", ".join(f'coalesce(sum(a."{n}" IS NOT b."{n}"), 0)' for n in self._columns)
        counts = self._db.execute(f"SELECT {sums} {self._both}").fetchone()
        return {name: n for name, n in zip(self._columns, counts, strict=True) if n}

    def _kinds(self, columns: dict[str, int]) -> dict[str, int]:
        kind = KINDS.get(self._table)
        if kind not in columns:
            return {}
        sql = f"""
            SELECT coalesce(a."{kind}", '-') || ' to ' || coalesce(b."{kind}", '-'), count(*)
            {self._both} WHERE a."{kind}" IS NOT b."{kind}" GROUP BY 1 ORDER BY 2 DESC, 1
            """
        return {str(told): int(count) for told, count in self._db.execute(sql)}

    def _examples(self, columns: dict[str, int], differs: str) -> list[str]:
        if not columns:
            return []
        names = [*self._keys, *columns]
        picked = ", ".join(f'a."{name}", b."{name}"' for name in names)
        sql = f"SELECT {picked} {self._both} WHERE {differs} LIMIT {EXAMPLES}"
        return [self._difference(names, row) for row in self._db.execute(sql)]

    def _difference(self, names: list[str], row: tuple[object, ...]) -> str:
        pairs = dict(zip(names, zip(row[::2], row[1::2], strict=True), strict=True))
        key = ", ".join(f"{name} {_text(pairs[name][0])}" for name in self._keys)
        said = [f"{n}: {_text(a)} to {_text(b)}" for n, (a, b) in pairs.items() if a != b]
        return f"{key}: {'; '.join(said)}"


def _text(value: object) -> str:
    text = "nothing" if value is None else " ".join(str(value).split())
    return text if len(text) <= _FULL else f"{text[: _FULL - 3]}..."
