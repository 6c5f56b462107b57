"""The commands as `--help` lists them: by what somebody wants to do, each whole on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

LINE = 59
"""Characters that a terminal of 80 has beside the longest name."""

OVERVIEW = {
    "Begin": {
        "init": "Write a configuration with every setting, commented.",
        "doctor": "Try everything that running needs; say what to mend.",
        "import": "Take in saved copies: WARC, ARC, WACZ, text.",
        "new-publisher": "Begin to collect another publisher.",
    },
    "Collect": {
        "collect": "Capture new and due reports, then what they cite.",
        "check": "Look again at sources: are they there, and the same?",
        "recrawl": "Capture an address again, now.",
        "run-due": "Run what is due, once: for cron.",
        "daemon": "Run what is due until stopped.",
        "submit": "Hand pages to the Wayback, as far as a setting lets us.",
    },
    "Read": {
        "status": "What needs a person, what is held, due and failed.",
        "serve": "Browse the archive.",
        "held": "What is held of an address, a file, a paragraph.",
        "export": "A report, a citation, a dossier, or all as a dataset.",
        "diff": "What was edited in a report.",
        "report": "Figures: link rot, support, corrections, latency.",
        "audit": "What a document of yours refers to: is it still there?",
        "keyframes": "Find footage again that was posted anew.",
    },
    "Say what you know": {
        "note": "Write a note on a source, capture, report or sentence.",
        "dispute": "Say that a verdict is wrong, and why.",
        "watch": "Be told when something new has these words.",
        "geolocations": "Take in where others place what is cited.",
        "judge-sample": "Draw verdicts to be judged by people.",
        "withhold": "Hide a capture from pages and exports.",
    },
    "Keep it": {
        "verify": "Is all as it was kept? Files, records, ledger, tables.",
        "custody": "How a capture came to be, with proofs.",
        "fixity": "A round of looks at the files, kept in the tables.",
        "timestamp": "Have others vouch for the ledger's time.",
        "backup": "Copy the archive elsewhere, also while a run goes on.",
        "restore": "Make a data folder of a backup.",
        "repair": "Put back what is damaged or lost, from a copy.",
        "rebuild": "Make the tables anew from the WARC files.",
        "prune": "Take away what nothing rests on.",
    },
    "Run it for years": {
        "alarms": "What needs a person now; with --notify, tell them.",
        "metrics": "Figures for Prometheus.",
        "install-service": "Print units for systemd, and a line for cron.",
    },
    "More than one machine": {
        "plan": "Queue what is due.",
        "work": "Carry out what is queued.",
        "index": "Take in what workers handed over.",
        "queue": "What the cluster is doing.",
    },
}
"""Sections in the order in which they are needed; the first sentence of each command's own help
says the same at more length."""


def write_overview(ctx: click.Context, group: click.Group, formatter: click.HelpFormatter) -> None:
    """Write the sections; what stands in none comes last, in the words of its own help."""
    listed = {name for lines in OVERVIEW.values() for name in lines}
    others = {
        name: group.commands[name].get_short_help_str(LINE)
        for name in group.list_commands(ctx)
        if name not in listed
    }
    width = max(map(len, group.commands))
    for title, lines in {**OVERVIEW, "Other commands": others}.items():
        rows = [(name.ljust(width), said) for name, said in lines.items() if name in group.commands]
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)
