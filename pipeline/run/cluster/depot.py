"""Where workers hand whole WARC files over: a folder that all machines see, or a bucket (extra
`s3`).

    warc/NAME.warc.gz     the file, whole
    said/NAME.json        its size and SHA-256, written when it is there and was compared

Only what is said to be there is there: a file without its word is one that is still coming.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archive.advice import error_with_advice
from archive.durable_writes import sync_folder, sync_written
from archive.errors import ArchiveError
from archive.fixity.copying import BLOCK_BYTES, copy
from archive.warc.measured import measure
from pipeline.run.bucket import Bucket, is_remote

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.folder import DataFolder

NOTE = "depot"
"""In the data folder: which depot was made by this archive."""
FILES, WORDS = "warc/", "said/"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")


@dataclass(frozen=True, slots=True)
class FileDigest:
    """What is said of a file: bytes, and SHA-256 as hex."""

    name: str
    size: int
    sha256: str


class LostError(ArchiveError):
    """A file is said to be in the depot and is not there, or not as it was: it will not come."""


class ObjectStore(Protocol):
    """Objects under keys with slashes; each is there whole or not at all."""

    def prepare(self) -> None:
        """Have the place there."""

    def is_there(self) -> bool:
        """Whether somebody prepared it."""

    def require(self) -> None:
        """Refuse to write where nobody prepared it.

        Raises:
            ArchiveError: Nobody did, or it is away.
        """

    def keys(self, prefix: str) -> set[str]:
        """All below a prefix."""

    def put(self, path: Path, key: str) -> str:
        """Store a file; SHA-256 of what is there then, read back."""

    def read(self, key: str, take: Callable[[bytes], object]) -> None:
        """Hand on an object, block by block.

        Raises:
            LostError: It is not there, though the place is.
        """

    def text(self, key: str) -> str:
        """A small object."""

    def put_text(self, text: str, key: str) -> None:
        """Store a small object."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A place in a file system."""

    root: Path

    def prepare(self) -> None:
        """Have it there, so that one that is not mounted is told from one without files.

        Raises:
            ArchiveError: It cannot be made.
        """
        try:
            for name in (FILES, WORDS):
                (self.root / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"depot {self.root}: {error_with_advice(error)}") from error

    def is_there(self) -> bool:
        """Whether it was prepared, and can be looked into."""
        return (self.root / WORDS).is_dir()

    def require(self) -> None:
        """Refuse to write below a place where nothing is mounted: nobody would find it there.

        Raises:
            ArchiveError: It was not prepared, or is away.
        """
        if not self.is_there():
            raise ArchiveError(
                f"depot {self.root}: it is not there; is it mounted here? isw-archive plan makes "
                "it, where the archive is"
            )

    def keys(self, prefix: str) -> set[str]:
        """All below a prefix.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        try:
            return {f"{prefix}{one.name}" for one in (self.root / prefix).iterdir()}
        except FileNotFoundError:
            return set()
        except OSError as error:
            raise ArchiveError(f"depot {self.root}: {error_with_advice(error)}") from error

    def put(self, path: Path, key: str) -> str:
        """Store a file: beside its place, then in it; SHA-256 of what is there then, read back.

        Raises:
            ArchiveError: It cannot be written.
        """
        self.require()
        try:
            return copy(path, self.root / key).sha256
        except OSError as error:
            raise ArchiveError(
                f"depot {self.root}: {error_with_advice(error, self.root / key)}"
            ) from error

    def put_text(self, text: str, key: str) -> None:
        """Store a small object.

        Raises:
            ArchiveError: It cannot be written.
        """
        try:
            with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                self.put(Path(file.name), key)
        except OSError as error:
            raise ArchiveError(
                f"a file for {key} cannot be written: {error_with_advice(error)}"
            ) from error

    def read(self, key: str, take: Callable[[bytes], object]) -> None:
        """Hand on an object, block by block.

        Raises:
            LostError: It is not there.
            ArchiveError: It cannot be read.
        """
        try:
            with (self.root / key).open("rb") as file:
                while block := file.read(BLOCK_BYTES):
                    take(block)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and (self.root / key).parent.is_dir():
                raise LostError(f"depot {self.root}: {key} is not there any more") from error
            raise ArchiveError(f"depot {self.root}: {key}: {error_with_advice(error)}") from error

    def text(self, key: str) -> str:
        """A small object.

        Raises:
            ArchiveError: It cannot be read, or is no text.
        """
        found = bytearray()
        self.read(key, found.extend)
        return found.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class InBucket:
    """A place in an S3-compatible store."""

    bucket: Bucket

    def prepare(self) -> None:
        """A store has no folders."""

    def is_there(self) -> bool:
        """It says so itself, when it is asked for something."""
        return True

    def require(self) -> None:
        """As of `is_there`: the store says so itself."""

    def keys(self, prefix: str) -> set[str]:
        """All below a prefix."""
        return set(self.bucket.sizes(prefix))

    def put(self, path: Path, key: str) -> str:
        """Store a file; SHA-256 of what is there then, read back."""
        self.bucket.put(path, key)
        return self.bucket.sha256(key)

    def put_text(self, text: str, key: str) -> None:
        """Store a small object."""
        self.bucket.put_bytes(text.encode(), key)

    def read(self, key: str, take: Callable[[bytes], object]) -> None:
        """Hand on an object, block by block."""
        try:
            self.bucket.read(key, take)
        except ArchiveError as error:
            # obstore has an error of its own for it, and Python's where it stands for a file
            if type(error.__cause__).__name__ in {"FileNotFoundError", "NotFoundError"}:
                raise LostError(f"depot: {self.bucket.url}/{key} is not there any more") from error
            raise

    def text(self, key: str) -> str:
        """A small object."""
        return self.bucket.text(key)


@dataclass(frozen=True, slots=True)
class Depot:
    """What was handed over.

    All of it may raise `ArchiveError` where the place is away.
    """

    place: ObjectStore

    @classmethod
    def at(cls, where: str) -> Depot:
        """The depot in a folder, or at `s3://bucket/prefix`.

        Raises:
            BadInputError: That is no such address, or obstore is not installed.
        """
        if is_remote(where):
            return cls(InBucket(Bucket.at(where)))
        return cls(Folder(Path(where)))

    def names(self) -> list[str]:
        """All whole files; names that no writer of ours gives are left out."""
        found = (key.removeprefix(WORDS).removesuffix(".json") for key in self.place.keys(WORDS))
        return sorted(name for name in found if _NAME.fullmatch(name))

    def hand_over(self, path: Path) -> FileDigest:
        """Store a closed file, read it back, and say that it is there.

        Raises:
            ArchiveError: It is not the same there.
        """
        own = measure(path)
        word = FileDigest(path.name, own.size, own.sha256)
        key = f"{FILES}{path.name}"
        if self.place.put(path, key) != word.sha256:
            raise ArchiveError(f"depot: {key} is not what was sent; it is sent again")
        self.place.put_text(json.dumps(asdict(word)), f"{WORDS}{path.name}.json")
        return word

    def take(self, name: str, folder: Path) -> Path:
        """Put a file among others, whole and as it was handed over.

        Raises:
            LostError: It is not there, or not what was said; nothing is left of it.
            ArchiveError: The depot does not answer.
            OSError: It cannot be written.
        """
        word = self._word(name)
        draft, target = folder / f".{name}.part", folder / name
        digest, size = hashlib.sha256(), 0
        try:
            with draft.open("wb") as out:

                def take(block: bytes) -> None:
                    nonlocal size
                    size += len(block)
                    digest.update(block)
                    out.write(block)

                self.place.read(f"{FILES}{name}", take)
                sync_written(out)
            if (size, digest.hexdigest()) != (word.size, word.sha256):
                raise LostError(
                    f"depot: {FILES}{name} is damaged: {size} bytes with another SHA-256 than "
                    f"{WORDS}{name}.json says of {word.size}"
                )
            draft.replace(target)
            sync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
        return target

    def _word(self, name: str) -> FileDigest:
        key = f"{WORDS}{name}.json"
        try:
            fields = json.loads(self.place.text(key))
            return FileDigest(name, int(fields["size"]), str(fields["sha256"]))
        except (ValueError, KeyError, TypeError) as error:
            raise LostError(f"depot: {key} is damaged ({error})") from error


def prepare_once(where: str, folder: DataFolder) -> None:
    """Where the archive is: have the depot there. One that was made before, and is not there, is
    not mounted: what would be made in its stead is another.

    Args:
        where: The setting.
        folder: Of the archive; keeps in mind which was made.

    Raises:
        ArchiveError: It cannot be made.
    """
    note = folder.root / NOTE
    try:
        if note.exists() and note.read_text(encoding="utf-8") == where:
            return
        Depot.at(where).place.prepare()
        # never half: another command would take it for a note of another depot, and make one
        draft = note.with_name(f"{note.name}.{os.getpid()}.new")
        draft.write_text(where, encoding="utf-8")
        draft.replace(note)
    except OSError as error:
        raise ArchiveError(f"{note}: {error_with_advice(error, note)}") from error
