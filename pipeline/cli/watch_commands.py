"""`isw-archive watch`: questions that are asked of all that is new."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from archive.model.watches import OVER
from pipeline.cli.options import as_json
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from pipeline.cli.context import Context


@click.group()
def watch() -> None:
    """Keep questions that are asked of all that is new: words, an account, a host, a series.

    Each has an Atom feed (/-/watch/NAME.atom) and is an alarm on each day that brings something.
    They are kept in people.db in the data folder, which rebuild leaves alone and backups hold.
    """


@watch.command("add", short_help="Watch for words, an account, a host, a series.")
@click.argument("name")
@click.argument("words", required=False, default="")
@click.option("--platform", default="", help="With --account: telegram, x, youtube, ...")
@click.option("--account", default="", help="Only what cites, or is of, this account.")
@click.option("--host", default="", help="Only what cites, or is on, this host.")
@click.option("--series", default="", help="Only of reports of this series, e.g. iran-update.")
@click.option(
    "--over", type=click.Choice(OVER), multiple=True,
    help="Citing sentences, texts of cited pages, events [default: all three].",
)  # fmt: skip
@click.option("--no-alarm", is_flag=True, help="Only a feed.")
@click.pass_obj
def add(obj: Context, /, name: str, words: str, no_alarm: bool, **given: Any) -> None:
    """Watch for WORDS, written as in the search, in any script; an account, host or series, or all
    of these at once."""
    from archive import clock
    from archive.db import watches
    from archive.model.times import format_time
    from archive.model.watches import Watch, checked_watch
    from archive.show.search.asked import parse_query
    from pipeline.run.jobs.ledger_keeper import who

    chosen = given.pop("over")
    over = tuple(one for one in OVER if one in chosen) or OVER
    account = given.pop("account").removeprefix("@")
    named = {"account": account, **given}
    made = {"made_at": format_time(clock.now()), "who": who() or "unknown"}
    asked = Watch(name, words.strip(), over=over, alarm=not no_alarm, **named, **made)
    checked_watch(asked)
    read = parse_query(asked.words)
    if asked.words and read.asked is None:
        raise BadInputError(f"watch {name}: {words!r} has no word that could be looked for")
    if read.doubts:  # a search that is passed over in part is seen to be; nobody looks at a watch
        raise BadInputError(
            f"watch {name}: {words!r} is not understood as a whole. {' '.join(read.doubts)} "
            "Write it otherwise; in a shell, all of it in single quotes"
        )
    obj.folder.require()
    if not watches.add(obj.folder.people, asked):
        raise BadInputError(f"watch {name}: there is one of this name; remove it first")
    click.echo(f"watch {name}: /-/watch/{name}.atom")


@watch.command("list")
@as_json
@click.pass_obj
def list_(obj: Context, machine: bool) -> None:
    """Say which watches there are, and how much each finds."""
    from contextlib import closing

    from archive.db import watches
    from archive.db.database import open_readonly
    from archive.show.watching import new_finds

    obj.folder.require()
    with closing(open_readonly(obj.folder.database)) as db:
        told = [
            {**asdict(one), "told": one.told(), "finds": len(new_finds(db.conn, one))}
            for one in watches.all_watches(obj.folder.people)
        ]
    if machine:
        click.echo(json.dumps({"watches": told}, ensure_ascii=False))
        return
    for one in told:
        click.echo(printable(f"{one['name']}: {one['told']} ({finds_told(one['finds'])})"))
    if not told:
        click.echo("no watch; isw-archive watch add NAME WORDS makes one")


def finds_told(count: int) -> str:
    """How much a watch finds; beyond what a feed holds nobody counts."""
    from archive.show.watching import NEWEST

    return f"{count} or more found" if count >= NEWEST else f"{count} found"


@watch.command("remove")
@click.argument("name")
@click.pass_obj
def remove(obj: Context, name: str) -> None:
    """End the watch NAME; its feed is gone then."""
    from archive import clock
    from archive.db import watches
    from archive.model.times import format_time
    from pipeline.run.jobs.ledger_keeper import who

    obj.folder.require()
    at = format_time(clock.now())
    if not watches.remove(obj.folder.people, name, who=who() or "unknown", at=at):
        raise BadInputError(f"watch {name}: there is none of this name")
    click.echo(f"watch {name}: removed")
