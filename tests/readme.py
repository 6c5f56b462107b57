"""The README's generated parts: commands from `--help`, settings from their fields, tables from their descriptions."""

from __future__ import annotations

import dataclasses
from importlib.resources import files

import click
import yaml
from click.testing import CliRunner

from archive.config import Settings
from pipeline.cli.main import main


def commands() -> str:
    """Every command's help as a code block."""
    runner = CliRunner()
    parts = [_block("isw-archive", runner.invoke(main, ["--help"], terminal_width=100).output)]
    assert isinstance(main, click.Group)
    for name in sorted(main.commands):
        shown = runner.invoke(main, [name, "--help"], prog_name="isw-archive", terminal_width=100)
        parts.append(_block(f"isw-archive {name}", shown.output))
    return "\n".join(parts)


def _block(title: str, text: str) -> str:
    body = "\n".join(
        f"    {line}".rstrip()
        for line in text.replace("Usage: main", "Usage: isw-archive").splitlines()
    )
    return f"\n### `{title}`\n\n{body}\n"


def settings() -> str:
    """A table of the settings."""
    rows = [
        f"| `{f.name}` | `{f.default!r}` | {f.metadata['doc']} |"
        for f in dataclasses.fields(Settings)
    ]
    return "\n".join(["", "| setting | default | what |", "| --- | --- | --- |", *rows, ""])


def tables() -> str:
    """A table of the tables and views."""
    metadata = yaml.safe_load(
        files("archive.web").joinpath("metadata.yaml").read_text(encoding="utf-8")
    )
    described = metadata["databases"]["archive"]["tables"]
    rows = [f"| `{name}` | {entry['description']} |" for name, entry in described.items()]
    return "\n".join(["", "| table or view | what |", "| --- | --- |", *rows, ""])
