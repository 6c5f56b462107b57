"""One table into two files: CSV for everybody, Parquet with its types."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from archive.dataset.tables import BOOLEAN, DATE, DATETIME, INTEGER
from archive.errors import BadInputError
from archive.model.times import parse_time
from archive.spreadsheet import exact_csv_line
from archive.writable import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from archive.dataset.tables import Column

ROWS = 10_000
"""In a row group of Parquet, and in memory."""


def need_parquet() -> None:
    """Refuse where Parquet cannot be written.

    Raises:
        BadInputError: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise BadInputError(
            "export --dataset: pyarrow, which writes Parquet, is not installed: "
            "pip install 'isw-archive[dataset]'"
        ) from error


class TableWriter:
    """`NAME.csv` and `NAME.parquet` in a folder; closed, they are whole."""

    def __init__(self, folder: Path, name: str, columns: Sequence[Column]) -> None:
        """Begin both files."""
        import pyarrow.parquet as pq

        self._columns = columns
        self._schema = _schema(columns)
        self._csv = (folder / f"{name}.csv").open("wb")
        self._parquet = pq.ParquetWriter(
            folder / f"{name}.parquet", self._schema, compression="zstd", version="2.6"
        )
        self._waiting: list[Sequence[Any]] = []
        self.rows = 0
        self._csv.write(_csv_line([one.name for one in columns]))

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows, each with a value for every column, as the database has them."""
        for row in rows:
            self._csv.write(
                _csv_line([_cell(v, c) for v, c in zip(row, self._columns, strict=True)])
            )
            self._waiting.append(row)
            self.rows += 1
            if len(self._waiting) == ROWS:
                self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        arrays = [
            pa.array([_value(row[n], column) for row in self._waiting], self._schema.field(n).type)
            for n, column in enumerate(self._columns)
        ]
        self._parquet.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            if error is None and self._waiting:
                self._flush()
        finally:
            self._csv.close()
            self._parquet.close()


def _schema(columns: Sequence[Column]) -> pa.Schema:
    import pyarrow as pa

    types = {
        INTEGER: pa.int64(),
        BOOLEAN: pa.bool_(),
        DATE: pa.date32(),
        DATETIME: pa.timestamp("ms", tz="UTC"),
    }
    return pa.schema([(one.name, types.get(one.type, pa.string())) for one in columns])


_READ: dict[str, Callable[[Any], Any]] = {
    BOOLEAN: bool,
    DATE: date.fromisoformat,
    DATETIME: parse_time,
}


def _value(value: Any, column: Column) -> Any:
    """As Parquet has it."""
    if value is None or column.type == INTEGER:
        return value
    return _READ.get(column.type, clean)(value)


def _cell(value: Any, column: Column) -> Any:
    """As CSV has it; nothing of a string is changed, not what a spreadsheet would calculate."""
    if column.type == BOOLEAN and value is not None:
        return "true" if value else "false"
    return clean(value)


def clean(value: Any) -> Any:
    """A string that can be written as UTF-8; what is no character becomes a question mark."""
    if not isinstance(value, str) or value.isascii():
        return value
    return writable(value)


def _csv_line(values: Sequence[Any]) -> bytes:
    return f"{exact_csv_line(values)}\n".encode()


def as_json(value: Any) -> str:
    """One value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
