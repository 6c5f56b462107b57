"""What a command loads before it knows its words."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from pipeline.cli.later import LATER, load_command
from pipeline.cli.main import main

HEAVY = ("lxml", "numpy", "scrapy", "sqlite_utils", "trafilatura", "twisted")


def test_help_loads_nothing_heavy() -> None:
    asked = "import sys, pipeline.cli.main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)
    # what knows publishers is loaded when the setting is known that names more of them
    assert "archive.urls.publishers.registry" not in loaded


@pytest.mark.parametrize("name", [name for _, name in LATER])
def test_what_help_says_of_a_command_before_it_is_loaded_is_what_it_says_itself(name: str) -> None:
    stand_in = main.commands[name]
    command = load_command(stand_in)
    assert command.name == name
    for columns in (40, 60, 90):
        assert stand_in.get_short_help_str(columns) == command.get_short_help_str(columns)


def test_a_command_that_is_named_is_loaded_alone() -> None:
    asked = (
        "import sys; from pipeline.cli.main import main; main(['status', '--help'], "
        "standalone_mode=False); print(*sys.modules)"
    )
    words = [sys.executable, "-c", asked]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert "--all" in told
    modules = told.splitlines()[-1].split()
    assert "pipeline.cli.status_command" in modules
    assert "pipeline.cli.report_commands" not in modules


def test_a_crawl_loads_no_parser_of_reports_and_nothing_that_fetches_otherwise() -> None:
    asked = (
        "import sys; from crawler.process import load; load('reports'); "
        "from archive.urls.normal import registered_domain; "
        "print(registered_domain('news.example.co.uk')); print(*sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout
    domain, modules = told.splitlines()
    unwanted = {
        "filelock", "requests", "pipeline.read.parse.assemble", "pipeline.read.plaintext.reading",
        "scrapy.extensions.remote_control",
    }  # fmt: skip
    assert domain == "example.co.uk"
    assert not unwanted & set(modules.split())


@pytest.mark.parametrize("module", ["pipeline.cli.main", "click.core", "archive.config"])
def test_ctrl_c_while_the_command_line_loads_ends_it_without_a_traceback(module: str) -> None:
    struck = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # none in the background
        "class Struck:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Struck())\n"
        "from pipeline.cli.entry import main\n"
        "main()\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", struck, "--help"], check=False, capture_output=True, text=True
    )
    assert (told.returncode, told.stderr, told.stdout) == (-signal.SIGINT, "", "")
