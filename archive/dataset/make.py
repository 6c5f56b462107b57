"""A dataset in a folder: written beside its place, and put there when it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.advice import error_with_advice
from archive.alone import in_turn
from archive.dataset import papers
from archive.dataset.graphs import GRAPHS, graphml
from archive.dataset.papers import DatasetFacts, File
from archive.dataset.reading import dispute_rows, rows, sentence_rows
from archive.dataset.tables import TABLES
from archive.dataset.writing import TableWriter
from archive.durable_writes import sync_file
from archive.errors import ArchiveError, BadInputError
from archive.show.withheld import without_hidden

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

DESCRIPTOR = "datapackage.json"
_PAPERS = (DESCRIPTOR, "CITATION.cff", "README.md")
_BY_SENTENCE = ("sentences", "markers")
"""Tables made together, of the text of each version."""
_DISPUTES = "disputes"
NOBODY = "The operator of this archive"

_AT = "SELECT max(captured_at) FROM captures WHERE kind IN ('report', 'source', 'file')"
_DAYS = "SELECT min(report_date), max(report_date) FROM versions"


@dataclass(frozen=True, slots=True)
class Choices:
    """What is asked for.

    Attributes:
        texts: Also the whole texts of reports and cited pages.
        authors: Names of who gives it.
    """

    texts: bool = False
    authors: tuple[str, ...] = (NOBODY,)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a dataset has of other files than the database.

    Attributes:
        ledger: The newest checkpoint of the archive's ledger.
        disputes: Rows of what people hold against verdicts.
    """

    ledger: str | None = None
    disputes: tuple[dict[str, Any], ...] = ()


def make(
    connection: sqlite3.Connection, into: Path, choices: Choices, beside: Beside
) -> dict[str, int]:
    """Write a dataset; the same archive gives the same bytes.

    Args:
        connection: The archive's database, to read.
        into: The folder; one that holds an older dataset is replaced.
        choices: What is asked for.
        beside: What is not in the database.

    Returns:
        Rows of each table.

    Raises:
        BadInputError: Something else is in the folder, or it cannot be written there.
        ArchiveError: Writing failed; what stood there is as it was.
    """
    with _replacing(into) as draft, _one_state(connection), without_hidden(connection):
        counted = _tables(connection, draft, beside, texts=choices.texts)
        for graph in GRAPHS:
            with (draft / f"{graph.name}.graphml").open("wb") as file:
                file.writelines(
                    part.encode("utf-8", "replace") for part in graphml(connection, graph)
                )
        told = DatasetFacts(
            choices.authors, choices.texts, counted,
            {path.name: _measured(path) for path in sorted(draft.iterdir())},
            connection.execute(_AT).fetchone()[0], connection.execute(_DAYS).fetchone(),
            beside.ledger,
        )  # fmt: skip
        texts = (papers.datapackage(told), papers.citation(told), papers.readme(told))
        for name, text in zip(_PAPERS, texts, strict=True):
            (draft / name).write_text(text, encoding="utf-8")
    return counted


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read is of one moment, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _tables(
    connection: sqlite3.Connection, folder: Path, beside: Beside, *, texts: bool
) -> dict[str, int]:
    counted = {}
    for table in TABLES:
        if table.name in _BY_SENTENCE:
            continue
        columns = table.given(texts=texts)
        with TableWriter(folder, table.name, columns) as out:
            if table.name == _DISPUTES:
                out.write(dispute_rows(connection, beside.disputes))
            else:
                out.write(rows(connection, table, columns))
        counted[table.name] = out.rows
    return counted | _by_sentence(connection, folder)


def _by_sentence(connection: sqlite3.Connection, folder: Path) -> dict[str, int]:
    made = [table for table in TABLES if table.name in _BY_SENTENCE]
    with ExitStack() as stack:
        outs = [
            stack.enter_context(TableWriter(folder, table.name, table.columns)) for table in made
        ]
        for parts in sentence_rows(connection):
            for out, part in zip(outs, parts, strict=True):
                out.write(part)
    return {table.name: out.rows for table, out in zip(made, outs, strict=True)}


def _measured(path: Path) -> File:
    with path.open("rb") as file:
        return File(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@contextmanager
def _replacing(into: Path) -> Iterator[Path]:
    """A folder that takes the place of `into` when all in it is written.

    Raises:
        BadInputError, ArchiveError: As `make`.
    """
    target = into.resolve()
    _require_free(into)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
    except OSError as error:
        raise BadInputError(f"--dataset {into}: {error_with_advice(error, into.parent)}") from error
    try:
        yield draft
        _put(draft, target)
    except OSError as error:
        raise ArchiveError(
            f"--dataset {into}: {error_with_advice(error, into.parent)}; "
            "what stood there is as it was"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, target: Path) -> None:
    """Exchange an older dataset for the new one."""
    for path in draft.iterdir():
        sync_file(path)
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    with in_turn(target.parent):  # another may put his there at the same moment
        _require_free(target)
        if target.exists():
            target.rename(old)
        try:
            draft.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _require_free(into: Path) -> None:
    """Refuse a place where anything but a dataset of ours is.

    Raises:
        BadInputError: Something else is there.
    """
    if not into.exists():
        return
    if not into.is_dir():
        raise BadInputError(f"--dataset {into}: is a file; name a folder")
    there = {path.name for path in into.iterdir()}
    if not there:
        return
    try:
        named = json.loads((into / DESCRIPTOR).read_text(encoding="utf-8"))
        ours = named["name"] == papers.NAME
        known = {*_PAPERS, *(resource["path"] for resource in named["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        ours, known = False, set()
    if not ours or there - known:
        raise BadInputError(
            f"--dataset {into}: holds something else; name a new folder, or one of a dataset"
        )
