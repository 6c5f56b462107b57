"""`isw-archive held`: what there is of an address, a file, a digest, a paragraph."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import ArchiveError, BadInputError
from pipeline.cli.options import as_json

if TYPE_CHECKING:
    import sqlite3

    from archive.show.held.answer import HeldAnswer
    from pipeline.cli.context import Context

NOT_HELD = 1


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@as_json
@click.pass_obj
def held(obj: Context, what: tuple[str, ...], machine: bool) -> None:
    """Say what is held of each WHAT: reports, sentences, captures, texts that say the same.

    WHAT is an address in any spelling (defanged, mobile, shortened, as another archive's copy), a
    file (its bytes and its text), a SHA-256 (hexadecimal or base32), a paragraph in quotes, a WARC
    record's id, a report's id, or - for what comes on standard input. Nothing is fetched.

    Ends with 0 where a copy of each is held, with 1 where of any there is none.
    """
    from archive.db.database import open_readonly
    from pipeline.cli.held_text import lines

    obj.folder.require()
    with closing(open_readonly(obj.folder.database)) as db:
        found = [_answer(obj, db.conn, one) for one in what]
    if machine:
        told = [one.told() for one in found]
        click.echo(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False))
    else:
        for at, answer in enumerate(found):
            click.echo("\n".join(["", *lines(answer)] if at else lines(answer)))
    if not all(one.held for one in found):
        sys.exit(NOT_HELD)


def _answer(obj: Context, connection: sqlite3.Connection, given: str) -> HeldAnswer:
    from archive.show.held import find

    if given == "-":
        read = sys.stdin.buffer.read(1_000_000)
        return find.find_held(connection, read.decode("utf-8", "replace"))
    path = Path(given)
    if given.strip() and _is_there(path, given):
        return _file(obj, connection, path)
    if given.startswith(_PATHS) and len(given.split()) == 1:
        raise BadInputError(f"held {given}: no such file; what begins so is taken for a path")
    return find.find_held(connection, given)


_PATHS = ("/", "./", "../", "~/")


def _is_there(path: Path, given: str) -> bool:
    """Whether a path leads to anything that may be meant; a paragraph may be longer than a path
    can be, and a folder may be named like a host."""
    from archive.urls.pasted import pasted_address

    try:
        return path.exists() and not (path.is_dir() and pasted_address(given))
    except (OSError, ValueError):
        return False


def _file(obj: Context, connection: sqlite3.Connection, path: Path) -> HeldAnswer:
    from archive import clock
    from archive.show.held.find import held_file
    from pipeline.read.page_text import page_text
    from pipeline.run.documents import bytes_of, digest_of, in_a_worker, is_small

    digest, text = digest_of(path), ""
    if is_small(path) and path.stat().st_size:
        at = (bytes_of(path), path.absolute().as_uri(), None, clock.now())
        try:
            text = in_a_worker(obj.settings, str(path), page_text, *at).text
        except ArchiveError as error:  # its bytes may be held all the same
            click.echo(f"isw-archive: {error}", err=True)
    return held_file(connection, path.name, digest, text)
