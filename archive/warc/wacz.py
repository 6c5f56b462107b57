"""The WARC files inside a WACZ (Webrecorder's zip of WARCs, indexes and pages, version 1.1.1)."""

from __future__ import annotations

import errno
import hashlib
import json
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.advice import said
from archive.errors import WarcError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (".warc", ".warc.gz")
_FOLDER = "archive/"
_PACKAGE = "datapackage.json"
_MAX_PACKAGE_BYTES = 64 * 1024 * 1024
# A crawl of a whole site has some hundreds.
_MAX_MEMBERS = 10_000
# Ten of the usual 1 GB files in one.
MAX_MEMBER_BYTES = 10_000_000_000
_COPY_BYTES = 1024 * 1024
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


def warcs_in(
    path: Path, *, max_bytes: int = MAX_MEMBER_BYTES, scratch: Path | None = None
) -> Iterator[WaczMember]:
    """Each WARC below `archive/` of a WACZ, unpacked into a temporary file with a name of our own.

    Where `datapackage.json` gives a sha256, the WARC must have it.

    Args:
        path: The .wacz file.
        max_bytes: Most bytes that one WARC may unpack to.
        scratch: Folder for the copies; None for the system's.

    Raises:
        WarcError: It is no WACZ, is damaged, or holds more than the limits.
    """
    path = Path(path)
    try:
        with zipfile.ZipFile(path) as package:
            members = _members(path, package)
            digests = _digests(path, package)
            with tempfile.TemporaryDirectory(prefix="isw-archive-wacz-", dir=scratch) as folder:
                for number, member in enumerate(members):
                    ending = ".warc.gz" if member.filename.endswith(".gz") else ".warc"
                    copy = Path(folder) / f"{number}{ending}"
                    _copy(path, package, member, copy, (digests.get(member.filename), max_bytes))
                    yield WaczMember(member.filename, copy)
                    copy.unlink(missing_ok=True)
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            full = scratch or tempfile.gettempdir()
            raise WarcError(
                f"WACZ {path} cannot be unpacked: temporary folder {full}: {said(error)}, "
                "or name another folder with TMPDIR"
            ) from error
        raise WarcError(
            f"WACZ {path} cannot be read ({error}); get it again from where it came"
        ) from error


def _members(path: Path, package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARCs, by their names in the zip, which are never used as names on disk."""
    members = [
        member
        for member in package.infolist()
        if member.filename.startswith(_FOLDER) and member.filename.lower().endswith(_ENDINGS)
    ]
    if not members:
        raise WarcError(f"WACZ {path} holds no WARC below {_FOLDER}; is it another kind of zip?")
    if len(members) > _MAX_MEMBERS:
        raise WarcError(
            f"WACZ {path} holds {len(members)} WARCs, more than {_MAX_MEMBERS}; split it"
        )
    return members


def _digests(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """The sha256 that the package states for each member, where it states any."""
    try:
        member = package.getinfo(_PACKAGE)
    except KeyError:
        return {}
    with package.open(member) as file:
        text = file.read(_MAX_PACKAGE_BYTES + 1)
    if len(text) > _MAX_PACKAGE_BYTES:
        raise WarcError(f"WACZ {path}: its {_PACKAGE} is larger than {_MAX_PACKAGE_BYTES} bytes")
    try:
        stated: Any = json.loads(text)
        resources = stated.get("resources", [])
        pairs = [(item.get("path"), str(item.get("hash", ""))) for item in resources]
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise WarcError(f"WACZ {path}: its {_PACKAGE} cannot be read ({error})") from error
    return {name: stated_hash for name, stated_hash in pairs if stated_hash.startswith("sha256:")}


def _copy(
    path: Path,
    package: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    copy: Path,
    limit: tuple[str | None, int],
) -> None:
    """Unpack one member, as far as it keeps to the limit: the size that a zip states proves nothing."""
    stated, max_bytes = limit
    digest, size = hashlib.sha256(), 0
    with package.open(member) as packed, copy.open("wb") as file:
        while piece := packed.read(_COPY_BYTES):
            size += len(piece)
            if size > max_bytes:
                raise WarcError(
                    f"WACZ {path}: {member.filename!r} unpacks to more than {max_bytes} bytes; not read"
                )
            digest.update(piece)
            file.write(piece)
    if stated is not None and stated.removeprefix("sha256:").lower() != digest.hexdigest():
        raise WarcError(
            f"WACZ {path}: {member.filename!r} is not what {_PACKAGE} says it is; get it again"
        )
