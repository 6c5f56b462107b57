"""`isw-archive verify` and what goes with it: evidence checked, kept twice, put back, told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from archive.errors import BadInputError
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.options import DAY, as_json
from pipeline.cli.results import print_answer
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.dossier.check_signature import Demand
    from archive.fixity.checkpoint import Key
    from pipeline.cli.context import Context

MB = 1_000_000


class _Place(click.Path):
    """A path that is there, or a place in a store."""

    def convert(self, value: Any, *given: Any) -> Any:
        return value if str(value).startswith("s3://") else super().convert(value, *given)


@click.command()
@click.argument("path", required=False, type=_Place(path_type=Path, exists=True))
@click.option(
    "--deep", is_flag=True, help="Read every record, too, and compare each row with one made anew."
)
@click.option("--since", type=DAY, help="Read only WARC files begun from this day on (YYYY-MM-DD).")
@click.option(
    "--key",
    metavar="KEY",
    help="The ledger's public key, as you know it from elsewhere; of a dossier also the key that "
    "signed it: base64, or a file in PEM.",
)
@click.option("--require-signature", is_flag=True, help="A dossier must be signed.")
@click.option(
    "--roots",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Certificates (PEM) to one of which those of a dossier's signature must lead.",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An older checkpoint of the ledger: what it vouched for must still stand.",
)
@click.option(
    "--authorities",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Root certificates (PEM) of timestamp authorities; each timestamp must be theirs.",
)
@click.option(
    "--block-headers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Headers of Bitcoin's blocks, a line each: HEIGHT and its 80 bytes in hex; proofs of "
    "calendars that lead into these blocks must be theirs.",
)
@as_json
@click.pass_obj
def verify(
    obj: Context,
    /,
    path: Path | str | None,
    deep: bool,
    since: datetime | None,
    machine: bool,
    **trust: Any,
) -> None:
    """Check that all is as it was kept: files, records, ledger, database. Offline, but for a store;
    nothing is written.

    PATH: a data folder, a backup (also s3://bucket/prefix), a folder of WARC files, or a dossier
    (.wacz) [default: the data folder]. Without --deep each file is compared with its SHA-256, as
    fast as the disk gives it; of a dossier every record is always read. Ends with 1 where anything
    is not as it was kept; each such line names the file, the record and the remedy.
    """
    from archive.fixity.bitcoin_headers import headers
    from archive.fixity.check_ledger import Trust
    from archive.fixity.verify import VerifyOptions
    from pipeline.run.jobs.verify import verify as run

    say = Say()
    where = path or obj.data
    ledger_key, demand = _demanded(where, **trust)
    options = VerifyOptions(
        deep=deep,
        since=f"{since:%Y%m%d}" if since else None,
        trust=Trust(
            ledger_key,
            _text(trust["checkpoint"]),
            trust["authorities"].read_bytes() if trust["authorities"] else None,
            headers(trust["block_headers"].read_bytes()) if trust["block_headers"] else None,
        ),
        progress=lambda done: say.progress(f"verify: {done // MB} MB"),
    )
    answer = run(where, obj.settings, say, options, demand)
    _tell(answer, machine, _verified(answer, deep=deep))


def _demanded(
    path: Path | str, *, key: str | None, require_signature: bool, roots: Path | None, **_: Any
) -> tuple[Key | None, Demand]:
    """The ledger's key, and what is asked of a dossier's signature: any key asks for one."""
    from archive.dossier.check_signature import Demand
    from archive.dossier.sign import certificates, public_key

    trusted = tuple(certificates(_text(roots) or "")) if roots else ()
    if key is None:
        return None, Demand(require_signature, None, trusted)
    text = _key_text(key)
    if isinstance(path, str) or not path.is_file():
        return _key(text), Demand(require_signature, None, trusted)
    try:
        return None, Demand(True, public_key(text), trusted)
    except BadInputError as error:
        return _key(text, f"; for the signature of a dossier: {error}"), Demand(True, None, trusted)


def _key_text(key: str) -> str:
    """A key as it was given, or what stands in the file that was named instead."""
    try:
        is_file = Path(key).is_file()
    except OSError:  # longer than a name may be: a key in PEM
        return key
    return (_text(Path(key)) or "") if is_file else key


def _key(text: str, besides: str = "") -> Key:
    """The ledger's key; `besides` says what else it is not."""
    from archive.errors import LedgerError
    from archive.fixity.checkpoint import Key

    try:
        return Key.parse(text)
    except LedgerError as error:
        raise BadInputError(f"--key: {error}{besides}") from error


def _text(path: Path | None) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path else None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: no key, certificate or checkpoint; it is no text") from error


def _tell(answer: dict[str, Any], machine: bool, lines: Iterator[str]) -> None:
    print_answer(answer, (row for line in lines for row in line.split("\n")), machine)
    if not answer["ok"]:
        sys.exit(EXIT_PROBLEMS)


def _verified(answer: dict[str, Any], *, deep: bool) -> Iterator[str]:
    from archive.fixity.findings import Fault

    for fault in answer["faults"]:
        yield f"! {Fault(**fault)}"
    yield from answer["notes"]
    checked = answer["checked"]
    told = ", ".join(
        counted(checked.get(name, 0), name) for name in ("files", "records", "entries", "rows")
    )
    if not deep and not checked.get("records"):
        told += " (--deep reads the records and makes the rows anew)"
    yield (
        f"checked: {told}; {checked.get('bytes', 0) / MB:.1f} MB in {answer['seconds']} s, "
        f"{answer['mb_per_s']} MB/s"
    )
    if answer["checkpoint"]:
        origin, size, root = answer["checkpoint"].split("\n")[:3]
        yield f"ledger {origin}: {size} entries, root {root}"
    faults = len(answer["faults"])
    yield counted(faults, "faults") if faults else "all is as it was kept"


@click.command()
@click.option("--all", "everything", is_flag=True, help="Read all WARC files, whatever the budget.")
@as_json
@click.pass_obj
def fixity(obj: Context, everything: bool, machine: bool) -> None:
    """Verify what was looked at longest ago, and keep what was found: a round of the daemon's.

    Reads the ledger, the database, and WARC files up to the setting fixity_bytes_per_day (one at
    least). What was found of each stands in the table fixity_checks; a fault is an alarm until the
    file was looked at again and is right. Ends with 1 where anything is not as it was kept.
    """
    from pipeline.run.jobs.fixity_round import fixity_round as run

    obj.folder.require()
    budget = None if everything else obj.settings.fixity_bytes_per_day
    answer = run(obj.folder, budget, Say())
    _tell(answer, machine, _rounded(answer))


def _rounded(answer: dict[str, Any]) -> Iterator[str]:
    from archive.fixity.findings import Fault

    for fault in answer["faults"]:
        yield f"! {Fault(**fault)}"
    yield from answer["notes"]
    wrong, waiting = len(answer["faults"]), answer["waiting"]
    yield (
        f"{counted(len(answer['looked_at']), 'files')} read, "
        f"{answer['checked'].get('bytes', 0) / MB:.1f} MB in {answer['seconds']} s"
        + (f"; {waiting} WARC files wait for the next rounds" if waiting else "")
    )
    yield counted(wrong, "faults") if wrong else "what was read is as it was kept"


@click.command()
@as_json
@click.pass_obj
def timestamp(obj: Context, machine: bool) -> None:
    """Have others vouch for the ledger: authorities (RFC 3161) and calendars (OpenTimestamps).

    The settings timestamp_authorities and timestamp_calendars name them. Their answers over the
    newest checkpoint are kept in warc/timestamps/ and entered in the ledger; what calendars
    promised earlier is asked for, and is complete once a block of Bitcoin has it. isw-archive
    verify checks them, with --authorities against the certificates you trust, with --block-headers
    against the blocks you know. Ends with 1 where one did not answer as it should.
    """
    from archive.config import require_contact
    from pipeline.run.jobs.timestamp import timestamp as run

    obj.folder.require()
    require_contact(obj.settings, "timestamp")
    answer = run(obj.folder, obj.settings, Say())
    _tell(answer, machine, _stamped(answer))


def _stamped(answer: dict[str, Any]) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    for one in answer["stamped"]:
        yield f"{one['authority']}: {one['at']}, over {answer['size']} entries ({one['file']})"
    for one in answer["proofs"]:
        state = f"complete, in block {one['height']}" if "height" in one else "pending"
        yield f"{one['calendar']}: {state}, over {one['size']} entries ({one['file']})"
    if answer["pending"]:
        yield f"{counted(answer['pending'], 'proofs')} pending; isw-archive timestamp asks again"


@click.command()
@click.argument("dest")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Keep so many backups by their date, each whole [default: one, brought up to date].",
)
@click.option(
    "--anew", is_flag=True, help="Begin in a folder where a backup was made before and is gone."
)
@as_json
@click.pass_obj
def backup(obj: Context, dest: str, keep: int | None, anew: bool, machine: bool) -> None:
    """Copy the archive to DEST, also while a run goes on; again: only what is new.

    DEST is a folder, and becomes a BagIt bag: database, WARC files, ledger, each read back after it
    was written. With --keep each backup is a bag in a folder named by its date, in which unchanged
    files are links to those of the one before; without it nothing is ever removed. Where a backup
    was made before and is gone, its disk may not be mounted: nothing is written. Or DEST is
    s3://bucket/prefix in an S3-compatible store (extra s3; keys in the environment:
    AWS_ACCESS_KEY_ID and its like). The ledger's secret key (ledger.key) is in no backup: keep that
    elsewhere.
    """
    from pipeline.run.jobs.safekeeping import backup as run

    obj.folder.require()
    _require_place(dest)
    answer = run(obj.folder, dest, keep or 0, Say(), anew=anew)
    _tell(answer, machine, _backed_up(answer))


