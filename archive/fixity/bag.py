"""Writing BagIt bags (RFC 8493, version 1.0): payload below `data/`, manifests with SHA-256."""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.alone import beside_readers
from archive.durable_writes import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
FETCH = "fetch.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_NAME = "%Y%m%dT%H%M%SZ"
_DATED = re.compile(r"\d{8}T\d{6}Z")
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~][ -~]*)")
_VERSION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def manifest_lines(text: str) -> dict[str, str] | None:
    """SHA-256 by path, as a manifest of ours gives them; None where it is not as it was written."""
    lines = text.split("\n")
    found = [_LINE.fullmatch(line) for line in lines[:-1]]
    if lines[-1] or not all(found):
        return None
    listed = {_unquoted(one[2]): one[1] for one in found if one is not None}
    return listed if _manifest(listed) == text else None


def _unquoted(path: str) -> str:
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _manifest(listed: Mapping[str, str]) -> str:
    quoted = {
        path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"): sha256
        for path, sha256 in listed.items()
    }
    return "".join(f"{quoted[path]}  {path}\n" for path in sorted(quoted))


def dated_name(at: str, before: Sequence[str] = ()) -> str:
    """The name of the bag of a moment.

    Args:
        at: ISO 8601.
        before: Names of the bags that are there. The new name sorts behind all of them, even where
            the clock was set back or still shows the same second, so that the last by name is the
            last that was made.
    """
    name = at.replace("-", "").replace(":", "")
    newest = max(before, default="")
    if newest < name:
        return name
    try:
        later = datetime.strptime(newest, _NAME).replace(tzinfo=UTC) + timedelta(seconds=1)
    except ValueError:  # looks like a date, and is none
        return name
    return f"{later:{_NAME}}"


def dated_bags(root: Path) -> list[Path]:
    """The whole bags that lie in a folder by their date, the oldest first."""
    if not root.is_dir():
        return []
    named = (path for path in root.iterdir() if _DATED.fullmatch(path.name))
    return sorted(path for path in named if (path / DECLARATION).is_file())


def newest_bag(path: Path) -> Path | None:
    """The bag that a folder is, or the newest that lies in it by its date; None where there is
    none."""
    if (path / DECLARATION).is_file():
        return path
    return next(reversed(dated_bags(path)), None)


@contextmanager
def reading(bag: Path | None) -> Iterator[None]:
    """Read a bag that no backup changes, or takes away, meanwhile; None: there is none to read.

    Raises:
        LockedError: A backup is being made there.
    """
    if bag is None:
        yield
        return
    with beside_readers(bag, f"{bag}: a backup is being made there; wait for it"):
        yield


def write_tags(bag: Path, listed: Mapping[str, str], info: Mapping[str, str]) -> None:
    """Write what makes a folder a bag, each file whole or not at all; the payload stands already.

    Args:
        bag: The folder.
        listed: SHA-256 of each payload file, by its path below the bag.
        info: Fields of bag-info.txt; its Payload-Oxum is added.

    Raises:
        OSError: The disk does not take it.
    """
    _write(bag, _tags(listed, sum((bag / name).stat().st_size for name in listed), info))


def write_remote(
    bag: Path,
    listed: Mapping[str, str],
    sizes: Mapping[str, int],
    info: Mapping[str, str],
    fetch: str,
) -> dict[str, str]:
    """Write the tags of a bag of which part of the payload lies elsewhere.

    Args:
        bag: Where the tags are written.
        listed: SHA-256 of each payload file.
        sizes: Bytes of each.
        info: Fields of bag-info.txt.
        fetch: The text of fetch.txt: address, bytes and path of what lies elsewhere.

    Returns:
        SHA-256 of each tag file, by name.

    Raises:
        OSError: The disk does not take it.
    """
    tags = _tags(listed, sum(sizes[name] for name in listed), info)
    return _write(bag, {**tags, FETCH: fetch} if fetch else tags)


def _tags(listed: Mapping[str, str], size: int, info: Mapping[str, str]) -> dict[str, str]:
    fields = {**info, "Payload-Oxum": f"{size}.{len(listed)}"}
    return {
        DECLARATION: _VERSION,
        INFO: "".join(f"{name}: {value}\n" for name, value in fields.items()),
        MANIFEST: _manifest(listed),
    }


def _write(bag: Path, tags: Mapping[str, str]) -> dict[str, str]:
    for name, text in tags.items():
        put(bag / name, text.encode())
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
    text = _manifest(sums)
    put(bag / TAG_MANIFEST, text.encode())
    return {**sums, TAG_MANIFEST: hashlib.sha256(text.encode()).hexdigest()}


def read_manifest(bag: Path) -> dict[str, str]:
    """SHA-256 by path of a bag that was written before; nothing where there is none, or a damaged
    one."""
    try:
        text = (bag / MANIFEST).read_text(encoding="utf-8")
        sums = (bag / TAG_MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    told = (manifest_lines(sums) or {}).get(MANIFEST)
    is_whole = told == hashlib.sha256(text.encode()).hexdigest()
    return (manifest_lines(text) or {}) if is_whole else {}
