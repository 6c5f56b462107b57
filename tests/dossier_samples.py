"""For the tests of dossiers: a small archive and its dossier, and how to forge one."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.db.database import open_readonly
from archive.dossier.check import CheckOptions, check
from archive.dossier.check_signature import Demand
from archive.dossier.make import dossier
from archive.dossier.opened import opened
from archive.dossier.package import DIGEST, PACKAGE, Resource, as_json, zipped
from archive.dossier.sign import Signing
from archive.dossier.writing import write
from archive.fixity.check_ledger import Trust
from archive.fixity.findings import Findings
from archive.folder import DataFolder
from pipeline.run.jobs.ledger_keeper import LedgerKeeper
from tests import web_samples

REPORT = web_samples.REPORT_ID


def make_archive(root: Path) -> DataFolder:
    """An archive with a hop, a revisit, a failure and hostile words, all in its ledger."""
    folder = web_samples.make(root)
    LedgerKeeper(folder).note()
    return folder


def make_dossier(
    folder: DataFolder, target: Path, report: str = REPORT, signing: Signing | None = None
) -> Path:
    db = open_readonly(folder.database)
    try:
        with target.open("wb") as file:
            write(dossier(db, folder, report, signing=signing), file)
    finally:
        db.close()
    return target


def findings(path: Path, demand: Demand | None = None, *, trust: Trust | None = None) -> Findings:
    found = Findings()
    check(path, CheckOptions(trust or Trust(), demand or Demand()), found)
    return found


def faults(path: Path, demand: Demand | None = None, **how: Any) -> list[str]:
    return [f"{one.file}: {one.what}" for one in findings(path, demand, **how).faults]


def files_of(path: Path) -> dict[str, bytes]:
    with opened(path) as package:
        return {name: package.content(name) for name in package.names()}


def forged(path: Path, target: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A dossier with other content, whose digests are all made anew; its signature is kept."""
    files = files_of(path)
    change(files)
    listed = [Resource.of(n, c) for n, c in files.items() if n not in {PACKAGE, DIGEST}]
    about = _object(files[PACKAGE])
    about["resources"] = [
        {"name": one.path.rpartition("/")[2], "path": one.path, "hash": f"sha256:{one.sha256}",
         "bytes": one.size}
        for one in listed
    ]  # fmt: skip
    package = as_json(about)
    digest = {**_object(files[DIGEST]), "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    put(target, {**files, PACKAGE: package, DIGEST: as_json(digest)})
    return target


def put(target: Path, files: dict[str, bytes]) -> Path:
    resources = [Resource.of(name, content) for name, content in files.items()]
    target.write_bytes(b"".join(zipped(resources)))
    return target


def _object(content: bytes) -> dict[str, Any]:
    return dict(json.loads(content))


def repacked(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A WARC file of gzip members, each unpacked, changed and packed again."""
    out = bytearray()
    while content:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        text = change(unpacker.decompress(content))
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        out += packer.compress(text) + packer.flush()
        content = unpacker.unused_data
    return bytes(out)
