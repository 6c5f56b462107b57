"""Where a command's answer goes: to the screen, or whole into a file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archive.durable_writes import sync_written
from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.folder import DataFolder

output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of printing.",
)


def put(parts: Iterable[str | bytes], output: Path | None, folder: DataFolder) -> None:
    """Print what a command answers, or put it in a file.

    Args:
        parts: Of the answer, with their line ends.
        output: The file; None: print.
        folder: What holds the archive, and nothing else.

    Raises:
        BadInputError: It is a folder, or cannot be written there.
        ArchiveError: Writing failed; what stood there is as it was.
    """
    if output is None:
        for part in parts:
            click.echo(part, nl=False)
        return
    with replacing(output, folder) as file:
        for part in parts:
            file.write(part if isinstance(part, bytes) else part.encode("utf-8", "replace"))


@contextmanager
def replacing(path: Path, folder: DataFolder) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when all of it is written.

    What is no plain file (`/dev/stdout`, a pipe) is written to as it is.

    Raises:
        BadInputError: It is a folder, lies among the archive's own files, or cannot be written
            there.
        ArchiveError: Writing failed; what stood there is as it was.
    """
    if path.resolve().is_relative_to(folder.root.resolve()):
        raise BadInputError(f"--output {path}: lies in the data folder; name a file elsewhere")
    if path.is_dir():
        raise BadInputError(f"--output {path}: is a folder; name a file in it")
    plain = path.is_file() or not path.exists()
    target = path.resolve() if plain else path  # a link is left, what it leads to is replaced
    draft = target.with_name(f".{target.name}.{os.getpid()}.part") if plain else target
    try:
        file = draft.open("wb")
    except OSError as error:
        raise BadInputError(
            f"--output {path}: {error.strerror}; name a file in a folder that you may write to"
        ) from error
    try:
        with file:
            yield file
            if plain:
                sync_written(file)
            else:
                file.flush()
        if plain:
            draft.replace(target)
    except OSError as error:
        raise ArchiveError(
            f"--output {path}: {error.strerror}; what stood there is as it was"
        ) from error
    finally:
        if plain:
            draft.unlink(missing_ok=True)
