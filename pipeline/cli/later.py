"""Commands that are loaded when they are run: `--help` and every other command know of them no more
than what is written here."""

from __future__ import annotations

import importlib

import click

LATER = {
    ("ops_commands", "alarms"): (
        "Say what needs a person; the daemon and run-due do it with --notify."
    ),
    ("audit_command", "audit"): (
        "Read what a document refers to, capture it, and say what is there, what is held, what "
        "could not be had."
    ),
    ("backup_commands", "backup"): (
        "Copy the archive to DEST, also while a run goes on; again: only what is new."
    ),
    ("fixity_commands", "custody"): (
        "Say how CAPTURE (its number, or its record's id) came to be and what became of it."
    ),
    ("ops_commands", "daemon"): (
        "Run the schedule until SIGTERM or Ctrl-C; SIGHUP reads the configuration again."
    ),
    ("diff_commands", "diff"): "Show what was edited in a report (id, or any of its addresses).",
    ("judge_commands", "dispute"): (
        "Say that the verdict on SOURCE (its address) is wrong, and why."
    ),
    ("ops_commands", "doctor"): "Try everything that running needs, and say what to mend.",
    ("export_commands", "export"): (
        "Print a report (id, or any of its addresses) with its notes, sources and versions."
    ),
    ("fixity_commands", "fixity"): (
        "Verify what was looked at longest ago, and keep what was found: a round of the daemon's."
    ),
    ("geo_commands", "geolocations"): (
        "Take in FILEs of geolocations (GeoJSON, uMap, TimeMap), or say which are in force."
    ),
    ("held_command", "held"): (
        "Say what is held of each WHAT: reports, sentences, captures, texts that say the same."
    ),
    ("cluster_commands", "index"): "Take in the WARC files that a cluster's workers handed over.",
    ("ops_commands", "init"): (
        "Write a configuration with every setting, commented; one that is there stays as it is."
    ),
    ("ops_commands", "install-service"): (
        "Print hardened systemd units (daemon, or timer), and a crontab line; nothing is installed."
    ),
    ("judge_commands", "judge-sample"): (
        "Draw verdicts of the past seven days at random, as a sheet (CSV) to label."
    ),
    ("ops_commands", "metrics"): (
        "Print figures for Prometheus: what is held, due, failed; runs, alarms, space."
    ),
    ("publisher_commands", "new-publisher"): (
        "Begin to collect another publisher: from one page with references, write what declares it."
    ),
    ("note_command", "note"): (
        "Write a note on a source (its address), a capture (its number), a report (its id or any "
        "address of it), or one of its sentences."
    ),
    ("cluster_commands", "plan"): "Queue what is due for a cluster's workers: a job a domain.",
    ("prune_command", "prune"): "List files that nothing rests on; with --yes, remove them.",
    ("cluster_commands", "queue"): (
        "Say what a cluster is doing, as JSON: workers, jobs, the oldest lock and the longest "
        "wait, domains left alone."
    ),
    ("rebuild_command", "rebuild"): "Make the database anew from the WARC files.",
    ("backup_commands", "repair"): (
        "Put damaged or lost files and records back from another copy, where their digest is right."
    ),
    ("report_commands", "report"): "Figures over the whole archive.",
    ("backup_commands", "restore"): (
        "Make a data folder DEST of the backup SOURCE; every file is compared with its manifest."
    ),
    ("ops_commands", "run-due"): (
        "Run what is due by the schedule, once: the daemon's work for cron, every quarter of an "
        "hour."
    ),
    ("serve_command", "serve"): "Browse the archive with datasette, read-only, until Ctrl-C.",
    ("status_command", "status"): (
        "Say on one screen what needs a person, then what is held, due and failed, and what room "
        "is left."
    ),
    ("fixity_commands", "timestamp"): (
        "Have others vouch for the ledger: authorities (RFC 3161) and calendars (OpenTimestamps)."
    ),
    ("verify_command", "verify"): (
        "Check that all is as it was kept: files, records, ledger, database. Offline, but for a "
        "store; nothing is written."
    ),
    ("watch_commands", "watch"): (
        "Keep questions that are asked of all that is new: words, an account, a host, a series."
    ),
    ("fixity_commands", "withhold"): (
        "Hide CAPTURE (its number, or its record's id) from pages and exports; its bytes stay."
    ),
    ("cluster_commands", "work"): (
        "Carry out a cluster's jobs: fetch, and hand the WARC files over."
    ),
}
"""Module and name, and the first sentence of its help."""


class Later(click.Command):
    """What stands for a command until it is run."""

    def __init__(self, name: str, module: str, said: str) -> None:
        super().__init__(name, help=said)
        self._module = module

    def load(self) -> click.Command:
        """The command itself."""
        module = importlib.import_module(f"pipeline.cli.{self._module}")
        found: click.Command = getattr(module, str(self.name).replace("-", "_"))
        return found


class Loaded(click.Group):
    """A group that loads what `LATER` names when it is run."""

    def know_later(self) -> None:
        """Know these commands."""
        for (module, name), said in LATER.items():
            self.add_command(Later(name, module, said))

    def load_all(self) -> None:
        """Load all of them, for whoever goes through them."""
        for name, command in list(self.commands.items()):
            self.commands[name] = load_command(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name, loaded; `help NAME` is `NAME --help`, as elsewhere."""
        if args[0] == "help":
            if not args[1:]:
                click.echo(ctx.get_help())
                ctx.exit()
            args = [*args[1:], "--help"]
        name, command, rest = super().resolve_command(ctx, args)
        return name, None if command is None else load_command(command), rest


def load_command(command: click.Command) -> click.Command:
    """A command that can be run."""
    return command.load() if isinstance(command, Later) else command
