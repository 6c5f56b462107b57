"""Setting up and running unattended: `init`, `doctor`, `daemon`, `run-due`, `install-service`,
`alarms`, `metrics`."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.config import CONFIG_NAME, load, require_contact
from archive.errors import BadInputError
from archive.model.times import shown_time
from pipeline.cli.cluster_commands import require
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.options import as_json
from pipeline.cli.output import put
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.config import Settings
    from pipeline.cli.context import Context
    from pipeline.decide.rhythm import Rhythm
    from pipeline.run.process import Runner
    from pipeline.run.schedule import Scheduler


def config_path(obj: Context) -> Path:
    """The configuration file that is read, there or not."""
    return (obj.config or obj.data.absolute().parent / CONFIG_NAME).absolute()


@click.command()
@click.option("--contact", help="A URL or mail address by which sites' operators can reach you.")
@click.pass_obj
def init(obj: Context, contact: str | None) -> None:
    """Write a configuration with every setting, commented; one that is there stays as it is.

    The file is isw-archive.toml beside the data folder, or what --config names.
    """
    from archive.config_file import commented, write_new

    path = config_path(obj)
    if contact is None:
        if not sys.stdin.isatty():
            raise BadInputError(
                "init: name a contact for the user agent: "
                "isw-archive init --contact mailto:you@your.organisation"
            )
        contact = click.prompt("Contact (a URL or mail address, sent with every request)")
    write_new(path, commented(contact))
    click.echo(f"{path} written; next: isw-archive doctor, then isw-archive collect")


@click.command()
@click.option("--offline", is_flag=True, help="Ask no site.")
@as_json
@click.pass_obj
def doctor(obj: Context, machine: bool, offline: bool) -> None:
    """Try everything that running needs, and say what to mend.

    Configuration, versions, data folder, disk, lock, database, alarms, proxy, network (robots.txt
    of each publisher, through the guard; only when a contact is set), clock. Ends with 1 where
    anything stands in the way.
    """
    from archive import clock
    from pipeline.run.doctor import Severity, examine
    from pipeline.run.doctor.finding import Examined

    asked = Examined(obj.folder, obj.settings, config_path(obj), clock.now())
    findings = []
    for found in examine(asked, offline=offline):
        findings.append(found)
        if not machine:
            click.echo(printable(f"{found.state:5} {found.name}: {found.said}"))
            if found.mend:
                click.echo(printable(f"      {found.mend}"))
    bad = any(found.state is Severity.BAD for found in findings)
    if machine:
        click.echo(json.dumps({"ok": not bad, "findings": [asdict(f) for f in findings]}))
    if bad:
        sys.exit(EXIT_PROBLEMS)


@click.command()
@click.option("--now", is_flag=True, help="Also collect at once.")
@click.option("--once", is_flag=True, help="Run what is due, once, and end; as run-due does.")
@click.option("--list", "listing", is_flag=True, help="Say what is due, and when; run nothing.")
@click.option("--json", "machine", is_flag=True, help="With --list: answer as one JSON object.")
@click.option(
    "--cluster", is_flag=True, help="Leave sources and checks to workers: plan and index for them."
)
@click.pass_obj
def daemon(
    obj: Context, now: bool, once: bool, listing: bool, machine: bool, cluster: bool
) -> None:
    """Run the schedule until SIGTERM or Ctrl-C; SIGHUP reads the configuration again.

    Each publisher's site is looked at when it publishes, in New York's time; checks, fixity
    rounds and backup have their hours. What was missed (the machine slept, or was off) is made up
    once. With --cluster `plan` and `index` run every five minutes beside it.
    """
    if cluster:
        require(obj.settings, "daemon --cluster", "queue", "depot")
    if listing:
        _list(obj, machine, cluster)
        return
    require_contact(obj.settings, "daemon")
    if once:
        _run_due(obj, cluster)
        return
    from pipeline.run.daemon import Daemon
    from pipeline.run.notices import tell_of_configuration
    from pipeline.run.schedule import only_one

    _log()
    runner, scheduler = _scheduler(obj, cluster)
    beside = _scheduler(obj, cluster)[0] if cluster else None

    def read() -> Settings:
        settings = load(obj.data, obj.config)
        require_contact(settings, "daemon")
        if cluster:
            require(settings, "daemon --cluster", "queue", "depot")
        return settings

    def reload() -> tuple[Rhythm, ...]:
        settings = read()
        runner.limit_s, runner.memory_bytes = _limits(settings)
        return _rhythms(settings, commands, cluster)

    commands = _commands()
    with only_one(obj.folder):
        collect = ("collect", "--no-sources") if cluster else ("collect",)
        tell = partial(tell_of_configuration, obj.settings, os.environ)
        Daemon(scheduler, runner, reload, beside, read, tell).serve((collect,) if now else ())


@click.command("run-due")
@click.pass_obj
def run_due(obj: Context) -> None:
    """Run what is due by the schedule, once: the daemon's work for cron, every quarter of an hour.

    Ends with 0 when nothing is due.
    """
    require_contact(obj.settings, "run-due")
    _run_due(obj)


def _run_due(obj: Context, cluster: bool = False) -> None:
    from pipeline.run.daemon import INDEX, PLAN, WATCH
    from pipeline.run.schedule import only_one

    _log()
    runner, scheduler = _scheduler(obj, cluster)
    with only_one(obj.folder):
        scheduler.tick()
        for words in (INDEX, PLAN) if cluster and obj.folder.database.exists() else ():
            runner.run(words)
        if obj.folder.database.exists():
            runner.run(WATCH)
    if scheduler.worst:
        sys.exit(EXIT_PROBLEMS)


def _list(obj: Context, machine: bool, cluster: bool) -> None:
    from archive.db.database import open_readonly
    from archive.db.tables.planned_rows import newest
    from pipeline.run.daemon import listed

    runs: dict[str, dict[str, Any]] = {}
    if obj.folder.database.exists():
        with closing(open_readonly(obj.folder.database)) as db:
            runs = {str(row["planned_as"]): row for row in newest(db)}
    rows = listed(_scheduler(obj, cluster)[1], runs)
    if machine:
        click.echo(json.dumps({"jobs": rows}))
        return
    for row in rows:
        due = f", due since {shown_time(row['due_since'])}" if row["due_since"] else ""
        last = f"{row['last_outcome'] or 'running'}" if row["last_planned_for"] else "never run"
        asked = ", if anybody asked for a capture" if row["on_request"] else ""
        asked = ", if a post is young enough" if row["early"] else asked
        when = f"next {row['next_local']} ({shown_time(row['next_at'])}){asked}{due}"
        click.echo(printable(f"{row['job']}: {when}; last: {last}"))


def _scheduler(obj: Context, cluster: bool) -> tuple[Runner, Scheduler]:
    from pipeline.run.process import Runner
    from pipeline.run.schedule import Scheduler

    options = ["--data", str(obj.data.absolute())]
    if obj.config:
        options += ["--config", str(obj.config.absolute())]
    limit_s, memory = _limits(obj.settings)
    runner = Runner((sys.executable, "-m", "pipeline", *options), limit_s, memory)
    return runner, Scheduler(obj.folder, _rhythms(obj.settings, _commands(), cluster), runner)


def _limits(settings: Settings) -> tuple[float, int]:
    return settings.job_hours * 3600, settings.job_memory_mb * 1_000_000


def _rhythms(settings: Settings, commands: Iterable[str], cluster: bool) -> tuple[Rhythm, ...]:
    from pipeline.run.plan import rhythms

    return rhythms(settings, frozenset(commands), cluster=cluster)


def _commands() -> frozenset[str]:
    """Names of the commands there are."""
    root = click.get_current_context().find_root().command
    return frozenset(root.commands if isinstance(root, click.Group) else ())


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # APScheduler tells of every look
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


@click.command("install-service")
@click.option("--user", default="isw-archive", show_default=True, help="Who it runs as.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the files into this folder [default: print them].",
)
@click.pass_obj
def install_service(obj: Context, user: str, output: Path | None) -> None:
    """Print hardened systemd units (daemon, or timer), and a crontab line; nothing is installed.

    Take one of the three: the service isw-archive; the timer isw-archive-due; the line for cron.
    """
    from pipeline.run.bucket import is_remote
    from pipeline.run.service import Installation, files

    data, set_ = obj.data.absolute(), obj.settings
    kept = [one for one in (set_.backup_to, set_.depot) if one and not is_remote(one)]
    place = Installation(
        python=Path(sys.executable),
        data=data,
        config=config_path(obj),
        user=user,
        # what is no whole path is looked for where the units run, in the data folder
        writes=tuple(data / one for one in kept),
        reads=(data / set_.sign_key,) if set_.sign_key else (),
    )
    made = files(place)
    if output is None:
        for name, text in made.items():
            click.echo(f"# ---- {name}\n{text}")
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (output / name).write_text(text, encoding="utf-8")
        click.echo(str(output / name))


@click.command()
@click.option("--test", "trying", is_flag=True, help="Send a notice to every address, now.")
@click.option("--notify", is_flag=True, help="Keep changes of state, and send notices of them.")
@click.option("--quiet", is_flag=True, help="Print nothing; end with 0 whatever is found.")
@as_json
@click.pass_obj
def alarms(obj: Context, machine: bool, trying: bool, notify: bool, quiet: bool) -> None:
    """Say what needs a person; the daemon and run-due do it with --notify.

    Notices go to the addresses of Apprise (mail, webhooks, chats) that ISW_ARCHIVE_ALARM_URLS
    holds, divided by blanks: once when an alarm is raised, once when it recovered.
    """
    from pipeline.run import alarm_round

    if trying:
        _try_notices(obj, machine)
        return
    obj.folder.require()
    seen = alarm_round.look(obj.folder, obj.settings)
    told = alarm_round.keep_and_tell(obj.folder, obj.settings, os.environ, seen) if notify else []
    for line in told:
        click.echo(printable(line), err=True)
    if quiet:
        return
    if machine:
        click.echo(json.dumps({"alarms": [asdict(alarm) for alarm in seen]}, ensure_ascii=False))
    for alarm in () if machine else seen:
        click.echo(printable(f"! {alarm.text}; {alarm.remedy}"))
    if not seen and not machine:
        click.echo("nothing needs a person")
    if seen:
        sys.exit(EXIT_PROBLEMS)


def _try_notices(obj: Context, machine: bool) -> None:
    from pipeline.run.notices import ENV_URLS, Notice, send, urls_from

    urls = urls_from(os.environ)
    if not urls:
        raise BadInputError(f"alarms --test: {ENV_URLS} names no address; see docs/operating.md")
    notice = Notice(
        "isw-archive: a test", "This is how an alarm would reach you. Nothing is wrong."
    )
    sent = send(urls, notice, obj.settings)
    if machine:
        click.echo(json.dumps({"sent": [asdict(one) for one in sent]}))
    for one in () if machine else sent:
        click.echo(printable(f"address {one.number} ({one.kind}): {one.said or 'sent'}"))
    if any(one.said for one in sent):
        sys.exit(EXIT_PROBLEMS)


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write them to this file, whole or not at all (node_exporter's textfile collector).",
)
@click.option(
    "--serve", metavar="PORT", type=click.IntRange(1, 65535), help="Answer /metrics until Ctrl-C."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="With --serve: address to listen on."
)
@click.pass_obj
def metrics(obj: Context, output: Path | None, serve: int | None, host: str) -> None:
    """Print figures for Prometheus: what is held, due, failed; runs, alarms, space."""
    from pipeline.run import metrics as made

    obj.folder.require()
    if serve is not None:
        made.serve(obj.folder, host, serve, obj.settings)
    else:
        put([made.text(obj.folder, obj.settings)], output, obj.folder)
