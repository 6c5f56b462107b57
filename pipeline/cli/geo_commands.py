"""`isw-archive geolocations` and `report geo`: where others place what reports cite."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from archive.writable import writable
from pipeline.cli.options import as_json
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from archive.db.geolocations import TakenIn
    from archive.model.geolocations import PlacesFile
    from pipeline.cli.context import Context


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--licence", help="Of the FILEs, where they do not say it themselves.")
@click.option("--forget", metavar="FILE", help="Put the file of this name out of force.")
@as_json
@click.pass_obj
def geolocations(
    obj: Context, files: tuple[Path, ...], licence: str | None, forget: str | None, *, machine: bool
) -> None:
    """Take in FILEs of geolocations (GeoJSON, uMap, TimeMap), or say which are in force.

    They are joined to what reports cite by address: pages and the export then say where others
    place it. Nothing is fetched. A file takes the place of one of the same name; they are kept in
    people.db in the data folder, which rebuild leaves alone and backups hold.
    """
    if (forget is not None and files) or (licence is not None and not files):
        raise BadInputError("geolocations: --forget goes without FILEs, --licence with them")
    obj.folder.require()
    if forget is not None:
        _forget(obj, forget, machine=machine)
    elif files:
        _take_in(obj, files, licence, machine=machine)
    else:
        _list(obj, machine=machine)


def _take_in(obj: Context, files: tuple[Path, ...], licence: str | None, *, machine: bool) -> None:
    """Read all of them before any is kept."""
    from archive.db import geolocations as db

    if len({path.name for path in files}) < len(files):
        raise BadInputError(
            "geolocations: two FILEs of one name; the second would replace the first"
        )
    read = [_places_in(path, licence) for path in files]
    told = [
        {**_summary(file, found), "new": db.take_in(obj.folder.people, file, found)}
        for file, found in read
    ]
    if machine:
        click.echo(json.dumps({"files": told}, ensure_ascii=False))
        return
    for one in told:
        for line in _lines(one):
            click.echo(printable(line))


def _places_in(path: Path, licence: str | None) -> tuple[TakenIn, PlacesFile]:
    from archive import clock
    from archive.db.geolocations import TakenIn
    from archive.model.people import LONGEST_REASON, checked
    from archive.model.times import format_time
    from pipeline.read.geolocations.reading import read_places
    from pipeline.run.jobs.ledger_keeper import who

    body = _bytes(path)
    try:
        found = read_places(body)
    except BadInputError as error:
        raise BadInputError(f"{path}: {error}; nothing was taken in") from error
    if licence is not None:
        found = replace(found, licence=checked(licence, LONGEST_REASON, "licence"))
    name = writable(path.name)
    digest = hashlib.sha256(body).hexdigest()
    return TakenIn(name, digest, format_time(clock.now()), who() or "unknown"), found


def _bytes(path: Path) -> bytes:
    """A file's bytes, no more than are read."""
    from pipeline.read.geolocations.features import MOST_BYTES

    if not path.is_file():
        why = "not a file" if path.exists() else "no such file"
        raise BadInputError(f"{path}: {why}; nothing was taken in")
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"{path}: {error.strerror}; nothing was taken in") from error


def _summary(file: TakenIn, found: PlacesFile) -> dict[str, Any]:
    from collections import Counter

    left = Counter(one.why for one in found.left_out)
    return {
        "name": file.name, "sha256": file.sha256, "layout": found.layout,
        "licence": found.licence, "features": found.features, "places": len(found.places),
        "left_out": dict(left.most_common()),
    }  # fmt: skip


MOST_REASONS = 10
"""Printed of a file; points out of range have one each."""


def _lines(told: dict[str, Any]) -> list[str]:
    if not told["new"]:
        return [f"{told['name']}: taken in before, as it is"]
    reasons = list(told["left_out"].items())
    more = len(reasons) - MOST_REASONS
    count = f"{told['places']} of {told['features']} places"
    licence = told["licence"] or "not named"
    return [
        f"{told['name']}: {count}, layout {told['layout']}, licence {licence}",
        *(f"  left out {number}: {why}" for why, number in reasons[:MOST_REASONS]),
        *([f"  and for {more} more reasons"] if more > 0 else []),
    ]


def _forget(obj: Context, name: str, *, machine: bool) -> None:
    from archive import clock
    from archive.db import geolocations as db
    from archive.model.times import format_time

    bare = Path(name).name
    known = {row["name"] for row in db.files(obj.folder.people)}
    if bare not in known or not db.forget(obj.folder.people, bare, format_time(clock.now())):
        raise BadInputError(f"geolocations --forget {name}: no file of this name is in force")
    click.echo(json.dumps({"forgotten": bare}) if machine else f"{printable(bare)}: forgotten")


def _list(obj: Context, *, machine: bool) -> None:
    from archive.db import geolocations as db

    found = [
        {**row, "left_out": json.loads(row["left_out"])} for row in db.files(obj.folder.people)
    ]
    if machine:
        click.echo(json.dumps({"files": found}, ensure_ascii=False))
        return
    for row in found:
        click.echo(
            printable(
                f"{row['places']:7,d}  {row['name']}: {row['layout']}, licence "
                f"{row['licence'] or 'not named'}, taken in {row['at'][:10]}"
            )
        )
    if not found:
        click.echo("none; isw-archive geolocations FILE takes one in")


@click.command(short_help="Where others place what a report cites, as GeoJSON.")
@click.argument("report")
@click.pass_obj
def geo(obj: Context, report: str) -> None:
    """Print as GeoJSON where others place what REPORT cites."""
    from archive.db.database import open_readonly
    from archive.show import export, geo_reading, reports_named

    obj.folder.require()
    with closing(open_readonly(obj.folder.database)) as db:
        name = reports_named.resolve(db, report)
        version = next(iter(export.newest_versions(db, name)), 0)
        found = geo_reading.of_version(db.conn, version)
    click.echo(geo_reading.as_geojson(name, found))