def _require_place(place: str) -> None:
    """Refuse what is neither a folder nor an address of a store."""
    if not place or ("://" in place and not place.startswith("s3://")):
        raise BadInputError(f"{place!r}: neither a folder nor s3://bucket/prefix")


def _backed_up(answer: dict[str, Any]) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    entries = "without a ledger" if answer["entries"] is None else f"{answer['entries']} entries"
    yield (
        f"{answer['backup']}: {answer['copied']} WARC files copied, {answer['kept']} there "
        f"already, {answer['bytes'] / MB:.1f} MB written and read back; {entries}"
    )


@click.command()
@click.argument("source")
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The ledger's secret key as you kept it [default: a new one, and the ledger says so].",
)
@as_json
@click.pass_obj
def restore(obj: Context, source: str, dest: Path, key: Path | None, machine: bool) -> None:
    """Make a data folder DEST of the backup SOURCE; every file is compared with its manifest.

    SOURCE: a backup, a folder of backups by date (the newest is taken), or s3://bucket/prefix.
    """
    from archive.folder import DataFolder
    from pipeline.run.jobs.safekeeping import restore as run

    _require_place(source)
    answer = run(source, DataFolder(dest), key, Say())
    _tell(answer, machine, _restored(answer))


def _restored(answer: dict[str, Any]) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    yield f"{answer['restored']}: {answer['files']} files, {answer['bytes'] / MB:.1f} MB"


