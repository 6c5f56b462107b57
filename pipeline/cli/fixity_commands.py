"""`isw-archive verify` and what goes with it: evidence checked, kept twice, put back, told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from pipeline.cli.options import DAY, as_json
from pipeline.run.jobs.say import Say, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.cli.main import Context

EXIT_PROBLEMS = 1
MB = 1_000_000


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--deep", is_flag=True, help="Read every record, too, and make every row anew beside.")
@click.option("--since", type=DAY, help="Read only WARC files begun from this day on (YYYY-MM-DD).")
@click.option("--key", metavar="KEY", help="The ledger's public key, as you know it from elsewhere.")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An older checkpoint of the ledger: what it vouched for must still stand.",
)
@as_json
@click.pass_obj
def verify(
    obj: Context, /, path: Path | None, deep: bool, since: datetime | None, machine: bool, **trust: Any
) -> None:
    """Check that all is as it was kept: files, records, ledger, database. Offline; nothing is written.

    PATH: a data folder, a backup, or a folder of WARC files [default: the data folder]. Without
    --deep each file is compared with its SHA-256, as fast as the disk gives it. Ends with 1 where
    anything is not as it was kept; each such line names the file, the record and the remedy.
    """
    from archive.fixity.check_ledger import Trust
    from archive.fixity.note import Key
    from archive.fixity.verify import Wish
    from pipeline.run.jobs.verify import verify as run

    say = Say()
    wish = Wish(
        deep=deep,
        since=f"{since:%Y%m%d}" if since else None,
        trust=Trust(
            Key.parse(trust["key"]) if trust["key"] else None,
            _text(trust["checkpoint"]),
        ),
        progress=lambda done: say.progress(f"verify: {done // MB} MB"),
    )
    answer = run(path or obj.data, obj.settings, say, wish)
    _tell(answer, machine, _verified(answer))


def _text(path: Path | None) -> str | None:
    try:
        return path.read_text(encoding="utf-8") if path else None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: no checkpoint; it is no text") from error


def _tell(answer: dict[str, Any], machine: bool, lines: Iterator[str]) -> None:
    if machine:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for line in lines:
            click.echo(printable(line))
    if not answer["ok"]:
        sys.exit(EXIT_PROBLEMS)


def _verified(answer: dict[str, Any]) -> Iterator[str]:
    from archive.fixity.findings import Fault

    for fault in answer["faults"]:
        yield f"! {Fault(**fault)}"
    yield from answer["notes"]
    checked = answer["checked"]
    told = ", ".join(f"{checked.get(name, 0)} {name}" for name in ("files", "records", "entries", "rows"))
    yield (
        f"checked: {told}; {checked.get('bytes', 0) / MB:.1f} MB in {answer['seconds']} s, "
        f"{answer['mb_per_s']} MB/s"
    )
    if answer["checkpoint"]:
        origin, size, root = answer["checkpoint"].split("\n")[:3]
        yield f"ledger {origin}: {size} entries, root {root}"
    faults = len(answer["faults"])
    yield "all is as it was kept" if not faults else f"{faults} faults"
