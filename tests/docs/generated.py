"""Generated parts of `docs/`: what the program says of its commands, settings, tables and rules."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import click
import yaml
from click.testing import CliRunner

from archive.config import Settings
from pipeline.cli.later import Loaded
from pipeline.cli.main import main
from pipeline.decide.events import KINDS
from pipeline.decide.verdicts import RULES
from pipeline.read.references.check import FLAGS

COLUMNS = 100
HELP_COLUMNS = COLUMNS - 4
"""Help stands in code blocks, which are indented."""


def commands() -> str:
    """Every command's help as a code block."""
    return "\n".join(_block(*words) for words in command_words())


def command_words() -> Iterator[tuple[str, ...]]:
    """The words that name each command, groups before their own."""

    def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        if isinstance(command, Loaded):
            command.load_all()
        if isinstance(command, click.Group):
            for name, inner in sorted(command.commands.items()):
                yield from below(inner, (*words, name))

    return below(main, ())


def _block(*words: str) -> str:
    run = CliRunner().invoke
    shown = run(main, [*words, "--help"], prog_name="isw-archive", terminal_width=HELP_COLUMNS)
    body = "\n".join(f"    {line}".rstrip() for line in shown.output.splitlines())
    return f"\n### `{' '.join(('isw-archive', *words))}`\n\n{body}\n"


def settings() -> str:
    """A table of the settings."""
    return table(
        ("setting", "default", "what"),
        (
            (f"`{f.name}`", f"`{f.default!r}`", f.metadata["doc"])
            for f in dataclasses.fields(Settings)
        ),
    )


def doubts() -> str:
    """A table of the flags by which a version says what is doubtful about it."""
    return table(("flag", "what"), ((f"`{name}`", said) for name, said in sorted(FLAGS.items())))


def tables() -> str:
    """A table of the tables and views."""
    rows = ((f"`{name}`", entry["description"]) for name, entry in described().items())
    return table(("table or view", "what"), rows)


def columns(names: Iterable[str]) -> str:
    """A section for each of these tables or views, with all its columns."""
    parts = []
    for name in names:
        entry = described()[name]
        rows = ((f"`{column}`", text) for column, text in entry["columns"].items())
        said = textwrap.fill(_plain(entry["description"]), COLUMNS)
        parts.append(f"\n### `{name}`\n\n{said}\n{table(('column', 'what'), rows)}")
    return "".join(parts)


def verdict_rules() -> str:
    """A table of the rules that decide what a source is."""
    return table(("rule", "what it says"), ((f"`{name}`", said) for name, said in RULES.items()))


def events() -> str:
    """A table of the kinds of events."""
    return table(("event", "what happened"), ((f"`{kind}`", said) for kind, said in KINDS.items()))


def described() -> dict[str, Any]:
    """What `metadata.yaml` says of every table and view."""
    text = files("archive.web").joinpath("metadata.yaml").read_text(encoding="utf-8")
    tables: dict[str, Any] = yaml.safe_load(text)["databases"]["archive"]["tables"]
    return tables


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table between empty lines; bars and brackets in a cell stand for themselves."""
    names = list(head)
    lines = [_line(names), _line("---" for _ in names)]
    lines += [_line(map(_plain, row)) for row in rows]
    return "\n".join(["", *lines, ""])


def _plain(cell: str) -> str:
    text = cell.replace("|", "\\|")
    return text if text.startswith("`") else text.replace("<", "&lt;")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
