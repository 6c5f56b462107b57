"""The command line.

Commands parse their words, call one job, and turn what is known to fail into one clear line.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive import __version__
from archive.config import CONFIG_NAME, Settings, load, require_contact
from archive.errors import BadInputError
from archive.folder import DataFolder
from archive.writable import writable
from pipeline.cli.context import Context
from pipeline.cli.ending import Commands
from pipeline.cli.options import DAY, as_json, day
from pipeline.cli.publisher_commands import use_publishers
from pipeline.cli.results import print_counts
from pipeline.cli.running import run_job

if TYPE_CHECKING:
    from pipeline.run.jobs.session import Session


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="isw-archive")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), default=Path("data"),
    show_default=True,
    envvar="ISW_ARCHIVE_DATA", help="Data folder.",
)  # fmt: skip
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="Configuration file [default: isw-archive.toml beside the data folder].",
)  # fmt: skip
@click.pass_context
def main(ctx: click.Context, data: Path, config: Path | None) -> None:
    """Collect the reports of ISW and CTP, keep every source they cite, browse both.

    Exit codes: 0 done; 1 something needs a person; 2 wrong use; 3 another run holds the
    archive.
    """
    if writable(data.as_posix()) != data.as_posix():
        raise BadInputError("--data: the folder's name is not UTF-8; rename it or name another")
    # whatever the umask takes from others, what is made here is its owner's to read and write
    os.umask(os.umask(0o077) & ~0o700)
    with _notice_if_wrong(ctx, data, config):
        # init makes the file that the others read
        settings = Settings() if ctx.invoked_subcommand == "init" else load(data, config)
        use_publishers(settings, config or data.absolute().parent / CONFIG_NAME)
    ctx.obj = Context(data, config, settings)


def _notice_if_wrong(
    ctx: click.Context, data: Path, config: Path | None
) -> contextlib.AbstractContextManager[None]:
    """Around the reading of the configuration: nobody reads what the schedule's commands print, so
    that they send a notice of what is wrong with it."""
    if ctx.invoked_subcommand not in {"daemon", "run-due"}:
        return contextlib.nullcontext()
    from pipeline.run.unread_configuration import told_if_wrong

    return told_if_wrong(DataFolder(data), config, os.environ)


@main.command()
@click.option("--series", help="Only this series, e.g. iran-update.")
@click.option(
    "--publisher",
    metavar="NAME",
    help="Look for new reports on this site alone: isw, ctp, or one that you declared.",
)
@click.option("--since", type=DAY, help="Only reports dated from this day on (YYYY-MM-DD).")
@click.option("--until", type=DAY, help="Only reports dated up to this day (YYYY-MM-DD).")
@click.option("--report", metavar="URL", help="Only this report, now.")
@click.option("--no-sources", is_flag=True, help="Do not fetch what the reports cite.")
@click.option(
    "--urls", metavar="FILE",
    help="Only the addresses that a file lists, a line each (-: standard input), as sources.",
)  # fmt: skip
@click.option(
    "--list",
    "list_name",
    metavar="NAME",
    help="With --urls: the list's name [default: the file's].",
)
@as_json
@click.pass_obj
def collect(
    obj: Context, /, machine: bool, no_sources: bool, report: str | None, **only: Any
) -> None:
    """Discover and capture new and due reports, then what they cite. The cron command.

    Without --since a first run goes back as many days as the setting backfill_days says.

    --urls takes a plain list of addresses instead; blank lines and comments (#) are left out, a
    line that is no address is named and the rest is done. What was looked at since the list was
    first given is not asked for again; how far a list is, status and the page /-/lists say.
    """
    urls, name = only.pop("urls"), only.pop("list_name")
    if urls is not None:
        if report is not None or no_sources or any(only.values()):
            raise BadInputError("collect: --urls goes with --list alone; nothing was fetched")
        _collect_list(obj, machine, urls, name)
        return
    if name is not None:
        raise BadInputError("collect: --list goes with --urls; nothing was fetched")
    if report is not None:
        _require_report(report)
    if only["publisher"] is not None or only["series"] is not None:
        _require_known(obj, only["publisher"], only["series"])
    if only["since"] and only["until"] and only["since"] > only["until"]:
        raise BadInputError("collect: --since is later than --until; nothing was fetched")
    days = {name: day(only[name]) for name in ("since", "until")}
    named = {name: only[name] for name in ("series", "publisher")}
    arguments = {"report": report, **named, **days, "sources": not no_sources}

    def run(session: Session) -> None:
        # here, and likewise below: meanwhile the crawl's own process loads
        from pipeline.run.jobs.collect import Wanted, collect

        collect(session, Wanted(**arguments), obj.config)

    run_job(obj, machine, "collect", arguments, run)


def _require_report(url: str) -> None:
    from archive.kept_code import code_kept

    with code_kept("load-addresses"):
        from archive.urls.normal import fetchable, is_report_url

    if not is_report_url(fetchable(url)):
        raise BadInputError(
            f"collect --report {url}: no address of an ISW or CTP report; "
            "others are captured by: isw-archive recrawl"
        )


def _require_known(obj: Context, publisher: str | None, series: str | None) -> None:
    from pipeline.run.jobs.choose import known_here, publisher_here

    if publisher is not None:
        publisher_here(publisher)
    if series is not None:
        known_here(obj.folder, series)


def _collect_list(obj: Context, machine: bool, file: str, given: str | None) -> None:
    from pipeline.run.jobs import listed

    require_contact(obj.settings, "collect")
    found = listed.read_file(file)
    name = listed.list_name(given, file)
    arguments = {"list": name, "addresses": len(found.addresses)}
    run_job(
        obj,
        machine,
        "collect",
        arguments,
        lambda session: listed.collect_list(session, name, found, obj.config),
        f"list: {name}",
    )


@main.command()
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--report", metavar="REPORT", help="A report (id or address) and everything it cites."
)
@click.option(
    "--sql",
    metavar="QUERY",
    help="A SELECT over the archive; its first column gives the addresses.",
)
@click.option("--failed", is_flag=True, help="Every source whose last capture failed.")
@click.option("--queued", is_flag=True, help="What people asked for (/-/queue); their reasons.")
@click.option(
    "--media", is_flag=True, help="And what they show: pictures, videos, whatever the budgets."
)
@click.option("--reason", default="on demand", show_default=True, help="Kept with each capture.")
@as_json
@click.pass_obj
def recrawl(
    obj: Context, /, machine: bool, urls: tuple[str, ...], reason: str, queued: bool, **choice: Any
) -> None:
    """Capture again now, on demand; who and why is kept with the run."""
    from pipeline.run.jobs.choose import chosen

    if queued:
        if urls or any(choice.values()):
            raise BadInputError("recrawl: --queued goes without addresses and other choices")
        _recrawl_queued(obj, machine)
        return
    targets = chosen(
        obj.folder, urls, report=choice["report"], sql=choice["sql"], failed=choice["failed"]
    )
    arguments = {"urls": len(targets), **choice}

    def run(session: Session) -> None:
        from pipeline.cli.recrawl_text import tell_captured
        from pipeline.run.jobs.collect import recrawl

        recrawl(session, targets, reason, obj.config, media=choice["media"])
        tell_captured(session, len(targets))

    run_job(obj, machine, "recrawl", arguments, run, reason)


def _recrawl_queued(obj: Context, machine: bool) -> None:
    from archive.db.people import open_requests
    from pipeline.run.jobs.queued_recrawls import recrawl_queued as run

    obj.folder.require()
    waiting = len(open_requests(obj.folder.people))
    if not waiting:
        print_counts({}, [], machine)
        return
    arguments = {"queued": waiting}
    reason = "asked for by people"
    run_job(obj, machine, "recrawl", arguments, lambda one: run(one, obj.config), reason)


@main.command()
@click.option("--limit", type=click.IntRange(min=0), help="At most so many checks.")
@click.option("--all-due", is_flag=True, help="Every check that is due, whatever the day's budget.")
@click.option("--early", is_flag=True, help="Only early looks; the daemon has them each hour.")
@click.option(
    "--elsewhere", is_flag=True, help="Make no check: ask the Wayback, and hand in, as below."
)
@click.option("--source", metavar="URL", help="Only this source, now.")
@click.option(
    "--explain", is_flag=True, help="Fetch nothing: say what is thought of --source, and why."
)
@click.option(
    "--diff", is_flag=True, help="Fetch nothing: show what changed in the text of --source."
)
@as_json
@click.pass_obj
def check(
    obj: Context,
    /,
    machine: bool,
    limit: int | None,
    all_due: bool,
    elsewhere: bool,
    source: str | None,
    **say: Any,
) -> None:
    """Look again at sources that were captured before: are they there, do they say the same?

    Which ones: those that are due, within the settings checks_per_day and checks_per_host_per_day.
    Then the Wayback is asked for copies of what is lost, and in turn about all others
    (mementos_per_day); pages that nobody holds are handed to it where submit_per_day allows that.
    """
    early: bool = say.pop("early")
    explained = say["explain"] or say["diff"]
    if early and (source is not None or all_due or elsewhere):
        raise BadInputError("check: --early goes without --source, --all-due and --elsewhere")
    if source is None and explained:
        raise BadInputError("check: --explain and --diff go with --source URL")
    if source is not None and (limit is not None or all_due or elsewhere):
        raise BadInputError("check: --source goes without --limit, --all-due and --elsewhere")
    if source is not None and explained:
        from pipeline.cli.explain_text import tell_explained

        tell_explained(obj, machine, source, **say)
        return
    obj.folder.require()
    cited = None if source is None else _cited(obj, source)
    arguments = {
        "source": source, "limit": limit, "all_due": all_due,
        **({"early": True} if early else {}), **({"elsewhere": True} if elsewhere else {}),
    }  # fmt: skip

    def run(session: Session) -> None:
        from pipeline.run.jobs import check as job

        if early:
            job.look_early(session, limit=limit, config=obj.config)
        else:
            job.check(session, job.CheckRequest(cited, limit, all_due, elsewhere), obj.config)

    run_job(obj, machine, "check", arguments, run)


def _cited(obj: Context, source: str) -> str:
    from pipeline.run.jobs.check import known_source

    return known_source(obj.folder, source)


@main.command()
@click.option(
    "--limit", type=click.IntRange(min=1), default=10_000, show_default=True,
    help="At most so many videos.",
)  # fmt: skip
@as_json
@click.pass_obj
def keyframes(obj: Context, limit: int, machine: bool) -> None:
    """Look at kept videos in still frames, so that the same footage is found again.

    Needs ffmpeg and the extra media. Each video is decoded once, in a process that has little
    memory and time and no network; nothing is fetched.
    """
    from pipeline.run.jobs.keyframes import keyframes as run

    obj.folder.require()
    run_job(obj, machine, "keyframes", {"limit": limit}, lambda session: run(session, limit))


@main.command()
@click.option("--limit", type=click.IntRange(min=0), help="At most so many pages.")
@as_json
@click.pass_obj
def submit(obj: Context, /, machine: bool, limit: int | None) -> None:
    """Hand cited pages that the Wayback holds no copy of to its Save Page Now; check does so, too.

    Off unless the setting submit_per_day allows it. Takes pages that are there and that robots.txt
    lets us fetch, cited in the last 30 days; the archive's keys come from the environment,
    ISW_ARCHIVE_SPN_ACCESS_KEY and ISW_ARCHIVE_SPN_SECRET_KEY, and are kept nowhere.
    """
    from pipeline.run.jobs import check as job

    obj.folder.require()
    run_job(
        obj,
        machine,
        "submit",
        {"limit": limit},
        lambda session: job.submit(session, limit=limit, config=obj.config),
    )


@main.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--text",
    is_flag=True,
    help="The files are reports as text or Markdown: reposts, pasted or scraped.",
)
@as_json
@click.pass_obj
def import_(obj: Context, machine: bool, files: tuple[Path, ...], text: bool) -> None:
    """Import saved copies: WARC, ARC or WACZ, or with --text reports as text or Markdown.

    Each capture keeps its own time; a capture older than those held is put in its place. Importing
    a file again changes nothing.
    """
    for path in files:
        if not path.is_file():
            why = "not a file" if path.exists() else "no such file"
            raise BadInputError(f"{path}: {why}; nothing was imported")

    def run(session: Session) -> None:
        if text:
            from pipeline.run.jobs.intake.import_text import import_texts

            import_texts(session, files)
        else:
            from pipeline.run.jobs.intake.held import are_held

            if are_held(session, files):
                return
            from pipeline.run.jobs.intake.importing import import_files

            import_files(session, files)

    run_job(obj, machine, "import", {"files": [p.name for p in files], "text": text}, run)


main.know_later()