@click.command()
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="A backup, another data folder, a folder of WARC files, or a dossier (.wacz).",
)
@as_json
@click.pass_obj
def repair(obj: Context, source: Path, machine: bool) -> None:
    """Put damaged or lost files and records back from another copy, where their digest is right.

    Ends with 1 where anything is still wrong.
    """
    from pipeline.run.jobs.safekeeping import repair as run

    if not obj.folder.warcs.is_dir():
        raise BadInputError(f"{obj.data}: no data folder; restore one: isw-archive restore")
    answer = run(obj.folder, source, obj.settings, Say())
    _tell(answer, machine, _repaired(answer))


def _repaired(answer: dict[str, Any]) -> Iterator[str]:
    for name in answer["files"]:
        yield f"{name}: put back"
    for one in answer["records"]:
        yield f"{one['file']} at byte {one['byte']}: record {one['record']} put back"
    for problem in answer["problems"]:
        yield f"! {problem}"
    if answer["ok"]:
        done = answer["files"] or answer["records"]
        yield "all is as it was kept" if done else "nothing was wrong"


@click.command()
@click.argument("capture")
@as_json
@click.pass_obj
def custody(obj: Context, capture: str, machine: bool) -> None:
    """Say how CAPTURE (its number, or its record's id) came to be and what became of it.

    Who, when, why, with what, connected to where, by which way; its digests, its entry in the
    ledger with the proof, every later look at it; and three lines of a shell that verify it without
    this program.
    """
    import contextlib

    from archive.db.database import open_readonly
    from archive.fixity.custody import custody as report
    from archive.fixity.custody import lines

    obj.folder.require()
    with contextlib.closing(open_readonly(obj.folder.database)) as db:
        answer = report(db, obj.folder, capture)
    _tell({"ok": True, **answer}, machine, lines(answer))


@click.command()
@click.argument("capture")
@click.option(
    "--reason", required=True, help="Why; the ledger keeps it for good, and pages show it."
)
@click.option("--undo", is_flag=True, help="Show it again.")
@as_json
@click.pass_obj
def withhold(obj: Context, capture: str, reason: str, undo: bool, machine: bool) -> None:
    """Hide CAPTURE (its number, or its record's id) from pages and exports; its bytes stay.

    Its pages answer 451. While anything is withheld, pages take no SQL of visitors and give no copy
    of the database. Who has the data folder has the bytes all the same.
    """
    from pipeline.run.jobs.safekeeping import withhold as run

    obj.folder.require()
    answer = run(obj.folder, capture, reason, undo=undo)
    done = "shown again" if undo else "withheld"
    _tell(answer, machine, iter([f"capture {answer['capture']} ({answer['url']}): {done}"]))
