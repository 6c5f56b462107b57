"""What `--help` lists: every command once, whole on its line, in the order of what it is for."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.cli.overview import LINE, OVERVIEW, write_overview


def test_every_command_stands_in_one_section() -> None:
    listed = [name for lines in OVERVIEW.values() for name in lines]
    assert sorted(listed) == sorted(main.commands)


@pytest.mark.parametrize("words", [[], ["report"], ["watch"]], ids=str)
def test_no_line_of_a_list_of_commands_is_cut_off(words: list[str]) -> None:
    shown = CliRunner().invoke(main, [*words, "--help"], terminal_width=80).output
    assert [line for line in shown.splitlines()[1:] if line.endswith("...")] == []
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_line_has_room_beside_the_longest_name() -> None:
    assert all(len(said) <= LINE for lines in OVERVIEW.values() for said in lines.values())


def test_a_command_that_is_in_no_section_is_listed_last() -> None:
    group = click.Group(commands=[click.Command("strange", help="Do it.")])
    formatter = click.HelpFormatter()
    write_overview(click.Context(group), group, formatter)
    assert formatter.getvalue().split() == ["Other", "commands:", "strange", "Do", "it."]
