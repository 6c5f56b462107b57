"""Files that a person names: their bytes within bounds, read in a process that can be ended."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from archive.advice import error_with_advice
from archive.errors import BadInputError
from archive.file_kinds import FILE, kind_of
from pipeline.run.pool import TaskTooHeavy, WorkerDied, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.config import Settings

T = TypeVar("T")

MOST_BYTES = 100_000_000
"""Of a document that is read; a book with pictures has some tens of millions."""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, however large, in hexadecimal.

    Raises:
        BadInputError: It is no file, or cannot be read.
    """
    _need_file(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadInputError(f"{path}: {error_with_advice(error)}") from error


def is_small(path: Path) -> bool:
    """Whether a file is within what is read of documents.

    Raises:
        BadInputError: It cannot be looked at.
    """
    try:
        return path.stat().st_size <= MOST_BYTES
    except OSError as error:
        raise BadInputError(f"{path}: {error_with_advice(error)}") from error


def bytes_of(path: Path) -> bytes:
    """A document's bytes.

    Raises:
        BadInputError: It is no file, empty, too large, or cannot be read.
    """
    _need_file(path)
    if not is_small(path):
        raise BadInputError(f"{path}: larger than {MOST_BYTES:,} bytes; give the text alone")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path}: {error_with_advice(error)}") from error
    if not body.strip():
        raise BadInputError(f"{path}: the file is empty")
    return body


def _need_file(path: Path) -> None:
    found = kind_of(path)
    if found is None:
        raise BadInputError(f"{path}: no such file; give its path from the folder you are in")
    if found != FILE:
        raise BadInputError(f"{path}: {found}, no document")


def in_a_worker(settings: Settings, name: str, fn: Callable[..., T], *args: Any) -> T:
    """What `fn(*args)` gives, in a process of its own that is ended when it takes too much.

    Args:
        settings: Say how long it may take.
        name: Of the document, for messages.
        fn: A function at the top level of a module.
        args: Its arguments.

    Raises:
        BadInputError: It takes too long or too much memory, or ends the process.
    """
    with WorkerPool(1, settings.extract_timeout_s, preload=()) as pool:
        try:
            return pool.submit(fn, *args).result()
        except (TaskTooHeavy, WorkerDied) as error:
            raise BadInputError(f"{name}: cannot be read: {error}") from error
