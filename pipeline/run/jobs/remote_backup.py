"""Backups in an S3-compatible store, each a BagIt bag by its date, and an archive out of one.

    bags/20260312T054500Z/…     database, ledger, the WARC file that is still written, and the tags
    warc/…                      closed WARC files, each once for all bags

A closed WARC file is never changed, so it is uploaded once; each bag names it in its `fetch.txt`
(RFC 8493, 2.2.3), with where it lies. `bagit.txt` is written last: without it there is no bag.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.alone import alone
from archive.errors import ArchiveError, BadInputError
from archive.fixity.backup import (
    Made,
    copy_database,
    copy_one,
    copy_people,
    copy_set_aside,
    info,
    put_ledger,
    read_ledger,
    warc_files_of,
)
from archive.fixity.bag import (
    DECLARATION,
    MANIFEST,
    TAG_MANIFEST,
    dated_name,
    manifest_lines,
    write_remote,
)
from archive.fixity.copying import copy, read_back
from archive.fixity.restore import put_in_place
from archive.folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.run.bucket import Bucket

BAGS, WARCS = "bags/", "warc/"
DRAFT = "backup.making"
"""In the data folder: what is uploaded and changes, while it is."""


@dataclass(slots=True)
class _Upload:
    """A backup under way.

    Attributes:
        folder: The archive.
        bucket: Where to.
        bag: Key of the bag, with its slash.
        part: What is made here to be uploaded.
        known: SHA-256 of closed WARC files that earlier bags speak of, by key.
        there: Bytes of what lies in the store, by key.
        fetch: Lines of fetch.txt.
        sizes: Bytes of each payload file.
        sent: Bytes uploaded.
    """

    folder: DataFolder
    bucket: Bucket
    bag: str
    part: Path
    known: dict[str, str]
    there: dict[str, int]
    made: Made
    fetch: list[str]
    sizes: dict[str, int]
    sent: int = 0

    def closed(self, name: str, size: int, sha256: str) -> None:
        """Upload a closed WARC file, unless it is there already."""
        key = WARCS + name
        if self.there.get(key) == size and self._is_known(key, sha256):
            self.made.kept += 1
        elif self._uploaded(self.folder.warcs / name, key, sha256):
            self.made.copied += 1
        else:
            return
        self.made.listed[f"data/warc/{name}"] = sha256
        self.sizes[f"data/warc/{name}"] = size
        self.fetch.append(f"{self.bucket.url}/{key} {size} data/warc/{name}\n")

    def _is_known(self, key: str, sha256: str) -> bool:
        """Whether the object is known to be right: by an earlier bag, whose backup read it back;
        otherwise it is read now, since its backup was ended before it was whole."""
        told = self.known.get(key)
        return told == sha256 or (told is None and self.bucket.sha256(key) == sha256)

    def _uploaded(self, path: Path, key: str, sha256: str) -> bool:
        """Upload, read back, compare. What is not what it was is not uploaded."""
        if not path.is_file():
            what = "missing; isw-archive repair --from a copy that has it"
        elif read_back(path) != sha256:
            what = "not copied, since it is not what it was; isw-archive verify says more"
        else:
            return self.put(path, key, sha256)
        self.made.problems.append(f"{path}: {what}")
        return False

    def put(self, path: Path, key: str, sha256: str) -> bool:
        """Upload a file and read it back."""
        self.bucket.put(path, key)
        self.sent += path.stat().st_size
        if self.bucket.sha256(key) == sha256:
            return True
        self.made.problems.append(
            f"{self.bucket.url}/{key}: what was read back is not what was sent"
        )
        return False


def remote_backup(
    folder: DataFolder, bucket: Bucket, at: str, keep: int, progress: Callable[[str], None]
) -> tuple[Made, str]:
    """Upload what the store lacks, read each object back, write the bag; keep so many bags.

    Args:
        folder: The archive; a run may be writing to it.
        bucket: A folder for backups of this archive alone.
        at: ISO 8601.
        keep: How many bags stay, the new one among them; closed WARC files stay for good.
        progress: Told what is being uploaded.

    Returns:
        What was made, and the bag's address.

    Raises:
        LockedError: Another backup of this archive into a store is under way.
        ArchiveError: The store does not answer, or refuses; nothing there is a bag that was not
            one before.
        OSError: A disk reports a fault.
    """
    draft = folder.root / DRAFT
    draft.mkdir(exist_ok=True)
    refused = f"{bucket.url}: another backup of this archive is being made in a store; wait for it"
    with alone(draft, refused):
        try:
            return _made(folder, bucket, at, keep, progress)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _made(
    folder: DataFolder, bucket: Bucket, at: str, keep: int, progress: Callable[[str], None]
) -> tuple[Made, str]:
    there = bucket.sizes("")
    older = bags_in(there)
    draft = folder.root / DRAFT
    shutil.rmtree(draft / "data", ignore_errors=True)  # of one that was ended in the middle
    for left in draft.iterdir():
        left.unlink()
    bag = f"{BAGS}{dated_name(at, [one.split('/')[-2] for one in older])}/"
    known = _known(bucket, older[-1]) if older else {}
    made = Made()
    upload = _Upload(folder, bucket, bag, draft, known, there, made, [], {})
    _payload(upload, at, progress)
    made.size = upload.sent
    if not made.problems:
        _take_away(bucket, there, [*(one for one in older if one != bag), bag][:-keep], progress)
    return made, f"{bucket.url}/{bag.rstrip('/')}"


def _payload(upload: _Upload, at: str, progress: Callable[[str], None]) -> None:
    folder, made, part = upload.folder, upload.made, DataFolder(upload.part / "data")
    part.warcs.mkdir(parents=True)
    note = read_ledger(folder, made)
    progress("the database")
    copy_database(folder.database, part.database, made)
    if not part.database.exists():
        return
    copy_people(folder, part, made)
    for name, size, sha256 in warc_files_of(part.database):
        progress(name)
        if sha256 is not None:
            upload.closed(name, size, sha256)
        else:
            copy_one(folder, part, name, (size, None), made)
    copy_set_aside(folder, part, made)
    if note is not None:
        put_ledger(folder, part, note, made)
    tags = _tags(upload, info(note, at))
    paths = [path for path in sorted(upload.part.rglob("*")) if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name == DECLARATION):
        name = path.relative_to(upload.part).as_posix()
        progress(name)
        sha256 = made.listed.get(name) or tags[name]
        if not upload.put(path, upload.bag + name, sha256):
            return


def _tags(upload: _Upload, fields: dict[str, str]) -> dict[str, str]:
    """Write the tag files; their SHA-256, by name."""
    for path in (upload.part / "data").rglob("*"):
        if path.is_file():
            upload.sizes[path.relative_to(upload.part).as_posix()] = path.stat().st_size
    fetch = "".join(upload.fetch)
    return write_remote(upload.part, upload.made.listed, upload.sizes, fields, fetch)


def bags_in(there: dict[str, int]) -> list[str]:
    """Keys of the whole bags, with their slash, the oldest first."""
    last = f"/{DECLARATION}"
    return sorted(
        key.removesuffix(DECLARATION)
        for key in there
        if key.startswith(BAGS) and key.endswith(last) and key.count("/") == len(BAGS.split("/"))
    )


def _manifest(bucket: Bucket, bag: str) -> dict[str, str]:
    """SHA-256 by path, as a bag's manifest has them; the tag manifest vouches for it.

    Raises:
        ArchiveError: It is damaged.
    """
    text = bucket.text(bag + MANIFEST)
    told = (manifest_lines(bucket.text(bag + TAG_MANIFEST)) or {}).get(MANIFEST)
    listed = manifest_lines(text)
    if listed is None or told != hashlib.sha256(text.encode()).hexdigest():
        raise ArchiveError(f"{bucket.url}/{bag}{MANIFEST}: damaged; take an older bag, or a copy")
    return listed


def _known(bucket: Bucket, bag: str) -> dict[str, str]:
    try:
        listed = _manifest(bucket, bag)
    except ArchiveError:
        return {}  # then each object is read, once
    return {name.removeprefix("data/"): sha for name, sha in listed.items() if "/warc/" in name}


def _take_away(
    bucket: Bucket, there: dict[str, int], bags: list[str], progress: Callable[[str], None]
) -> None:
    """Remove bags and halves of bags; of each first the file that makes it a bag."""
    whole = set(bags_in(there))
    halves = {key[: key.index("/", len(BAGS)) + 1] for key in there if key.startswith(BAGS)} - whole
    for bag in [*bags, *sorted(halves)]:
        progress(f"{bag} is taken away")
        keys = [key for key in there if key.startswith(bag)]
        bucket.delete(sorted(keys, key=lambda key: not key.endswith(f"/{DECLARATION}")))


def remote_restore(
    bucket: Bucket, folder: DataFolder, key: Path | None, progress: Callable[[str], None]
) -> dict[str, int]:
    """Make an archive of the newest bag; each file is compared with its manifest.

    Args:
        bucket: Where backups are, or one bag there.
        folder: Where to; the caller has it (`archive.fixity.restore.claimed`).
        key: The ledger's secret key, kept elsewhere; None: a new one is made.
        progress: Told what is being copied.

    Raises:
        BadInputError: There is no backup.
        ArchiveError: A file is not what the manifest says.
    """
    bags = bags_in(bucket.sizes(BAGS))
    if not bags:
        raise BadInputError(
            f"{bucket.url}: no backup there; name what isw-archive backup was given"
        )
    bag = bags[-1]
    listed = _manifest(bucket, bag)
    own = bucket.sizes(bag)

    def one(name: str, target: Path) -> int:
        at = bag + name if bag + name in own else name.removeprefix("data/")
        return _fetched(bucket, at, target, listed[name])

    return put_in_place(f"{bucket.url}/{bag}", listed, one, folder, key, progress)


def _fetched(bucket: Bucket, key: str, target: Path, sha256: str) -> int:
    draft = target.with_name(f"{target.name}.fetched")
    draft.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("wb") as file:
        bucket.read(key, file.write)
    if read_back(draft) != sha256:
        draft.unlink()
        raise ArchiveError(
            f"{bucket.url}/{key}: not what the backup's manifest says; take an older bag"
        )
    copied = copy(draft, target)
    draft.unlink()
    return copied.size
