"""`isw-archive export`: reports, events and citations for other programs.

Only the file named is written.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from pipeline.cli.dataset_export import dataset_options, export_dataset, wants_dataset
from pipeline.cli.dossier_export import SIGNING, export_dossier, signing, signing_options
from pipeline.cli.options import DAY, as_of, as_of_moment, day
from pipeline.cli.output import output_option, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import sqlite_utils

    from archive.errors import WarcError
    from archive.model.fetch import Location
    from archive.show.citing.record import Citation
    from pipeline.cli.context import Context

_HERE = "http://127.0.0.1:8001"
"""Where `serve` has the archive where nothing else is asked for."""
_CITATIONS = ("bibtex", "csl-json", "ris", "robust-links")
"""As `archive.show.citing.forms.FORMS`, which is not loaded for the help alone."""


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """What is asked for.

    Attributes:
        form: The format.
        report: Its name as given; None: all.
        version: Number of the version that describes it.
        since: Of events, the first day.
        kind: Of events.
        sources: Of citations, also what is cited.
        address: Where the archive's pages stand, without a slash at the end; None: not said.
        as_of: The moment as which the archive is seen; None: the present.
    """

    form: str
    report: str | None
    version: int | None
    since: str | None
    kind: str | None
    sources: bool
    address: str | None
    as_of: str | None


@click.command()
@click.argument("report", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Every report, oldest first; JSON: one a line."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "atom", *_CITATIONS, "cdxj", "wacz"]),
    default="json",
    show_default=True,
    help=(
        "atom: what happened to sources and reports, newest first; names no report. bibtex, "
        "csl-json, ris: how to cite it, and our copy. robust-links: a page of links to it and to "
        "what it cites, each with our copy. cdxj: the index of the WARC files, for replay. wacz: "
        "one report with every capture that it rests on, as a file."
    ),
)
@signing_options
@dataset_options
@click.option(
    "--version",
    "number",
    type=int,
    help="The version that describes it [default: the newest complete].",
)
@click.option("--since", type=DAY, help="atom: only events from this day on (YYYY-MM-DD).")
@click.option("--kind", help="atom: only events of this kind, e.g. died.")
@click.option("--sources", is_flag=True, help="bibtex, csl-json, ris: also each source it cites.")
@click.option(
    "--address",
    metavar="URL",
    help=(
        "Where the archive is served, for links to it [default for citations: "
        "http://127.0.0.1:8001, as `serve` has it]."
    ),
)
@as_of
@output_option
@click.pass_obj
def export(
    obj: Context,
    /,
    report: str | None,
    everything: bool,
    form: str,
    number: int | None,
    output: Path | None,
    **only: Any,
) -> None:
    """Print a report (id, or any of its addresses) with its notes, sources and versions.

    CSV has one line a citation. As a citation also the address of a source is taken.
    """
    asked = (report, everything, form != "json", number, output, only["since"], only["kind"])
    dataset = {name: only.pop(name) for name in ("dataset", "texts", "authors")}
    if wants_dataset(**dataset):
        more = ("sources", "address", "sign_key", "as_of")
        others = any((*asked, *(only[name] for name in more)))
        export_dataset(obj, dataset.pop("dataset"), **dataset, others=others)
        return
    _check(form, report, everything=everything, number=number, only=only)
    if form in {"wacz", "cdxj"} and only["as_of"] is not None:
        raise BadInputError(f"export --format {form}: is of what is kept now; leave out --as-of")
    if form == "wacz":
        export_dossier(obj, report, output, signing(obj.settings, **only))
        return
    if any(only[name] is not None for name in SIGNING):
        raise BadInputError("export: --sign-key and what goes with it are for --format wacz")
    wanted = ExportWanted(
        form, report, number, day(only["since"]), only["kind"], only["sources"],
        _address(only["address"]), as_of_moment(only["as_of"]),
    )  # fmt: skip
    obj.folder.require()
    if form == "cdxj":
        _put_index(obj, wanted, output)
        return
    put(_PARTS.get(form, _citations)(obj, wanted), output, obj.folder)


def _check(
    form: str, report: str | None, *, everything: bool, number: int | None, only: dict[str, Any]
) -> None:
    """Whether what is asked for makes sense together.

    Raises:
        BadInputError: It does not.
    """
    if form == "atom" and (report is not None or everything or number is not None):
        raise BadInputError("export --format atom: is about everything; name no report")
    if form == "wacz" and (report is None or everything or number is not None):
        raise BadInputError("export --format wacz: name one report, no version, and --output FILE")
    if form != "atom" and (only["since"] or only["kind"]):
        raise BadInputError("export: --since and --kind go with --format atom")
    if only["sources"] and form not in _CITATIONS:
        raise BadInputError(f"export: --sources goes with --format {', '.join(_CITATIONS)}")
    if number is not None and (form == "cdxj" or everything):
        raise BadInputError("export: --version goes with one report, not with --all nor cdxj")
    if form == "cdxj" and everything and report is not None:
        raise BadInputError("export --format cdxj: name one report, or --all, or neither")
    if form not in {"atom", "cdxj"} and (report is None) is not everything:
        raise BadInputError("export: name one report, or --all")


def _address(given: str | None) -> str | None:
    """The address without a slash at its end.

    Raises:
        BadInputError: It is none.
    """
    if given is None:
        return None
    from archive.errors import BadUrlError
    from archive.urls.normal import fetchable

    try:
        return fetchable(given).rstrip("/")
    except BadUrlError as error:
        raise BadInputError(f"export --address {error}") from error


def _ids(db: sqlite_utils.Database, wanted: ExportWanted) -> list[str]:
    """The reports asked for, without those withheld.

    Raises:
        BadInputError: The one asked for is not held, or withheld.
    """
    from archive.show import export as out
    from archive.show.reports_named import resolve

    ids = out.all_ids(db) if wanted.report is None else [resolve(db, wanted.report)]
    withheld = {
        name: why for name in ids if (why := out.withheld(db, name, wanted.version)) is not None
    }
    if wanted.report is not None and withheld:
        raise BadInputError(f"export {wanted.report}: withheld: {withheld[ids[0]]}")
    for name, why in withheld.items():
        click.echo(f"{name}: left out, withheld: {why}", err=True)
    return [name for name in ids if name not in withheld]


def _json_lines(obj: Context, wanted: ExportWanted) -> Iterator[str]:
    from archive.fixity.ledger import newest
    from archive.show import export as out

    db = obj.opened(wanted.as_of)
    ids, checkpoint = _ids(db, wanted), newest(obj.folder)
    for name in ids:
        told = out.report_object(db, name, wanted.version) | {"ledger": checkpoint}
        if wanted.as_of is not None:
            told["as_of"] = wanted.as_of
        yield f"{out.json_line(told)}\n"


def _csv_lines(obj: Context, wanted: ExportWanted) -> Iterator[str]:
    from archive.show import export as out

    db = obj.opened(wanted.as_of)
    for line in out.csv_lines(db, _ids(db, wanted), wanted.version):
        yield f"{line}\n"


def _events(obj: Context, wanted: ExportWanted) -> Iterator[str]:
    from archive.show import atom

    if wanted.kind is not None and wanted.kind not in atom.TITLES:
        raise BadInputError(
            f"export --kind {wanted.kind}: no such kind; there are {', '.join(atom.TITLES)}"
        )
    about = atom.FeedScope(since=wanted.since, kind=wanted.kind)
    yield f"{atom.feed(obj.opened(wanted.as_of).conn, about, wanted.address or '').text}\n"


def _citations(obj: Context, wanted: ExportWanted) -> Iterator[str]:
    from archive.show.citing.forms import FORMS

    if wanted.address is None:
        click.echo(
            f"links to our copies begin with {_HERE}, as `serve` has it: give --address where "
            "others reach this archive",
            err=True,
        )
    yield FORMS[wanted.form](list(_cited(obj.opened(wanted.as_of), wanted)))


def _cited(db: sqlite_utils.Database, wanted: ExportWanted) -> Iterator[Citation]:
    """The reports asked for, and where wanted what they cite, each once."""
    from archive.show.citing import reading
    from archive.show.withheld import WithheldError

    root = wanted.address or _HERE
    alone = _source(db, wanted)
    numbers: dict[int, None] = {} if alone is None else {alone: None}
    for name in _ids(db, wanted) if alone is None else []:
        version = None if wanted.version is None else str(wanted.version)
        found = reading.report(db.conn, name, version, root)
        if found is None:
            raise BadInputError(f"report {name}: no version {wanted.version}")
        yield found
        if wanted.sources or wanted.form == "robust-links":
            numbers.update(dict.fromkeys(reading.cited_by(db.conn, name, version)))
    for number in numbers:
        try:
            cited = reading.source(db.conn, number, root)
        except WithheldError as error:
            click.echo(f"source {number}: left out: {error}", err=True)
            continue
        if cited is not None:
            yield cited


def _source(db: sqlite_utils.Database, wanted: ExportWanted) -> int | None:
    """The number of the source whose address was given; None: something else was."""
    from archive.show.citing.reading import number_of
    from archive.show.reports_named import resolve

    if wanted.report is None:
        return None
    try:
        resolve(db, wanted.report)
    except BadInputError:
        return number_of(db.conn, wanted.report)
    return None


def _put_index(obj: Context, wanted: ExportWanted, output: Path | None) -> None:
    """The index; of a file that is damaged what comes before that, said and answered with 1."""
    from archive.show import record_places
    from archive.show.reports_named import resolve
    from archive.warc.cdxj import sorted_index

    db = obj.opened()
    kept = record_places.withheld(db.conn)
    only = None
    if wanted.report is not None:
        only = record_places.of_report(db.conn, resolve(db, wanted.report))
    damaged: list[WarcError] = []

    def asked_for(at: Location) -> bool:
        place = (at.file, at.offset)
        return place not in kept and (only is None or place in only)

    lines = sorted_index(obj.folder.warcs, asked_for, damaged.append)
    put((line + b"\n" for line in lines), output, obj.folder)
    missing = [
        name for name in record_places.files(db.conn) if not (obj.folder.warcs / name).exists()
    ]
    for error in damaged:
        click.echo(f"not indexed to its end: {error}", err=True)
    for name in missing:
        click.echo(f"not indexed, since it is missing: {name}; see docs/after-damage.md", err=True)
    if damaged or missing:
        sys.exit(1)


_PARTS: dict[str, Callable[[Context, ExportWanted], Iterator[str]]] = {
    "json": _json_lines,
    "csv": _csv_lines,
    "atom": _events,
}
"""What each format is made of; all others are citations."""
