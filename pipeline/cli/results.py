"""How commands say what they did."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def print_answer(answer: Mapping[str, Any], lines: Iterable[str], machine: bool) -> None:
    """Print an answer: as JSON, or as lines for people."""
    if machine:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for line in lines:
        click.echo(printable(line))


def print_checked(answer: Mapping[str, Any], lines: Iterable[str], machine: bool) -> None:
    """Print what a check found; ends with 1 where its `ok` says that something is wrong."""
    print_answer(answer, (row for line in lines for row in line.split("\n")), machine)
    if not answer["ok"]:
        sys.exit(EXIT_PROBLEMS)


def print_counts(counts: dict[str, int], problems: list[str], machine: bool) -> None:
    """Print what was counted; ends with 1 where something needs a person, which was said before."""
    if machine:
        click.echo(json.dumps({"counts": counts, "problems": problems}, ensure_ascii=False))
    else:
        for name, count in sorted(counts.items()):
            click.echo(f"{count:8d} {counted(count, name).partition(' ')[2]}")
        if problems:
            need = "needs" if len(problems) == 1 else "need"
            click.echo(f"{counted(len(problems), 'problems')} {need} a person; see above")
        elif not counts:
            click.echo("nothing to do")
    if problems:
        sys.exit(EXIT_PROBLEMS)
