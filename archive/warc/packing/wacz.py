"""The WARC files inside a WACZ (Webrecorder's zip of WARCs, indexes and pages, version 1.1.1)."""

from __future__ import annotations

import errno
import hashlib
import json
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.advice import error_with_advice
from archive.errors import WarcError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
_FOLDER = "archive/"
_PACKAGE = "datapackage.json"
_MAX_PACKAGE_BYTES = 64 * 1024 * 1024
# A crawl of a whole site has some hundreds.
_MAX_MEMBERS = 10_000
# Ten of the usual 1 GB files in one.
MAX_MEMBER_BYTES = 10_000_000_000
_COPY_BYTES = 1024 * 1024
# A collection of crawls holds theirs; none known holds collections.
_MAX_DEPTH = 2
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

# What the folder for the copies lacks, and no fault of the file.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


@dataclass(frozen=True, slots=True)
class WaczMember:
    """One WARC of a WACZ.

    Attributes:
        name: Its name in the zip.
        path: A copy on disk; gone when the next member is asked for.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a WACZ gave.

    Attributes:
        members: Its WARCs that could be unpacked.
        problems: What was left out, and why, a sentence each.
    """

    members: tuple[WaczMember, ...]
    problems: tuple[str, ...] = ()


@contextmanager
def unpacked(
    path: Path, *, max_bytes: int = MAX_MEMBER_BYTES, scratch: Path | None = None
) -> Iterator[Unpacked]:
    """Each WARC of a WACZ, unpacked into temporary files with names of our own until the block
    ends.

    A WACZ may hold others (a multi-WACZ); theirs come, too. Where `datapackage.json` gives a
    sha256, the WARC must have it. What cannot be unpacked is named, and the rest is given.

    Args:
        path: The .wacz file.
        max_bytes: Most bytes that one WARC may unpack to.
        scratch: Folder for the copies; None for the system's.

    Raises:
        WarcError: It is no WACZ, or holds more than the limits, or the temporary folder is full.
    """
    path = Path(path)
    with _scratch(path, scratch) as folder:
        into = _Unpacking(Path(folder), max_bytes)
        into.package(path, str(path))
        if not into.members and not into.problems:
            raise WarcError(
                f"WACZ {path} holds no WARC below {_FOLDER}; is it another kind of zip?"
            )
        yield Unpacked(tuple(into.members), tuple(into.problems))


def _scratch(path: Path, folder: Path | None) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="isw-archive-wacz-", dir=folder)
    except OSError as error:
        raise WarcError(
            _no_room(str(path), folder or Path(tempfile.gettempdir()), error)
        ) from error


def _no_room(name: str, folder: Path, error: OSError) -> str:
    return (
        f"WACZ {name} cannot be unpacked: temporary folder {folder}: {error_with_advice(error)}, "
        "or name another folder with TMPDIR"
    )


@dataclass(slots=True)
class _Unpacking:
    """A WACZ under way, with those inside it."""

    folder: Path
    max_bytes: int
    members: list[WaczMember] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    copies: int = 0

    def package(self, path: Path, name: str, depth: int = 0) -> None:
        """All WARCs of one WACZ, called `name` where something is said of it."""
        try:
            with zipfile.ZipFile(path) as package:
                members = _members(name, package)
                digests = self._digests(name, package)
                for member in members:
                    self._member(name, package, member, digests.get(member.filename), depth)
        except _DAMAGE as error:
            text = f"WACZ {name} cannot be read ({error}); get it again from where it came"
            if depth == 0 and not self.members:
                raise WarcError(text) from error
            self.problems.append(text)

    def _digests(self, name: str, package: zipfile.ZipFile) -> dict[str, str]:
        try:
            return _digests(name, package)
        except (WarcError, *_DAMAGE) as error:
            self.problems.append(f"{error}; its WARCs are read without their digests")
            return {}

    def _member(
        self,
        name: str,
        package: zipfile.ZipFile,
        member: zipfile.ZipInfo,
        stated: str | None,
        depth: int,
    ) -> None:
        filename = member.filename
        copy = self.folder / f"{self.copies}{_ending(filename)}"
        self.copies += 1
        inner = f"{name}: {filename!r}"
        try:
            digest = _copy(inner, package, member, copy, self.max_bytes)
        except (WarcError, *_DAMAGE) as error:
            copy.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                raise WarcError(_no_room(name, self.folder.parent, error)) from error
            self.problems.append(
                str(error)
                if isinstance(error, WarcError)
                else f"WACZ {inner} cannot be read ({error})"
            )
            return
        if stated is not None and stated.removeprefix("sha256:").lower() != digest:
            copy.unlink()
            self.problems.append(f"WACZ {inner} is not what {_PACKAGE} says it is; get it again")
        elif filename.lower().endswith(".wacz"):
            self._package_within(copy, inner, depth)
        else:
            self.members.append(WaczMember(filename, copy))

    def _package_within(self, copy: Path, inner: str, depth: int) -> None:
        if depth == _MAX_DEPTH:
            self.problems.append(f"WACZ {inner} is in too many others; unpack it first")
            return
        self.package(copy, inner, depth + 1)
        copy.unlink()


def _ending(filename: str) -> str:
    return next((end for end in (*_ENDINGS, ".wacz") if filename.lower().endswith(end)), "")


def _members(name: str, package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARCs, and other WACZs, by their names in the zip, which are never used as names on
    disk."""
    members = [
        member
        for member in package.infolist()
        if (member.filename.startswith(_FOLDER) and member.filename.lower().endswith(_ENDINGS))
        or member.filename.lower().endswith(".wacz")
    ]
    if len(members) > _MAX_MEMBERS:
        raise WarcError(
            f"WACZ {name} holds {len(members)} WARCs, more than {_MAX_MEMBERS}; split it"
        )
    return members


def _digests(name: str, package: zipfile.ZipFile) -> dict[str, str]:
    """The sha256 that the package states for each member, where it states any."""
    try:
        member = package.getinfo(_PACKAGE)
    except KeyError:
        return {}
    with package.open(member) as file:
        text = file.read(_MAX_PACKAGE_BYTES + 1)
    if len(text) > _MAX_PACKAGE_BYTES:
        raise WarcError(f"WACZ {name}: its {_PACKAGE} is larger than {_MAX_PACKAGE_BYTES} bytes")
    try:
        stated: Any = json.loads(text)
        resources = stated.get("resources", [])
        pairs = [(item.get("path"), str(item.get("hash", ""))) for item in resources]
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise WarcError(f"WACZ {name}: its {_PACKAGE} cannot be read ({error})") from error
    return {path: stated_hash for path, stated_hash in pairs if stated_hash.startswith("sha256:")}


def _copy(
    inner: str, package: zipfile.ZipFile, member: zipfile.ZipInfo, copy: Path, max_bytes: int
) -> str:
    """Unpack one member, as far as it keeps to the limit (the size that a zip states proves
    nothing); its sha256."""
    digest, size = hashlib.sha256(), 0
    with package.open(member) as packed, copy.open("wb") as file:
        while piece := packed.read(_COPY_BYTES):
            size += len(piece)
            if size > max_bytes:
                raise WarcError(f"WACZ {inner} unpacks to more than {max_bytes} bytes; not read")
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
