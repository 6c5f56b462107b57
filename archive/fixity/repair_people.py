"""Putting back what people wrote from another copy. Where the copy has the damaged pages as they
were noted, only those are replaced, and nothing that was written since is lost; otherwise the whole
copy takes the file's place."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from archive.alone import in_turn
from archive.db import at_rest, companions
from archive.db.file_access import log_bytes
from archive.db.people_file import fold, note_first, wrong_in
from archive.fixity.bag import read_manifest
from archive.fixity.copying import copy, read_back

if TYPE_CHECKING:
    from pathlib import Path

    from archive.fixity.holding import Holding
    from archive.fixity.repair import Repaired
    from archive.folder import DataFolder


def repair_people(folder: DataFolder, other: Holding, done: Repaired) -> None:
    """Put back what people wrote, where ours is damaged or lost and theirs is whole.

    Raises:
        OSError: A disk reports a fault.
    """
    path, theirs = folder.people, other.folder.people
    if wrong_in(path, deep=False) is None:
        return
    if not _is_whole(other):
        done.problems.append(f"{path}: no whole one in the other copy; name another backup")
        return
    if path.is_file():
        fold(path)
    with in_turn(path.resolve().parent):
        if not (path.is_file() and at_rest.mend(path, theirs)):
            _put_copy(path.resolve(), theirs, done)  # a link stays
    note_first(path)
    done.files.append(path.name)


def _is_whole(other: Holding) -> bool:
    path = other.folder.people
    if not path.is_file() or log_bytes(path) or wrong_in(path, deep=True) is not None:
        return False
    if other.bag is None:
        return True
    listed = read_manifest(other.bag)
    return listed.get(path.relative_to(other.bag).as_posix()) == read_back(path)


def _put_copy(path: Path, theirs: Path, done: Repaired) -> None:
    """Put the copy in the place of our file, which is kept beside it. Where this is ended halfway
    the next repair goes on: until the copy is there, the checksums say that our file is missing."""
    is_there = path.is_file() and read_back(path) == read_back(theirs)
    if path.exists() and not is_there:
        aside = _free(path.with_name(f"{path.name}.damaged"))
        path.replace(aside)
        done.problems.append(
            f"{path}: as of the other copy; what was written since stands in {aside}, which is "
            "damaged: write again what is missing"
        )
    companions.remove(path)
    if not is_there:
        copy(theirs, path)
    at_rest.forget(path)


def _free(path: Path) -> Path:
    """This name, or the next one under which nothing stands."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists())
