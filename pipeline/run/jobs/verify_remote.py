"""Verifying the newest backup in an S3-compatible store, without restoring it.

The bag's own files (database, ledger, tags) are fetched and verified like those of any bag. The
closed WARC files, which all bags share, are read in the store and compared with what manifest,
ledger and database say.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, BadInputError
from archive.fixity.bag import MANIFEST, TAG_MANIFEST, manifest_lines
from archive.fixity.check_bag import AGAIN, WARC_FOLDER, check_bag
from archive.fixity.expected import Expected
from archive.fixity.findings import REMAKE, Findings
from archive.fixity.holding import Holding
from archive.fixity.verify import check_base
from archive.fixity.verify import verify as look
from archive.folder import DataFolder
from pipeline.run.jobs.remote_backup import BAGS, WARCS, bags_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.fixity.verify import VerifyOptions
    from pipeline.run.bucket import Bucket

_UPLOAD_AGAIN = (
    "take the object out of the store, and isw-archive backup into it uploads the file again; or "
    "take another backup"
)


def verify_remote(bucket: Bucket, options: VerifyOptions) -> tuple[Findings, str | None]:
    """Look at the newest backup of a store; nothing is written there.

    Args:
        bucket: Where backups are.
        options: What is asked for; deep: the WARC files are fetched, too, so that there must be
            room for them.

    Returns:
        What was found, and the ledger's checkpoint.

    Raises:
        BadInputError: There is no backup.
        ArchiveError: The store does not answer, or refuses.
    """
    bags = bags_in(bucket.sizes(BAGS))
    if not bags:
        raise BadInputError(
            f"{bucket.url}: no backup there; name what isw-archive backup was given"
        )
    with tempfile.TemporaryDirectory(prefix="isw-archive-verify-") as name:
        bag, folder = Path(name), DataFolder(Path(name) / "data")
        folder.warcs.mkdir(parents=True)
        strange = _fetch_own(bucket, bags[-1], bag)
        if options.deep:
            _fetch_warcs(bucket, bag)
            findings = look(Holding(folder, bag), options)
        else:
            findings = _looked(bucket, Holding(folder, bag), options)
        for key in strange:
            findings.fault(key, "not in the bag's manifest", AGAIN)
        point = folder.checkpoint
        note = point.read_bytes().decode("utf-8", "replace") if point.is_file() else None
    findings.notes.insert(0, f"{bucket.url}/{bags[-1].rstrip('/')}: the newest backup there")
    return findings, note


def _fetch_own(bucket: Bucket, key: str, bag: Path) -> list[str]:
    """Fetch what lies in the bag itself; names of what no manifest names, which is left there."""
    own = {one.removeprefix(key) for one in bucket.sizes(key)}
    tags = [name for name in (MANIFEST, TAG_MANIFEST) if name in own]
    _fetch(bucket, key, bag, tags)
    listed = {TAG_MANIFEST, *(name for tag in tags for name in _listed(bag / tag))}
    wanted = {name for name in own & listed if ".." not in PurePosixPath(name).parts}
    _fetch(bucket, key, bag, sorted(wanted - set(tags)))
    return sorted(own - wanted - set(tags))


def _listed(manifest: Path) -> dict[str, str]:
    return manifest_lines(manifest.read_bytes().decode("utf-8", "replace")) or {}


def _fetch(bucket: Bucket, key: str, bag: Path, names: Iterable[str]) -> None:
    for name in names:
        target = bag / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            bucket.read(key + name, file.write)


def _fetch_warcs(bucket: Bucket, bag: Path) -> None:
    """Beside the bag's own files, those that lie once for all bags; what is missing is told by
    whoever looks."""
    there = bucket.sizes(WARCS)
    names = [name.removeprefix(WARC_FOLDER) for name in _listed(bag / MANIFEST)]
    wanted = [n for n in names if WARCS + n in there and not (bag / WARC_FOLDER / n).exists()]
    _fetch(bucket, WARCS, bag / WARC_FOLDER, wanted)


def _looked(bucket: Bucket, holding: Holding, options: VerifyOptions) -> Findings:
    assert holding.bag is not None
    findings, known = Findings(), Expected()
    check_bag(holding.bag, known, findings, progress=options.progress)
    check_base(holding, known, findings, options)
    there = bucket.sizes(WARCS)
    for name in sorted(known.closed):
        _check(bucket, holding, name, known, there, findings)
        options.progress(findings.checked["bytes"])
    findings.finish()
    return findings


def _check(
    bucket: Bucket,
    holding: Holding,
    name: str,
    known: Expected,
    there: dict[str, int],
    findings: Findings,
) -> None:
    """One WARC file against all that say what it is: read here, or where it lies."""
    key, local = WARCS + name, holding.folder.warcs / name
    digest, size = hashlib.sha256(), 0

    def take(block: bytes) -> None:
        nonlocal size
        digest.update(block)
        size += len(block)

    if local.is_file():
        take(local.read_bytes())
    elif key not in there:
        findings.fault(key, "missing", AGAIN)
        return
    else:
        try:
            bucket.read(key, take)
        except ArchiveError as error:
            findings.fault(key, f"cannot be read: {error}", _UPLOAD_AGAIN)
            return
    findings.checked["files"] += 1
    findings.checked["bytes"] += size
    claims = known.closed[name]
    wrong = [
        who for who, was, sha in claims if was not in {None, size} or sha != digest.hexdigest()
    ]
    if len(wrong) == len(claims):
        findings.fault(key, "altered: its SHA-256 is another", _UPLOAD_AGAIN)
    elif wrong:
        what = f"its SHA-256 is not what {wrong[0]} says, but what others say"
        findings.fault(key, what, REMAKE)
