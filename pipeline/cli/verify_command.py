"""`isw-archive verify`: what is asked of a copy, what the asker knows from elsewhere, and what was
found, in lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from archive.errors import BadInputError
from pipeline.cli.options import DAY, as_json
from pipeline.cli.results import print_checked
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.dossier.check_signature import Demand
    from archive.fixity.checkpoint import Key
    from pipeline.cli.context import Context

_MB = 1_000_000


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
        progress=lambda done: say.progress(f"verify: {done // _MB} MB"),
    )
    answer = run(where, obj.settings, say, options, demand)
    print_checked(answer, _verified(answer, deep=deep), machine)


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
        f"checked: {told}; {checked.get('bytes', 0) / _MB:.1f} MB in {answer['seconds']} s, "
        f"{answer['mb_per_s']} MB/s"
    )
    if answer["checkpoint"]:
        origin, size, root = answer["checkpoint"].split("\n")[:3]
        yield f"ledger {origin}: {size} entries, root {root}"
    faults = len(answer["faults"])
    yield counted(faults, "faults") if faults else "all is as it was kept"
