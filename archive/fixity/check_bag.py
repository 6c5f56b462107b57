"""Verifying the BagIt bag around a backup (RFC 8493): every file against its manifest, and no file
besides."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.fixity.bag import MANIFEST, TAG_MANIFEST, manifest_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.fixity.expected import Expected
    from archive.fixity.findings import Findings

WARC_FOLDER = "data/warc/"
AGAIN = "isw-archive backup into this folder once more puts it right; or take another backup"


def check_bag(
    bag: Path, known: Expected, findings: Findings, *, progress: Callable[[int], None]
) -> None:
    """Check all but the WARC files, which are left to `check_file` with what the manifest says of
    them."""
    listed = _manifest(bag, MANIFEST, findings)
    tags = _manifest(bag, TAG_MANIFEST, findings)
    for name, sha256, teller in [
        *((*item, MANIFEST) for item in listed.items()),
        *((*item, TAG_MANIFEST) for item in tags.items()),
    ]:
        if name.startswith(WARC_FOLDER) and name.endswith(".warc.gz"):
            known.closed.setdefault(name.removeprefix(WARC_FOLDER), []).append(
                ("the manifest", None, sha256)
            )
            continue
        _check(bag, name, (sha256, teller), findings)
        progress(findings.checked["bytes"])
    there = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()}
    for name in sorted(there - {*listed, *tags, TAG_MANIFEST}):
        findings.fault(name, "not in the bag's manifest", AGAIN)


def _manifest(bag: Path, name: str, findings: Findings) -> dict[str, str]:
    try:
        text = (bag / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error_with_advice(error) if isinstance(error, OSError) else "it is no text"
        findings.fault(name, f"the manifest cannot be read: {reason}", AGAIN)
        return {}
    found = manifest_lines(text)
    if found is None:
        findings.fault(name, "the manifest is not as it was written", AGAIN)
        return {}
    findings.checked["bytes"] += len(text)
    return found


def _check(bag: Path, name: str, told: tuple[str, str], findings: Findings) -> None:
    path = bag / name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        findings.checked["bytes"] += path.stat().st_size
    except OSError as error:
        findings.fault(
            name, f"cannot be read, and {told[1]} names it: {error_with_advice(error)}", AGAIN
        )
        return
    findings.checked["files"] += 1
    sha256, teller = told
    if digest != sha256:
        findings.fault(name, f"altered: its SHA-256 is not that of {teller}, or that is", AGAIN)
